"""What must hold for any region whatever."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.indicators import chain, planning
from pipelines.indicators.catalog import measure
from pipelines.indicators.scope import Scope, Selection
from pipelines.indicators.values import FEWEST, value_table
from tests.indicators.small_worlds import CODES, World, changed, object_row, worlds

pytestmark = pytest.mark.builds  # each example is a region of its own
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(QUICK, max_examples=4)
SELECTIONS = st.builds(
    Selection,
    municipalities=st.sampled_from([(), ("9901",), ("9902", "9903")]),
    object_types=st.sampled_from([(), ("dp",), ("op", "ma")]),
    themes=st.sampled_from([(), ("energi",), ("energi", "mobilitet")]),
    minimum=st.sampled_from([1, 2, 4]),
    year_from=st.sampled_from([None, 2020]),
)


def scope(world: World, selection: Selection | None = None) -> Scope:
    return Scope(world.facts(), selection)


@QUICK
@given(worlds(), SELECTIONS)
def test_a_number_is_possible_and_a_missing_one_has_a_reason(world: World, selection: Selection):
    values = measure(scope(world, selection))
    present = values.filter(pl.col("value_unit") == "andel").drop_nulls("value")
    assert present["value"].is_between(0, 1).all()
    assert (present["low"] <= present["value"] + 1e-12).all()
    assert (present["high"] >= present["value"] - 1e-12).all()
    assert (present["n"] >= FEWEST).all()
    assert (values["n"] <= values["known"]).all()
    assert values["value"].is_null().equals(values["absence"].is_not_null())
    assert values["absence"].is_null().equals(values["absence_kind"].is_null())
    unread = values.filter(pl.col("n") == 0)
    assert unread["value"].null_count() == unread.height
    assert unread["numerator"].null_count() == unread.height


@QUICK
@given(worlds(least=3), SELECTIONS)
def test_what_is_not_collected_is_missing_everywhere(world: World, selection: Selection):
    unread = replace(world, passages=(), objects=tuple(
        {**row, "coverage": "not_collected", "pages": 0, "passages": None} for row in world.objects
    ))  # fmt: skip
    values = measure(scope(unread, selection)).filter(
        pl.col("indicator_id").is_in(["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.9"])
    )
    assert values["value"].null_count() == values.height
    assert set(values["absence_kind"]) <= {"not_collected", "none_known"}


@QUICK
@given(worlds(), st.sampled_from(CODES), st.sampled_from(["op", "dp", "ma"]))
def test_one_more_read_document_without_innovation_never_raises_a_share(
    world: World, code: str, kind: str
):
    row = object_row(98, kind, code, "read_none", 2023, "antagen", 10)
    keys = ["indicator_id", "unit_id", "part"]
    measures = (planning.inclusion, planning.requirement, planning.density)
    before, after = (
        value_table([block for each_of in measures for block in each_of(each)])
        for each in (scope(world), scope(world.with_object(row)))
    )
    both = before.join(after, on=keys).filter(pl.col("n") > 0)
    share = pl.col("numerator") / pl.col("n")
    raised = both.filter(pl.col("numerator_right") / pl.col("n_right") > share + 1e-12)
    assert raised.is_empty()
    assert both.filter(pl.col("value_right") > pl.col("value") + 1e-12).is_empty()


@FEW
@given(worlds(least=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(world: World, random):
    shuffled = replace(
        world,
        objects=tuple(random.sample(world.objects, len(world.objects))),
        passages=tuple(random.sample(world.passages, len(world.passages))),
        activities=tuple(random.sample(world.activities, len(world.activities))),
    )
    facts, other = world.facts(), shuffled.facts()
    first = measure(Scope(facts))
    second = measure(Scope(changed(other, municipality=other["municipality"].reverse())))
    assert first.equals(second)


@QUICK
@given(worlds(least=4))
def test_what_nobody_has_read_changes_nothing_but_what_is_known(world: World):
    row = object_row(99, "dp", "9901", "not_collected", 2023, "samrad", 10)
    before, after = (scope(each) for each in (world, world.with_object(row)))
    for each in (planning.inclusion, planning.ladder, planning.breadth, planning.density):
        old, new = value_table(each(before)), value_table(each(after))
        assert old.drop("known", "absence", "absence_kind").equals(
            new.drop("known", "absence", "absence_kind")
        )


@QUICK
@given(worlds(), SELECTIONS)
def test_the_whole_is_the_sum_of_its_municipalities(world: World, selection: Selection):
    values = value_table(planning.inclusion(scope(world, selection)))
    whole = values.filter(pl.col("unit_kind").is_in(["region", "urval"]))
    parts = values.filter(pl.col("unit_kind") == "kommun").group_by("part").agg(
        pl.col("numerator", "n", "known").sum()
    )  # fmt: skip
    for row in whole.join(parts, on="part").iter_rows(named=True):
        assert row["n"] == row["n_right"]
        assert row["known"] == row["known_right"]
        assert (row["numerator"] or 0) == row["numerator_right"]


@QUICK
@given(worlds(), SELECTIONS)
def test_a_traced_chain_says_what_it_rests_on(world: World, selection: Selection):
    traced = chain.trace(scope(world, selection))
    found = traced.filter(pl.col("outcome").is_in(["grows", "holds", "weakens"]))
    plans = found.filter(pl.col("step") != "test")
    assert (plans["passages"] > 0).all()
    assert plans["object_id"].null_count() == 0
    assert (plans["years_after"].is_between(0, selection.years)).all()
    tests = found.filter(pl.col("step") == "test")
    assert (tests["activity_ids"].list.len() > 0).all()
    shorter = chain.outcomes(scope(world, selection))
    assert shorter.equals(traced.select(shorter.columns))
    silent = traced.filter(pl.col("outcome").is_in(["leaks", "unknown", "not_applicable"]))
    assert silent["level"].null_count() == silent.height
    assert (silent.filter(pl.col("outcome") == "leaks")["objects_read"] > 0).all()
