"""Röda tråden: the page's numbers are the indicator's, and a step that is not read never leaks."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.roda_traden.cards import box_kind, boxes, state_words
from dashboard.charts import thread
from dashboard.filters import Filters
from dashboard.measures import Frames, red_thread, selection_of
from dashboard.queries.chain import chain_passages, chain_tests
from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import Scope
from pipelines.indicators.worked_example import worked_scope
from pipelines.model.codes import COMMITMENT
from pipelines.model.region import EXAMPLE_MARK


def words(test: AppTest) -> str:
    html = " ".join(element.proto.body for element in test.get("html"))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " "))


@pytest.fixture
def worked() -> Frames:
    return red_thread(worked_scope())


@pytest.fixture
def traced(connection) -> pl.DataFrame:
    facts = Facts("liten", "Litenregionen", connection=connection)
    return red_thread(Scope(facts, selection_of(Filters("liten"))))["carry_through"]


def test_the_edition_and_the_page_follow_the_same_threads(connection, traced):
    stored = connection.execute(
        "SELECT municipality_code, theme, step, outcome FROM carry_through ORDER BY ALL"
    ).fetchall()

    asked = traced.select("municipality_code", "theme", "step", "outcome").rows()
    assert sorted(asked) == stored
    assert stored


def test_steps_show_the_indicator_and_every_thread_once(worked):
    steps = thread.by_step(worked["carry_through"], worked["values"])
    whole = worked["values"].filter(pl.col("unit_id") == worked["values"]["unit_id"][0])
    measured = {row["part"]: row for row in whole.to_dicts()}
    pairs = worked["carry_through"].filter(pl.col("step") == "op").height

    for row in steps.to_dicts():
        assert row["held"] == measured[row["step"]]["numerator"]
        assert row["judged"] == measured[row["step"]]["n"]
        assert row["share"] is None
        outcomes = ("grows", "holds", "weakens", "leaks", "unknown", "not_applicable")
        assert sum(row[each] for each in outcomes) == pairs


def test_a_theme_is_counted_at_the_chosen_level_and_a_test_at_any(worked):
    aim = {row["theme"]: row for row in thread.by_theme(worked["carry_through"]).to_dicts()}
    shall = thread.by_theme(worked["carry_through"], COMMITMENT.position("shall"))
    at_shall = {row["theme"]: row for row in shall.to_dicts()}

    assert (aim["energi"]["op"], aim["energi"]["dp"], aim["energi"]["ma"]) == (1, 1, 1)
    assert (at_shall["energi"]["dp"], at_shall["energi"]["ma"]) == (1, 0)
    assert aim["mobilitet"]["dp"] == 0
    assert at_shall["mobilitet"]["test"] == 1


def test_an_unread_step_is_unknown_and_no_leak(traced, connection):
    one = traced.filter(pl.col("step") == "dp").with_columns(
        pl.lit("unknown").alias("outcome"), pl.lit(None, pl.Int64).alias("level")
    )
    row = one.row(0, named=True)

    assert box_kind(row) == "olast"
    assert state_words(row) == "ej läst"
    counted = thread.by_theme(pl.concat([traced.filter(pl.col("step") != "dp"), one]))
    assert counted["dp_judged"].sum() == 0
    assert thread.step_words(counted.row(0, named=True), "dp") == "ej läst"


def test_few_are_said_to_be_few(worked):
    traced = worked["carry_through"]
    steps = thread.by_step(traced, worked["values"])

    assert {thread.share_words(row) for row in steps.to_dicts()} == {"för få"}
    assert thread.step_chart(steps, 8, traced).title == "För få lästa led för en andel"


def test_every_thread_flows_from_step_to_step(worked):
    """Into each step flow as many threads as begin; a state's threads are those of the table."""
    traced = worked["carry_through"]
    steps = thread.by_step(traced, worked["values"])
    sankey = thread.step_chart(steps, 8, traced).figure.data[0]
    node, link = sankey["node"], sankey["link"]
    started = traced.filter(step="op").height

    assert sum(link["value"]) == 3 * started
    for place, label in enumerate(node["label"]):
        out, into = (
            sum(n for each, n in zip(link[end], link["value"], strict=True) if each == place)
            for end in ("source", "target")
        )
        assert max(out, into) == int(label.split()[0])
    leaks = sum(int(label.split()[0]) for label in node["label"] if "läcker" in label)
    assert leaks == steps.filter(pl.col("step") != "test")["leaks"].sum()


def test_passages_and_tests_behind_a_thread_have_page_and_source(connection, traced):
    ids = tuple(traced["passage_ids"].explode().drop_nulls())
    passages = chain_passages(connection, ids)

    assert passages.height == len(set(ids))
    assert passages["page"].null_count() == 0
    assert passages["level"].to_list() == sorted(passages["level"], reverse=True)
    tests = tuple(traced["activity_ids"].explode().drop_nulls())
    assert chain_tests(connection, tests)["activity_name"].to_list() == ["Kvarnens energilab"]


def test_the_page_says_the_numbers_of_the_indicator(open_page, built, traced):
    text = words(open_page(built, "roda_traden", region="Litenregionen"))

    started = traced.filter(pl.col("step") == "op").height
    held = traced.filter(pl.col("step") == "test", pl.col("outcome") == "holds").height
    assert started == held == 1
    assert "En tråd börjar i översiktsplanen" in text
    assert "1 av 1 prövas på plats" in text
    assert "Vi vill att hamnområdet används som testbädd" in text
    assert EXAMPLE_MARK in text


def test_nothing_read_is_said_readably(open_page, built):
    text = words(open_page(built, "roda_traden", region="Stockholmsregionen"))

    assert "Röda tråden går inte att följa ännu" in text
    assert re.search(r"\d+ ej insamlade", text)
    assert "läcker" not in text


def test_an_empty_edition_has_nothing_to_follow(open_page, bare):
    assert "Ingen översiktsplan i urvalet att följa" in words(open_page(bare, "roda_traden"))


def test_one_municipality_and_a_choice_that_leaves_nothing(open_page, built):
    one = words(open_page(built, "roda_traden", region="Litenregionen", kommun=["Ulvsund"]))
    none = words(
        open_page(
            built, "roda_traden", region="Litenregionen", kommun=["Torpa"], tema=["Mobilitet"]
        )
    )

    assert "Ulvsund: Energi" in one
    assert "Ingen tråd i urvalet. Det räcker inte att ta bort ett filter" in " ".join(none.split())


def test_many_municipalities_are_drawn_as_shares_and_few_one_by_one():
    def states(number: int) -> pl.DataFrame:
        levels = [4 if each % 3 else None for each in range(number)]
        return pl.DataFrame({
            "municipality_code": [str(each) for each in range(number)], "step": "dp",
            "level": levels, "outcome": ["holds" if level else "leaks" for level in levels],
        })  # fmt: skip

    view = SimpleNamespace(places={str(each): f"Ort {each}" for each in range(99)})
    few = str(boxes(view, states(thread.MOST_BOXES), 2))
    many = str(boxes(view, states(thread.MOST_BOXES + 60), 2))

    assert few.count("<i ") == thread.MOST_BOXES
    assert 'title="Ort 1: Ska"' in few
    widths = re.findall(r'<i class="(\w+)" style="flex:(\d+)"', many)
    assert widths == [("n4", "60"), ("lacka", "30")]
