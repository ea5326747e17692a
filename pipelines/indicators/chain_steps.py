"""The steps after a comprehensive plan, year by year: plans, allocations and tests on site."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.indicators.adding_up import levels_of
from pipelines.indicators.chain_start import Versions
from pipelines.indicators.fact_arrays import NO_YEAR, Bools, Ints, Marks, Small, runs
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.scope import Scope
from pipelines.model.codes import OBJECT_TYPE, OUTCOME, TESTING_PHASE, THEME

FOLLOWERS = ("dp", "ma")
THEMES = len(THEME.values)
_IDEA = TESTING_PHASE.values.index("ide")
_GROWS, _HOLDS, _WEAKENS, _LEAKS, _UNKNOWN, _NOT_APPLICABLE = (
    OUTCOME.values.index(code)
    for code in ("grows", "holds", "weakens", "leaks", "unknown", "not_applicable")
)


@dataclass(frozen=True)
class Step:
    """How each version (rows) fares on each theme (columns) in one step.

    ``level`` is the highest found in time, ``read`` how many objects were read or tests mapped,
    ``outcome`` a position in the code list OUTCOME.
    """

    level: Small
    read: Ints
    outcome: Small


@dataclass(frozen=True)
class Decided:
    """The read objects of a type that have a year, in runs of one municipality and year.

    ``object`` are positions; ``start``, ``place``, ``year`` and ``count`` have one element a run.
    """

    object: Ints
    start: Ints
    place: Ints
    year: Ints
    count: Ints


def decided(index: FactIndex) -> dict[str, Decided]:
    """Return the objects that may follow a comprehensive plan, by type."""
    objects, answers = index.objects, {}
    for step in FOLLOWERS:
        kind = objects.kind == OBJECT_TYPE.values.index(step)
        own = np.flatnonzero(kind & objects.is_read & (objects.year != NO_YEAR))
        # Objects lie in the order of municipality and year, so each run is in one piece.
        years = int(objects.year.max(initial=0)) + 1
        start, key = runs(objects.municipality[own] * years + objects.year[own])
        count = np.diff(start, append=own.size)
        answers[step] = Decided(own, start, key // years, key % years, count)
    return answers


def followed(scope: Scope, versions: Versions, marks: Marks, step: str) -> Step:
    """Hold detailed plans, or allocations, against the plan in force when they were decided."""
    own = scope.index.once(decided)[step]
    found, read = _within_years(scope, versions, own, marks)
    level = levels_of(found)
    no_land = np.zeros(len(scope.index.codes), np.bool_)
    if step == "ma":
        no_land = scope.index.once(_without_land)
    lands = np.where(no_land[versions.municipality], _NOT_APPLICABLE, _UNKNOWN)[:, None]
    silent = np.where(read[:, None] > 0, _LEAKS, lands)
    outcome = np.where(
        level == 0,
        silent,
        np.where(
            level > versions.level, _GROWS, np.where(level == versions.level, _HOLDS, _WEAKENS)
        ),
    )
    return Step(level, np.broadcast_to(read[:, None], level.shape), outcome.astype(np.int8))


def tested(scope: Scope, versions: Versions) -> Step:
    """Tell whether each theme is tested on site; unknown where no test at all has been mapped."""
    rows, now = scope.index.activities, scope.facts.as_of.year
    mapped = np.bincount(rows.place[rows.place >= 0], minlength=len(scope.index.codes))
    own, ends = scope.index.once(_tests_by_place)
    number, at = ranges(ends[versions.municipality], ends[versions.municipality + 1])
    test = own[at]
    first, last = (
        np.where(each == NO_YEAR, rows.last_seen(now), each)[test]
        for each in (rows.start, rows.end)
    )
    in_time = (first <= versions.last[number]) & (last >= versions.first[number])
    themes = np.zeros(versions.object.size, np.uint16)
    np.bitwise_or.at(themes, number[in_time], rows.themes[test[in_time]])
    found = ((themes[:, None] >> np.arange(THEMES, dtype=np.uint16)) & 1) > 0
    known = np.broadcast_to(mapped[versions.municipality][:, None], found.shape)
    outcome = np.where(found, _HOLDS, np.where(known > 0, _LEAKS, _UNKNOWN))
    return Step(np.zeros(found.shape, np.int8), known, outcome.astype(np.int8))


def ranges(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Return which range each element belongs to, and all positions from start to end.

    >>> [each.tolist() for each in ranges(np.array([5, 0]), np.array([7, 3]))]
    [[0, 0, 1, 1, 1], [5, 6, 0, 1, 2]]
    """
    lengths = ends - starts
    number = np.repeat(np.arange(starts.size), lengths)
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return number, np.arange(number.size) - before + starts[number]


def held_positions(codes: tuple[str, ...]) -> Bools:
    """Return which positions of OUTCOME are among the codes.

    >>> held_positions(("start",)).tolist()[:2]
    [True, False]
    """
    return np.array([code in codes for code in OUTCOME.values])


def _within_years(
    scope: Scope, versions: Versions, own: Decided, marks: Marks
) -> tuple[Marks, Ints]:
    """What is decided in each version's years: levels on themes put together, and how much.

    A table of municipalities and years is filled first; versions have few years, so they are gone
    through one by one.
    """
    ends = np.concatenate([own.year, versions.first])
    first, count = (int(ends.min()), int(np.ptp(ends)) + 1) if ends.size else (0, 1)
    said = np.zeros((len(scope.index.codes), count), np.uint64)
    number = np.zeros(said.shape, np.int64)
    said[own.place, own.year - first] = np.bitwise_or.reduceat(marks[own.object], own.start)
    number[own.place, own.year - first] = own.count
    found = np.zeros(versions.object.size, np.uint64)
    read = np.zeros(versions.object.size, np.int64)
    for offset in range(min(count, scope.selection.years + 1)):
        year = versions.first + offset
        within = np.flatnonzero((year <= versions.last) & (year < first + count))
        at = versions.municipality[within], year[within] - first
        found[within] |= said[at]
        read[within] += number[at]
    return found, read


def _without_land(index: FactIndex) -> Bools:
    owns = index.municipalities["owns_land"]
    return (owns == "nej").fill_null(value=False).to_numpy()


def _tests_by_place(index: FactIndex) -> tuple[Ints, Ints]:
    """Tests past the idea in the order of their municipality, and where each of those begins."""
    rows = index.activities
    mapped = np.flatnonzero((rows.place >= 0) & (rows.phase >= 0) & (rows.phase != _IDEA))
    order = mapped[np.argsort(rows.place[mapped], kind="stable")]
    return order, np.searchsorted(rows.place[order], np.arange(len(index.codes) + 1))
