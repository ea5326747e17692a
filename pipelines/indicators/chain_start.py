"""Where a chain starts: what each object says on each theme, and comprehensive plans in force."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.indicators.adding_up import levels_of, only_themes, theme_marks
from pipelines.indicators.fact_arrays import NO_YEAR, Bools, Ints, Marks, Small, codes_to_bits
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.scope import Scope
from pipelines.model.codes import OBJECT_TYPE, PLAN_KIND, THEME

ADOPTED = ("antagen", "laga_kraft", "overklagad")
_WHOLE_PLAN = PLAN_KIND.labels["op"]
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Versions:
    """Adopted comprehensive plans that were read, one element each, with the years they steer.

    ``object`` and ``municipality`` are positions, ``level`` is versions × themes (0 where the plan
    does not start the theme), ``is_whole`` tells plans for the whole municipality.
    """

    object: Ints
    municipality: Ints
    first: Ints
    last: Ints
    is_whole: Bools
    level: Small


@dataclass(frozen=True)
class _Adopted:
    """Adopted comprehensive plans with a year, read or not, and when the next one came."""

    object: Ints
    is_whole: Bools
    was_read: Bools
    next_year: Ints


def marks_by_theme(scope: Scope) -> Marks:
    """Return each object's counted levels on each theme (see ``adding_up.levels_of``).

    A selection of themes leaves the others empty.
    """
    if scope.kept is None and scope.what_if.is_published and not scope.selection.is_place:
        return scope.index.theme_marks
    marks = theme_marks(scope.passages, len(scope.index.objects), scope.kept)
    if scope.selection.themes:
        marks &= only_themes(int(codes_to_bits(scope.selection.themes, THEME.values)))
    return marks


def plans_in_force(scope: Scope, marks: Marks) -> Versions:
    """Return the plans that start at least one theme at *avsikt* or stronger.

    A plan steers from the year it was adopted, for the chosen number of years or until the year
    before the municipality adopts the next for its whole area. One that has been replaced was in
    force once; what was read of it counts for its own years.
    """
    objects, adopted = scope.index.objects, scope.index.once(_adopted)
    level = levels_of(marks[adopted.object])
    start = np.where(level >= scope.carries_from, level, 0).astype(np.int8)
    here = scope.here[objects.municipality[adopted.object]]
    chosen = np.flatnonzero(here & adopted.was_read & start.any(axis=1))
    own = adopted.object[chosen]
    first = objects.year[own]
    return Versions(
        object=own,
        municipality=objects.municipality[own],
        first=first,
        last=np.minimum(first + scope.selection.years, adopted.next_year[chosen] - 1),
        is_whole=adopted.is_whole[chosen],
        level=start[chosen],
    )


def _adopted(index: FactIndex) -> _Adopted:
    objects = index.objects
    is_plan = (objects.kind == OBJECT_TYPE.values.index("op")) & (objects.year != NO_YEAR)
    adopted = objects.frame["object_stage"].is_in(ADOPTED).fill_null(value=False).to_numpy()
    own = np.flatnonzero(is_plan & adopted)
    frame = objects.frame[own]
    replaced = (frame["coverage"] == "superseded") & frame["passages"].is_not_null()
    whole = (frame["object_kind"] == _WHOLE_PLAN).fill_null(value=False).to_numpy()
    return _Adopted(
        object=own,
        is_whole=whole,
        was_read=objects.is_read[own] | replaced.fill_null(value=False).to_numpy(),
        next_year=_next_years(index, own, whole),
    )


def _next_years(index: FactIndex, own: Ints, whole: Bools) -> Ints:
    """The year in which the next plan for the whole municipality was adopted, by plan.

    Plans lie in the order of municipality and year, so the next one stands next.
    """
    objects, years = index.objects, np.full(own.size, _NEVER)
    places = np.flatnonzero(whole)
    municipality, year = (each[own[places]] for each in (objects.municipality, objects.year))
    same = municipality[:-1] == municipality[1:]
    years[places[:-1]] = np.where(same, year[1:], _NEVER)
    return years
