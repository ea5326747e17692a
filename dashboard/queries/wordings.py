"""Questions about wordings worth borrowing: strongest first, those from similar places before."""

from __future__ import annotations

from typing import Literal

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped

Connection = duckdb.DuckDBPyConnection
Order = Literal["instrument", "theme", "document_kind"]
_GROUP = {
    "instrument": "unnest(e.instruments)",
    "theme": "unnest(e.themes)",
    "document_kind": "e.document_kind",
}
_FIRST = (
    "level >= 3 DESC, is_further, nearness IS NULL, level DESC, nearness, confidence DESC, "
    "passage_id"
)
LOWEST = 2
"""Level *Avsikt*: what is only mentioned is no wording to borrow."""


def wordings(
    connection: Connection, filters: Filters, order: Order, near: tuple[str, ...], number: int
) -> pl.DataFrame:
    """The ``number`` wordings to show first in each group.

    Whole passages of 40 to 420 characters that count, at least *Avsikt*, each text once a group.
    Those that bind (*Bör*, *Ska*) come first, one a plan before any second, among them those from
    ``near`` (municipality codes, nearest first), then by level. Rows carry the group's code as
    ``grp``, its size as ``of_all`` and ``nearness``, the municipality's place in ``near`` or null.
    """
    return scoped(
        connection,
        filters,
        f""", wording AS (
             SELECT e.*, {_GROUP[order]} AS grp, s.object_name, s.municipality_name,
                    d.document_title, d.document_date, d.source_url,
                    list_position($near::VARCHAR[], e.municipality_code) AS nearness
             FROM evidence e JOIN scope s USING (object_id) JOIN document d USING (document_id)
             WHERE e.level >= greatest($minimum::BIGINT, $lowest::BIGINT)
               AND length(e.quote) BETWEEN 40 AND 420
           ), once AS (
             SELECT * FROM wording
             QUALIFY row_number() OVER (PARTITION BY grp, lower(quote)
                 ORDER BY nearness NULLS LAST, confidence DESC, passage_id) = 1
           ), placed AS (
             SELECT *, row_number() OVER (PARTITION BY grp, object_id
                 ORDER BY level DESC, confidence DESC, passage_id) > 1 AS is_further
             FROM once
           )
           SELECT *, count(*) OVER (PARTITION BY grp)::BIGINT AS of_all FROM placed
           QUALIFY row_number() OVER (PARTITION BY grp ORDER BY {_FIRST}) <= $number::BIGINT
           ORDER BY grp, {_FIRST}""",
        near=list(near),
        minimum=filters.minimum,
        lowest=LOWEST,
        number=number,
    )


def demands_by_type(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``object_type, passages, demands, flagged``: evidence, at *Ska*, and to check in law."""
    return scoped(
        connection,
        filters,
        """SELECT s.object_type, count(*)::BIGINT AS passages,
                  count(*) FILTER (e.level = 4)::BIGINT AS demands,
                  count(*) FILTER (e.legal_flag)::BIGINT AS flagged
           FROM evidence e JOIN scope s USING (object_id) GROUP BY ALL ORDER BY ALL""",
    )
