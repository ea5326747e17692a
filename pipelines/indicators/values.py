"""Rows of ``indicator_value``: counts laid over all units, absence typed, the indicator's name."""

from __future__ import annotations

import polars as pl

from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import UNIT, Facts
from pipelines.indicators.share import NONE_KNOWN, NONE_READ


def absolute(facts: Facts, counted: pl.DataFrame) -> pl.DataFrame:
    """Lay counts (``value, n, known`` by unit) over all units; a unit without rows has none."""
    return (
        facts.units()
        .join(counted, on=list(UNIT), how="left")
        .with_columns(pl.col("n", "known").fill_null(0))
        .with_columns(pl.col("value").alias("numerator"))
        .pipe(without_interval)
    )


def without_interval(frame: pl.DataFrame) -> pl.DataFrame:
    """A count or mean over what was read: no interval, and no value where nothing was read."""
    return frame.with_columns(
        pl.when(pl.col("n") > 0).then(pl.col("value")).alias("value"),
        pl.lit(None, pl.Float64).alias("low"),
        pl.lit(None, pl.Float64).alias("high"),
    ).with_columns(
        pl.when(pl.col("value").is_not_null())
        .then(None)
        .when(pl.col("known") == 0)
        .then(pl.lit(NONE_KNOWN))
        .otherwise(pl.lit(NONE_READ))
        .alias("absence")
    )


def named(frame: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Give rows their indicator's id, label and unit, and the columns of ``indicator_value``."""
    return frame.select(
        pl.lit(indicator.id).alias("indicator_id"),
        pl.lit(indicator.label).alias("indicator_label"),
        *UNIT,
        "unit_name",
        "part",
        "part_label",
        pl.col("value").cast(pl.Float64),
        pl.lit(indicator.unit).alias("value_unit"),
        pl.col("numerator").cast(pl.Float64),
        "n",
        "known",
        "low",
        "high",
        pl.col("absence").cast(pl.String),
    )
