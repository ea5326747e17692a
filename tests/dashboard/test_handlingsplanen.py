"""The action plan: status in words, evidence that lacks, measures that speak for an activity."""

from __future__ import annotations

import re

import duckdb
import htpy as h
import polars as pl
import pytest

from dashboard.app_pages.handlingsplanen.cards import (
    by_measure,
    everything,
    figures,
    overview_title,
    speaking,
)
from dashboard.app_pages.handlingsplanen.finding import finding
from dashboard.parts.measure_words import basis_words, interval_words, value_words
from dashboard.queries import action_plan
from pipelines.model.codes import ACTIVITY
from tests.indicators.regions import Edition


def html(node: h.Node) -> str:
    return str(h.fragment[node])


def activities(*rows: tuple[str, str, list[str]]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "action_id": pl.String,
            "action_status": pl.String,
            "evidence": pl.List(pl.String),
        },
        orient="row",
    )


def test_unknown_status_is_said_to_be_uncollected_and_never_counted_as_standing_still():
    found = finding(activities(("1.1", "unknown", []), ("1.2", "unknown", [])))

    assert found.headline == "Status är inte insamlad för någon av två aktiviteter"
    assert "saknar underlag" not in found.lead


def test_the_finding_counts_moving_and_done_and_names_what_lacks_evidence():
    found = finding(
        activities(("1.1", "ongoing", ["x"]), ("1.2", "ongoing", []), ("1.3", "done", ["y"]))
    )

    assert found.headline == "Två av tre aktiviteter pågår, en är genomförd"
    assert found.lead == "En saknar underlag som styrker sin status."


def test_without_a_register_the_page_says_what_to_deliver():
    assert "registret aktiviteter" in finding(activities()).lead


def test_no_activities_no_measures(connection):
    assert not action_plan.activities(connection).height
    assert not action_plan.indicators_for_activities(connection, "region", "liten").height


def row(**values: object) -> dict[str, object]:
    base = {"value": None, "value_unit": "andel", "numerator": 0, "n": 0, "known": 0,
            "low": None, "high": None, "absence": None}  # fmt: skip
    return base | values


def test_a_measure_without_value_gives_its_reason():
    assert value_words(row(absence="inget läst", known=46)) == "inget läst"
    assert basis_words(row(absence="inget läst", known=46)) == "46 kända"
    assert interval_words(row()) == "–"


def test_a_share_shows_what_it_rests_on():
    share = row(value=0.8, numerator=8, n=10, known=19, low=0.49, high=0.94)

    assert value_words(share) == "80\u00a0%"
    assert basis_words(share) == "8 av 10, 19 kända"
    assert interval_words(share) == "49–94\u00a0%"


def test_an_estimate_is_not_shown_as_a_count_of_a_count():
    estimate = row(value=0.82, numerator=40, n=40, low=0.58, high=0.91)

    assert basis_words(estimate) == "n = 40"
    assert value_words(row(value=0.7961, value_unit="alfa")) == "0,80"
    assert interval_words(row(value_unit="alfa", low=0.5, high=0.94)) == "0,50–0,94"


def test_reasons_stand_inside_a_sentence():
    assert value_words(row(absence="Inget granskat.")) == "inget granskat"


def test_a_share_below_one_percent_is_not_shown_as_nothing():
    assert value_words(row(value=0.002, numerator=1, n=498)) == "0,2\u00a0%"


