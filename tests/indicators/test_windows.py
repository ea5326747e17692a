"""Open windows: what counts as open and empty, how long it lasts, what fits."""

import polars as pl
import pytest

from pipelines.indicators import windows
from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import value_table
from pipelines.indicators.windows import WaitingRoom, waiting_times
from pipelines.model.tables import TABLE
from tests.indicators.regions import Edition
from tests.indicators.small_worlds import changed


def room(events: list[tuple[str, str, str]], now: str = "2024-01-01") -> Facts:
    plans = {plan for plan, _, _ in events}
    latest = {plan: stage for plan, stage, _ in sorted(events, key=lambda row: row[2])}
    tables = {
        "municipality": [{"municipality_code": "9901", "municipality_name": "Ort"}],
        "plan": [{"plan_id": plan, "municipality_code": "9901", "plan_kind": "dp",
                  "plan_name": plan, "plan_stage": latest[plan], "as_of": now}
                 for plan in sorted(plans)],
        "plan_stage_event": [
            {"plan_id": plan, "plan_stage": stage, "stage_date": day}
            for plan, stage, day in events
        ],
    }  # fmt: skip
    return Facts("r", "Regionen", {
        name: pl.DataFrame(rows, schema=pl.Schema(TABLE[name].polars_schema))
        for name, rows in tables.items()
    })  # fmt: skip


def test_plans_that_still_wait_lengthen_the_expected_time():
    done = [(f"p{n}", stage, day) for n in range(5)
            for stage, day in (("samrad", "2020-01-01"), ("granskning", "2021-01-01"))]  # fmt: skip
    waiting = [(f"v{n}", "samrad", "2018-01-01") for n in range(5)]
    short = WaitingRoom(room(done)).wait("p0", "9901", "dp", "samrad")
    long = WaitingRoom(room(done + waiting)).wait("v0", "9901", "dp", "samrad")
    assert short.median == pytest.approx(12, abs=0.1)
    assert (short.count, long.count) == (5, 10)
    assert long.since == "2018-01-01"
    # Half have come to review after a year; the other half has waited six and nobody knows.
    assert long.median == pytest.approx(12, abs=0.1)
    assert long.left is None


def test_dropped_plans_and_plans_past_review_without_a_day_do_not_count():
    facts = room([("a", "samrad", "2020-01-01"), ("a", "avbruten", "2021-01-01"),
                  ("b", "samrad", "2020-01-01")])  # fmt: skip
    known = facts["plan"].with_columns(
        pl.when(pl.col("plan_id") == "b").then(pl.lit("laga_kraft")).otherwise("plan_stage")
        .alias("plan_stage")
    )  # fmt: skip
    assert waiting_times(changed(facts, plan=known)).is_empty()


def test_a_municipality_with_few_plans_falls_back_on_the_region_and_says_so():
    done = [(f"p{n}", stage, day) for n in range(6)
            for stage, day in (("samrad", "2020-01-01"), ("granskning", "2021-01-01"))]  # fmt: skip
    facts = room(done)
    elsewhere = facts["plan"].with_columns(
        pl.when(pl.col("plan_id") == "p0").then(pl.lit("9902")).otherwise("municipality_code")
        .alias("municipality_code")
    )  # fmt: skip
    waiting = WaitingRoom(changed(facts, plan=elsewhere))
    own, few = (waiting.wait("p1", code, "dp", "samrad") for code in ("9901", "9902"))
    assert (own.count, few.count) == (5, 6)
    assert "i Ort från" in own.basis
    assert "i Regionen från" in few.basis
    assert own.median == few.median == pytest.approx(12, abs=0.1)


def test_too_few_plans_give_no_time_and_say_so():
    wait = WaitingRoom(room([("a", "samrad", "2023-01-01")])).wait("a", "9901", "dp", "samrad")
    assert wait.median is None
    assert wait.basis.startswith("För få")


def test_an_unread_window_is_not_counted_as_empty(edition: Edition):
    opened = edition.tables["open_window"]
    unread = opened.filter(~pl.col("coverage").is_in(["read_found", "read_none"]))
    counted = value_table(windows.windows(Scope(edition.facts))).filter(
        pl.col("unit_kind") == "region", ~pl.col("part").str.contains(":")
    )
    assert counted["n"].sum() + unread.height == opened.height
    assert counted["known"].sum() == opened.height


def test_every_match_has_its_reason_in_words(edition: Edition):
    matches = edition.tables["window_match"]
    assert matches.height > 0
    assert matches["reason"].str.ends_with(".").all()
    tests = matches.filter(pl.col("match_kind") == "test")
    assert set(tests["match_id"]) <= set(edition.tables["testing_activity"]["activity_id"])
    clauses = matches.filter(pl.col("match_kind") == "clause")
    binding = edition.tables["passage"].filter("is_counted", pl.col("level") >= 3)
    assert set(clauses["match_id"]) <= set(binding["passage_id"])


def test_a_clause_comes_from_a_similar_municipality_and_the_same_kind_of_object(
    editions: dict[str, Edition],
):
    tables = editions["exempel"].tables
    matches = tables["window_match"].filter(pl.col("match_kind") == "clause")
    sources = tables["passage"].select("passage_id", "object_type", "municipality_code")
    joined = matches.join(
        tables["open_window"].select("object_id", "object_type", "municipality_code"),
        on="object_id",
    ).join(sources, left_on="match_id", right_on="passage_id", suffix="_there")
    alike = set(tables["similar_municipality"].select("municipality_code", "similar_code").rows())
    assert joined.height > 0
    assert (joined["object_type"] == joined["object_type_there"]).all()
    pairs = joined.select("municipality_code", "municipality_code_there").rows()
    assert set(pairs) <= alike
