"""From plan documents and registers to a published edition: sources, reading, tables, indicators, warehouse."""
