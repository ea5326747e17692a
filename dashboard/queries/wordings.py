"""Questions about wordings worth borrowing: strongest first, those from similar places before."""

from __future__ import annotations

from typing import Literal

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped

Connection = duckdb.DuckDBPyConnection
Order = Literal["instrument", "theme", "document_kind"]
_BY_CODE = """c.code AS grp FROM evidence_key k
    JOIN catalog_code c ON c.code_list = '{0}' AND k.{0}_bits & (1::BIGINT << c.position) <> 0"""
_GROUPED = {
    "instrument": _BY_CODE.format("instrument"),
    "theme": _BY_CODE.format("theme"),
    "document_kind": "p.document_kind AS grp FROM evidence_key k "
    "JOIN passage p ON p.rowid = k.passage_row",
}
_FIRST = (
    "level >= 3 DESC, is_further, nearness IS NULL, level DESC, nearness, confidence DESC, "
    "passage_row"
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
    grouped = _GROUPED[order]
    return scoped(
        connection,
        filters,
        f""", wording AS (
             SELECT k.passage_row, k.object_no, k.level, k.confidence, k.text_hash, {grouped}
             WHERE k.level >= greatest($minimum::BIGINT, $lowest::BIGINT)
               AND k.characters BETWEEN 40 AND 420
           ), near AS (
             SELECT object_no, list_position($near::VARCHAR[], municipality_code) AS nearness
             FROM scope
           ), once AS (
             SELECT * FROM wording JOIN near USING (object_no)
             QUALIFY row_number() OVER (PARTITION BY grp, text_hash
                 ORDER BY nearness NULLS LAST, confidence DESC, passage_row) = 1
           ), placed AS (
             SELECT *, row_number() OVER (PARTITION BY grp, object_no
                 ORDER BY level DESC, confidence DESC, passage_row) > 1 AS is_further
             FROM once
           ), first AS (
             SELECT *, count(*) OVER (PARTITION BY grp)::BIGINT AS of_all,
                    row_number() OVER (PARTITION BY grp ORDER BY {_FIRST}) AS place
             FROM placed QUALIFY place <= $number::BIGINT
           )
           SELECT p.*, f.grp, s.object_name, s.municipality_name, d.document_title,
                  d.document_date, d.source_url, f.nearness, f.is_further, f.of_all
           FROM first f JOIN passage p ON p.rowid = f.passage_row
           JOIN scope s USING (object_id) JOIN document d USING (document_id)
           ORDER BY f.grp, f.place""",
        near=list(near),
        minimum=filters.minimum,
        lowest=LOWEST,
        number=number,
    )


def levers_by_type(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``object_type, passages, at_shall, flagged``: listed evidence, at *Ska*, to check in law."""
    return scoped(
        connection,
        filters,
        """SELECT s.object_type, count(*)::BIGINT AS passages,
                  count(*) FILTER (k.level = 4)::BIGINT AS at_shall,
                  count(*) FILTER (k.legal_flag)::BIGINT AS flagged
           FROM evidence_key k JOIN scope s USING (object_no)
           WHERE k.level >= $minimum::BIGINT GROUP BY ALL ORDER BY ALL""",
        minimum=filters.minimum,
    )
