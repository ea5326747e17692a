"""The index: who gets one, when a rank is shown, and what moves it."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.indicators import index_draws, innovation_index
from pipelines.indicators.innovation_index import COMPONENTS, EQUAL
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import FEWEST
from tests.indicators.regions import Edition

MATRICES = st.integers(2, 9).flatmap(
    lambda units: st.lists(
        st.lists(st.integers(0, 20).map(lambda each: 5.0 * each), min_size=4, max_size=4),
        min_size=units, max_size=units,
    )
).map(np.array)  # fmt: skip
QUICK = settings(max_examples=15, deadline=None)
EVEN = np.full(4, 0.25)


@QUICK
@given(MATRICES, st.randoms(use_true_random=False))
def test_the_order_of_municipalities_does_not_matter(components, random):
    order = list(range(len(components)))
    random.shuffle(order)
    drawn, shuffled = (
        index_draws.draw(each, EVEN, 200) for each in (components, components[order])
    )
    assert np.array_equal(drawn.low[order], shuffled.low)
    assert np.array_equal(drawn.high[order], shuffled.high)


@QUICK
@given(MATRICES)
def test_whoever_is_best_in_everything_is_never_below_another(components):
    components = np.vstack([components, components.max(axis=0) + 1])
    drawn = index_draws.draw(components, EVEN, 200)
    assert drawn.high[-1] == 1


@QUICK
@given(MATRICES)
def test_ranks_run_from_one_and_equals_share_the_best(components):
    ranks = index_draws.ranked(components)
    assert ranks.min() == 1
    for row, own in zip(components, ranks, strict=True):
        for value, rank in zip(row, own, strict=True):
            assert rank == 1 + np.sum(row > value)


@QUICK
@given(MATRICES)
def test_shares_of_variance_are_shares(components):
    first, total = index_draws.sensitivity(components, EVEN, draws=64)
    moving = ~np.isnan(first)
    assert (first[moving] >= -1e-12).all()
    assert (total[moving] >= first[moving] - 1e-9).all()
    assert (first.sum(axis=0)[moving.all(axis=0)] <= 1 + 1e-9).all()


def test_intervals_that_meet_at_one_rank_overlap():
    low, high = np.array([1, 2, 4]), np.array([2, 3, 4])
    assert index_draws.overlapping(low, high).tolist() == [True, True, False]


def table(edition: Edition, weights=EQUAL) -> pl.DataFrame:
    scope = Scope(edition.facts)
    return innovation_index.index_table(scope, weights)


def test_too_little_gives_a_reason_and_no_index(edition: Edition):
    ranks = table(edition)
    parts = innovation_index.components(Scope(edition.facts))
    few = parts.filter((pl.col("read") < FEWEST) | (pl.col("judged") < FEWEST))
    withheld = ranks.filter(pl.col("municipality_code").is_in(few["municipality_code"].implode()))
    assert withheld.height == few.height
    assert withheld["score"].null_count() == few.height
    assert withheld["absence"].null_count() == 0
    unread = ranks.join(parts.filter(pl.col("read") == 0), on="municipality_code", how="semi")
    assert all(unread[name].null_count() == unread.height for name in COMPONENTS)


def test_a_rank_is_shown_only_where_no_interval_overlaps(editions: dict[str, Edition]):
    ranked = table(editions["exempel"]).drop_nulls("score")
    assert ranked.height >= 2
    for row in ranked.iter_rows(named=True):
        others = ranked.filter(pl.col("municipality_code") != row["municipality_code"])
        touches = others.filter(
            (pl.col("rank_low") <= row["rank_high"]) & (pl.col("rank_high") >= row["rank_low"])
        )
        assert row["is_withheld"] == (touches.height > 0)
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]
    values = editions["exempel"].tables["indicator_value"].filter(pl.col("indicator_id") == "1.9")
    places = values.filter(pl.col("part") == "plats").join(
        ranked, left_on="unit_id", right_on="municipality_code"
    )
    assert (places["value"].is_null() == places["is_withheld"]).all()


def test_a_readers_weights_move_the_index(editions: dict[str, Edition]):
    even = table(editions["exempel"]).drop_nulls("score")
    deep = table(editions["exempel"], {**EQUAL, "depth": 25.0}).drop_nulls("score")
    assert deep["score"].to_list() == pytest.approx(deep["depth"].to_list(), abs=3)
    assert deep["score"].to_list() != even["score"].to_list()
