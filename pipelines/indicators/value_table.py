"""Rows of ``indicator_value``: many measures' numbers as one table, made in one go.

A page has up to fifty blocks of numbers; a frame for each, and one of them all, takes longer than
the counting.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from pipelines.indicators.fact_arrays import Ints
from pipelines.indicators.intervals import FEWEST
from pipelines.indicators.values import PRESENT, Block, Floats
from pipelines.model.codes import ABSENCE
from pipelines.model.tables import TABLE

_SENTENCE = {
    "too_few": f"För få: {{n}} av minst {FEWEST}.",
    "not_collected": "Ej insamlat: {known} kända, inga lästa.",
    "excerpt_only": "Endast utdrag är kodade: {known} kända, inga lästa i sin helhet.",
    "not_understood": "Ej förstått: {known} kända, texten kunde inte förstås.",
    "unreadable": "Oläsbart: {known} kända, ingen text går att läsa.",
    "withheld": "Handlingarna omfattas av sekretess.",
    "not_applicable": "Ej tillämpligt här.",
    "none_known": "Ingen känd.",
    "not_reported": "Uppgiften saknas i registret ({known} {rows}).",
    "not_reached": "Hälften har inte nått dit ännu, av {n}.",
    "overlapping": "Platsen går inte att skilja från en annan kommuns.",
    "not_comparable": "Värdet saknas i en av utgåvorna.",
}
_SCHEMA = TABLE["indicator_value"].polars_schema


def value_table(blocks: Sequence[Block]) -> pl.DataFrame:
    """Return the blocks as rows of ``indicator_value``, block by block and unit by unit.

    A missing number is null, and what nobody has read has no number of hits either: missing is
    never zero.
    """
    if not any(block.cells.n.size for block in blocks):
        return pl.DataFrame(schema=pl.Schema(_SCHEMA))
    n, known = _numbers(blocks, "n"), _numbers(blocks, "known")
    numbers = {
        "value": _numbers(blocks, "value"),
        "numerator": np.where(n > 0, _numbers(blocks, "numerator"), np.nan),
        "low": _numbers(blocks, "low"),
        "high": _numbers(blocks, "high"),
    }
    columns = [pl.Series(name, each, nan_to_null=True) for name, each in numbers.items()]
    columns += [pl.Series("n", n.astype(np.int64)), pl.Series("known", known.astype(np.int64))]
    for words in (_measures(blocks), _units(blocks), _parts(blocks), _reasons(blocks, n, known)):
        columns += words.get_columns()
    return pl.DataFrame(columns).select(_SCHEMA.keys())


def _numbers(blocks: Sequence[Block], field: str) -> Floats:
    found = (getattr(block.cells, field) for block in blocks)
    return np.concatenate(
        [
            np.full(block.cells.n.size, np.nan) if each is None else each.ravel()
            for block, each in zip(blocks, found, strict=True)
        ]
    ).astype(np.float64)


def _measures(blocks: Sequence[Block]) -> pl.DataFrame:
    names = pl.DataFrame(
        {
            "indicator_id": [block.indicator.id for block in blocks],
            "indicator_label": [block.indicator.label for block in blocks],
            "value_unit": [block.unit or block.indicator.unit for block in blocks],
        }
    )
    sizes = [block.cells.n.size for block in blocks]
    return _rows(names, np.repeat(np.arange(len(blocks)), sizes))


def _units(blocks: Sequence[Block]) -> pl.DataFrame:
    """Name each row's unit; measures of one page share the frame of units, so few are stacked."""
    frames = {id(block.units): block.units for block in blocks}
    ends = np.cumsum([frame.height for frame in frames.values()])
    first = {
        key: end - frame.height for (key, frame), end in zip(frames.items(), ends, strict=True)
    }
    at = [
        first[id(block.units)] + np.repeat(np.arange(block.units.height), len(block.parts))
        for block in blocks
    ]
    return _rows(pl.concat(frames.values()), np.concatenate(at))


def _parts(blocks: Sequence[Block]) -> pl.DataFrame:
    parts = [part for block in blocks for part in block.parts]
    ends = np.cumsum([len(block.parts) for block in blocks])
    at = [
        np.tile(np.arange(end - len(block.parts), end), block.units.height)
        for block, end in zip(blocks, ends, strict=True)
    ]
    names = pl.DataFrame(parts, schema=["part", "part_label"], orient="row")
    return _rows(names, np.concatenate(at))


def _reasons(blocks: Sequence[Block], n: Floats, known: Floats) -> pl.DataFrame:
    """Kind and sentence of each absence; equal ones are worded once."""
    kind = np.concatenate([block.cells.absence.ravel() for block in blocks])
    missing = np.flatnonzero(kind != PRESENT)
    which = np.stack([kind[missing], n[missing].astype(np.int64), known[missing].astype(np.int64)])
    key = (which[0] << 58) + (which[1] << 29) + which[2]
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    words: list[tuple[str | None, str | None]] = [(None, None)]
    words += [(ABSENCE.values[each[0]], _sentence(*each)) for each in which[:, first].T.tolist()]
    at = np.zeros(kind.size, np.int64)
    at[missing] = place.ravel() + 1
    _own_words(blocks, words, at)
    names = pl.DataFrame(
        words, schema={"absence_kind": pl.String, "absence": pl.String}, orient="row"
    )
    return _rows(names, at)


def _own_words(
    blocks: Sequence[Block], words: list[tuple[str | None, str | None]], at: Ints
) -> None:
    """Put a block's own reasons in place of the common sentences."""
    begin = 0
    for block in blocks:
        size = block.cells.n.size
        own = at[begin : begin + size].reshape(block.cells.n.shape)
        for column, reason in enumerate(block.reasons):
            for row in np.flatnonzero(own[:, column]):
                words.append((words[own[row, column]][0], reason))
                own[row, column] = len(words) - 1
        begin += size


def _sentence(kind: int, n: int, known: int) -> str:
    code = ABSENCE.codes[kind]
    # A number of none known would only puzzle: then the label alone says it.
    if not (n or known):
        return f"{code.label}."
    return _SENTENCE[code.code].format(n=n, known=known, rows="rad" if known == 1 else "rader")


def _rows(frame: pl.DataFrame, at: Ints) -> pl.DataFrame:
    return frame.select(pl.all().gather(pl.lit(pl.Series(at))))
