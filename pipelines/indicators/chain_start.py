"""Where a chain starts: comprehensive plans in force, and what each object says on each theme."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators.fact_arrays import NO_YEAR
from pipelines.indicators.scope import Scope
from pipelines.model.codes import THEME
from pipelines.model.plan_codes import OBJECT_TYPE, PLAN_KIND

ADOPTED = ("antagen", "laga_kraft", "overklagad")
_WHOLE_PLAN = PLAN_KIND.labels["op"]


def theme_levels(scope: Scope) -> pl.DataFrame:
    """Return the highest level on each theme in each object that may take part in the chain.

    Columns: ``object`` (position), ``theme``, ``level``, ``passages`` and ``rows`` (positions of
    the passages in the facts).
    """
    passages, kept = scope.passages, scope.kept
    use = passages.is_counted if kept is None else passages.is_counted & kept
    chosen = np.flatnonzero(use & scope.here[scope.index.objects.municipality[passages.object]])
    frame = pl.DataFrame(
        {
            "object": passages.object[chosen],
            "level": passages.level[chosen].astype(np.int64),
            "bits": passages.themes[chosen],
            "row": passages.row[chosen],
        }
    )
    wanted = scope.selection.themes or THEME.values
    parts = [
        frame.filter(pl.col("bits") & (1 << THEME.values.index(theme)) > 0)
        .group_by("object")
        .agg(
            pl.lit(theme).alias("theme").first(),
            pl.col("level").max(),
            pl.len().cast(pl.Int64).alias("passages"),
            pl.col("row").alias("rows"),
        )
        for theme in wanted
    ]
    return pl.concat(parts)


def dated_objects(scope: Scope) -> pl.DataFrame:
    """The objects of the selected municipalities: position, identity, year and whether read.

    A plan that has been replaced was in force once; what was read of it counts for its own years.
    """
    index = scope.index
    replaced = (pl.col("coverage") == "superseded") & pl.col("passages").is_not_null()
    return (
        index.objects.frame.with_columns(
            pl.Series("object", np.arange(len(index.objects), dtype=np.int32)),
            pl.Series("year", index.objects.year),
            pl.Series("is_read", index.objects.is_read),
        )
        .with_columns((pl.col("is_read") | replaced).alias("was_read"))
        .filter(pl.Series(scope.here[index.objects.municipality]), pl.col("year") != NO_YEAR)
        .select(
            "object",
            "object_id",
            "object_type",
            "object_kind",
            "object_stage",
            "municipality_code",
            "core_id",
            "case_number",
            "year",
            "is_read",
            "was_read",
        )
    )


def plans_in_force(scope: Scope, levels: pl.DataFrame) -> pl.DataFrame:
    """Adopted comprehensive plans by theme at *avsikt* or stronger, with the years they steer."""
    adopted = dated_objects(scope).filter(
        (pl.col("object_type") == OBJECT_TYPE.values[0]) & pl.col("object_stage").is_in(ADOPTED)
    )
    whole = pl.col("object_kind") == _WHOLE_PLAN
    successors = (
        adopted.filter(whole)
        .sort("municipality_code", "year", "object_id")
        .select(
            "object_id",
            pl.col("year").shift(-1).over("municipality_code").alias("successor_year"),
        )
    )
    last = pl.col("year") + scope.selection.years
    return (
        adopted.filter("was_read")
        .join(successors, on="object_id", how="left")
        .join(levels, on="object")
        .filter(pl.col("level") >= scope.carries_from)
        .select(
            "municipality_code",
            "theme",
            pl.col("object_id").alias("version"),
            pl.col("level").alias("start_level"),
            pl.col("year").alias("from_year"),
            pl.min_horizontal(last, pl.col("successor_year") - 1).alias("last_year"),
            pl.col("core_id").alias("version_core"),
            pl.col("case_number").alias("version_case"),
            whole.alias("is_whole"),
            "passages",
            "rows",
        )
    )
