"""Which passages count under a selection and under other rules than the published ones.

A codebook entry that is switched off takes with it the passages that no other word opens, and the
codes that no other word speaks for. This is counted on the edition's own passages: reading anew
with another codebook can also find others, and its scorer weighs words together, so the page says
that it is an estimate.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from pipelines.indicators.fact_arrays import Bools, Passages, bit_set
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.selection import Selection, WhatIf
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME

_OPENING = ("concept", "novelty", "instrument")
"""Roles of marked words that open the question whether a passage is relevant."""
_SPAN = pl.List(pl.Struct({"role": pl.String, "entry": pl.String}))


def kept_passages(
    index: FactIndex, passages: Passages, selection: Selection, what_if: WhatIf
) -> Bools | None:
    """Return which passages count, or None where all do.

    Args:
        index: the facts.
        passages: the passages under the rules (see :func:`recoded`).
        selection: a reader's filter.
        what_if: the rules.
    """
    masks: list[Bools] = []
    if selection.themes:
        masks.append((passages.themes & _bits(selection.themes, THEME.values)) > 0)
    if selection.instruments:
        masks.append((passages.instruments & _bits(selection.instruments, INSTRUMENT.values)) > 0)
    lowest = max(
        COMMITMENT.position(selection.lowest or "none"), COMMITMENT.position(what_if.counts_from)
    )
    if lowest > 1:
        masks.append(passages.level >= lowest)
    if what_if.off_themes:
        masks.append((passages.themes > 0) | (index.passages.themes == 0))
    if what_if.off_entries:
        masks.append(_still_open(index, what_if.off_entries))
    return np.logical_and.reduce(masks) if masks else None


def recoded(index: FactIndex, what_if: WhatIf) -> Passages:
    """Return the passages with the codes that remain under other rules."""
    passages = index.passages
    if not (what_if.off_entries or what_if.off_themes or what_if.off_instruments):
        return passages
    themes = passages.themes & ~_bits(what_if.off_themes, THEME.values)
    instruments = passages.instruments & ~_bits(what_if.off_instruments, INSTRUMENT.values)
    if what_if.off_entries and index.facts.codebook.height:
        themes = themes & ~_unsupported(index, what_if.off_entries, "themes", THEME.values)
        instruments = instruments & ~_unsupported(
            index, what_if.off_entries, "instruments", INSTRUMENT.values
        )
    return replace(passages, themes=themes, instruments=instruments)


def _bits(chosen: tuple[str, ...], codes: tuple[str, ...]) -> np.uint16:
    return np.uint16(sum(1 << codes.index(code) for code in chosen))


def _marked_words(index: FactIndex) -> pl.DataFrame:
    """The marked words of the passages that can count: ``position, role, entry``."""
    spans = index.facts["passage"]["spans"][index.passages.row]
    return (
        pl.DataFrame({"spans": spans.str.json_decode(_SPAN)})
        .with_row_index("position")
        .explode("spans")
        .unnest("spans")
        .drop_nulls("entry")
    )


def _still_open(index: FactIndex, off: tuple[str, ...]) -> Bools:
    opening = _marked_words(index).filter(pl.col("role").is_in(_OPENING))
    left = opening.group_by("position").agg((~pl.col("entry").is_in(off)).any().alias("left"))
    still = np.ones(index.passages.object.size, np.bool_)
    lost = left.filter(~pl.col("left"))["position"].to_numpy()
    still[lost] = False
    return still


def _unsupported(
    index: FactIndex, off: tuple[str, ...], column: str, codes: tuple[str, ...]
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint16]]:
    """Bits that only switched-off entries speak for, by passage."""
    speaks = index.facts.codebook.select(
        pl.col("entry_id").alias("entry"), bit_set(column, codes).alias("bits")
    )
    spoken = (
        _marked_words(index)
        .join(speaks, on="entry")
        .with_columns(pl.col("entry").is_in(off).alias("is_off"))
    )
    by_passage = spoken.group_by("position").agg(
        pl.col("bits").filter("is_off").bitwise_or().alias("off"),
        pl.col("bits").filter(~pl.col("is_off")).bitwise_or().alias("on"),
    )
    lost = np.zeros(index.passages.object.size, np.uint16)
    off_bits = by_passage["off"].fill_null(0).to_numpy()
    on_bits = by_passage["on"].fill_null(0).to_numpy()
    lost[by_passage["position"].to_numpy()] = off_bits & ~on_bits
    return lost
