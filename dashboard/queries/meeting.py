"""Questions that only a meeting asks: what an edition has read."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped

Connection = duckdb.DuckDBPyConnection


def read_documents(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``document_id, sha256, document_title, municipality_name`` read in the choice."""
    return scoped(
        connection,
        filters,
        """SELECT d.document_id, d.sha256, d.document_title, s.municipality_name
           FROM document d JOIN scope s USING (object_id)
           WHERE d.sha256 IS NOT NULL AND d.coverage IN ('read_found', 'read_none', 'excerpt_only')
           ORDER BY s.municipality_name COLLATE sv, d.document_title COLLATE sv""",
    )
