"""Charts of the small worked region hold figures counted by hand from its rows.

The rows are those of ``pipelines.indicators.worked_example``.
"""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from dashboard import measures
from dashboard.charts import (
    cooperation,
    ladder,
    ladder_rows,
    openness,
    procurement,
    public_actors,
    scaling,
    testing,
    themes_tools,
    thread,
    trend,
)
from dashboard.draw.chart import Bars, Chart, Plot, Scale
from dashboard.draw.levels import LEVEL_COLUMNS
from pipelines.indicators import planning
from pipelines.indicators.values import value_table
from pipelines.indicators.worked_example import worked_scope

PLACES = {"9701": "Ekö", "9702": "Lunda"}
SCOPE = worked_scope()
TESTS = measures.testing_activities(SCOPE)
BOUGHT = measures.procurement(SCOPE)
THREAD = measures.red_thread(SCOPE)


def drawn(chart: Chart) -> Any:
    """Amounts of bars by name; marks' ends of a scale by name; the first number of each trace."""
    figure = chart.figure
    if isinstance(figure, Bars):
        return {bar.label: tuple(part.amount for part in bar.parts) for bar in figure.bars}
    if isinstance(figure, Scale):
        return {row.label: tuple(round(mark.end, 1) for mark in row.marks) for row in figure.rows}
    assert isinstance(figure, Plot)
    return {str(each.get("name", "")): list(each["y"]) for each in figure.data}


def rows(chart: Chart, *columns: str) -> list[tuple[Any, ...]]:
    return chart.table.select(columns).rows()


def test_a_ladder_of_types():
    chart = ladder.ladder(
        ladder_rows.by_type(value_table(planning.ladder(SCOPE))),
        name="stege", title="Rubrik", subtitle="Under", unit_label="Slag",
    )  # fmt: skip

    assert rows(chart, "unit_id", *LEVEL_COLUMNS, "unread", "shall_share", "low", "high") == [
        ("op", 0, 0, 0, 0, 1, 1, None, None, None),
        ("dp", 3, 1, 0, 0, 1, 1, 20.0, 3.6, 62.4),
        ("ma", 0, 0, 0, 1, 0, 1, None, None, None),
    ]
    assert drawn(chart) == {
        "Översiktsplaner": (0, 0, 0, 0, 1, 1),
        "Detaljplaner": (3, 1, 0, 0, 1, 1),
        "Markanvisningar": (0, 0, 0, 1, 0, 1),
    }
    assert isinstance(chart.figure, Bars)
    leads = [part.data for part in chart.figure.bars[1].parts]
    assert leads == [*(("dp", level) for level in range(5)), ("dp", -1)]


@pytest.mark.parametrize(
    ("kind", "highest"),
    [
        ("op", [("Ekö", 1, 1, 4), ("Lunda", 1, 0, None)]),
        ("dp", [("Ekö", 6, 5, 4), ("Lunda", 0, 0, None)]),
    ],
)
def test_a_municipalitys_highest_level_and_what_is_read(kind, highest):
    scope = worked_scope(replace(SCOPE.selection, object_types=(kind,)))

    found = ladder_rows.highest(value_table(planning.ladder(scope)), PLACES)

    assert found.drop("municipality_code").rows() == highest


def test_years_of_detailed_plans():
    years = planning.ladder_by_year(SCOPE).filter(object_type="dp").drop("object_type")
    chart = trend.trend(years, object_type="dp")

    assert rows(chart, "year", *LEVEL_COLUMNS, "unread") == [
        (2021, 1, 0, 0, 0, 0, 0), (2022, 0, 0, 0, 0, 1, 0), (2023, 2, 0, 0, 0, 0, 0),
        (2024, 0, 1, 0, 0, 0, 0),
    ]  # fmt: skip
    assert isinstance(chart.figure, Plot)
    assert [list(each["y"]) for each in chart.figure.data] == [
        [0, 1, 0, 0], [0] * 4, [0] * 4, [0, 0, 0, 1], [1, 0, 2, 0], [0] * 4,
    ]  # fmt: skip
    assert [each["customdata"][1][0] for each in chart.figure.data] == [
        (level, 2022) for level in (4, 3, 2, 1, 0, -1)
    ]


def test_themes_and_tools():
    chart = themes_tools.themes_by_tool(planning.themes_by_instrument(SCOPE), "teman")

    assert rows(chart, "theme", "instrument", "passages", "level") == [
        ("energi", "testbadd", 1, 2), ("energi", "pilot_demonstration", 1, 4),
        ("energi", "funktionskrav", 1, 4), ("energi", "markanvisning_kriterier", 1, 3),
        ("mobilitet", None, 2, 3),
    ]  # fmt: skip


def test_the_red_thread():
    traced = THREAD["carry_through"]
    steps = thread.step_chart(thread.by_step(traced, THREAD["values"]), 8, traced)
    themes = thread.theme_chart(traced, 2)

    outcomes = ("grows", "holds", "weakens", "leaks", "unknown")
    assert rows(steps, "step", "held", "judged", "share", *outcomes) == [
        ("dp", 1, 2, None, 0, 1, 1, 0, 0), ("ma", 0, 2, None, 0, 0, 1, 1, 0),
        ("test", 2, 2, None, 0, 2, 0, 0, 0),
    ]  # fmt: skip
    assert rows(themes, "theme", "started", "op", "dp", "ma", "test") == [
        ("energi", 1, 1, 1, 1, 1), ("mobilitet", 1, 1, 0, 0, 1),
    ]  # fmt: skip


