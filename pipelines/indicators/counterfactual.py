"""Which passages count under a selection and under other rules than the published ones.

A codebook entry that is switched off takes with it the passages that no other word opens, and the
codes that no other word speaks for. This is counted on the edition's own passages, so the change is
a least one: coding anew also weighs the other words of a passage without the entry, and drops more.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from pipelines.indicators.fact_arrays import Bools, bit_set, codes_to_bits
from pipelines.indicators.facts import Facts
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
    facts: Facts, published: Passages, passages: Passages, selection: Selection, what_if: WhatIf
) -> Bools | None:
    """Return which passages count, or None where all do.

    Args:
        facts: where the marked words stand.
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
        masks.append(_still_open(facts, passages, what_if.off_entries))
    return np.logical_and.reduce(masks) if masks else None


def recoded(facts: Facts, passages: Passages, what_if: WhatIf) -> Passages:
    """Return the passages with the codes that remain under other rules."""
    if not (what_if.off_entries or what_if.off_themes or what_if.off_instruments):
        return passages
    themes = passages.themes & ~codes_to_bits(what_if.off_themes, THEME.values)
    instruments = passages.instruments & ~codes_to_bits(what_if.off_instruments, INSTRUMENT.values)
    if what_if.off_entries and facts.codebook.height:
        off = what_if.off_entries
        themes &= ~_unsupported(facts, passages, off, "themes", THEME.values)
        instruments &= ~_unsupported(facts, passages, off, "instruments", INSTRUMENT.values)
    return replace(passages, themes=themes, instruments=instruments)


def _marked_words(facts: Facts, passages: Passages) -> pl.DataFrame:
    """The marked words of the passages that can count: ``position, role, entry``."""
    spans = facts["passage"]["spans"].gather(passages.row)
    return (
        pl.DataFrame({"spans": spans.str.json_decode(_SPAN)})
        .with_row_index("position")
        .explode("spans")
        .unnest("spans")
        .drop_nulls("entry")
    )


def _still_open(facts: Facts, passages: Passages, off: tuple[str, ...]) -> Bools:
    opening = _marked_words(facts, passages).filter(pl.col("role").is_in(_OPENING))
    left = opening.group_by("position").agg((~pl.col("entry").is_in(off)).any().alias("left"))
    still = np.ones(passages.object.size, np.bool_)
    lost = left.filter(~pl.col("left"))["position"].to_numpy()
    still[lost] = False
    return still


def _unsupported(
    facts: Facts,
    passages: Passages,
    off: tuple[str, ...],
    column: str,
    codes: tuple[str, ...],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint16]]:
    """Bits that only switched-off entries speak for, by passage."""
    speaks = facts.codebook.select(
        pl.col("entry_id").alias("entry"), bit_set(column, codes).alias("bits")
    )
    spoken = (
        _marked_words(facts, passages)
        .join(speaks, on="entry")
        .with_columns(pl.col("entry").is_in(off).alias("is_off"))
    )
    by_passage = spoken.group_by("position").agg(
        pl.col("bits").filter("is_off").bitwise_or().alias("off"),
        pl.col("bits").filter(~pl.col("is_off")).bitwise_or().alias("on"),
    )
    lost = np.zeros(passages.object.size, np.uint16)
    off_bits = by_passage["off"].fill_null(0).to_numpy()
    on_bits = by_passage["on"].fill_null(0).to_numpy()
    lost[by_passage["position"].to_numpy()] = off_bits & ~on_bits
    return lost
