"""Frames to figures, each with its Swedish sentence, its text alternative and its table."""
