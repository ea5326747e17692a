"""Where things lie and how far apart: points, great-circle distance, neighbours."""

from __future__ import annotations

import polars as pl

from pipelines.indicators.scope import Scope

_NEAREST = 5
_EARTH_KM = 6371.0


def core_points(scope: Scope) -> pl.DataFrame:
    """Each core's point: ``core_id, core_lat, core_lon``."""
    return scope.facts["regional_core"].select(
        "core_id", pl.col("lat").alias("core_lat"), pl.col("lon").alias("core_lon")
    )


def municipality_points(scope: Scope) -> pl.DataFrame:
    """A point for each municipality: the mean of its cores and tests, where any is known."""
    cores = (
        scope.facts["regional_core"]
        .explode("municipality_codes")
        .select(pl.col("municipality_codes").alias("municipality_code"), "lat", "lon")
    )
    tests = scope.facts["testing_activity"].select("municipality_code", "lat", "lon")
    return (
        pl.concat([cores, tests])
        .drop_nulls()
        .group_by("municipality_code")
        .agg(pl.col("lat").mean().alias("own_lat"), pl.col("lon").mean().alias("own_lon"))
    )


def neighbourhood(scope: Scope) -> pl.DataFrame:
    """Where to look for tests: ``municipality_code``, ``there``; itself, the alike, the nearest."""
    codes = scope.facts["municipality"].select("municipality_code")
    alike = scope.index.similar.select("municipality_code", pl.col("similar_code").alias("there"))
    points = municipality_points(scope)
    others = points.rename({"municipality_code": "there", "own_lat": "lat", "own_lon": "lon"})
    nearest = (
        points.join(others, how="cross")
        .filter(pl.col("municipality_code") != pl.col("there"))
        .with_columns(kilometres("lat", "lon", "own_lat", "own_lon", "own_lat", "own_lon"))
        .sort("municipality_code", "km", "there")
        .group_by("municipality_code", maintain_order=True)
        .head(_NEAREST)
        .select("municipality_code", "there")
    )  # fmt: skip
    itself = codes.with_columns(pl.col("municipality_code").alias("there"))
    return pl.concat([itself, alike, nearest]).unique(maintain_order=True)


def kilometres(
    lat: str, lon: str, core_lat: str, core_lon: str, own_lat: str, own_lon: str
) -> pl.Expr:
    """Great-circle distance from the object's core, or from its municipality where it has none.

    Column names: the other end's point, the core's and the municipality's own.
    """
    here_lat, here_lon = (
        pl.coalesce(core, own).radians() for core, own in ((core_lat, own_lat), (core_lon, own_lon))
    )
    there_lat, there_lon = pl.col(lat).radians(), pl.col(lon).radians()
    half = ((there_lat - here_lat) / 2).sin().pow(2) + here_lat.cos() * there_lat.cos() * (
        (there_lon - here_lon) / 2
    ).sin().pow(2)
    return (2 * _EARTH_KM * half.sqrt().arcsin()).alias("km")
