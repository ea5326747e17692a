"""Questions about plans and allocations: what is known of each, and why the rest is missing."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped, scoped_all

Connection = duckdb.DuckDBPyConnection


def coverage_counts(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``object_type, coverage, objects``: what is known and why the rest is missing."""
    return scoped(
        connection,
        filters,
        """SELECT object_type, coverage, count(*)::BIGINT AS objects
           FROM scope GROUP BY ALL ORDER BY ALL""",
    )


_LISTED = "($minimum::BIGINT <= 1 OR found_level >= $minimum::BIGINT)"
_LIST = f"""
SELECT object_id, object_type, object_kind, object_name, municipality_name, object_stage, is_open,
       status_per, is_stale, year, coverage, coverage_reason, documents_read, pages, passages,
       level, themes, instruments, source_url
FROM scope WHERE {_LISTED}
"""
_STRONGEST_FIRST = "ORDER BY level DESC NULLS LAST, passages DESC NULLS LAST, name_order"


def count_objects(connection: Connection, filters: Filters) -> int:
    """How many plans the list of the choice holds."""
    frame = scoped(
        connection,
        filters,
        f"SELECT count(*)::BIGINT FROM scope WHERE {_LISTED}",
        minimum=filters.minimum,
    )
    return int(frame.item())


def first_objects(
    connection: Connection, filters: Filters, number: int, after: int = 0
) -> pl.DataFrame:
    """The plans to show first, or those ``after`` so many: strongest first, unread last."""
    return scoped(
        connection,
        filters,
        f"{_LIST} {_STRONGEST_FIRST} LIMIT $number::BIGINT OFFSET $after::BIGINT",
        minimum=filters.minimum,
        number=number,
        after=after,
    )


def object_list(connection: Connection, filters: Filters) -> pl.DataFrame:
    """All plans in the choice, strongest first, unread last: what a file holds."""
    return scoped_all(connection, filters, f"{_LIST} {_STRONGEST_FIRST}", minimum=filters.minimum)


def read_without(connection: Connection, filters: Filters, number: int) -> pl.DataFrame:
    """``object_name, municipality_name, of_all``: some of those read in which nothing is found."""
    return scoped(
        connection,
        filters,
        f"""SELECT object_name, municipality_name, count(*) OVER ()::BIGINT AS of_all
            FROM scope WHERE coverage = 'read_none' AND {_LISTED}
            ORDER BY name_order LIMIT $number::BIGINT""",
        minimum=filters.minimum,
        number=number,
    )
