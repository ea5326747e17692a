"""What fits an open window: tests that go on and clauses that bind, each with its reason in words.

Tests are looked for in the object's own municipality, in the five most like it and in the five
nearest; clauses in those most like it. What is nearest in place comes first among tests, what
binds hardest first among clauses.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators.scope import READ, Scope
from pipelines.model.codes import COMMITMENT, TESTING_PHASE, THEME
from pipelines.model.tables import WINDOW_MATCH

_NEAREST = 5
_EARTH_KM = 6371.0
_EACH = 2
"""Suggestions of each kind for each theme."""
_BINDING = COMMITMENT.position("should")


def window_matches(scope: Scope, windows: pl.DataFrame) -> pl.DataFrame:
    """Return the table ``window_match`` for open windows (see ``open_window``).

    >>> from pipelines.indicators.windows import open_windows
    >>> from pipelines.indicators.worked_example import worked_scope
    >>> scope = worked_scope()
    >>> lacking = open_windows(scope).head(1).with_columns(pl.lit(["energi"]).alias("lacks"))
    >>> for reason in window_matches(scope, lacking)["reason"]:
    ...     print(reason)
    Test t1 prövar energi i samma stadskärna; fas test; öppen för små företag.
    Test t5 prövar energi i samma stadskärna; fas test; öppen för små företag.
    """
    wanted = _wanted(scope, windows)
    names = scope.facts["municipality"].select("municipality_code", "municipality_name")
    matches = pl.concat([_tests(scope, wanted, names), _clauses(scope, wanted, names)])
    order = {theme: i for i, theme in enumerate(THEME.values)}
    return matches.sort(
        "object_id",
        pl.col("theme").replace_strict(order, return_dtype=pl.Int64),
        "match_kind",
        "match_rank",
    ).select(*WINDOW_MATCH.polars_schema)


def _wanted(scope: Scope, windows: pl.DataFrame) -> pl.DataFrame:
    """Open objects by the themes they lack.

    An unread object with nothing to be compared with gets the themes that are tested in its
    municipality: what goes on there can always be written in.
    """
    tested = (
        scope.sql("FROM every_activity WHERE is_running")
        .explode("themes")
        .drop_nulls("themes")
        .group_by("municipality_code")
        .agg(pl.col("themes").unique().sort().alias("tested"))
    )
    nothing_known = (pl.col("lacks").list.len() == 0) & ~pl.col("coverage").is_in(READ)
    return (
        windows.join(tested, on="municipality_code", how="left")
        .select(
            "object_id",
            "object_type",
            "municipality_code",
            "core_id",
            pl.when(nothing_known).then("tested").otherwise("lacks").alias("theme"),
        )
        .explode("theme")
        .drop_nulls("theme")
    )


def _tests(scope: Scope, wanted: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    running = (
        scope.sql("FROM every_activity WHERE is_running")
        .select(
            "activity_id", "activity_name", pl.col("municipality_code").alias("there"),
            pl.col("core_id").alias("test_core"), "lon", "lat", "themes", "testing_phase",
            "open_to_smes",
        )
        .explode("themes")
        .rename({"themes": "theme"})
    )  # fmt: skip
    candidates = (
        wanted.join(_neighbourhood(scope), on="municipality_code")
        .join(running, on=["there", "theme"])
        .join(_municipality_points(scope), on="municipality_code", how="left")
        .join(
            scope.facts["regional_core"].select(
                "core_id", pl.col("lat").alias("core_lat"), pl.col("lon").alias("core_lon")
            ),
            on="core_id",
            how="left",
        )
        .with_columns(
            _kilometres("lat", "lon", "core_lat", "core_lon", "own_lat", "own_lon"),
            (pl.col("test_core") == pl.col("core_id")).fill_null(value=False).alias("same_core"),
            (pl.col("there") == pl.col("municipality_code")).alias("same_place"),
            (pl.col("open_to_smes") == "ja").fill_null(value=False).alias("is_open_to_smes"),
        )
        .join(names.rename({"municipality_code": "there"}), on="there")
    )
    ranked = candidates.sort(
        "object_id",
        "theme",
        ~pl.col("same_core"),
        ~pl.col("same_place"),
        pl.col("km").fill_null(np.inf),
        ~pl.col("is_open_to_smes"),
        "activity_id",
    ).with_columns(_rank(["object_id", "theme"]))
    return ranked.filter(pl.col("match_rank") <= _EACH).select(
        "object_id",
        "theme",
        pl.lit("test").alias("match_kind"),
        "match_rank",
        pl.col("activity_id").alias("match_id"),
        _test_reason().alias("reason"),
    )


def _rank(within: list[str]) -> pl.Expr:
    return (pl.int_range(pl.len()).over(within) + 1).cast(pl.Int64).alias("match_rank")


def _test_reason() -> pl.Expr:
    theme = pl.col("theme").replace(THEME.labels).str.to_lowercase()
    place = (
        pl.when("same_core")
        .then(pl.lit("i samma stadskärna"))
        .when("same_place")
        .then(pl.lit("i samma kommun"))
        .otherwise(pl.format("i {}", "municipality_name"))
    )
    far = (
        pl.when(pl.col("km").is_not_null() & ~pl.col("same_core"))
        .then(pl.format(", {} km bort", pl.col("km").round(0).cast(pl.Int64)))
        .otherwise(pl.lit(""))
    )
    phase = pl.col("testing_phase").replace(TESTING_PHASE.labels).str.to_lowercase()
    small = (
        pl.when("is_open_to_smes")
        .then(pl.lit("öppen för små företag"))
        .when(pl.col("open_to_smes") == "nej")
        .then(pl.lit("inte öppen för små företag"))
        .otherwise(pl.lit("okänt om den är öppen för små företag"))
    )
    return pl.format(
        "{} prövar {} {}{}; fas {}; {}.", "activity_name", theme, place, far, phase, small
    )


def _clauses(scope: Scope, wanted: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Clauses for each open object and theme.

    Objects of one type in one municipality get the same clauses on a theme, so they are ranked
    once for all of them.
    """
    alike = scope.facts.similar.select(
        "municipality_code", pl.col("similar_code").alias("there"), "similar_rank"
    )
    own = ["municipality_code", "theme", "object_type"]
    ranked = (
        wanted.select(own)
        .unique()
        .join(alike, on="municipality_code")
        .join(_binding(scope), on=["there", "theme", "object_type"])
        .sort(*own, -pl.col("level"), "similar_rank", -pl.col("confidence"), "passage_id")
        .with_columns(_rank(own))
        .filter(pl.col("match_rank") <= _EACH)
        .join(names.rename({"municipality_code": "there"}), on="there")
        .join(names.rename({"municipality_name": "own_name"}), on="municipality_code")
        .with_columns(_clause_reason().alias("reason"))
    )
    return wanted.join(ranked, on=own).select(
        "object_id",
        "theme",
        pl.lit("clause").alias("match_kind"),
        "match_rank",
        pl.col("passage_id").alias("match_id"),
        "reason",
    )


