"""Questions about one document: its facts and its passages, for the page that shows it."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from dashboard.queries.scope import select

Connection = duckdb.DuckDBPyConnection


def document_facts(connection: Connection, document_id: str) -> dict[str, Any] | None:
    """Return a document with the names of its plan and municipality, None where it is unknown."""
    found = select(
        connection,
        """SELECT d.*, m.municipality_name, o.object_name
           FROM document d LEFT JOIN municipality m USING (municipality_code)
           LEFT JOIN planning_object o USING (object_id)
           WHERE d.document_id = $document_id""",
        document_id=document_id,
    )
    return found.row(0, named=True) if found.height else None


def passages_of(connection: Connection, document_id: str) -> pl.DataFrame:
    """Return the passages of a document in the order of its pages."""
    return select(
        connection,
        """SELECT passage_id, page, page_end, char_start, char_end, section, quote, spans, level,
                  instruments, themes, voice, is_negated, is_counted
           FROM passage WHERE document_id = $document_id
           ORDER BY page, char_start, passage_id""",
        document_id=document_id,
    )
