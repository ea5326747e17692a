"""Facts → numbers: one file per family, definitions beside the pure functions."""
