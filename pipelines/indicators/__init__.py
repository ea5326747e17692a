"""Facts → numbers: one file a family, SQL beside the definitions."""
