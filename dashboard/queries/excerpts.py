"""Questions about excerpts (*referat*), climate demands in procurement, and the to-do list.

None of them enters a share: an excerpt says what somebody saw of a page or a document, and the
to-do list says what nobody knows yet.
"""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import select
from dashboard.text import EXCERPT_GROUPS, OTHER_EXCERPTS, OWN_VOICE
from pipelines.indicators.scope import bound, in_years, on_themes, with_instruments, within

Connection = duckdb.DuckDBPyConnection

_GROUPS = {group: kinds for group, (_, kinds) in EXCERPT_GROUPS.items()}
_KINDS = {"op": _GROUPS["op"], "dp": (*_GROUPS["dp"], *_GROUPS["program"]), "ma": _GROUPS["ma"]}
"""Kinds of document that a chosen type of plan holds; a programme precedes detailed plans."""

_CHOSEN = """
WITH chosen AS (
    SELECT s.*, m.municipality_name, c.position AS level
    FROM summary_passage s
    LEFT JOIN municipality m USING (municipality_code)
    JOIN catalog_code c ON c.code_list = 'commitment' AND c.code = s.commitment
    WHERE {within} AND {years} AND {themes} AND {instruments}
      AND (len($kinds::VARCHAR[]) = 0 OR list_contains($kinds::VARCHAR[], s.document_kind))
      AND c.position >= $minimum
      AND list_bool_and([true] || list_transform($words::VARCHAR[],
            lambda w: contains(lower(concat_ws(' ', s.summary, s.object_name,
                                               m.municipality_name)), w)))
)
"""


def _ask(
    connection: Connection, filters: Filters, query: str, words: tuple[str, ...] = (), **more: Any
) -> pl.DataFrame:
    chosen = _CHOSEN.format(
        within=within(filters, "s"),
        years=in_years(filters, "s.year", "s.year"),
        themes=on_themes(filters, "s"),
        instruments=with_instruments(filters, "s"),
    )
    kinds = [kind for each in filters.object_types for kind in _KINDS[each]]
    values = bound(filters, chosen) | {"kinds": kinds, "words": list(words)}
    return select(connection, chosen + query, **values, **more)


def count_summaries(
    connection: Connection, filters: Filters, words: tuple[str, ...] = ()
) -> tuple[int, int]:
    """How many excerpts the choice holds: those in a municipality's own voice, and all others."""
    query = f"""SELECT count(*) FILTER (voice = '{OWN_VOICE}')::BIGINT AS own,
                       count(*) FILTER (voice <> '{OWN_VOICE}')::BIGINT AS others FROM chosen"""
    own, others = _ask(connection, filters, query, words).row(0)
    return int(own), int(others)


def find_summaries(
    connection: Connection,
    filters: Filters,
    words: tuple[str, ...] = (),
    offset: int = 0,
    limit: int | None = 10,
    voices: str = "alla",
) -> pl.DataFrame:
    """Return excerpts: the municipality's own voice first, certain before unsure, strongest first.

    ``voices`` is ``alla``, ``egen`` or ``andras``.

    A general statement comes after what is about a plan or a place, because its level is one by
    the letter only.
    """
    return _ask(
        connection,
        filters,
        f"""SELECT * FROM chosen
            WHERE $voices::VARCHAR = 'alla' OR (voice = '{OWN_VOICE}') = ($voices::VARCHAR = 'egen')
            ORDER BY voice = '{OWN_VOICE}' DESC, coalesce(is_general, false),
                     coalesce(is_unsure, false), level DESC, summary_id
            LIMIT $limit::BIGINT OFFSET $offset::BIGINT""",
        words,
        limit=limit,
        offset=offset,
        voices=voices,
    )


def best_summaries(connection: Connection, filters: Filters, number: int) -> pl.DataFrame:
    """Return the strongest certain excerpts in a municipality's own voice, one a municipality."""
    return _ask(
        connection,
        filters,
        f"""SELECT * FROM chosen
            WHERE voice = '{OWN_VOICE}' AND municipality_code IS NOT NULL
              AND NOT coalesce(is_general, false) AND NOT coalesce(is_unsure, false)
            QUALIFY row_number() OVER (PARTITION BY municipality_code
                                       ORDER BY level DESC, summary_id) = 1
            ORDER BY level DESC, summary_id LIMIT $number::BIGINT""",
        number=number,
    )


def excerpt_counts(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Count the choice's excerpts by place, group, voice and level.

    Returns ``municipality_code, municipality_name, excerpt_group, voice, level, is_general,
    is_unsure, excerpts``; the code is null where an excerpt is about the whole region.
    """
    groups = " ".join(
        f"WHEN document_kind IN ({', '.join(repr(kind) for kind in kinds)}) THEN '{group}'"
        for group, kinds in _GROUPS.items()
    )
    return _ask(
        connection,
        filters,
        f"""SELECT municipality_code, municipality_name,
                   CASE {groups} ELSE '{OTHER_EXCERPTS}' END AS excerpt_group, voice, level,
                   coalesce(is_general, false) AS is_general,
                   coalesce(is_unsure, false) AS is_unsure, count(*)::BIGINT AS excerpts
            FROM chosen GROUP BY ALL ORDER BY ALL""",
    )


def climate_answers(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Return each chosen municipality's typed answers about climate demands, and its plan."""
    query = f"""SELECT d.*, m.municipality_name
                FROM climate_demand d JOIN municipality m USING (municipality_code)
                WHERE {within(filters, "d")} ORDER BY m.municipality_name COLLATE sv"""
    return select(connection, query, **bound(filters, query))


def to_check(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Return what to look up or collect within the choice of municipality and type, in order."""
    subjects = "list_contains($object_types, t.check_subject)" if filters.object_types else "true"
    query = f"""SELECT t.*, m.municipality_name
                FROM to_check t JOIN municipality m USING (municipality_code)
                WHERE {within(filters, "t")} AND {subjects} ORDER BY t.check_order"""
    return select(connection, query, **bound(filters, query))
