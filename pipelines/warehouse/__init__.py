"""Facts and numbers → an edition: written, verified, published by a pointer and exported."""
