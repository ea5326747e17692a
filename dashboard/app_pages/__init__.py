"""One file per reader's question; each reads like a table of contents."""
