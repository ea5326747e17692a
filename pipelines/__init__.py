"""From plan documents and registers to a published edition."""
