"""Pages of lines → passages: running heads out, words and sentences whole, headings as context."""
