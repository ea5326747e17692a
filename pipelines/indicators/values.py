"""Rows of ``indicator_value``: numbers laid over all units, and why one is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators.definition import Indicator
from pipelines.indicators.intervals import FEWEST, wilson_limits
from pipelines.indicators.scope import Scope
from pipelines.model.codes import COVERAGE
from pipelines.model.measure_codes import ABSENCE
from pipelines.model.tables import TABLE

Floats = npt.NDArray[np.float64]
Kinds = npt.NDArray[np.int64]
PRESENT = -1
_POSITION = {code: number for number, code in enumerate(ABSENCE.values)}
TOO_FEW, NONE_KNOWN = _POSITION["too_few"], _POSITION["none_known"]
NOT_REPORTED, NOT_REACHED = _POSITION["not_reported"], _POSITION["not_reached"]
_SENTENCE = {
    "too_few": f"För få: {{n}} av minst {FEWEST}.",
    "not_collected": "Ej insamlat: {known} kända, inga lästa.",
    "excerpt_only": "Endast utdrag är kodade: {known} kända, inga lästa i sin helhet.",
    "unreadable": "Oläsbart: {known} kända, ingen text går att läsa.",
    "withheld": "Handlingarna omfattas av sekretess.",
    "not_applicable": "Ej tillämpligt här.",
    "none_known": "Ingen känd.",
    "not_reported": "Uppgiften saknas i registret ({known} rader).",
    "not_reached": "Hälften har inte nått dit ännu, av {n}.",
    "overlapping": "Platsen går inte att skilja från en annan kommuns.",
    "not_comparable": "Värdet saknas i en av utgåvorna.",
}


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
    collected, scans, secrecy; then that the question does not apply, or that none is known.
    """
    counts = {code: scope.coverage[..., i] > 0 for i, code in enumerate(COVERAGE.values)}
    excerpt = counts["excerpt_only"] | (scope.excerpts & counts["not_collected"])
    order = (
        (excerpt, "excerpt_only"),
        (counts["not_collected"], "not_collected"),
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
    order = ("excerpt_only", "not_collected", "unreadable", "withheld", "not_applicable")
    conditions = [(by_type == _POSITION[code]).any(axis=1, keepdims=True) for code in order]
    return np.select(conditions, [_POSITION[code] for code in order], NONE_KNOWN)


def rows(
    indicator: Indicator,
    units: pl.DataFrame,
    parts: Sequence[tuple[str, str]],
    cells: Cells,
    unit: str = "",
) -> pl.DataFrame:
    """Return the cells as rows of ``indicator_value``, unit by unit.

    Args:
        indicator: whose numbers they are.
        units: ``unit_kind, unit_id, unit_name``, one row for each row of the cells.
        parts: (code, label), one for each column of the cells.
        cells: the numbers.
        unit: the unit of these parts, where it is not the indicator's own.
    """
    width, size = len(parts), units.height
    # Missing numbers become null as they are taken in; what nobody has read has no number of
    # hits either: missing is never zero.
    numbers = {
        "value": cells.value,
        "numerator": np.where(cells.n > 0, cells.numerator, np.nan),
        "low": cells.low,
        "high": cells.high,
    }
    kinds, sentences = _reasons(cells)
    columns = {
        "indicator_id": pl.repeat(indicator.id, size * width, eager=True),
        "indicator_label": pl.repeat(indicator.label, size * width, eager=True),
        "value_unit": pl.repeat(unit or indicator.unit, size * width, eager=True),
        "part": pl.Series([code for code, _ in parts] * size, dtype=pl.String),
        "part_label": pl.Series([label for _, label in parts] * size, dtype=pl.String),
        **{
            name: pl.repeat(None, size * width, dtype=pl.Float64, eager=True)
            if values is None
            else pl.Series(values.ravel(), dtype=pl.Float64, nan_to_null=True)
            for name, values in numbers.items()
        },
        "n": pl.Series(cells.n.ravel().astype(np.int64)),
        "known": pl.Series(cells.known.ravel().astype(np.int64)),
        "absence_kind": kinds,
        "absence": sentences,
    }
    places = np.repeat(np.arange(size), width)
    columns |= {name: units[name].gather(places) for name in units.columns}
    return pl.DataFrame({name: columns[name] for name in TABLE["indicator_value"].polars_schema})


def _reasons(cells: Cells) -> tuple[pl.Series, pl.Series]:
    """Kind and sentence of each absence; equal ones are worded once."""
    kind, n, known = (
        each.ravel().astype(np.int64) for each in (cells.absence, cells.n, cells.known)
    )
    _, first, which = np.unique(
        ((kind + 1) << 58) + (n << 29) + known, return_index=True, return_inverse=True
    )
    named = [
        (None, None)
        if kind[at] == PRESENT
        else (ABSENCE.values[kind[at]], _sentence(kind[at], n[at], known[at]))
        for at in first
    ]
    kinds, sentences = (
        pl.Series([pair[i] for pair in named], dtype=pl.String).gather(which.ravel())
        for i in range(2)
    )
    return kinds, sentences


def _sentence(kind: int, n: int, known: int) -> str:
    code = ABSENCE.codes[kind]
    # A number of none known would only puzzle: then the label alone says it.
    return _SENTENCE[code.code].format(n=n, known=known) if n or known else f"{code.label}."
