"""For each chart about tests and procurements: its table is the indicator's, its drawing is it."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import Any

import polars as pl
import pytest

from dashboard.draw.chart import Bars, Chart, Plot, Scale
from dashboard.draw.levels import UNREAD_KIND
from dashboard.text import number
from pipelines.indicators import market, scaling, testing
from pipelines.indicators.market import chosen_procurements
from pipelines.indicators.testing import cooperation
from pipelines.model.codes import TESTING_PHASE
from tests.dashboard.number_world import WHOLE, World


def _count_bars(chart: Chart) -> None:
    """One bar a row of the table, as long as its count, which stands at its end."""
    if chart.figure is not None:
        assert isinstance(chart.figure, Scale)
        drawn = [(row.label, row.marks[0].end, row.marks[0].text) for row in chart.figure.rows]
        rows = chart.table.select("label", "activities").rows()
        assert drawn == [(label, count, f"{count}") for label, count in rows], chart.name


def _columns(chart: Chart, feet: str, above: str) -> None:
    """One column a row: two parts from the foot."""
    if chart.figure is not None:
        assert isinstance(chart.figure, Plot)
        parts = [trace for trace in chart.figure.data if trace["type"] == "bar"]
        drawn = list(zip(*(trace["y"] for trace in parts), strict=True))
        assert drawn == chart.table.select(feet, above).rows(), chart.name
        for trace in parts:
            assert trace["text"] == [number(n) if n else "" for n in trace["y"]]


def _share_lines(chart: Chart) -> None:
    """A dot at each share within its interval; without a share, its reason and no dot."""
    if chart.figure is not None:
        assert isinstance(chart.figure, Scale)
        for drawn, row in zip(chart.figure.rows, chart.table.to_dicts(), strict=True):
            ends = [(mark.start, mark.end) for mark in drawn.marks]
            share = row["share"]
            assert ends == ([] if share is None else [(row["low"], row["high"]), (share, share)])
            assert bool(drawn.instead) == (share is None)


def phases(world: World, chart: Chart) -> None:
    values = world.values(testing.active)
    counted = {
        label: int(values[WHOLE, f"fas:{code}"]["numerator"] or 0)
        for code, label in TESTING_PHASE.labels.items()
        if values[WHOLE, f"fas:{code}"]["n"]
    }
    assert dict(chart.table.select("label", "activities").rows()) == counted
    _count_bars(chart)


def running_by_year(world: World, chart: Chart) -> None:
    values = world.values(testing.active)
    for row in chart.table.to_dicts():
        for name, part in (("running", "ar"), ("started", "start")):
            assert row[name] == int(values[WHOLE, f"{part}:{row['year']}"]["numerator"] or 0)
    went_on = chart.table.with_columns((pl.col("running") - pl.col("started")).alias("went_on"))
    _columns(replace(chart, table=went_on), "started", "went_on")
    if chart.figure is not None:
        assert isinstance(chart.figure, Plot)
        assert chart.figure.data[-1]["y"] == chart.table["running"].to_list()


def by_municipality(world: World, chart: Chart) -> None:
    values = world.values(testing.active)
    names = dict(
        world.edition.tables["municipality"]
        .select("municipality_code", "municipality_name").rows()
    )  # fmt: skip
    expected = {
        names[unit]: (None if row["value"] is None else int(row["value"]), row["known"])
        for (unit, part), row in values.items()
        if unit and part == "alla"
    }
    table = {row[0]: row[1:] for row in chart.table.select("unit_name", "running", "known").rows()}
    assert table == {name: expected[name] for name in table}
    left_out = [known for name, (_, known) in expected.items() if name not in table]
    assert not any(left_out)
    assert isinstance(chart.figure, Plot)
    (marks,) = chart.figure.data
    drawn: dict[str, int] = {}
    codes = {code: name for name, code in zip(names.values(), names, strict=True)}
    for ((code,),), text in zip(marks["customdata"], marks["text"], strict=True):
        drawn[codes[code]] = drawn.get(codes[code], 0) + int(text or 1)
    assert all(n <= (table[name][0] or 0) for name, n in drawn.items())
    assert chart.note.startswith(f"{sum(drawn.values())} på kartan")


def openness(world: World, chart: Chart) -> None:
    values = {**world.values(testing.published), **world.values(testing.openness)}
    _shares(chart, [values[WHOLE, part] for part in ("alla", "smf", "partnerslag", "kommuner")])


def doors(world: World, chart: Chart) -> None:
    bought, won = world.values(market.procurements), world.values(market.sme_winners)
    rows = [bought[WHOLE, "andel"], won[WHOLE, "smf"], won[WHOLE, "nya"]]
    _shares(chart, [*rows, world.values(market.criteria)[WHOLE, "alla"]])


def _shares(chart: Chart, values: list[dict[str, Any]]) -> None:
    """One line a share: its percent, interval, n and known, or why there is none."""
    for value, row in zip(values, chart.table.to_dicts(), strict=True):
        assert (row["n"], row["known"], row["absence"]) == (
            value["n"], value["known"], value["absence"],
        )  # fmt: skip
        for new, old in (("share", "value"), ("low", "low"), ("high", "high")):
            expected = value[old]
            assert row[new] == (None if expected is None else pytest.approx(100 * expected))
    _share_lines(chart)


def public_actors(world: World, chart: Chart) -> None:
    values = world.values(market.public_actors)
    named = {row["part_label"]: row for (unit, _), row in values.items() if not unit}
    for row in chart.table.to_dicts():
        value = named[row["label"]]
        assert (row["active"], row["n"], row["known"]) == (
            value["value"], value["n"], value["known"],
        )  # fmt: skip
    assert chart.table.height >= 3
    if chart.figure is not None:
        assert isinstance(chart.figure, Scale)
        drawn = {row.label: row.marks[0].end for row in chart.figure.rows}
        counted = {row["label"]: row["active"] for row in chart.table.to_dicts()}
        assert drawn == {label: counted[label] or 0 for label in drawn}


def survival(world: World, chart: Chart) -> None:
    table = scaling.survival_table(world.scope()).filter(pl.col("survival_group") == "alla")
    assert chart.table.equals(table)
    if chart.figure is not None:
        assert isinstance(chart.figure, Plot)
        *band, line = chart.figure.data
        drawn = list(zip(line["x"], line["y"], strict=True))
        assert drawn == [(t, 100 * s) for t, s in table.select("time_years", "share_scaled").rows()]
        limits = table.drop_nulls(["low", "high"])
        assert [each["name"] for each in band] == (["low", "high"] if limits.height else [])
        for edge in band:
            assert edge["x"] == [*limits["time_years"], table["time_years"][-1]]
            assert edge["y"][:-1] == (100 * limits[edge["name"]]).to_list()


def time_by_group(world: World, chart: Chart) -> None:
    values = world.values(scaling.median_years)
    medians = {
        row["part_label"].split(", ", 1)[1]: row for (unit, part), row in values.items()
        if not unit and part.startswith("median:")
    }  # fmt: skip
    for row in chart.table.to_dicts():
        value = medians[row["label"]]
        assert (row["median"], row["n"], row["low"], row["high"]) == (
            value["value"], value["n"], value["low"], value["high"],
        )  # fmt: skip
    if chart.figure is not None:
        assert isinstance(chart.figure, Scale)
        table = {row["label"]: row for row in chart.table.to_dicts()}
        for line in chart.figure.rows:
            row = table[line.label]
            dots = [mark.end for mark in line.marks if mark.shape == "dot"]
            assert dots == ([] if row["median"] is None else [row["median"]])
            spans = [mark for mark in line.marks if mark.shape == "span"]
            assert [mark.start for mark in spans] == [row["low"] for _ in dots]
            assert [None if mark.is_open else mark.end for mark in spans] == [
                row["high"] for _ in dots
            ]


def who_cooperates(world: World, chart: Chart) -> None:
    assert chart.table.equals(cooperation(world.scope()))
    if chart.figure is not None:
        assert isinstance(chart.figure, Plot)
        shared = {
            " och ".join(sorted((row["party"], row["other_party"]))): row["activities"]
            for row in chart.table.to_dicts()
        }
        *lines, _ = chart.figure.data
        assert lines
        for line in lines:
            pair, _, tests = unescape(line["hovertext"]).rpartition(": ")
            assert shared[" och ".join(sorted(pair.split(" och ", 1)))] == int(tests.split()[0])


def barriers(world: World, chart: Chart) -> None:
    values = world.values(scaling.barriers)
    counted = {
        row["part_label"]: int(row["numerator"] or 0)
        for (unit, part), row in values.items()
        if not unit and row["n"]
    }
    assert dict(chart.table.select("label", "activities").rows()) == counted
    _count_bars(chart)


def procurements_by_year(world: World, chart: Chart) -> None:
    rows = chosen_procurements(world.scope()).drop_nulls("procurement_year")
    counted = [
        (year, own["has_tool"].sum(), own.height - own["has_tool"].sum())
        for (year,), own in sorted(rows.group_by("procurement_year"))
    ]
    assert chart.table.select("procurement_year", "with_tool", "ordinary").rows() == counted
    _columns(chart, "with_tool", "ordinary")
    if chart.figure is not None:
        assert isinstance(chart.figure, Plot)
        years = chart.table["procurement_year"].cast(pl.String).to_list()
        assert {tuple(trace["x"]) for trace in chart.figure.data} == {tuple(years)}


def sme_winners(world: World, chart: Chart) -> None:
    won = world.values(market.sme_winners)[WHOLE, "smf"]
    tools = [row for row in chart.table.to_dicts() if row["group"] == "Med innovationsverktyg"]
    assert sum(row["won"] for row in tools) == (won["numerator"] or 0)
    assert sum(row["won"] + row["lost"] for row in tools) == won["n"]
    assert sum(row["won"] + row["lost"] + row["unknown"] for row in tools) == won["known"]
    for row in tools:
        share = won["value"]
        assert row["share"] == (None if share is None else pytest.approx(100 * share, abs=0.05))
    if chart.figure is not None:
        assert isinstance(chart.figure, Bars)
        assert chart.figure.is_share
        for bar, row in zip(chart.figure.bars, chart.table.to_dicts(), strict=True):
            assert [(part.kind, part.amount) for part in bar.parts] == [
                ("test", row["won"]), ("linje", row["lost"]), (UNREAD_KIND, row["unknown"]),
            ]  # fmt: skip
            assert [part.text for part in bar.parts] == [str(row["won"]), str(row["lost"]), ""]
            assert bar.label.startswith(f"{row['group']}: ")
            said = None if row["share"] is None else f"{number(row['share'])}\u00a0% "
            assert said is None or said in bar.label, row
            limits = f"({number(row['low'])}–{number(row['high'])})"
            assert (limits in bar.label) is (row["low"] is not None), row
