"""Numbers laid over all units and parts, and why one is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators.definition import Indicator
from pipelines.indicators.intervals import FEWEST, wilson_limits
from pipelines.indicators.scope import Scope
from pipelines.model.codes import ABSENCE, COVERAGE

Floats = npt.NDArray[np.float64]
Kinds = npt.NDArray[np.int64]
PRESENT = -1
_POSITION = {code: number for number, code in enumerate(ABSENCE.values)}
TOO_FEW, NONE_KNOWN = _POSITION["too_few"], _POSITION["none_known"]
NOT_REPORTED, NOT_REACHED = _POSITION["not_reported"], _POSITION["not_reached"]


@dataclass(frozen=True)
class Cells:
    """Numbers by unit (rows) and part (columns); NaN where there is none.

    ``absence`` holds positions in the code list ABSENCE, −1 where there is a value.
    """

    value: Floats
    numerator: Floats
    n: Floats
    known: Floats
    absence: Kinds
    low: Floats | None = None
    high: Floats | None = None


@dataclass(frozen=True)
class Block:
    """Cells with their names: what one measure has found (see :mod:`value_table`).

    ``units`` has ``unit_kind, unit_id, unit_name``, one row for each row of the cells; ``parts``
    are (code, label), one for each column; ``unit`` is theirs where it is not the indicator's own;
    ``reasons`` say in words why a part has no value, where the code list's own words do not.
    """

    indicator: Indicator
    units: pl.DataFrame
    parts: Sequence[tuple[str, str]]
    cells: Cells
    unit: str = ""
    reasons: Sequence[str] = ()


Values = list[Block]


def share(numerator: Floats, n: Floats, known: Floats, missing: Kinds | None = None) -> Cells:
    """Return shares with Wilson's interval; fewer than five in the denominator give none.

    Args:
        numerator: number that fulfil the condition.
        n: number read or answered.
        known: number known, read or not.
        missing: why nothing was read, where ``n`` is 0 (default: by whether any is known).

    >>> cells = share(np.array([[6.0, 3.0]]), np.array([[14.0, 4.0]]), np.array([[20.0, 4.0]]))
    >>> cells.value.round(2).tolist(), cells.absence.tolist()
    ([[0.43, nan]], [[-1, 0]])
    """
    low, high = wilson_limits(numerator, n)
    enough = n >= FEWEST
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(enough, numerator / n, np.nan)
    absence = np.where(enough, PRESENT, np.where(n > 0, TOO_FEW, _nothing(known, missing)))
    return Cells(
        value,
        numerator,
        n,
        known,
        absence,
        np.where(enough, low, np.nan),
        np.where(enough, high, np.nan),
    )


def amount(value: Floats, n: Floats, known: Floats, missing: Kinds | None = None) -> Cells:
    """Return counts, sums or means: a value wherever anything was read, else the reason.

    >>> cells = amount(np.array([[0.0, 0.0]]), np.array([[3.0, 0.0]]), np.array([[3.0, 2.0]]))
    >>> cells.value.tolist(), [ABSENCE.values[k] for k in cells.absence[0] if k >= 0]
    ([[0.0, nan]], ['not_reported'])
    """
    there = n > 0
    return Cells(
        np.where(there, value, np.nan),
        value,
        n,
        known,
        np.where(there, PRESENT, _nothing(known, missing)),
    )


def _nothing(known: Floats, missing: Kinds | None) -> Kinds:
    default = np.where(known > 0, NOT_REPORTED, NONE_KNOWN)
    return default if missing is None else missing


def unread(scope: Scope) -> Kinds:
    """Say, by unit and object type, why no object of the type has been read there.

    What is closest to being read comes first: excerpts, then known documents that are not
    collected, text not understood, scans, secrecy; then that the question does not apply, or that
    none is known.
    """
    return scope.once(_unread)


def _unread(scope: Scope) -> Kinds:
    coverage = scope.index.objects.coverage
    counts = {
        code: scope.by_type(scope.chosen & (coverage == i)) > 0
        for i, code in enumerate(COVERAGE.values)
    }
    order = (
        (counts["excerpt_only"], "excerpt_only"),
        (counts["not_collected"], "not_collected"),
        (counts["not_understood"], "not_understood"),
        (counts["unreadable"], "unreadable"),
        (counts["withheld"], "withheld"),
        (counts["not_applicable"], "not_applicable"),
    )
    return np.select(
        [where for where, _ in order], [_POSITION[code] for _, code in order], NONE_KNOWN
    )


def unread_any(scope: Scope) -> Kinds:
    """Say, by unit, why no object of any type has been read; the same order as :func:`unread`."""
    by_type = unread(scope)
    order = (
        "excerpt_only",
        "not_collected",
        "not_understood",
        "unreadable",
        "withheld",
        "not_applicable",
    )
    conditions = [(by_type == _POSITION[code]).any(axis=1, keepdims=True) for code in order]
    return np.select(conditions, [_POSITION[code] for code in order], NONE_KNOWN)


def rows(
    indicator: Indicator,
    units: pl.DataFrame,
    parts: Sequence[tuple[str, str]],
    cells: Cells,
    unit: str = "",
) -> Values:
    """Name the cells (see :class:`Block`); a list of one, so that measures add up to pages."""
    return [Block(indicator, units, parts, cells, unit)]
