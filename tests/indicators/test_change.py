"""A change between two editions, split by cause: the parts sum, and each cause gets its own."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.indicators import planning
from pipelines.indicators.change import shapley, split_change
from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import value_table
from pipelines.indicators.worlds import Worlds
from pipelines.model.codes import CAUSE
from tests.indicators.regions import Edition
from tests.indicators.small_worlds import World, changed, object_row, passage_row, worlds

EASY = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))


def parts_of(changes: pl.DataFrame, indicator: str, part: str) -> dict[str, float]:
    rows = changes.filter(pl.col("indicator_id") == indicator, pl.col("part") == part)
    return dict(rows.select("cause", "contribution").iter_rows())


def check_sums(changes: pl.DataFrame) -> None:
    summed = changes.drop_nulls("change").group_by("indicator_id", "part").agg(
        pl.col("contribution").sum(), pl.col("change").first(), pl.len()
    )  # fmt: skip
    for row in summed.iter_rows(named=True):
        assert row["len"] == len(CAUSE.values)
        assert row["contribution"] == pytest.approx(row["change"], abs=1e-9)
    missing = changes.filter(pl.col("change").is_null())
    assert missing["contribution"].null_count() == missing.height
    assert missing["absence"].null_count() == 0


@EASY
@given(worlds(least=8), worlds(least=8))
def test_the_parts_sum_to_the_change_between_any_two_regions(before: World, after: World):
    check_sums(split_change(Worlds(before.facts(), after.facts())))


@EASY
@given(worlds(least=8), worlds(least=8))
def test_no_cause_gives_the_earlier_numbers_and_every_cause_the_later(before: World, after: World):
    between = Worlds(before.facts(), after.facts())
    for causes, published in zip(((), CAUSE.values), between.ends, strict=True):
        made, told = (
            value_table(planning.compute(Scope(facts)))
            for facts in (between.facts(frozenset(causes)), published)
        )
        assert made.equals(told)


@given(st.lists(st.floats(-5, 5), min_size=8, max_size=8))
def test_shapley_parts_leave_nothing_over(values: list[float]):
    causes = ("a", "b", "c")
    sets = [frozenset(c for i, c in enumerate(causes) if n >> i & 1) for n in range(8)]
    worth = dict(zip(sets, values, strict=True))
    parts = shapley(causes, worth)
    assert sum(parts.values()) == pytest.approx(worth[frozenset(causes)] - worth[frozenset()])


def six_plans(passages=2) -> World:
    rows = tuple(
        object_row(
            n, "dp", "9901", "read_found" if n < passages else "read_none", 2022, "samrad", 9
        )
        for n in range(6)
    )
    found = tuple(passage_row(n, rows[n], 2, ["energi"], [], counted=True) for n in range(passages))
    return World(rows, found, (), ("ja", "ja", "ja"))


def shares(before: Facts, after: Facts) -> dict[str, float]:
    changes = split_change(Worlds(before, after))
    check_sums(changes)
    return parts_of(changes, "1.1", "dp")


def test_a_new_document_is_a_new_document():
    before = six_plans()
    last = before.objects[-1] | {"coverage": "not_collected", "pages": 0, "passages": None}
    partly = replace(before, objects=(*before.objects[:-1], last)).facts()
    uncollected = partly["document"].with_columns(
        pl.when(pl.col("object_id") == "h05").then(None).otherwise("sha256").alias("sha256")
    )
    parts = shares(changed(partly, document=uncollected), before.facts())
    assert parts.pop("new_documents") == pytest.approx(2 / 6 - 2 / 5)
    assert set(parts.values()) == {0.0}


def test_a_newer_version_that_takes_over_is_a_new_document():
    before = six_plans().facts()
    newer = before["document"].filter(pl.col("object_id") == "h00").with_columns(
        pl.lit("d-h00-ny").alias("document_id"), pl.lit("ny").alias("sha256")
    )  # fmt: skip
    older = before["document"].with_columns((pl.col("object_id") != "h00").alias("is_latest"))
    silent = before["passage"].with_columns(
        (pl.col("is_counted") & (pl.col("object_id") != "h00")).alias("is_counted")
    )
    coverage = before["planning_object"].with_columns(
        pl.when(pl.col("object_id") == "h00").then(pl.lit("read_none")).otherwise("coverage")
        .alias("coverage")
    )  # fmt: skip
    after = changed(
        before, document=pl.concat([older, newer]), passage=silent, planning_object=coverage
    )
    parts = shares(before, after)
    assert parts.pop("new_documents") == pytest.approx(-1 / 6)
    assert set(parts.values()) == {0.0}


def test_a_revised_document_is_a_revised_document():
    before, after = six_plans().facts(), six_plans(passages=3).facts()
    revised = after["document"].with_columns(
        pl.when(pl.col("object_id") == "h02").then(pl.lit("ny")).otherwise("sha256").alias("sha256")
    )
    parts = shares(before, changed(after, document=revised))
    assert parts.pop("revised_documents") == pytest.approx(1 / 6)
    assert set(parts.values()) == {0.0}


def test_the_same_file_coded_otherwise_is_the_codebook():
    parts = shares(six_plans().facts(), six_plans(passages=3).facts())
    assert parts.pop("codebook") == pytest.approx(1 / 6)
    assert set(parts.values()) == {0.0}


def test_what_a_person_has_coded_is_a_correction():
    before, after = six_plans().facts(), six_plans(passages=3).facts()
    by_hand = after["passage"].with_columns(
        pl.when(pl.col("passage_id") == "p02").then(pl.lit("human")).otherwise("coded_by")
        .alias("coded_by")
    )  # fmt: skip
    parts = shares(before, changed(after, passage=by_hand))
    assert parts.pop("corrections") == pytest.approx(1 / 6)
    assert set(parts.values()) == {0.0}


def test_what_no_number_reads_is_no_cause():
    before = six_plans().facts()
    surer = before["passage"].with_columns(pl.lit(0.4).alias("confidence"))
    assert Worlds(before, changed(before, passage=surer)).causes == ()


def test_a_plan_that_falls_out_of_force_is_the_register():
    before = six_plans().facts()
    replaced = before["planning_object"].with_columns(
        pl.when(pl.col("object_id") == "h05").then(pl.lit("superseded")).otherwise("coverage")
        .alias("coverage")
    )  # fmt: skip
    parts = shares(before, changed(before, planning_object=replaced))
    assert parts.pop("registers") == pytest.approx(2 / 5 - 2 / 6)
    assert set(parts.values()) == {0.0}


def test_nothing_changes_between_an_edition_and_itself(edition: Edition):
    changes = split_change(Worlds(edition.facts, edition.facts))
    assert changes.drop_nulls("change")["contribution"].abs().sum() == 0


def test_the_ends_are_the_published_numbers(editions: dict[str, Edition]):
    facts = editions["exempel"].facts
    without = changed(
        facts,
        document=facts["document"].filter(pl.col("municipality_code") != "9901"),
        passage=facts["passage"].filter(pl.col("municipality_code") != "9901"),
        planning_object=facts["planning_object"].with_columns(
            pl.when(pl.col("municipality_code") == "9901", pl.col("coverage") != "superseded")
            .then(pl.lit("not_collected")).otherwise("coverage").alias("coverage")
        ),
    )  # fmt: skip
    changes = split_change(Worlds(without, facts))
    check_sums(changes)
    after = editions["exempel"].tables["indicator_value"].filter(pl.col("unit_kind") == "region")
    joined = changes.join(after, on=["indicator_id", "part"]).drop_nulls(["after", "value"])
    assert joined.height > 50
    assert joined.filter(pl.col("after") != pl.col("value")).is_empty()
    parts = parts_of(changes, "1.1", "dp")
    assert abs(parts["new_documents"]) > 0
    assert parts["codebook"] == parts["corrections"] == 0
