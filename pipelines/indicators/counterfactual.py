"""Which passages count under a selection and under other rules than the published ones.

A codebook entry that is switched off takes with it the passages that no other word opens, and the
codes that no other word speaks for. This is counted on the edition's own passages, so the change is
a least one: coding anew also weighs the other words of a passage without the entry, and drops more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import polars as pl

from pipelines.indicators.fact_arrays import Bits, Bools, Ints, bit_set, codes_to_bits, positions
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.passage_arrays import Passages
from pipelines.indicators.selection import Selection, WhatIf
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME

_OPENING = ("concept", "novelty", "instrument")
"""Roles of marked words that open the question whether a passage is relevant."""
SWITCHABLE = ("concept", "novelty", "support", "theme")
"""Kinds of codebook entries that open passages or speak for codes; switching off another kind
would change nothing that can be counted here."""
_SPAN = pl.List(pl.Struct({"role": pl.String, "entry": pl.String}))


def kept_passages(
    index: FactIndex,
    published: Passages,
    passages: Passages,
    selection: Selection,
    what_if: WhatIf,
) -> Bools | None:
    """Return which passages count, or None where all do.

    Args:
        index: where the marked words stand.
        published: the passages as they are coded.
        passages: the same under the rules (see :func:`recoded`).
        selection: a reader's filter.
        what_if: the rules.
    """
    masks: list[Bools] = []
    if selection.themes:
        masks.append((passages.themes & codes_to_bits(selection.themes, THEME.values)) > 0)
    if selection.instruments:
        masks.append(
            (passages.instruments & codes_to_bits(selection.instruments, INSTRUMENT.values)) > 0
        )
    lowest = max(
        COMMITMENT.position(selection.lowest or "none"), COMMITMENT.position(what_if.counts_from)
    )
    if lowest > 1:
        masks.append(passages.level >= lowest)
    if what_if.off_themes:
        masks.append((passages.themes > 0) | (published.themes == 0))
    if what_if.off_entries:
        masks.append(_still_open(index, passages, what_if.off_entries))
    return reduce(np.logical_and, masks) if masks else None


def recoded(index: FactIndex, passages: Passages, what_if: WhatIf) -> Passages:
    """Return the passages with the codes that remain under other rules."""
    if not (what_if.off_entries or what_if.off_themes or what_if.off_instruments):
        return passages
    themes = passages.themes & ~codes_to_bits(what_if.off_themes, THEME.values)
    instruments = passages.instruments & ~codes_to_bits(what_if.off_instruments, INSTRUMENT.values)
    if what_if.off_entries and index.facts.codebook.height:
        off = what_if.off_entries
        themes &= ~_unsupported(index, passages, off, "themes", THEME.values)
        instruments &= ~_unsupported(index, passages, off, "instruments", INSTRUMENT.values)
    return replace(passages, themes=themes, instruments=instruments)


@dataclass(frozen=True)
class _Words:
    """The marked words of all passages, one element each, of entries that have a name.

    ``row`` is the passage's row in the facts, ``entry`` a number for the codebook entry (see
    ``entries``), ``opens`` whether the word opens the question of relevance.
    """

    row: Ints
    entry: Ints
    opens: Bools
    entries: list[str]

    def of(self, passages: Passages, rows: int) -> tuple[Ints, Ints, Bools]:
        """Return the words of some passages: their positions, entries and whether they open."""
        place = np.full(rows, -1)
        place[passages.row] = np.arange(passages.row.size)
        position = place[self.row]
        own = position >= 0
        return position[own], self.entry[own], self.opens[own]

    def are(self, names: Collection[str]) -> Bools:
        """Return which entries are among the names."""
        return np.array([entry in names for entry in self.entries], np.bool_)


def _marked_words(index: FactIndex) -> _Words:
    """Take the marked words out of their texts, once for an edition: there may be millions."""
    words = (
        pl.DataFrame({"spans": index.facts["passage"]["spans"].str.json_decode(_SPAN)})
        .with_row_index("row")
        .explode("spans")
        .unnest("spans")
        .drop_nulls("entry")
    )
    entries = words["entry"].unique().sort().to_list()
    numbers = words.select(
        pl.col("row").cast(pl.Int64),
        positions("entry", entries),
        pl.col("role").is_in(_OPENING).fill_null(value=False).alias("opens"),
    )
    row, entry, opens = (numbers[name].to_numpy() for name in numbers.columns)
    return _Words(row, entry, opens, entries)


def _still_open(index: FactIndex, passages: Passages, off: tuple[str, ...]) -> Bools:
    words = index.once(_marked_words)
    position, entry, opens = words.of(passages, index.facts["passage"].height)
    is_left = ~words.are(off)[entry]
    lost = np.zeros(passages.object.size, np.bool_)
    lost[position[opens]] = True
    lost[position[opens & is_left]] = False
    return ~lost


def _unsupported(
    index: FactIndex,
    passages: Passages,
    off: tuple[str, ...],
    column: str,
    codes: tuple[str, ...],
) -> Bits:
    """Bits that only switched-off entries speak for, by passage."""
    words = index.once(_marked_words)
    speaks = index.facts.codebook.select("entry_id", bit_set(column, codes))
    bits = dict(speaks.iter_rows())
    of_entry = np.array([bits.get(entry, 0) for entry in words.entries], np.uint16)
    position, entry, _ = words.of(passages, index.facts["passage"].height)
    is_off = words.are(off)[entry]
    spoken = np.zeros((2, passages.object.size), np.uint16)
    for told, chosen in zip(spoken, (is_off, ~is_off), strict=True):
        np.bitwise_or.at(told, position[chosen], of_entry[entry[chosen]])
    lost: Bits = spoken[0] & ~spoken[1]
    return lost
