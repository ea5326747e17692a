"""Test activities in words: titles that bend, reasons for what is missing, where clicks lead."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard import measures
from dashboard.app_pages.testverksamhet.cards import cores_title
from dashboard.charts.cooperation import network
from dashboard.charts.openness import openness
from dashboard.charts.scaling import group_times, scaling_curve, scaling_title
from dashboard.charts.testing import barrier_bars, phase_bars, year_bars
from dashboard.charts.values import counted, group, share_words, whole, years_words
from dashboard.parts.card import municipality
from pipelines.indicators.scope import Scope, Selection
from pipelines.indicators.values import FEWEST
from tests.indicators.regions import Edition


@pytest.fixture
def stockholm(editions: dict[str, Edition]) -> measures.Frames:
    return measures.testing_activities(Scope(editions["stockholm"].facts))


def test_the_title_of_cores_bends_with_how_many_there_are():
    assert cores_title([], 0) == "Ingen regional stadskärna i urvalet"
    assert cores_title(["Ekmarka"], 1) == "Stadskärnan Ekmarka har minst ett pågående test"
    assert cores_title(["Ekmarka"], 0) == "Stadskärnan Ekmarka har inget pågående test"
    assert cores_title(["A", "B", "C"], 2).startswith("Två av tre regionala stadskärnor har ")


def test_stockholm_says_why_and_never_zero(stockholm):
    values = stockholm["values"]
    curve = scaling_curve(stockholm["survival"], values)
    linked = network(stockholm)
    barriers = barrier_bars(values)
    open_to = openness(values)

    assert curve.figure is None
    assert curve.title == "Tiden till uppskalning är okänd: tre skalas upp, men åren saknas"
    assert group_times(values).title == "Mediantid per grupp går inte att ange"
    assert linked.figure is not None
    names = linked.figure.layout["annotations"]
    left = [name["text"] for name in names if name["xanchor"] == "right"]
    assert [name.startswith("Stockholms stad") for name in left] == [True]
    assert barriers.figure is None
    assert not barriers.table.height
    assert "Hinder angivna för 0 av " in barriers.note
    assert open_to.table["share"].null_count() >= 3
    few = open_to.table.filter(pl.col("share").is_null())
    assert few["absence"].null_count() == 0
    assert (few["n"] < FEWEST).all()
    assert "med känt startår pågick" in year_bars(values).title


def test_titles_bend_with_one(editions):
    one = measures.testing_activities(
        Scope(editions["exempel"].facts, Selection(municipalities=("9906",)))
    )
    values = one["values"]

    assert counted(whole(values, "2.1")["alla"]) <= 1
    assert phase_bars(values).title.startswith("Den enda kända testverksamheten skalas ")
    assert "1\u00a0känd testverksamhet" in phase_bars(values).note


@pytest.mark.parametrize(
    ("median", "share", "title"),
    [
        ({"value": None, "absence_kind": "not_reached", "absence": ""}, (2, 8),
         "Två av åtta tester har skalats upp; hälften har inte nått dit ännu"),
        ({"value": None, "absence_kind": "not_reported", "absence": ""}, (1, 8),
         "Tiden till uppskalning är okänd: en skalas upp, men dess år saknas"),
        ({"value": None, "absence_kind": "too_few", "absence": "För få: 3 av minst 5."}, (0, 3),
         "Tiden till uppskalning går inte att ange: för få: 3 av minst 5"),
        ({"value": None, "absence_kind": "none_known", "absence": "Ingen känd."}, (0, 0),
         "Inget påbörjat test att följa till uppskalning"),
    ],
)  # fmt: skip
def test_a_median_that_is_missing_gives_its_reason(median, share, title):
    assert scaling_title(median, {"numerator": share[0], "n": share[1]}) == title


def test_intervals_in_words():
    row = {"value": 0.7, "numerator": 14, "n": 20, "low": 0.481, "high": 0.854}
    assert share_words(row) == "70\u00a0% (48–85)"
    assert share_words(row | {"numerator": 3, "n": 4, "low": None}) == "för få"
    assert years_words({"value": 6.0, "low": 4.0, "high": None}) == "6\u00a0år (minst 4)"
    assert years_words({"value": 6.0, "low": 4.0, "high": 9.0}) == "6\u00a0år (4–9)"


def test_a_click_leads_to_a_municipality_and_to_nobody_else():
    assert municipality(["9901"]) == {"kommun": ["9901"]}
    assert municipality([None]) is None


def test_parts_keep_their_order(editions):
    values = measures.testing_activities(Scope(editions["exempel"].facts))["values"]
    assert next(iter(group(whole(values, "2.1"), "fas"))) == "ide"
