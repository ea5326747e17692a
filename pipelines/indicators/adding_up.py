"""Passages added up to their objects: how many, how strong, on what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from pipelines.indicators.fact_arrays import Bits, Bools, Ints, Passages, Small
from pipelines.model.codes import THEME

Number = TypeVar("Number", bound=np.generic)


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
    counted = passages.is_counted if keep is None else passages.is_counted & keep
    chosen, starts, holders = _grouped(passages.object, counted)
    level, instruments = passages.level[chosen], passages.instruments[chosen]
    early = passages.is_early if keep is None else passages.is_early & keep

    def spread(values: npt.NDArray[Number], how: np.ufunc) -> npt.NDArray[Number]:
        full = np.zeros(size, values.dtype)
        if starts.size:
            full[holders] = how.reduceat(values, starts)
        return full

    def any_of(owners: npt.NDArray[np.int32]) -> Bools:
        has = np.zeros(size, np.bool_)
        has[owners] = True
        return has

    count = np.zeros(size, np.int64)
    count[holders] = np.diff(starts, append=chosen.size)
    return Found(
        passages=count,
        level=spread(level, np.maximum),
        themes=spread(passages.themes[chosen], np.bitwise_or),
        instruments=spread(instruments, np.bitwise_or),
        requires=spread((level >= requires_from) & (instruments > 0), np.logical_or),
        early=any_of(passages.object[early]),
        ever=any_of(passages.object if keep is None else passages.object[keep]),
    )


def theme_levels(passages: Passages, size: int, keep: Bools | None) -> Small:
    """Return the highest level of each object (rows) on each theme (columns), 0 for none."""
    counted = passages.is_counted if keep is None else passages.is_counted & keep
    chosen, starts, holders = _grouped(passages.object, counted)
    levels = np.zeros((size, len(THEME.values)), np.int8)
    themes, level = passages.themes[chosen], passages.level[chosen]
    if starts.size:
        for theme in range(levels.shape[1]):
            own = level * ((themes >> theme) & 1).astype(np.int8)
            levels[holders, theme] = np.maximum.reduceat(own, starts)
    return levels


def _grouped(
    owners: npt.NDArray[np.int32], use: Bools
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.int32]]:
    """Positions in use, where each owner's begin among them, and the owners."""
    chosen = np.flatnonzero(use)
    own = owners[chosen]
    new = np.ones(own.size, np.bool_)
    new[1:] = own[1:] != own[:-1]
    starts = np.flatnonzero(new)
    return chosen, starts, own[starts]
