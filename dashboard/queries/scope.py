"""What a reader's choice means in SQL: the row sets that every other question starts from.

All are common table expressions with bound values. ``scope`` holds the plans and allocations in
the choice, with the level they reach *within the chosen themes and instruments*;
``evidence_key`` holds the counted passages with those, as narrow rows of ``passage_key`` (see
:mod:`pipelines.warehouse.lookup`): count with them, and fetch texts for what is shown.
"""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from dashboard.filters import Filters

OUT_OF_COUNT = ("superseded", "not_applicable")
"""Coverage that belongs to no share: replaced plans, and questions that do not apply."""


_SETS = """
WITH evidence_key AS (
    SELECT k.* FROM passage_key k WHERE k.is_counted AND {codes}
), reached AS (
    SELECT object_no, max(level) AS level, count(*) AS passages
    FROM evidence_key GROUP BY object_no
), scope AS (
    SELECT o.* EXCLUDE (level, passages), o.coverage IN ('read_found', 'read_none') AS is_read,
           CASE WHEN o.coverage IN ('read_found', 'read_none')
                THEN coalesce(r.level, 0) END::BIGINT AS level,
           CASE WHEN r.passages > 0 THEN r.level ELSE -1 END::BIGINT AS found_level,
           CASE WHEN o.coverage NOT IN ('read_found', 'read_none') AND r.passages IS NULL
                THEN NULL ELSE coalesce(r.passages, 0) END::BIGINT AS passages
    FROM object_key o {reached}
    WHERE NOT list_contains($out_of_count::VARCHAR[], o.coverage)
      AND (len($municipalities::VARCHAR[]) = 0
           OR list_contains($municipalities::VARCHAR[], o.municipality_code))
      AND (len($object_types::VARCHAR[]) = 0
           OR list_contains($object_types::VARCHAR[], o.object_type))
      AND (len($stages::VARCHAR[]) = 0 OR list_contains($stages::VARCHAR[], o.object_stage))
      AND ($year_from::BIGINT IS NULL OR o.year >= $year_from::BIGINT)
      AND ($year_to::BIGINT IS NULL OR o.year <= $year_to::BIGINT)
      AND ($highest::BIGINT IS NULL
           OR (o.coverage IN ('read_found', 'read_none')
               AND coalesce(r.level, 0) = $highest::BIGINT))
)
"""


def row_sets(filters: Filters) -> str:
    """Return the row sets of a choice.

    Without chosen themes and instruments an object reaches what stands in ``planning_object``.
    """
    narrowed = bool(filters.themes or filters.instruments)
    reached = "LEFT JOIN reached r USING (object_no)" if narrowed else _SUMS
    return _SETS.format(codes=has_codes(filters), reached=reached)


_SUMS = "CROSS JOIN LATERAL (SELECT o.level, o.passages) r"


def has_codes(filters: Filters) -> str:
    """SQL: whether the key ``k`` of a passage has any of the chosen themes and instruments."""
    chosen = []
    if filters.themes:
        chosen.append(_any_of("k.theme_bits", "theme", "$themes"))
    if filters.instruments:
        chosen.append(_any_of("k.instrument_bits", "instrument", "$instruments"))
    return " AND ".join(chosen) or "true"


def _any_of(bits: str, code_list: str, chosen: str) -> str:
    return f"""{bits} & (
        SELECT coalesce(bit_or(1::BIGINT << position), 0) FROM catalog_code
        WHERE code_list = '{code_list}' AND list_contains({chosen}::VARCHAR[], code)) <> 0"""


def bound(filters: Filters) -> dict[str, Any]:
    """Return the values that the row sets bind."""
    return {
        "out_of_count": list(OUT_OF_COUNT),
        "municipalities": list(filters.municipalities),
        "object_types": list(filters.object_types),
        "stages": list(filters.stages),
        "year_from": filters.year_from,
        "year_to": filters.year_to,
        "highest": filters.highest,
        **({"themes": list(filters.themes)} if filters.themes else {}),
        **({"instruments": list(filters.instruments)} if filters.instruments else {}),
    }


def scoped(
    connection: duckdb.DuckDBPyConnection, filters: Filters, query: str, **values: Any
) -> pl.DataFrame:
    """Run a query that starts from the row sets, with further bound values."""
    return select(connection, row_sets(filters) + query, **(bound(filters) | values))


def scoped_all(
    connection: duckdb.DuckDBPyConnection, filters: Filters, query: str, **values: Any
) -> pl.DataFrame:
    """Run such a query for a whole file, which may hold millions of rows."""
    relation = connection.sql(row_sets(filters) + query, params=bound(filters) | values)
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
