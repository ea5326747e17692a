"""Municipalities with the newest number of inhabitants that is known."""

from __future__ import annotations

import polars as pl

INHABITANTS = "Folkmängd den 31 december (SCB)"
INHABITANTS_ID = "scb-folkmangd-"
"""How the ids of comparison figures begin that are a municipality's number of inhabitants."""


def with_newest_inhabitants(municipalities: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Return ``municipality`` with ``population`` from ``reference_figure`` where that is newer.

    The register's number stays where it is of the same year or later, or no figure is fetched.
    """
    newer = (
        figures.filter(pl.col("figure_id").str.starts_with(INHABITANTS_ID))
        .select(
            "municipality_code",
            fetched=pl.col("figure_values").list.last().cast(pl.Int64, strict=False),
            fetched_year=pl.col("figure_period").cast(pl.Int64, strict=False),
        )
        .drop_nulls()
    )
    is_newer = pl.col("fetched_year") > pl.col("population_year").fill_null(0)
    types = municipalities.schema
    return (
        municipalities.join(newer, on="municipality_code", how="left", maintain_order="left")
        .with_columns(
            pl.when(is_newer)
            .then("fetched")
            .otherwise("population")
            .cast(types["population"])
            .alias("population"),
            pl.when(is_newer)
            .then("fetched_year")
            .otherwise("population_year")
            .cast(types["population_year"])
            .alias("population_year"),
        )
        .drop("fetched", "fetched_year")
    )
