"""Test activities: every drawing says what the measures say, or why they say nothing."""

from __future__ import annotations

import re
from html import unescape
from itertools import permutations

import polars as pl
import pytest

from dashboard import measures
from dashboard.app_pages.testverksamhet.cards import core_themes
from dashboard.charts import testing_map as places
from dashboard.charts.cooperation import DRAWN, network
from dashboard.charts.openness import openness
from dashboard.charts.scaling import group_times, scaling_curve
from dashboard.charts.testing import barrier_bars, phase_bars, year_bars
from dashboard.charts.values import counted, whole, years_words
from dashboard.draw.borders import read_borders
from dashboard.draw.chart import Chart
from dashboard.parts import findings
from pipelines.indicators.facts import CORE, MUNICIPALITY
from pipelines.indicators.scope import Scope, Selection
from tests.indicators.regions import Edition

SQUARE = read_borders({
    "features": [
        {
            "properties": {"kommun_kod": code, "kommun": code, "label_lon": x, "label_lat": 1.0},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x - 0.5, 0.0], [x + 0.5, 0.0], [x + 0.5, 2.0], [x - 0.5, 2.0]]],
            },
        }
        for code, x in (("9901", 0.5), ("9909", 1.5))
    ]
})  # fmt: skip
NOTHING = Selection(municipalities=("0000",))


@pytest.fixture
def example(editions: dict[str, Edition]) -> measures.Frames:
    return measures.testing_activities(Scope(editions["exempel"].facts))


@pytest.fixture
def nothing(editions: dict[str, Edition]) -> measures.Frames:
    return measures.testing_activities(Scope(editions["exempel"].facts, NOTHING))


def charts(frames: measures.Frames) -> list[Chart]:
    values = frames["values"]
    return [
        places.testing_map(values, frames["activities"], SQUARE, height=400),
        year_bars(values),
        phase_bars(values),
        barrier_bars(values),
        openness(values),
        scaling_curve(frames["survival"], values),
        group_times(values),
        network(frames),
    ]


def published(edition: Edition, indicator: str, prefix: str) -> dict[str, float | None]:
    """The edition's own values of the region by the part's label."""
    rows = edition.tables["indicator_value"].filter(
        pl.col("indicator_id") == indicator,
        pl.col("unit_kind") == "region",
        pl.col("part").str.starts_with(prefix),
    )
    return dict(rows.select("part_label", "value").rows())


def test_each_year_shows_how_many_ran_and_began(editions, example):
    table = year_bars(example["values"]).table
    edition = editions["exempel"]

    assert dict(table.select("year", "running").rows()) == {
        int(year): value for year, value in published(edition, "2.1", "ar:").items()
    }
    assert dict(table.select("year", "started").rows()) == {
        int(year[:4]): value for year, value in published(edition, "2.1", "start:").items()
    }


def test_the_last_year_runs_as_many_as_the_finding_counts(example):
    running = counted(whole(example["values"], "2.1")["alla"])

    chart = year_bars(example["values"])

    assert chart.table["running"][-1] == running
    last, before = chart.table.row(-1, named=True), chart.table.row(-6, named=True)
    assert last["year"] - before["year"] == 5
    assert chart.title == (
        f"{running} tester pågick {last['year']} – fem år tidigare var de {before['running']}"
    )
    assert findings.testing_today(example["values"]).headline.startswith(
        f"{running} pågående tester i "
    )


def test_phases_and_barriers_are_the_measures_own(editions, example):
    phases = phase_bars(example["values"])
    barriers = barrier_bars(example["values"])
    edition = editions["exempel"]

    assert phases.table["label"].to_list()[0] == "Idé"
    assert dict(phases.table.rows()) == published(edition, "2.1", "fas:")
    assert dict(barriers.table.rows()) == published(edition, "2.5", "hinder:")
    assert barriers.table["activities"].is_sorted(descending=True)
    known = published(edition, "2.1", "fas:")
    assert phases.title.startswith(f"{known['Uppskalning']:.0f} av {sum(known.values()):.0f} ")


def test_shares_of_openness_carry_n_and_interval(editions, example):
    table = openness(example["values"]).table
    rows = editions["exempel"].tables["indicator_value"].filter(
        pl.col("unit_kind") == "region",
        ((pl.col("indicator_id") == "2.2") & (pl.col("part") == "alla"))
        | (pl.col("indicator_id") == "2.3"),
    )  # fmt: skip

    assert sorted(table["share"]) == pytest.approx(sorted(100 * v for v in rows["value"]))
    assert sorted(table["n"]) == sorted(rows["n"])
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()


def test_the_curve_is_the_survival_table_with_its_median_in_the_title(editions, example):
    chart = scaling_curve(example["survival"], example["values"])
    median = whole(example["values"], "2.5")["median:alla"]
    stored = editions["exempel"].tables["survival"].filter(pl.col("survival_group") == "alla")

    assert chart.table.equals(stored)
    assert chart.title == f"Hälften av testerna har skalats upp efter {years_words(median)}"
    assert chart.figure.data[-1]["x"] == stored["time_years"].to_list()
    assert {each["x1"] for each in chart.figure.layout["shapes"]} == {median["value"]}
    *counts, half = chart.figure.layout["annotations"]
    assert [int(each["text"].removeprefix("Kvar:\u00a0")) for each in counts] == (
        stored["at_risk"].to_list()
    )
    assert (half["x"], half["text"]) == (
        median["value"],
        f"<b>hälften: {median['value']:.0f} år</b>",
    )


