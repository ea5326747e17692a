"""Questions about test beds, living labs, pilots and demonstrations."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import select

Connection = duckdb.DuckDBPyConnection

_CHOSEN = """
WITH chosen AS (
    SELECT a.*, m.municipality_name, c.core_name, a.is_running AS is_active
    FROM testing_activity a
    JOIN municipality m USING (municipality_code)
    LEFT JOIN regional_core c USING (core_id)
    WHERE (len($municipalities::VARCHAR[]) = 0
           OR list_contains($municipalities::VARCHAR[], a.municipality_code))
      AND (len($themes::VARCHAR[]) = 0 OR list_has_any(a.themes, $themes::VARCHAR[]))
      AND ($year_from::BIGINT IS NULL
           OR (a.start_year IS NOT NULL AND coalesce(a.end_year, 9999) >= $year_from::BIGINT))
      AND ($year_to::BIGINT IS NULL OR a.start_year <= $year_to::BIGINT)
)
"""


def _ask(connection: Connection, filters: Filters, query: str) -> pl.DataFrame:
    values = {
        "municipalities": list(filters.municipalities),
        "themes": list(filters.themes),
        "year_from": filters.year_from,
        "year_to": filters.year_to,
    }
    return select(connection, _CHOSEN + query, **values)


def testing_list(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Every chosen activity with the names of its place; running ones first."""
    return _ask(
        connection,
        filters,
        """SELECT * FROM chosen
           ORDER BY is_active DESC, municipality_name COLLATE sv, activity_name COLLATE sv""",
    )
