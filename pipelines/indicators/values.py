"""Numbers by unit and part: shares with their intervals, amounts, and why one is missing.

A measure gives blocks of numbers (:class:`Block`); :func:`value_table` makes rows of
``indicator_value`` of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import bdtrc
from scipy.stats import norm

from pipelines.indicators.definition import Indicator
from pipelines.indicators.scope import TYPES, Scope
from pipelines.model.codes import ABSENCE
from pipelines.model.tables import TABLE

FEWEST = 5
"""Fewer than this give no value: it is shown as *för få*."""
CONFIDENCE = 0.95

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


_WHY_UNREAD = ("excerpt_only", "not_collected", "not_understood", "unreadable", "withheld",
               "not_applicable")  # fmt: skip
_COVERAGES = f"""
SELECT municipality_code, object_type AS part,
       {", ".join(f"count(*) FILTER (coverage = '{code}') AS {code}" for code in _WHY_UNREAD)}
FROM chosen_object GROUP BY ALL
"""


def _unread(scope: Scope) -> Kinds:
    counted = scope.table(_COVERAGES, [kind for kind, _ in TYPES], *_WHY_UNREAD)
    return _first_reason({code: each > 0 for code, each in zip(_WHY_UNREAD, counted, strict=True)})


def unread_any(scope: Scope) -> Kinds:
    """Say, by unit, why no object of any type has been read; the same order as :func:`unread`."""
    by_type = unread(scope)
    return _first_reason(
        {code: (by_type == _POSITION[code]).any(axis=1, keepdims=True) for code in _WHY_UNREAD}
    )


def _first_reason(there: dict[str, npt.NDArray[np.bool_]]) -> Kinds:
    return np.select(list(there.values()), [_POSITION[code] for code in there], NONE_KNOWN)


def rows(
    indicator: Indicator,
    units: pl.DataFrame,
    parts: Sequence[tuple[str, str]],
    cells: Cells,
    unit: str = "",
) -> Values:
    """Name the cells (see :class:`Block`); a list of one, so that measures add up to pages."""
    return [Block(indicator, units, parts, cells, unit)]


def counted(
    scope: Scope,
    indicator: Indicator,
    parts: Sequence[tuple[str, str]],
    query: str,
    missing: Kinds | None = None,
    unit: str = "",
    **values: object,
) -> Values:
    """Return amounts from a query of ``municipality_code, part, value, n, known``."""
    names = [part for part, _ in parts]
    value, n, known = scope.table(query, names, "value", "n", "known", **values)
    return rows(indicator, scope.units, parts, amount(value, n, known, missing), unit)


def shared(
    scope: Scope,
    indicator: Indicator,
    parts: Sequence[tuple[str, str]],
    query: str,
    missing: Kinds | None = None,
    **values: object,
) -> Values:
    """Return shares from a query of ``municipality_code, part, hits, n, known``."""
    names = [part for part, _ in parts]
    hits, n, known = scope.table(query, names, "hits", "n", "known", **values)
    return rows(indicator, scope.units, parts, share(hits, n, known, missing))


def median_cells(
    samples: Sequence[npt.ArrayLike], known: npt.ArrayLike, numerator: npt.ArrayLike, nothing: Kinds
) -> Cells:
    """Return medians with bootstrap intervals for the whole, one for each part.

    Args:
        samples: the numbers of each part; fewer than five give no median.
        known: how many are known by part.
        numerator: the column of that name.
        nothing: why there is none, where a part has no numbers.
    """
    each = [np.asarray(sample, np.float64) for sample in samples]
    middle = [bootstrap_median(own) if own.size >= FEWEST else (np.nan,) * 3 for own in each]
    n = np.array([[float(own.size) for own in each]])
    value, low, high = (np.array([[found[i] for found in middle]]) for i in range(3))
    few = np.where(n > 0, TOO_FEW, nothing)
    absence = np.where(n >= FEWEST, PRESENT, few)
    numbers = (np.asarray(given, np.float64).reshape(1, -1) for given in (numerator, known))
    numerator, known = numbers
    return Cells(value, numerator, n, known, absence, low, high)


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
    blocks: Sequence[Block], words: list[tuple[str | None, str | None]], at: Kinds
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


def _rows(frame: pl.DataFrame, at: Kinds) -> pl.DataFrame:
    return frame.select(pl.all().gather(pl.lit(pl.Series(at))))


_Z = float(norm.ppf(0.5 + CONFIDENCE / 2))
_TAIL = (1 - CONFIDENCE) / 2


def wilson_limits(hits: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return Wilson's 95 % score interval for ``hits`` of ``n``; NaN where ``n`` is 0.

    Wilson (1927), JASA 22, 209–212. Written for arrays, because ``scipy.stats.binomtest`` takes
    one pair at a time; a test holds the two equal.

    >>> low, high = wilson_limits([6], [14])
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.214, 0.674)
    """
    k, m = np.asarray(hits, np.float64), np.asarray(n, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = k / m
        centre = (p + _Z**2 / (2 * m)) / (1 + _Z**2 / m)
        half = _Z / (1 + _Z**2 / m) * np.sqrt(p * (1 - p) / m + _Z**2 / (4 * m**2))
    low, high = np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
    # At the ends the limit is the share itself; rounding must not put it a hair inside.
    return np.where(k == 0, np.where(m > 0, 0.0, np.nan), low), np.where(
        (k == m) & (m > 0), 1.0, high
    )


def wilson(hits: float, n: float) -> tuple[float, float]:
    """Return Wilson's 95 % score interval for ``hits`` of ``n``, which is above zero.

    >>> tuple(round(limit, 3) for limit in wilson(6, 14))
    (0.214, 0.674)
    """
    low, high = wilson_limits(hits, n)
    return float(low), float(high)


def bootstrap_median(values: npt.ArrayLike) -> tuple[float, float, float]:
    """Return median and 95 % percentile bootstrap interval of at least one number.

    The bootstrap distribution of an order statistic is known exactly: the resampled r-th smallest
    is at most x(k) with the probability that a binomial (n, k/n) is at least r (Efron 1979, Annals
    of Statistics 7, 1–26, section 3). So there is nothing to draw and the answer never wavers.

    >>> bootstrap_median([3, 1, 4, 1, 5, 9, 2])
    (3.0, 1.0, 5.0)
    """
    x = np.sort(np.asarray(values, np.float64))
    low, high = _median_ranks(x.size)
    middle = (x[(x.size - 1) // 2] + x[x.size // 2]) / 2
    return float(middle), float(x[low]), float(x[high])


@cache
def _median_ranks(n: int) -> tuple[int, int]:
    """Which of n ordered numbers the bootstrap median stays between, counted from 0."""
    ranks = range(1, n + 1)

    def rank(order: int, probability: float) -> int:
        """The rank that the resampled order-th smallest stays within with this probability."""
        found = bisect_left(ranks, probability, key=lambda k: bdtrc(order - 1, n, k / n))
        return min(found, n - 1)

    return rank((n + 1) // 2, _TAIL), rank(n // 2 + 1, 1 - _TAIL)


def ratio_interval(
    groups: npt.NDArray[np.integer], size: int, y: Floats, x: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return, per group, the ratio of sums Σy/Σx and its 95 % interval; NaN where Σx is 0.

    Linearised variance of the ratio estimator: n/(n−1) · Σ(y − R x)² / (Σx)² (Cochran 1977,
    *Sampling Techniques*, 6.4). The lower limit is not below zero.

    Args:
        groups: the group of each element, 0 to ``size`` − 1.
        size: number of groups.
        y: numerator of each element, for example passages.
        x: denominator of each element, for example pages.

    >>> r, low, high = ratio_interval(np.zeros(3, int), 1, np.array([1., 2., 3.]), np.full(3, 10.))
    >>> round(float(r[0]), 3), round(float(low[0]), 3), round(float(high[0]), 3)
    (0.2, 0.087, 0.313)
    """
    n = np.bincount(groups, minlength=size)
    total_y = np.bincount(groups, y, size)
    total_x = np.bincount(groups, x, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(total_x > 0, total_y / total_x, np.nan)
        residual = (y - ratio[groups] * x) ** 2
        spread = np.sqrt(n / (n - 1) * np.bincount(groups, residual, size)) / total_x
    return ratio, np.maximum(ratio - _Z * spread, 0), ratio + _Z * spread
