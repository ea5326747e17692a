"""The chain ÖP → DP → MA → test, theme by theme: where it grows, holds or leaks.

A comprehensive plan is followed from the year it was adopted for a chosen number of years, or until
the municipality adopts the next one; a detailed plan or allocation is held against the plan that
was in force when it was decided.
"""

from __future__ import annotations

import polars as pl

from pipelines.indicators.chain_start import plans_in_force, theme_levels
from pipelines.indicators.chain_steps import PAIR, followed, place_in, tested
from pipelines.indicators.scope import Scope
from pipelines.model.codes import THEME
from pipelines.model.derived_tables import CARRY_THROUGH
from pipelines.model.measure_codes import JUDGED, STEP

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
    levels = theme_levels(scope)
    versions = plans_in_force(scope, levels)
    ancestors = scope.index.ancestors
    steps = pl.concat(
        [
            *(followed(scope, versions, levels, ancestors, step) for step in _FOLLOWERS),
            tested(scope, versions, ancestors),
        ]
    )
    best = _latest_judged(versions, steps)
    started = best.select(
        *PAIR,
        pl.lit("op").alias("step"),
        "start_level",
        pl.col("start_level").alias("level"),
        pl.lit("start").alias("outcome"),
        pl.col("version").alias("object_id"),
        pl.lit(None, pl.String).alias("chain_link"),
        pl.col("from_year").alias("year"),
        pl.lit(None, pl.Int64).alias("objects_read"),
        "passages",
        "rows",
        pl.lit([], pl.List(pl.String)).alias("activity_ids"),
        "from_year",
    )
    rest = steps.join(best.select(*PAIR), on=PAIR, how="semi").select(*started.columns)
    return (
        pl.concat([started, rest])
        .with_columns(
            pl.when(pl.col("step") != "op")
            .then(pl.col("year") - pl.col("from_year"))
            .alias("years_after")
        )
        .pipe(_with_passage_ids, scope.facts["passage"]["passage_id"])
        .sort("municipality_code", place_in("theme", THEME.values), place_in("step", STEP.values))
        .select(*CARRY_THROUGH.polars_schema)
    )


def _latest_judged(versions: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """For each pair the plan to follow.

    One whose following can be judged comes first; then the plan for the whole municipality before
    one for a part; then the one judged in most steps, and the latest.
    """
    judged = steps.group_by(PAIR).agg(pl.col("outcome").is_in(JUDGED).sum().alias("judged"))
    return (
        versions.join(judged, on=PAIR)
        .sort(
            pl.col("judged") > 0,
            "is_whole",
            "judged",
            "from_year",
            "version",
            descending=[True, True, True, True, False],
        )
        .unique(["municipality_code", "theme"], keep="first", maintain_order=True)
    )


def _with_passage_ids(frame: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    numbered = frame.with_row_index("number")
    flat = numbered.select("number", "rows").explode("rows").drop_nulls()
    named = (
        flat.with_columns(ids.gather(flat["rows"]).alias("passage_ids"))
        .group_by("number")
        .agg(pl.col("passage_ids").sort())
    )
    return numbered.join(named, on="number", how="left").with_columns(
        pl.col("passage_ids").fill_null([])
    )