def test_tests_by_year_phase_and_barrier():
    years = testing.year_bars(TESTS["values"])
    running, started = [0, 1, 2, 3, 4, 4, 5, 6, 6, 6], [0, 1, 1, 1, 1, 1, 1, 1, 0, 0]
    assert rows(years, "year", "running", "started") == list(
        zip(range(2015, 2025), running, started, strict=True)
    )
    assert drawn(years) == {
        "Började": started,
        "Pågick": [all_ - new for all_, new in zip(running, started, strict=True)],
        "": running,
    }

    phases = {"Idé": (0,), "Test": (3,), "Demonstration": (1,), "Uppskalning": (2,),
              "Avslutad": (1,)}  # fmt: skip
    assert drawn(testing.phase_bars(TESTS["values"])) == phases
    barriers = drawn(testing.barrier_bars(TESTS["values"]))
    assert {name: ends for name, ends in barriers.items() if ends != (0,)} == {
        "Finansiering och lönsamhet": (2,), "Regler och tillstånd": (1,),
    }  # fmt: skip


def test_openness_with_its_intervals():
    chart = openness.openness(TESTS["values"])

    assert rows(chart, "hits", "n", "known") == [(4, 5, 6), (4, 6, 6), (1, 5, 6), (2, 2, 2)]
    assert list(drawn(chart).values()) == [(96.4, 80.0), (90.3, 66.7), (62.4, 20.0), ()]
    assert isinstance(chart.figure, Scale)
    assert chart.figure.rows[-1].instead == "För få, 2 med uppgift"


def test_from_test_to_scaling_up():
    curve = scaling.scaling_curve(TESTS["survival"], TESTS["values"])
    times = scaling.group_times(TESTS["values"])

    assert rows(curve, "time_years", "at_risk", "events") == [(0, 7, 0), (4, 5, 2), (7, 1, 0)]
    assert isinstance(curve.figure, Plot)
    low, high, line = curve.figure.data
    assert (line["x"], line["y"]) == ([0, 4, 7], [0, 40, 40])
    assert (low["x"], low["y"][0]) == ([4, 7, 7], pytest.approx(11.8, abs=0.1))
    assert high["y"][0] == pytest.approx(87.4, abs=0.1)
    few = [row for row in rows(times, "label", "n", "scaled", "median") if row[1]]
    assert few == [
        ("Testbädd", 2, 0, None), ("Pilot", 5, 2, 4), ("Energi", 4, 1, None),
        ("Mobilitet", 2, 1, None), ("Digitalisering", 1, 0, None),
    ]  # fmt: skip
    assert isinstance(times.figure, Scale)
    (pilot,) = times.figure.rows
    assert [(mark.shape, mark.start, mark.is_open) for mark in pilot.marks] == [
        ("span", 4, True), ("dot", 4, False),
    ]  # fmt: skip


def test_who_tests_with_whom():
    chart = cooperation.network(TESTS)

    pairs = {
        ("Bygg AB", "Ekö kommun"): 2, ("Ekö kommun", "Högskolan"): 2, ("Bygg AB", "Högskolan"): 1,
        ("Ekö kommun", "Lunda kommun"): 1, ("Högskolan", "Lunda kommun"): 1,
    }  # fmt: skip
    found = {(one, other): n for one, other, n in rows(chart, "party", "other_party", "activities")}
    assert found == pairs
    assert isinstance(chart.figure, Plot)
    *lines, _ = chart.figure.data
    told = [unescape(line["hovertext"]).replace("\u00a0", " ").split(": ") for line in lines]
    # Lines go between a municipality and another; the pair of two others is in the table alone.
    assert {tuple(sorted(pair.split(" och "))): tests.split()[0] for pair, tests in told} == {
        pair: str(n) for pair, n in pairs.items() if pair != ("Bygg AB", "Högskolan")
    }


def test_procurements_and_their_winners():
    years = procurement.years(BOUGHT["procurements"])
    winners = procurement.sme_winners(procurement.by_kind(BOUGHT["procurements"]))

    assert rows(years, "procurement_year", "with_tool", "ordinary") == [
        (2022, 1, 1), (2023, 1, 1), (2024, 0, 1),
    ]  # fmt: skip
    assert drawn(years) == {"Med innovationsverktyg": [1, 1, 0], "Annan upphandling": [1, 1, 1]}
    assert rows(winners, "won", "lost", "unknown", "share") == [(2, 0, 0, None), (0, 2, 1, None)]
    assert list(drawn(winners).values()) == [(2, 0, 0), (0, 2, 1)]


def test_open_doors_and_who_opens_them():
    doors = public_actors.doors(BOUGHT["values"])
    actors = public_actors.public_actors(BOUGHT["values"])

    assert rows(doors, "hits", "n", "known") == [(2, 5, 5), (2, 2, 2), (1, 2, 5), (1, 1, 2)]
    assert list(drawn(doors).values()) == [(76.9, 40.0), (), (), ()]
    assert rows(actors, "label", "active") == [
        ("Alla", 1), ("Köpare", 1), ("Markanvisande kommuner", 1), ("Testvärdar", 1),
        ("Testvärdar, okänt läge", 0),
    ]  # fmt: skip
    assert drawn(actors) == {"Köpare": (1,), "Markanvisande kommuner": (1,), "Testvärdar": (1,)}
