"""Questions about test beds, living labs, pilots and demonstrations."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import select
from pipelines.indicators.scope import bound, in_years, on_themes, within

Connection = duckdb.DuckDBPyConnection


def _ask(connection: Connection, filters: Filters, query: str) -> pl.DataFrame:
    years = in_years(filters, "a.start_year", "coalesce(a.end_year, 9999)")
    query = f"""
    WITH chosen AS (
        SELECT a.*, m.municipality_name, c.core_name, a.is_running AS is_active
        FROM testing_activity a
        JOIN municipality m USING (municipality_code)
        LEFT JOIN regional_core c USING (core_id)
        WHERE {within(filters, "a")} AND {on_themes(filters, "a")} AND {years}
    )
    {query}"""
    return select(connection, query, **bound(filters, query))


def testing_list(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Every chosen activity with the names of its place; running ones first."""
    return _ask(
        connection,
        filters,
        """SELECT * FROM chosen
           ORDER BY is_active DESC, municipality_name COLLATE sv, activity_name COLLATE sv""",
    )
