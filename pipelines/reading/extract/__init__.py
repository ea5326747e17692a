"""A file → pages of lines: one module per format, nothing judged yet."""