def goals(*rows: tuple[int, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["goal", "action_status"], orient="row")


def test_the_overview_counts_what_moves_under_each_goal():
    told = overview_title(goals((1, "ongoing"), (1, "paused"), (2, "done"), (3, "not_started")))

    assert told == "Pågår eller är genomförda: en av två i mål 1, en i mål 2 och ingen i mål 3"


def test_the_overview_of_unknown_status_counts_nothing():
    told = overview_title(goals((1, "unknown"), (2, "unknown")))

    assert told == "Två aktiviteter i två mål"


def measures_of(edition: Edition, unit: tuple[str, str], action: str) -> dict[str, list[dict]]:
    with duckdb.connect(str(edition.file), read_only=True) as con:
        values = action_plan.indicators_for_activities(con, *unit)
    return by_measure(values.filter(pl.col("action_id") == action))


@pytest.mark.parametrize("action", ACTIVITY.values)
def test_the_numbers_that_speak_are_the_editions_own(editions: dict[str, Edition], action: str):
    edition = editions["exempel"]
    measures = measures_of(edition, ("region", "exempel"), action)
    published = {
        (row["indicator_id"], row["unit_name"], row["part"]): row["value"]
        for row in edition.tables["indicator_value"].to_dicts()
    }

    shown = speaking(measures, action)
    numbers = [row for rows in shown for row in rows]

    assert len(shown[0]) > 4 or len(numbers) <= 4 if shown else action in ("1.4", "1.5", "1.6")
    for row in numbers:
        assert row["value"] == published[row["indicator_id"], row["unit_name"], row["part"]]
    own = [row for rows in shown for row in rows if row["indicator_id"][0] == action[0]]
    assert numbers[: len(own)] == own


def test_every_activity_shows_its_evidence_and_efforts_as_measured(editions):
    for action in ACTIVITY.values:
        measures = measures_of(editions["exempel"], ("region", "exempel"), action)
        own = next(rows for key, rows in measures.items() if key.startswith("F."))
        drawn = re.search(r"insatser</p><ul><li><b>(\d+)</b>", html(figures(measures, action)))
        assert drawn
        assert int(drawn.group(1)) == own[0]["value"]


def test_cores_stand_by_name_under_their_activity(editions):
    edition = editions["exempel"]
    drawn = html(figures(measures_of(edition, ("region", "exempel"), "2.3"), "2.3"))
    here = measures_of(edition, ("kommun", "9901"), "2.3")["2.4"]

    for core in edition.tables["regional_core"]["core_name"]:
        assert core in drawn
    assert 0 < len(here) < edition.tables["regional_core"].height


def test_all_measures_are_folded_away_with_their_intervals(editions):
    edition = editions["exempel"]
    speak = edition.sql(
        """SELECT count(*)::BIGINT FROM catalog_indicator
           WHERE list_contains(actions, '3.2') AND NOT starts_with(indicator_id, 'F.')"""
    ).item()
    folded = html(everything(measures_of(edition, ("region", "exempel"), "3.2")))

    assert speak > 1
    assert folded.startswith(f"<details><summary>Alla {speak} mått")
    assert "intervall" in folded
    assert "redovisas per kommun" in folded
    assert "Översiktsplan: Ska" in folded


def test_stockholm_shows_numbers_where_there_are_any_and_reasons_in_the_fold(editions):
    edition = editions["stockholm"]
    silent = set()
    for action in ACTIVITY.values:
        measures = measures_of(edition, ("region", "stockholm"), action)
        drawn = html(figures(measures, action))
        known = [row for rows in speaking(measures, action) for row in rows]
        assert "Underlag och insatser" not in drawn
        assert "<em>" not in drawn
        assert all(row["value"] is not None for row in known)
        assert bool(known) == bool(drawn)
        folded = [row for key, rows in measures.items() if key[:2] != "F." for row in rows]
        if all(row["value"] is None for row in folded):
            silent.add(action)
        assert ("utan tal ännu</summary>" in html(everything(measures))) is (action in silent)
    assert silent
    folded = html(everything(measures_of(edition, ("region", "stockholm"), "1.1")))
    assert "endast utdrag" in folded.lower()


def test_what_is_not_collected_is_said_once_for_all_activities(open_page, editions, regions):
    log = editions["stockholm"].tables["action_log"]
    with_efforts = set(log["action_ids"].explode().drop_nulls())
    test = open_page(regions, "handlingsplanen", region="Stockholmsregionen")
    html = " ".join(element.proto.body for element in test.get("html"))
    drawn = re.sub(r"<details>.*?</details>", "", html.split("<h1", 1)[1], flags=re.S)

    told = drawn.split("Måtten gäller")[0]
    assert len(re.findall("(?:ej|inte) insamla", told, flags=re.I)) == 1
    assert told.count("Det här behövs:") == 1
    assert 'class="aktivitetsstatus' not in told
    assert told.count('<article class="aktivitet unknown') == len(ACTIVITY.values)
    bare = told.count('<article class="aktivitet unknown utan"')
    assert bare == len(ACTIVITY.values) - len(with_efforts)


def test_a_known_status_is_shown_for_every_activity_and_nothing_is_asked_for(open_page, regions):
    test = open_page(regions, "handlingsplanen", region="Exempelregionen")
    html = " ".join(element.proto.body for element in test.get("html"))

    assert html.count('class="aktivitetsstatus') == 2 * len(ACTIVITY.values)
    assert "Det här behövs:" not in html
