"""A meeting: agenda of frozen views, slides, minutes, and the pack to take home."""
