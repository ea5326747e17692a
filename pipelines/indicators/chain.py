"""The chain ÖP → DP → MA → test, theme by theme: where it grows, holds or leaks.

A comprehensive plan is followed from the year it was adopted for a chosen number of years, or until
the municipality adopts the next one; a detailed plan or allocation is held against the plan that
was in force when it was decided.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators.chain_details import PAIR, on_site, place_in, strongest, with_passages
from pipelines.indicators.chain_start import Versions, levels_by_theme, plans_in_force
from pipelines.indicators.chain_steps import Step, followed, held_positions, tested, tests_in_time
from pipelines.indicators.fact_arrays import Small
from pipelines.indicators.scope import Scope
from pipelines.model.codes import THEME
from pipelines.model.derived_tables import CARRY_THROUGH
from pipelines.model.measure_codes import JUDGED, OUTCOME, STEP

_FOLLOWERS = ("dp", "ma")


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
    levels, tests, pairs, steps = _judged(scope)
    frames = [_start(pairs)]
    for step, result in steps.items():
        own = _with_result(pairs, result)
        found = (
            on_site(scope, own, tests)
            if step == "test"
            else strongest(scope, own, levels, step).with_columns(_NO_ACTIVITIES)
        )
        frames.append(_step_rows(own, found, step))
    return _named(scope, with_passages(scope, pl.concat(frames, how="diagonal")))


def outcomes(scope: Scope) -> pl.DataFrame:
    """Return ``municipality_code``, ``step`` and ``outcome`` alone: enough to count, and quick.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> outcomes(worked_scope()).sort("step", "outcome")["outcome"].to_list()
    ['holds', 'weakens', 'leaks', 'weakens', 'holds', 'holds']
    """
    _, _, pairs, steps = _judged(scope)
    codes = pl.Series("municipality_code", scope.index.codes, dtype=pl.String)
    return pl.concat(
        _with_result(pairs, result).select(
            codes.gather(pairs["municipality"]),
            pl.lit(step).alias("step"),
            _outcome().alias("outcome"),
        )
        for step, result in steps.items()
    )


def _judged(scope: Scope) -> tuple[Small, pl.DataFrame, pl.DataFrame, dict[str, Step]]:
    """Levels by object and theme, tests in time, pairs to follow and how they fare by step."""
    levels, tests = levels_by_theme(scope), tests_in_time(scope)
    versions = plans_in_force(scope, levels)
    steps = {step: followed(scope, versions, levels, step) for step in _FOLLOWERS}
    steps["test"] = tested(scope, versions, tests)
    return levels, tests, _followed_pairs(versions, steps), steps


_NO_ACTIVITIES = pl.lit([], pl.List(pl.String)).alias("activity_ids")


def _followed_pairs(versions: Versions, steps: dict[str, Step]) -> pl.DataFrame:
    """For each municipality and theme the plan to follow.

    One whose following can be judged comes first; then the plan for the whole municipality before
    one for a part; then the one judged in most steps, and the latest.
    """
    number, theme = np.nonzero(versions.level)
    is_judged = held_positions(JUDGED)
    judged = sum(is_judged[step.outcome[number, theme]].astype(np.int64) for step in steps.values())
    return (
        pl.DataFrame(
            {
                "municipality": versions.municipality[number],
                "theme": theme,
                "version_number": number,
                "version": versions.object[number],
                "start_level": versions.level[number, theme].astype(np.int64),
                "first": versions.first[number],
                "last": versions.last[number],
                "is_whole": versions.is_whole[number],
                "judged": np.asarray(judged, np.int64),
            }
        )
        .sort(
            pl.col("judged") > 0, "is_whole", "judged", "first", "version",
            descending=[True, True, True, True, False],
        )
        .unique(PAIR, keep="first", maintain_order=True)
    )  # fmt: skip


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


def _step_rows(own: pl.DataFrame, found: pl.DataFrame, step: str) -> pl.DataFrame:
    return own.join(found, on=PAIR, how="left").with_columns(
        pl.lit(step).alias("step"),
        pl.when(pl.col("level") > 0).then("level").alias("level"),
        _outcome().alias("outcome"),
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
