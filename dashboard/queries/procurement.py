"""Questions about procurements with innovation tools, who wins them, and what allocations weigh."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import select
from pipelines.indicators.scope import bound, in_years, on_themes, within
from pipelines.model.codes import INNOVATION_PROCUREMENT

Connection = duckdb.DuckDBPyConnection

PRICE = "pris|köpeskilling|tomträttsavgäld"
"""A criterion whose name holds one of these weighs the price of the land; all others do not."""


def _ask(connection: Connection, filters: Filters, query: str) -> pl.DataFrame:
    years = in_years(filters, "p.procurement_year", "p.procurement_year")
    query = f"""
    WITH chosen AS (
        SELECT p.*, m.municipality_name,
               coalesce(p.procurement_kind IN {INNOVATION_PROCUREMENT}, false) AS with_tool
        FROM procurement p LEFT JOIN municipality m USING (municipality_code)
        WHERE {within(filters, "p")} AND {on_themes(filters, "p")} AND {years}
    )
    {query}"""
    return select(connection, query, **bound(filters, query))


def procurement_list(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Every chosen procurement, those with an innovation tool first, newest first."""
    return _ask(
        connection,
        filters,
        """SELECT * FROM chosen
           ORDER BY with_tool DESC, procurement_year DESC NULLS LAST, buyer COLLATE sv,
                    procurement_title COLLATE sv""",
    )


def _decided(filters: Filters) -> str:
    """SQL: whether an allocation ``a`` is of a chosen place, and decided in the chosen years."""
    year = "try_cast(left(a.decision_date, 4) AS BIGINT)"
    return f"{within(filters, 'a')} AND {in_years(filters, year, year)}"


def allocation_criteria(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Decisions and guidelines with weighted criteria: what price weighs against everything else.

    ``allocation_name, municipality_name, allocation_kind, decision_date, price, other, criteria``;
    weights in percent of their sum, ``criteria`` as ``name weight`` in falling order.
    """
    query = f"""
           WITH weighed AS (
             SELECT a.allocation_id, a.allocation_name, a.allocation_kind, a.decision_date,
                    m.municipality_name, unnest(a.criteria_weights) AS criterion
             FROM land_allocation a JOIN municipality m USING (municipality_code)
             WHERE len(a.criteria_weights) > 0 AND {_decided(filters)}
           ), split AS (
             SELECT * EXCLUDE (criterion),
                    trim(regexp_replace(criterion, ':[^:]*$', '')) AS name,
                    try_cast(replace(regexp_extract(criterion, ':\\s*([0-9.,]+)[^:]*$', 1),
                                     ',', '.') AS DOUBLE) AS weight
             FROM weighed
           )
           SELECT allocation_name, municipality_name, allocation_kind, decision_date,
                  round(100 * coalesce(sum(weight) FILTER (regexp_matches(lower(name), $price)), 0)
                        / sum(weight), 1) AS price,
                  round(100 * coalesce(sum(weight) FILTER (NOT regexp_matches(lower(name), $price)),
                                       0) / sum(weight), 1) AS other,
                  list(name || ' ' || format('{{:g}}', weight) ORDER BY weight DESC) AS criteria
           FROM split WHERE weight IS NOT NULL
           GROUP BY allocation_id, allocation_name, municipality_name, allocation_kind,
                    decision_date
           HAVING sum(weight) > 0
           ORDER BY price, municipality_name COLLATE sv, allocation_name COLLATE sv"""
    return select(connection, query, price=PRICE, **bound(filters, query))


def count_allocations(connection: Connection, filters: Filters) -> tuple[int, int]:
    """How many allocations and guidelines are known, and how many of them name their criteria."""
    query = f"""SELECT count(*)::BIGINT, count(*) FILTER (len(criteria) > 0)::BIGINT
                FROM land_allocation a WHERE {_decided(filters)}"""
    row = select(connection, query, **bound(filters, query)).row(0)
    return int(row[0]), int(row[1])
