"""The chain ÖP → DP → MA → test, theme by theme: where it grows, holds or leaks.

A comprehensive plan is followed from the year it was adopted for a chosen number of years, or until
the municipality adopts the next one; a detailed plan or allocation is held against the plan that
was in force when it was decided.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.indicators.chain_details import (
    PAIR,
    on_site,
    place_in,
    strongest,
    tests_in_time,
    with_passages,
)
from pipelines.indicators.chain_start import Versions, marks_by_theme, plans_in_force
from pipelines.indicators.chain_steps import FOLLOWERS, Step, followed, held_positions, tested
from pipelines.indicators.fact_arrays import Ints, Marks, runs
from pipelines.indicators.scope import Scope
from pipelines.model.codes import JUDGED, OUTCOME, STEP, THEME
from pipelines.model.tables import CARRY_THROUGH


@dataclass(frozen=True)
class Chains:
    """Each started pair of municipality and theme, and how it fares.

    ``number`` says which of ``versions`` a pair follows, ``theme`` is a position; ``steps`` holds
    what every version comes to, ``marks`` what each object says on each theme.
    """

    marks: Marks
    versions: Versions
    number: Ints
    theme: Ints
    steps: dict[str, Step]

    @property
    def municipality(self) -> Ints:
        """The municipality of each pair, as a position."""
        return self.versions.municipality[self.number]

    def outcome(self, step: str) -> Ints:
        """The outcome of each pair in a step, as a position in OUTCOME."""
        return self.steps[step].outcome[self.number, self.theme].astype(np.int64)


def follow(scope: Scope) -> Chains:
    """Follow every theme from the plan in force: enough to count, and quick.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> chains = follow(worked_scope())
    >>> [[OUTCOME.values[at] for at in chains.outcome(step)] for step in chains.steps]
    [['holds', 'weakens'], ['weakens', 'leaks'], ['holds', 'holds']]
    """
    marks = marks_by_theme(scope)
    versions = plans_in_force(scope, marks)
    steps = {step: followed(scope, versions, marks, step) for step in FOLLOWERS}
    steps["test"] = tested(scope, versions)
    return Chains(marks, versions, *_pairs(versions, steps), steps)


def trace(scope: Scope) -> pl.DataFrame:
    """Return the table ``carry_through``: four rows for each municipality and theme that starts.

    A pair starts when a comprehensive plan in force speaks of the theme at *avsikt* or stronger.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> trace(worked_scope()).select("theme", "step", "level", "outcome", "chain_link").rows()
    ... # doctest: +NORMALIZE_WHITESPACE
    [('energi', 'op', 4, 'start', None), ('energi', 'dp', 4, 'holds', 'parent'),
     ('energi', 'ma', 3, 'weakens', 'parent'), ('energi', 'test', None, 'holds', 'parent'),
     ('mobilitet', 'op', 3, 'start', None), ('mobilitet', 'dp', 1, 'weakens', 'area'),
     ('mobilitet', 'ma', None, 'leaks', None), ('mobilitet', 'test', None, 'holds', 'area')]
    """
    chains = scope.once(follow)
    pairs = _pair_table(chains)
    frames = [_start(pairs)]
    for step, result in chains.steps.items():
        own = _with_result(pairs, result)
        found = (
            on_site(scope, own, tests_in_time(scope))
            if step == "test"
            else strongest(scope, own, chains.marks, step).with_columns(_NO_ACTIVITIES)
        )
        frames.append(_step_rows(own, found, step))
    return _named(scope, with_passages(scope, pl.concat(frames, how="diagonal")))


def outcomes(scope: Scope) -> pl.DataFrame:
    """Return ``municipality_code, theme, step, level, outcome`` of ``trace``, in its order.

    Without what stands behind each step it takes a fifth of the time: enough to count themes.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> outcomes(worked_scope()).filter(theme="energi").select("step", "level", "outcome").rows()
    [('op', 4, 'start'), ('dp', 4, 'holds'), ('ma', 3, 'weakens'), ('test', None, 'holds')]
    """
    chains = scope.once(follow)
    pairs = _pair_table(chains)
    frames = [_start(pairs).select(*OUTCOMES)]
    for step, result in chains.steps.items():
        frames.append(_judged(_with_result(pairs, result), step).select(*OUTCOMES))
    return _named(scope, pl.concat(frames).with_columns(_NOTHING_BEHIND)).select(
        "municipality_code", "theme", "step", "level", "outcome"
    )


OUTCOMES = (*PAIR, "step", "level", "outcome")
_NOTHING_BEHIND = pl.lit(None, pl.Int64).alias("object")
_NO_ACTIVITIES = pl.lit([], pl.List(pl.String)).alias("activity_ids")


def _pairs(versions: Versions, steps: dict[str, Step]) -> tuple[Ints, Ints]:
    """For each municipality and theme the version to follow, and the theme.

    One whose following can be judged comes first; then the plan for the whole municipality before
    one for a part; then the one judged in most steps, and the latest.
    """
    number, theme = np.nonzero(versions.level)
    is_judged = held_positions(JUDGED)
    judged = np.zeros(number.size, np.int64)
    for step in steps.values():
        judged += is_judged[step.outcome[number, theme]]
    place = versions.municipality[number] * len(THEME.values) + theme
    order = np.lexsort(
        (
            versions.object[number],
            -versions.first[number],
            -judged,
            ~versions.is_whole[number],
            judged == 0,
            place,
        )
    )
    best = order[runs(place[order])[0]]
    return number[best], theme[best]


def _pair_table(chains: Chains) -> pl.DataFrame:
    number, theme, versions = chains.number, chains.theme, chains.versions
    return pl.DataFrame(
        {
            "municipality": chains.municipality,
            "theme": theme,
            "version_number": number,
            "version": versions.object[number],
            "start_level": versions.level[number, theme].astype(np.int64),
            "first": versions.first[number],
            "last": versions.last[number],
        }
    )


def _with_result(pairs: pl.DataFrame, step: Step) -> pl.DataFrame:
    number, theme = pairs["version_number"].to_numpy(), pairs["theme"].to_numpy()
    return pairs.with_columns(
        pl.Series("level", step.level[number, theme].astype(np.int64)),
        pl.Series("objects_read", step.read[number, theme].astype(np.int64)),
        pl.Series("outcome_position", step.outcome[number, theme].astype(np.int64)),
    )


def _start(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(
        *PAIR,
        pl.lit("op").alias("step"),
        "start_level",
        pl.col("start_level").alias("level"),
        pl.lit("start").alias("outcome"),
        pl.col("version").alias("object"),
        pl.col("first").alias("year"),
        _NO_ACTIVITIES,
    )


def _judged(own: pl.DataFrame, step: str) -> pl.DataFrame:
    return own.with_columns(
        pl.lit(step).alias("step"),
        pl.when(pl.col("level") > 0).then("level").alias("level"),
        _outcome().alias("outcome"),
    )


def _step_rows(own: pl.DataFrame, found: pl.DataFrame, step: str) -> pl.DataFrame:
    return _judged(own.join(found, on=PAIR, how="left"), step).with_columns(
        (pl.col("year") - pl.col("first")).alias("years_after"),
        pl.col("activity_ids").fill_null([]),
    )


def _outcome() -> pl.Expr:
    return pl.col("outcome_position").replace_strict(
        dict(enumerate(OUTCOME.values)), return_dtype=pl.String
    )


def _named(scope: Scope, rows: pl.DataFrame) -> pl.DataFrame:
    """Give positions their codes, and the table its columns and order."""
    objects = scope.index.objects.frame["object_id"]
    return (
        rows.with_columns(
            pl.Series("municipality_code", scope.index.codes).gather(rows["municipality"]),
            pl.Series("theme", THEME.values).gather(rows["theme"]),
            objects.gather(rows["object"]).alias("object_id"),
            *(
                pl.lit(None, kind).alias(name)
                for name, kind in CARRY_THROUGH.polars_schema.items()
                if name not in rows.columns and name not in ("municipality_code", "object_id")
            ),
        )
        .sort("municipality_code", place_in("theme", THEME.values), place_in("step", STEP.values))
        .select(pl.col(name).cast(kind) for name, kind in CARRY_THROUGH.polars_schema.items())
    )
