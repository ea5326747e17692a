"""The vocabulary: code lists, columns and table contracts. Imports nothing else of ours.

Everything a reader meets as a label, unit, meaning or allowed value is one record in ``records/``
and feeds validation, DuckDB types and comments, CSV headers, templates, help texts and
``docs/data.md``. The classes that load and check the records are in ``codes``, ``columns`` and
``tables``, with the names that code imports.
"""
