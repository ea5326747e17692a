"""Questions about passages: search, count, and the one worth reading aloud."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped, select

Connection = duckdb.DuckDBPyConnection

_FOUND = """
, wanted AS (
    SELECT p.*, s.object_name, s.municipality_name, s.object_stage,
           d.document_title, d.document_date, d.source_url, d.coverage AS document_coverage
    FROM passage p
    JOIN scope s USING (object_id)
    JOIN document d USING (document_id)
    WHERE (p.is_counted OR $everything)
      AND (p.level >= $minimum::BIGINT OR ($everything AND p.is_negated))
      AND (len($themes::VARCHAR[]) = 0 OR list_has_any(p.themes, $themes::VARCHAR[]))
      AND (len($instruments::VARCHAR[]) = 0
           OR list_has_any(p.instruments, $instruments::VARCHAR[]))
      AND list_bool_and([true] || list_transform($words::VARCHAR[],
            lambda w: contains(lower(concat_ws(' ', p.quote, p.section, s.object_name,
                                               s.municipality_name)), w)))
)
"""


def _values(filters: Filters, words: tuple[str, ...], everything: bool) -> dict[str, Any]:
    return {"minimum": filters.minimum, "words": list(words), "everything": everything}


def search_words(text: str) -> tuple[str, ...]:
    """Split what a reader writes into lower-case words that all must occur."""
    return tuple(text.casefold().split())


def count_passages(
    connection: Connection, filters: Filters, words: tuple[str, ...] = (), everything: bool = False
) -> int:
    """How many passages the choice holds; ``everything`` adds those that do not count."""
    frame = scoped(
        connection,
        filters,
        _FOUND + "SELECT count(*)::BIGINT AS passages FROM wanted",
        **_values(filters, words, everything),
    )
    return int(frame.item())


def find_passages(
    connection: Connection,
    filters: Filters,
    words: tuple[str, ...] = (),
    everything: bool = False,
    offset: int = 0,
    limit: int | None = 10,
) -> pl.DataFrame:
    """Passages, strongest first, with the names of their document and plan."""
    return scoped(
        connection,
        filters,
        _FOUND
        + """SELECT * FROM wanted
             ORDER BY is_counted DESC, level DESC, confidence DESC, passage_id
             LIMIT $limit::BIGINT OFFSET $offset::BIGINT""",
        limit=limit,
        offset=offset,
        **_values(filters, words, everything),
    )


def best_quotations(connection: Connection, filters: Filters, number: int = 1) -> pl.DataFrame:
    """The strongest passages that can be read aloud: whole sentences of moderate length.

    At most one a municipality, so that two quotations do not come from the same place.
    """
    return scoped(
        connection,
        filters,
        _FOUND
        + """SELECT * FROM wanted
             WHERE length(quote) BETWEEN 60 AND 260 AND NOT legal_flag
             QUALIFY row_number() OVER (
                 PARTITION BY municipality_code
                 ORDER BY level DESC, len(instruments) + len(themes) DESC, confidence DESC,
                          passage_id) = 1
             ORDER BY level DESC, len(instruments) + len(themes) DESC, confidence DESC, passage_id
             LIMIT $number::BIGINT""",
        number=number,
        **_values(filters, (), everything=False),
    )


def count_summaries(connection: Connection, filters: Filters, words: tuple[str, ...] = ()) -> int:
    """How many hand-coded summaries the choice holds."""
    return find_summaries(connection, filters, words, 0, None).height


def find_summaries(
    connection: Connection,
    filters: Filters,
    words: tuple[str, ...] = (),
    offset: int = 0,
    limit: int | None = 10,
) -> pl.DataFrame:
    """Hand-coded summaries: real passages in other words, never quotations, outside every share.

    They have no year, so a chosen period leaves them out of nothing.
    """
    return select(
        connection,
        """SELECT s.*, m.municipality_name, c.position AS level
           FROM summary_passage s
           JOIN municipality m USING (municipality_code)
           JOIN catalog_code c ON c.code_list = 'commitment' AND c.code = s.commitment
           WHERE (len($municipalities::VARCHAR[]) = 0
                  OR list_contains($municipalities::VARCHAR[], s.municipality_code))
             AND (len($themes::VARCHAR[]) = 0 OR list_has_any(s.themes, $themes::VARCHAR[]))
             AND (len($instruments::VARCHAR[]) = 0
                  OR list_has_any(s.instruments, $instruments::VARCHAR[]))
             AND (len($kinds::VARCHAR[]) = 0 OR list_contains($kinds::VARCHAR[], s.document_kind))
             AND c.position >= $minimum::BIGINT
             AND list_bool_and([true] || list_transform($words::VARCHAR[],
                   lambda w: contains(lower(concat_ws(' ', s.summary, m.municipality_name)), w)))
           ORDER BY c.position DESC, s.summary_id LIMIT $limit::BIGINT OFFSET $offset::BIGINT""",
        municipalities=list(filters.municipalities),
        themes=list(filters.themes),
        instruments=list(filters.instruments),
        kinds=_document_kinds(filters.object_types),
        minimum=filters.minimum,
        words=list(words),
        limit=limit,
        offset=offset,
    )


_KINDS = {
    "op": ("op", "fop", "tillagg"),
    "dp": ("dp", "program"),
    "ma": ("ma_policy", "ma_decision", "tavling"),
}


def _document_kinds(object_types: tuple[str, ...]) -> list[str]:
    return [kind for each in object_types for kind in _KINDS[each]]
