"""The steps after a comprehensive plan, year by year: plans, allocations and tests on site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators.chain_start import THEMES, Versions
from pipelines.indicators.fact_arrays import NO_YEAR, Bools, Ints, Small
from pipelines.indicators.scope import Scope
from pipelines.model.codes import THEME
from pipelines.model.measure_codes import OUTCOME
from pipelines.model.plan_codes import OBJECT_TYPE

_GROWS, _HOLDS, _WEAKENS, _LEAKS, _UNKNOWN, _NOT_APPLICABLE = (
    OUTCOME.values.index(code)
    for code in ("grows", "holds", "weakens", "leaks", "unknown", "not_applicable")
)
_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True)
class Step:
    """How each version (rows) fares on each theme (columns) in one step.

    ``level`` is the highest found in time, ``read`` how many objects were read or tests mapped,
    ``outcome`` a position in the code list OUTCOME.
    """

    level: Small
    read: Ints
    outcome: Small


def followers(scope: Scope, step: str) -> Ints:
    """Positions of the read objects of a type in the selected places that have a year."""
    objects = scope.index.objects
    return np.flatnonzero(
        (objects.kind == OBJECT_TYPE.values.index(step))
        & objects.is_read
        & (objects.year != NO_YEAR)
        & scope.here[objects.municipality]
    )


def followed(scope: Scope, versions: Versions, levels: Small, step: str) -> Step:
    """Hold detailed plans, or allocations, against the plan in force when they were decided."""
    objects, chosen = scope.index.objects, followers(scope, step)
    years = _Years(objects.year[chosen], versions, len(scope.index.codes))
    highest = np.zeros((years.size, THEMES), np.int8)
    counted = np.zeros((years.size, 1), np.int64)
    places = years.rows(objects.municipality[chosen], objects.year[chosen])
    order = np.argsort(places, kind="stable")
    starts = np.flatnonzero(np.diff(places[order], prepend=-1))
    if starts.size:
        rows = places[order][starts]
        highest[rows] = np.maximum.reduceat(levels[chosen[order]], starts, axis=0)
        counted[rows, 0] = np.diff(starts, append=order.size)
    level, read = years.reach(highest, np.maximum), years.reach(counted, np.add)
    no_land = np.zeros(len(scope.index.codes), np.bool_)
    if step == "ma":
        owns = scope.index.municipalities["owns_land"]
        no_land = (owns == "nej").fill_null(value=False).to_numpy()
    lands = np.where(no_land[versions.municipality], _NOT_APPLICABLE, _UNKNOWN)[:, None]
    silent = np.where(read > 0, _LEAKS, lands)
    outcome = np.where(
        level == 0,
        silent,
        np.where(
            level > versions.level, _GROWS, np.where(level == versions.level, _HOLDS, _WEAKENS)
        ),
    )
    return Step(level, np.broadcast_to(read, level.shape), outcome.astype(np.int8))


def tests_in_time(scope: Scope) -> pl.DataFrame:
    """Return the mapped tests of the selected places past the idea, one row for each theme.

    Columns: ``municipality`` and ``theme`` as positions, ``from_year``, ``to_year``,
    ``activity_id``, ``core_id``, ``plan_id``. A test whose years are not stated runs now.
    """
    now = scope.facts.as_of.year
    here = np.append(scope.here, False)
    register = scope.index.register("testing_activity")
    mapped = register.filter(
        pl.col("testing_phase") != "ide", pl.Series(here[register["place"].to_numpy()])
    )
    return (
        mapped.rename({"place": "municipality"})
        .explode("themes")
        .drop_nulls("themes")
        .select(
            "municipality",
            pl.col("themes")
            .replace_strict({code: i for i, code in enumerate(THEME.values)}, return_dtype=pl.Int64)
            .alias("theme"),
            pl.col("start_year").fill_null(now).alias("from_year"),
            pl.col("end_year").fill_null(now).alias("to_year"),
            "activity_id",
            "core_id",
            "plan_id",
        )
    )


def tested(scope: Scope, versions: Versions, tests: pl.DataFrame) -> Step:
    """Tell whether each theme is tested on site; unknown where no test at all has been mapped."""
    places = scope.index.register("testing_activity")["place"].to_numpy()
    mapped = np.bincount(places[places >= 0], minlength=len(scope.index.codes))
    joined = (
        pl.DataFrame(
            {
                "version": np.arange(versions.object.size),
                "municipality": versions.municipality,
                "first": versions.first,
                "last": versions.last,
            }
        )
        .join(tests.select("municipality", "theme", "from_year", "to_year"), on="municipality")
        .filter(pl.col("from_year") <= pl.col("last"), pl.col("to_year") >= pl.col("first"))
    )
    found = np.zeros((versions.object.size, THEMES), np.bool_)
    found[joined["version"].to_numpy(), joined["theme"].to_numpy()] = True
    known = np.broadcast_to(mapped[versions.municipality][:, None], found.shape)
    outcome = np.where(found, _HOLDS, np.where(known > 0, _LEAKS, _UNKNOWN))
    return Step(np.zeros(found.shape, np.int8), known, outcome.astype(np.int8))


class _Years:
    """A table with a row for each municipality and year, and what versions reach of it."""

    def __init__(self, years: Ints, versions: Versions, municipalities: int) -> None:
        ends = np.concatenate([years, versions.first])
        self._first = int(ends.min()) if ends.size else 0
        self._count = int(ends.max()) - self._first + 1 if ends.size else 1
        self._versions = versions
        self._municipalities = municipalities

    @property
    def size(self) -> int:
        """Number of rows: municipalities times years."""
        return self._municipalities * self._count

    def rows(self, municipality: Ints, year: Ints) -> Ints:
        """The row of each municipality and year."""
        return municipality * self._count + year - self._first

    def reach(self, table: npt.NDArray[_Number], together: np.ufunc) -> npt.NDArray[_Number]:
        """Put each version's years together; few years, so a loop over them is quickest."""
        versions = self._versions
        total = np.zeros((versions.object.size, table.shape[1]), table.dtype)
        for offset in range(self._count):
            year = versions.first + offset
            within = (year <= versions.last) & (year < self._first + self._count)
            rows = self.rows(versions.municipality[within], year[within])
            total[within] = together(total[within], table[rows])
        return total


def held_positions(codes: tuple[str, ...]) -> Bools:
    """Return which positions of OUTCOME are among the codes.

    >>> held_positions(("start",)).tolist()[:2]
    [True, False]
    """
    return np.array([code in codes for code in OUTCOME.values])
