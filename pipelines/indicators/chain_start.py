"""Where a chain starts: what each object says on each theme, and comprehensive plans in force."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.indicators.adding_up import theme_levels
from pipelines.indicators.fact_arrays import NO_YEAR, Bools, Ints, Small
from pipelines.indicators.scope import Scope
from pipelines.model.codes import THEME
from pipelines.model.plan_codes import OBJECT_TYPE, PLAN_KIND

ADOPTED = ("antagen", "laga_kraft", "overklagad")
_WHOLE_PLAN = PLAN_KIND.labels["op"]
THEMES = len(THEME.values)


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


def levels_by_theme(scope: Scope) -> Small:
    """Return the highest counted level of each object (rows) on each theme (columns), 0 for none.

    A selection of themes leaves the other columns empty.
    """
    if scope.kept is None and scope.what_if.is_published and not scope.selection.is_place:
        return scope.index.theme_levels
    levels = theme_levels(scope.passages, len(scope.index.objects), scope.kept)
    if scope.selection.themes:
        unwanted = [t for t, code in enumerate(THEME.values) if code not in scope.selection.themes]
        levels[:, unwanted] = 0
    return levels


def plans_in_force(scope: Scope, levels: Small) -> Versions:
    """Return the plans that start at least one theme at *avsikt* or stronger.

    A plan steers from the year it was adopted, for the chosen number of years or until the year
    before the municipality adopts the next for its whole area. One that has been replaced was in
    force once; what was read of it counts for its own years.
    """
    objects, frame = scope.index.objects, scope.index.objects.frame
    adopted = (
        (objects.kind == OBJECT_TYPE.values.index("op"))
        & frame["object_stage"].is_in(ADOPTED).fill_null(value=False).to_numpy()
        & (objects.year != NO_YEAR)
        & scope.here[objects.municipality]
    )
    whole = (frame["object_kind"] == _WHOLE_PLAN).fill_null(value=False).to_numpy()
    replaced = frame.select(
        (pl.col("coverage") == "superseded") & pl.col("passages").is_not_null()
    ).to_series()
    was_read = objects.is_read | replaced.fill_null(value=False).to_numpy()
    start = np.where(levels >= scope.carries_from, levels, 0).astype(np.int8)
    chosen = np.flatnonzero(adopted & was_read & start.any(axis=1))
    successor = _successor_years(scope, np.flatnonzero(adopted & whole))
    first = objects.year[chosen]
    return Versions(
        object=chosen,
        municipality=objects.municipality[chosen],
        first=first,
        last=np.minimum(first + scope.selection.years, successor[chosen] - 1),
        is_whole=whole[chosen],
        level=start[chosen],
    )


def _successor_years(scope: Scope, whole: Ints) -> Ints:
    """The year in which the next plan for the whole municipality was adopted, by object."""
    objects = scope.index.objects
    never = np.iinfo(np.int64).max
    years = np.full(len(objects), never)
    order = whole[np.lexsort((whole, objects.year[whole], objects.municipality[whole]))]
    same = objects.municipality[order[:-1]] == objects.municipality[order[1:]]
    years[order[:-1]] = np.where(same, objects.year[order[1:]], never)
    return years
