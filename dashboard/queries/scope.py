"""The row sets that every question about plans and passages starts from, under a reader's choice.

All are common table expressions with bound values, and the choice is the indicators' own
(:mod:`pipelines.indicators.scope`). ``scope`` holds the plans and allocations in the choice, with
the level they reach *within the chosen themes and instruments*; ``evidence_key`` holds the counted
passages with those, as narrow rows of ``passage_key`` (see :mod:`pipelines.warehouse.lookup`):
count with them, and fetch texts for what is shown.
"""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from dashboard.filters import Filters
from pipelines.indicators.scope import NOT_KNOWN, READ, bound, has_codes, where

_SETS = """
WITH evidence_key AS (
    SELECT k.* FROM passage_key k WHERE k.is_counted AND {codes}
), reached AS (
    SELECT object_id, max(level) AS level, sum(passages) AS passages
    FROM object_codes k WHERE k.is_counted AND {codes} GROUP BY object_id
), scope AS (
    SELECT o.* EXCLUDE (level, passages), o.coverage IN {read} AS is_read,
           CASE WHEN o.coverage IN {read} THEN coalesce(r.level, 0) END::BIGINT AS level,
           CASE WHEN r.passages > 0 THEN r.level ELSE -1 END::BIGINT AS found_level,
           CASE WHEN o.coverage NOT IN {read} AND r.passages IS NULL
                THEN NULL ELSE coalesce(r.passages, 0) END::BIGINT AS passages
    FROM object_key o {reached}
    WHERE o.coverage NOT IN {not_known} AND {where}
)
"""
_SUMS = "CROSS JOIN LATERAL (SELECT o.level, o.passages) r"


def row_sets(filters: Filters) -> str:
    """Return the row sets of a choice.

    Without chosen themes and instruments an object reaches what stands in ``planning_object``.
    """
    narrowed = bool(filters.themes or filters.instruments)
    return _SETS.format(
        codes=has_codes(filters),
        reached="LEFT JOIN reached r USING (object_id)" if narrowed else _SUMS,
        where=where(filters, "coalesce(r.level, 0)"),
        read=READ,
        not_known=NOT_KNOWN,
    )


def scoped(
    connection: duckdb.DuckDBPyConnection, filters: Filters, query: str, **values: Any
) -> pl.DataFrame:
    """Run a query that starts from the row sets, with further bound values."""
    query = row_sets(filters) + query
    return select(connection, query, **(bound(filters, query) | values))


def scoped_all(
    connection: duckdb.DuckDBPyConnection, filters: Filters, query: str, **values: Any
) -> pl.DataFrame:
    """Run such a query for a whole file, which may hold millions of rows."""
    query = row_sets(filters) + query
    relation = connection.sql(query, params=(bound(filters, query) | values) or None)
    frame: pl.DataFrame = relation.pl()
    return frame


def select(connection: duckdb.DuckDBPyConnection, query: str, **values: Any) -> pl.DataFrame:
    """Run a query with bound values and return its rows.

    Rows are fetched as they are and typed here: for the few hundred rows that a page asks for,
    building a relation and an Arrow table takes longer than the query itself (6 against 16 ms).
    """
    cursor = connection.execute(query, values or None)
    schema = {column[0]: _polars_type(str(column[1])) for column in cursor.description or ()}
    return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


def select_all(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Run a query that may give millions of rows; they travel in columns."""
    frame: pl.DataFrame = connection.sql(query).pl()
    return frame


_TYPES: dict[str, pl.DataType] = {
    "BIGINT": pl.Int64(),
    "INTEGER": pl.Int64(),
    "UBIGINT": pl.Int64(),
    "HUGEINT": pl.Int64(),
    "DOUBLE": pl.Float64(),
    "BOOLEAN": pl.Boolean(),
    "VARCHAR": pl.String(),
    "TIMESTAMP": pl.Datetime("us"),
    "DATE": pl.Date(),
}


def _polars_type(name: str) -> pl.DataType:
    if name.endswith("[]"):
        return pl.List(_polars_type(name.removesuffix("[]")))
    return _TYPES[name]
