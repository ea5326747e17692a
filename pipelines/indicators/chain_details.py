"""Which object, passages and tests stand behind each step of a chain, and how they are linked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.indicators.adding_up import levels_of
from pipelines.indicators.chain_steps import THEMES, decided, ranges
from pipelines.indicators.fact_arrays import Marks
from pipelines.indicators.scope import Scope
from pipelines.model.codes import CHAIN_LINK, THEME

PAIR = ["municipality", "theme"]


def strongest(scope: Scope, pairs: pl.DataFrame, marks: Marks, step: str) -> pl.DataFrame:
    """Return for each pair the object that binds most, links best and came first.

    Args:
        scope: the selection.
        pairs: ``municipality``, ``theme``, ``version`` (positions), ``first``, ``last`` and
            ``level``, the highest level that the step reaches.
        marks: what each object says on each theme.
        step: type of the objects.

    Returns:
        ``municipality``, ``theme``, ``object``, ``year``, ``chain_link``.
    """
    objects, chosen = scope.index.objects, scope.index.once(decided)[step].object
    shape = (len(scope.index.codes), THEMES)
    best, first, last, version = (np.zeros(shape, np.int64) for _ in range(4))
    at = pairs["municipality"].to_numpy(), pairs["theme"].to_numpy()
    best[at], first[at], last[at], version[at] = (
        pairs[name].to_numpy() for name in ("level", "first", "last", "version")
    )
    place, year = objects.municipality[chosen], objects.year[chosen][:, None]
    hits = (levels_of(marks[chosen]) == best[place]) & (best[place] > 0)
    hits &= (year >= first[place]) & (year <= last[place])
    rows, theme = np.nonzero(hits)
    own, place = chosen[rows], place[rows]
    link = scope.index.links.strength(own, version[place, theme])
    order = np.lexsort((own, objects.year[own], link, place * THEMES + theme))
    leads = np.flatnonzero(np.diff((place * THEMES + theme)[order], prepend=-1))
    chosen_rows = order[leads]
    return pl.DataFrame(
        {
            "municipality": place[chosen_rows],
            "theme": theme[chosen_rows],
            "object": own[chosen_rows],
            "year": objects.year[own[chosen_rows]],
            "chain_link": pl.Series(CHAIN_LINK.values, dtype=pl.String).gather(link[chosen_rows]),
        }
    )


def tests_in_time(scope: Scope) -> pl.DataFrame:
    """Return the mapped tests of the selected places past the idea, one row for each theme.

    Columns: ``municipality`` and ``theme`` as positions, ``from_year``, ``to_year``,
    ``activity_id``, ``core_id``, ``plan_id``. A test whose years are not stated runs now, or in
    the year it was last seen where its state is unknown.
    """
    now, register = scope.facts.as_of.year, scope.index.activities
    here = np.append(scope.here, False)[register.place]
    return (
        register.frame.with_columns(pl.Series("last_seen", register.last_seen(now)))
        .filter(pl.Series(here), pl.col("testing_phase") != "ide")
        .rename({"place": "municipality"})
        .explode("themes")
        .drop_nulls("themes")
        .select(
            "municipality",
            place_in("themes", THEME.values).alias("theme"),
            pl.coalesce("start_year", "last_seen").alias("from_year"),
            pl.coalesce("end_year", "last_seen").alias("to_year"),
            "activity_id",
            "core_id",
            "plan_id",
        )
    )


def on_site(scope: Scope, pairs: pl.DataFrame, tests: pl.DataFrame) -> pl.DataFrame:
    """Return each pair's tests, best link first: ``activity_ids``, ``chain_link``, ``year``."""
    return (
        tests.join(_named(scope, pairs), on=PAIR)
        .filter(pl.col("from_year") <= pl.col("last"), pl.col("to_year") >= pl.col("first"))
        .join(scope.index.ancestors, left_on=["plan_id", "version_id"],
              right_on=["object_id", "ancestor"], how="left")
        .with_columns(
            pl.lit(None, pl.String).alias("case_number"),
            (pl.col("is_parent") | (pl.col("plan_id") == pl.col("version_id"))).alias("is_parent"),
        )
        .with_columns(_link().alias("chain_link"))
        .sort(place_in("chain_link", CHAIN_LINK.values), "from_year", "activity_id")
        .group_by(PAIR, maintain_order=True)
        .agg(
            pl.col("activity_id").alias("activity_ids"),
            pl.col("chain_link").first(),
            pl.max_horizontal("from_year", "first").first().alias("year"),
        )
    )  # fmt: skip


def with_passages(scope: Scope, steps: pl.DataFrame) -> pl.DataFrame:
    """Add ``passages`` and ``passage_ids`` of each row's ``object`` on its ``theme``."""
    passages = scope.passages
    use = passages.is_counted if scope.kept is None else passages.is_counted & scope.kept
    held = steps.with_row_index("number").drop_nulls("object")
    number, at = ranges(*passages.of(held["object"].to_numpy()))
    theme = held["theme"].to_numpy()[number]
    right = use[at] & (((passages.themes[at] >> theme.astype(np.uint16)) & 1) > 0)
    ids = scope.facts["passage"]["passage_id"].gather(passages.row[at[right]])
    counts = np.bincount(held["number"].to_numpy()[number[right]], minlength=steps.height)
    # Passages lie in the order of their rows, so lists are cut from them where counts say.
    lists = pa.LargeListArray.from_arrays(np.append(0, np.cumsum(counts)), ids.to_arrow())
    return steps.with_columns(
        pl.Series("passages", counts), pl.Series("passage_ids", pl.from_arrow(lists))
    )


def place_in(column: str, order: Sequence[str]) -> pl.Expr:
    """Return where a code stands in a list, to sort by."""
    return pl.col(column).replace_strict(
        {value: i for i, value in enumerate(order)}, return_dtype=pl.Int64
    )


def _named(scope: Scope, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs with what their comprehensive plan is linked by."""
    frame = scope.index.objects.frame
    versions = frame[pairs["version"].to_numpy()].select(
        pl.col("object_id").alias("version_id"),
        pl.col("core_id").alias("version_core"),
        pl.col("case_number").alias("version_case"),
    )
    return pl.concat([pairs.select(*PAIR, "first", "last"), versions], how="horizontal")


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
