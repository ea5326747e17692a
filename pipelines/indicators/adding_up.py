"""Passages added up to their objects: how many, how strong, on what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.indicators.fact_arrays import Bits, Bools, Ints, Marks, Small
from pipelines.indicators.passage_arrays import Mark, Passages
from pipelines.model.codes import COMMITMENT, THEME

_LEVELS = len(COMMITMENT.values) - 1
_EVERY_LEVEL = np.uint64((1 << _LEVELS) - 1)
_CODES = np.uint64((1 << 16) - 1)
_HIGHEST = np.array([each.bit_length() for each in range(1 << _LEVELS)], np.int8)
"""The highest level of a set of levels."""


@dataclass(frozen=True)
class Found:
    """What counted passages add up to, one element for each object."""

    passages: Ints
    level: Small
    themes: Bits
    instruments: Bits
    requires: Bools
    early: Bools
    ever: Bools


def add_up(passages: Passages, size: int, keep: Bools | None, requires_from: int) -> Found:
    """Add passages up to their objects.

    Args:
        passages: passages in the order of their objects.
        size: number of objects.
        keep: which passages count; None for all.
        requires_from: the level from which a passage with an instrument is a requirement.
    """
    starts, holders = passages.groups
    counted = passages.is_counted if keep is None else passages.is_counted & keep
    count = np.zeros(size, np.int64)
    count[holders] = np.add.reduceat(counted.view(np.int8), starts, dtype=np.int64)
    marks = _together(passages, passages.marks, size, keep)
    binding = _EVERY_LEVEL - np.uint64((1 << max(requires_from - 1, 0)) - 1)
    return Found(
        passages=count,
        level=_HIGHEST[(marks >> Mark.LEVEL) & _EVERY_LEVEL],
        themes=((marks >> Mark.THEMES) & _CODES).astype(np.uint16),
        instruments=((marks >> Mark.INSTRUMENTS) & _CODES).astype(np.uint16),
        requires=((marks >> Mark.BINDS) & binding) > 0,
        early=((marks >> Mark.EARLY) & np.uint64(1)) > 0,
        ever=((marks >> Mark.EVER) & np.uint64(1)) > 0,
    )


def theme_marks(passages: Passages, size: int, keep: Bools | None) -> Marks:
    """Return each object's levels on each theme as bits (see :func:`levels_of`)."""
    return _together(passages, passages.theme_marks, size, keep)


def levels_of(marks: Marks) -> Small:
    """Return the highest level on each theme (last axis), 0 for none.

    >>> levels_of(np.array([0b0101_1000], np.uint64))[0, :3].tolist()
    [4, 3, 0]
    """
    shifts = (_LEVELS * np.arange(len(THEME.values))).astype(np.uint64)
    levels: Small = _HIGHEST[(marks[..., None] >> shifts) & _EVERY_LEVEL]
    return levels


def only_themes(bits: int) -> np.uint64:
    """Return the mask that leaves a set of themes of :func:`theme_marks`."""
    own = (theme for theme in range(len(THEME.values)) if bits >> theme & 1)
    return np.uint64(sum(int(_EVERY_LEVEL) << (_LEVELS * theme) for theme in own))


def _together(
    passages: Passages, marks: Marks, size: int, keep: Bools | None
) -> npt.NDArray[np.uint64]:
    starts, holders = passages.groups
    whole = np.zeros(size, np.uint64)
    kept = marks if keep is None else marks * keep
    whole[holders] = np.bitwise_or.reduceat(kept, starts)
    return whole
