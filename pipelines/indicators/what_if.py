"""Numbers under other rules of counting than the published ones.

A codebook entry that is switched off takes with it the passages that no other word opens, and the
codes that no other word speaks for. This is counted on the edition's own passages, so the change is
a least one: coding anew also weighs the other words of a passage without the entry, and drops more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from pipelines.indicators.facts import OWN_WORDS, bits, number_of
from pipelines.model.codes import INSTRUMENT, STAGES_BEFORE_REVIEW, THEME

if TYPE_CHECKING:
    from pipelines.indicators.scope import WhatIf

_OPENING = ("concept", "novelty", "instrument")
"""Roles of marked words that open the question whether a passage is relevant."""
SWITCHABLE = ("concept", "novelty", "support", "theme")
"""Kinds of codebook entries that open passages or speak for codes; switching off another kind
would change nothing that can be counted here."""

_ENTRIES = f"""
CREATE TEMP TABLE entry_bits AS
SELECT entry_id, {bits("themes", THEME.values)} AS theme_bits,
       {bits("instruments", INSTRUMENT.values)} AS instrument_bits
FROM catalog_codebook
"""
_TOUCHED = f"""
CREATE TEMP TABLE touched AS
WITH held AS (
    SELECT rowid AS row, object_id, document_id, level, is_counted, spans,
           {bits("themes", THEME.values)} AS theme_bits,
           {bits("instruments", INSTRUMENT.values)} AS instrument_bits
    FROM passage
    WHERE {OWN_WORDS} AND list_bool_or(list_transform($off, lambda e: contains(spans, e)))
), word AS (
    SELECT row, unnest(from_json(spans, '[{{"role": "VARCHAR", "entry": "VARCHAR"}}]'),
                       recursive := true)
    FROM held
), spoken AS (
    SELECT row, coalesce(bool_or(role IN {_OPENING}), false) AS was_open,
           coalesce(bool_or(role IN {_OPENING} AND NOT is_off), false) AS is_open,
           coalesce(bit_or(c.theme_bits) FILTER (is_off), 0)
               & ~coalesce(bit_or(c.theme_bits) FILTER (NOT is_off), 0) AS lost_themes,
           coalesce(bit_or(c.instrument_bits) FILTER (is_off), 0)
               & ~coalesce(bit_or(c.instrument_bits) FILTER (NOT is_off), 0) AS lost_instruments
    FROM (SELECT *, list_contains($off, entry) AS is_off FROM word WHERE entry IS NOT NULL) w
    LEFT JOIN entry_bits c ON c.entry_id = w.entry
    GROUP BY row HAVING bool_or(is_off)
)
SELECT h.object_id, h.theme_bits, h.instrument_bits, h.level, coalesce(h.is_counted, false)
           AS is_counted,
       coalesce(d.document_stage IN {STAGES_BEFORE_REVIEW}, false) AS is_early,
       h.theme_bits & ~s.lost_themes AS themes_left,
       h.instrument_bits & ~s.lost_instruments AS instruments_left,
       NOT s.was_open OR s.is_open AS stays
FROM spoken s JOIN held h USING (row) LEFT JOIN document d USING (document_id)
"""
_WITHOUT_ENTRIES = """
    UNION ALL BY NAME
    SELECT object_id, theme_bits, instrument_bits, level, is_counted, is_early,
           theme_bits AS published, -1 AS number FROM touched
    UNION ALL BY NAME
    SELECT object_id, themes_left AS theme_bits, instruments_left AS instrument_bits, level,
           is_counted, is_early, theme_bits AS published, 1 AS number FROM touched WHERE stays
"""
_RECODED = """
CREATE TEMP TABLE recoded AS
WITH each_code AS (
    SELECT * EXCLUDE (passages), theme_bits AS published, passages AS number FROM object_codes
    {without}
)
SELECT object_id, theme_bits & ~{themes}::BIGINT AS theme_bits,
       instrument_bits & ~{instruments}::BIGINT AS instrument_bits, level, is_counted, is_early,
       sum(number)::BIGINT AS passages
FROM each_code
WHERE {themes} = 0 OR published = 0 OR theme_bits & ~{themes}::BIGINT <> 0
GROUP BY ALL HAVING sum(number) > 0
"""


def recode(cursor: duckdb.DuckDBPyConnection, rules: WhatIf) -> str:
    """Create the passages' codes that remain under other rules; return the table's name.

    Of the passages with a word that is switched off the old codes are taken away and those that
    remain are put in their place; all others are as they were.
    """
    themes = number_of(rules.off_themes, THEME.values)
    instruments = number_of(rules.off_instruments, INSTRUMENT.values)
    if not (rules.off_entries or themes or instruments):
        return "object_codes"
    without = ""
    if rules.off_entries:
        cursor.execute(_ENTRIES)
        cursor.execute(_TOUCHED, {"off": list(rules.off_entries)})
        without = _WITHOUT_ENTRIES
    cursor.execute(_RECODED.format(without=without, themes=themes, instruments=instruments))
    return "recoded"
