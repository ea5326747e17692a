"""Questions that only a meeting asks: what an edition has read, and all that is measured in it."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped, select
from pipelines.indicators.facts import MEASURED_TABLES

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


def measured_tables(connection: Connection) -> dict[str, pl.DataFrame]:
    """Return the whole tables that indicators are computed from; an older edition may lack some."""
    have = select(connection, "SELECT table_name FROM duckdb_tables()")["table_name"].to_list()
    return {
        name: select(connection, f"SELECT * FROM {name}")
        for name in MEASURED_TABLES
        if name in have
    }
