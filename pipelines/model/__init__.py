"""The vocabulary: code lists, columns and table contracts. Imports nothing else of ours.

Everything a reader meets as a label, unit, meaning or allowed value is declared here once and
feeds validation, DuckDB types and comments, CSV headers, templates, help texts and `docs/data.md`.
"""