def test_groups_have_the_measures_medians_and_say_which_are_too_few(editions, example):
    chart = group_times(example["values"])
    stored = published(editions["exempel"], "2.5", "median:")

    shown = {f"Median, {name}": v for name, v in chart.table.select("label", "median").rows()}
    assert shown | {"Median, Alla": stored["Median, Alla"]} == stored
    few = chart.table.filter(pl.col("n").is_between(1, 4))["label"].to_list()
    assert few
    assert all(name.lower() in chart.note for name in few)


def test_the_network_lists_every_pair_and_draws_those_with_a_municipality(example):
    chart = network(example)

    assert chart.table.equals(example["cooperation"])
    *lines, parties = chart.figure.data
    codes = [data[-1][0] for data in parties["customdata"]]
    assert any(codes)
    assert codes.count(None) <= DRAWN
    assert len(parties["hovertext"]) == len(set(parties["hovertext"]))
    pairs = {
        f"{one} och {other}"
        for row in chart.table.to_dicts()
        for one, other in permutations((row["party"], row["other_party"]))
    }
    assert {unescape(line["hovertext"]).partition(":")[0] for line in lines} <= pairs
    ends = set(zip(parties["x"], parties["y"], strict=True))
    assert {(round(x, 3), round(y, 3)) for x, y in ends} >= {
        (line["x"][end], line["y"][end]) for line in lines for end in (0, -1)
    }
    top = example["parties"].filter(pl.col("municipality_code").is_null()).row(0, named=True)
    assert chart.title.startswith(f"{top['party']} är med i {top['activities']} av ")
    assert chart.title.endswith("ingen kommun testar tillsammans med en annan")


def test_the_map_counts_each_municipality_and_gathers_what_would_overlap(editions, example):
    chart = places.testing_map(example["values"], example["activities"], SQUARE, height=400)
    rows = editions["exempel"].tables["indicator_value"].filter(
        pl.col("indicator_id") == "2.1", pl.col("part") == "alla",
        pl.col("unit_kind") == MUNICIPALITY,
    )  # fmt: skip

    assert dict(chart.table.select("unit_name", "running").rows()) == dict(
        rows.select("unit_name", "value").rows()
    )
    drawn = example["activities"].filter("is_running").drop_nulls(["lon", "lat"])
    assert sum(int(text or 1) for text in chart.figure.data[0]["text"]) == drawn.height


def test_the_map_says_how_many_it_draws_and_how_many_it_does_not(example):
    running = example["activities"].filter("is_running")
    assert running.height > 5
    activities = running.drop_nulls(["lon", "lat"])
    far = activities["activity_id"][0]
    activities = activities.with_columns(
        pl.when(pl.col("activity_id") == far).then(18.0).otherwise("lon").alias("lon"),
    )
    chart = places.testing_map(example["values"], activities, SQUARE, height=400)
    drawn = sum(int(text or 1) for text in chart.figure.data[0]["text"])
    assert drawn == activities.height - 1
    assert chart.note.startswith(f"{drawn} på kartan")
    assert "1 med ett läge utanför kartan" in chart.note


def test_tests_at_one_place_are_one_mark_whatever_their_order():
    tests = [
        {"activity_id": str(i), "municipality_code": "9901" if i % 3 else "9909",
         "lon": 17 + i % 2 * 0.01, "lat": 59.00001 * (1 + i % 4 // 9)}
        for i in range(12)
    ]  # fmt: skip

    def told(found):
        return [sorted(test["activity_id"] for test in spot) for spot in found]

    spots = places.gathered(tests)

    assert told(spots) == told(places.gathered(tests[::-1]))
    assert [len(spot) for spot in spots] == [4, 4, 2, 2]


def test_a_cores_themes_are_measure_two_four(example):
    frame = core_themes(example)
    cores = example["values"].filter(pl.col("indicator_id") == "2.4", pl.col("unit_kind") == CORE)

    counted_themes = dict(frame.group_by("core_id").agg(pl.col("theme").drop_nulls().len()).rows())
    assert counted_themes == dict(cores.select("unit_id", pl.col("value").fill_null(0)).rows())


def test_an_empty_choice_draws_nothing_and_says_so(nothing):
    found = charts(nothing)

    assert [chart.figure for chart in found[1:]] == [None] * 7
    assert all(re.match("Ing|Start|Median", chart.title) for chart in found), [
        chart.title for chart in found
    ]
    assert (
        findings.testing_today(nothing["values"]).headline
        == "Ingen pågående testverksamhet med känt läge i urvalet"
    )


def test_every_chart_of_the_example_has_words_and_columns(example):
    for chart in charts(example):
        assert chart.figure is not None
        assert len(chart.alt) > len(chart.title)
        assert {column.name for column in chart.columns} <= set(chart.table.columns)
        assert chart.note
