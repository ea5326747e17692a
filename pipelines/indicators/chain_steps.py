"""The steps after a comprehensive plan: what detailed plans, allocations and tests make of it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipelines.indicators.chain_start import dated_objects
from pipelines.indicators.scope import Scope
from pipelines.model.measure_codes import CHAIN_LINK

PAIR = ["municipality_code", "theme", "version"]
STEP_COLUMNS = (
    *PAIR,
    "step",
    "start_level",
    "level",
    "outcome",
    "object_id",
    "chain_link",
    "year",
    "objects_read",
    "passages",
    "rows",
    "activity_ids",
    "from_year",
)
_IN_TIME = pl.col("year").is_between(pl.col("from_year"), pl.col("last_year"))


def followed(
    scope: Scope,
    versions: pl.DataFrame,
    levels: pl.DataFrame,
    ancestors: pl.DataFrame,
    step: str,
) -> pl.DataFrame:
    """How each started pair fares in detailed plans, or in allocations."""
    followers = dated_objects(scope).filter((pl.col("object_type") == step) & pl.col("is_read"))
    terms = versions.select("municipality_code", "version", "from_year", "last_year").unique()
    read = (
        terms.join(followers.select("municipality_code", "year"), on="municipality_code")
        .filter(_IN_TIME)
        .group_by("municipality_code", "version")
        .agg(pl.len().cast(pl.Int64).alias("objects_read"))
    )
    spoken = followers.join(levels, on="object").select(
        "municipality_code", "theme", "object_id", "core_id", "case_number", "year", "level",
        "passages", "rows",
    )  # fmt: skip
    land = scope.index.municipalities.select("municipality_code", "owns_land")
    return (
        versions.select(*PAIR, "start_level", "from_year")
        .join(read, on=["municipality_code", "version"], how="left")
        .join(_strongest(versions, spoken, ancestors), on=PAIR, how="left")
        .join(land, on="municipality_code")
        .with_columns(
            pl.lit(step).alias("step"),
            pl.col("objects_read").fill_null(0),
            pl.col("passages").fill_null(0),
            pl.col("rows").fill_null([]),
            pl.lit([], pl.List(pl.String)).alias("activity_ids"),
        )
        .with_columns(_outcome(step).alias("outcome"))
        .select(*STEP_COLUMNS)
    )


def _strongest(
    versions: pl.DataFrame, spoken: pl.DataFrame, ancestors: pl.DataFrame
) -> pl.DataFrame:
    """Of the objects that speak of the theme in time, the one that binds most and links best."""
    return (
        versions.drop("passages", "rows")
        .join(spoken, on=["municipality_code", "theme"])
        .filter(_IN_TIME)
        .join(ancestors, left_on=["object_id", "version"], right_on=["object_id", "ancestor"],
              how="left")
        .with_columns(_link().alias("chain_link"))
        .sort(-pl.col("level"), place_in("chain_link", CHAIN_LINK.values), "year", "object_id")
        .unique(PAIR, keep="first", maintain_order=True)
        .select(*PAIR, "object_id", "chain_link", "year", "level", "passages", "rows")
    )  # fmt: skip


def _link() -> pl.Expr:
    return (
        pl.when(pl.col("is_parent"))
        .then(pl.lit("parent"))
        .when(pl.col("case_number") == pl.col("version_case"))
        .then(pl.lit("case_number"))
        .when(pl.col("core_id") == pl.col("version_core"))
        .then(pl.lit("area"))
        .otherwise(pl.lit("municipality"))
    )


def _outcome(step: str) -> pl.Expr:
    level, start = pl.col("level"), pl.col("start_level")
    no_land = (pl.lit(step) == "ma") & (pl.col("owns_land") == "nej")
    return (
        pl.when(level > start)
        .then(pl.lit("grows"))
        .when(level == start)
        .then(pl.lit("holds"))
        .when(level.is_not_null())
        .then(pl.lit("weakens"))
        .when(pl.col("objects_read") > 0)
        .then(pl.lit("leaks"))
        .when(no_land)
        .then(pl.lit("not_applicable"))
        .otherwise(pl.lit("unknown"))
    )


def tested(scope: Scope, versions: pl.DataFrame, ancestors: pl.DataFrame) -> pl.DataFrame:
    """Whether each started pair is tested on site; unknown where no test has been mapped."""
    mapped = scope.facts["testing_activity"].filter(
        pl.col("municipality_code").is_in(scope.codes_here)
    )
    known = mapped.group_by("municipality_code").agg(pl.len().cast(pl.Int64).alias("objects_read"))
    return (
        versions.select(*PAIR, "start_level", "from_year")
        .join(known, on="municipality_code", how="left")
        .join(_on_site(mapped, versions, ancestors, scope.facts.as_of.year), on=PAIR, how="left")
        .with_columns(
            pl.lit("test").alias("step"),
            pl.lit(None, pl.Int64).alias("level"),
            pl.lit(None, pl.String).alias("object_id"),
            pl.col("objects_read").fill_null(0),
            pl.lit(0, pl.Int64).alias("passages"),
            pl.lit([], pl.List(pl.UInt32)).alias("rows"),
            pl.when(pl.col("activity_ids").is_not_null())
            .then(pl.lit("holds"))
            .when(pl.col("objects_read") > 0)
            .then(pl.lit("leaks"))
            .otherwise(pl.lit("unknown"))
            .alias("outcome"),
            pl.col("activity_ids").fill_null([]),
        )
        .select(*STEP_COLUMNS)
    )


def _on_site(
    mapped: pl.DataFrame, versions: pl.DataFrame, ancestors: pl.DataFrame, now: int
) -> pl.DataFrame:
    """Tests on the theme that run in time, best link first: ``activity_ids, chain_link, year``."""
    running = (
        mapped.filter(pl.col("testing_phase") != "ide")
        .explode("themes")
        .rename({"themes": "theme"})
        .select(
            "municipality_code", "theme", "activity_id", "core_id", "plan_id",
            # A test whose years are not stated is known to run now.
            pl.col("start_year", "end_year").fill_null(now),
        )
    )  # fmt: skip
    return (
        versions.join(running, on=["municipality_code", "theme"])
        .filter(
            pl.col("start_year") <= pl.col("last_year"), pl.col("end_year") >= pl.col("from_year")
        )
        .join(ancestors, left_on=["plan_id", "version"], right_on=["object_id", "ancestor"],
              how="left")
        .with_columns(
            pl.lit(None, pl.String).alias("case_number"),
            (pl.col("is_parent") | (pl.col("plan_id") == pl.col("version"))).alias("is_parent"),
        )
        .with_columns(_link().alias("chain_link"))
        .sort(place_in("chain_link", CHAIN_LINK.values), "start_year", "activity_id")
        .group_by(PAIR, maintain_order=True)
        .agg(
            pl.col("activity_id").alias("activity_ids"),
            pl.col("chain_link").first(),
            pl.max_horizontal("start_year", "from_year").first().alias("year"),
        )
    )  # fmt: skip


def place_in(column: str, order: Sequence[str]) -> pl.Expr:
    """Return where a code stands in a list, to sort by."""
    return pl.col(column).replace_strict(
        {value: i for i, value in enumerate(order)}, return_dtype=pl.Int64
    )