def _binding(scope: Scope) -> pl.DataFrame:
    """The passages that bind most, of those that raise no question of support in law.

    They lie at *bör* or stronger; for each municipality (``there``), type of object and theme
    there are as many as may be suggested.
    """
    return scope.sql(
        f"""WITH clause AS (
                SELECT o.municipality_code AS there, o.object_type, o.object_name, p.passage_id,
                       p.level, p.confidence, unnest(p.themes) AS theme
                FROM passage p JOIN planning_object o USING (object_id)
                WHERE p.is_counted AND p.level >= {_BINDING} AND NOT p.legal_flag
            )
            FROM clause QUALIFY row_number() OVER (
                PARTITION BY there, theme, object_type
                ORDER BY level DESC, confidence DESC, passage_id) <= {_EACH}"""
    )


def _clause_reason() -> pl.Expr:
    degree = pl.col("level").replace_strict(
        {COMMITMENT.position(code): label for code, label in COMMITMENT.labels.items()},
        return_dtype=pl.String,
    )
    return pl.format(
        "”{}” i {} ({}) om {}; {} liknar {}.",
        degree,
        "object_name",
        "municipality_name",
        pl.col("theme").replace(THEME.labels).str.to_lowercase(),
        "municipality_name",
        "own_name",
    )


def _municipality_points(scope: Scope) -> pl.DataFrame:
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


def _neighbourhood(scope: Scope) -> pl.DataFrame:
    """Where to look for tests: ``municipality_code``, ``there``; itself, the alike, the nearest."""
    codes = scope.facts["municipality"].select("municipality_code")
    alike = scope.facts.similar.select("municipality_code", pl.col("similar_code").alias("there"))
    points = _municipality_points(scope)
    others = points.rename({"municipality_code": "there", "own_lat": "lat", "own_lon": "lon"})
    nearest = (
        points.join(others, how="cross")
        .filter(pl.col("municipality_code") != pl.col("there"))
        .with_columns(_kilometres("lat", "lon", "own_lat", "own_lon", "own_lat", "own_lon"))
        .sort("municipality_code", "km", "there")
        .group_by("municipality_code", maintain_order=True)
        .head(_NEAREST)
        .select("municipality_code", "there")
    )  # fmt: skip
    itself = codes.with_columns(pl.col("municipality_code").alias("there"))
    return pl.concat([itself, alike, nearest]).unique(maintain_order=True)


def _kilometres(
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
