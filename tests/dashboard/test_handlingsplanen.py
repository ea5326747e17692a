"""The action plan: status in words, evidence that lacks, measures that speak for an activity."""

from __future__ import annotations

import polars as pl

from dashboard.components.action_plan_panels import finding
from dashboard.components.indicator_words import basis_words, interval_words, value_words
from dashboard.queries import action_plan


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
