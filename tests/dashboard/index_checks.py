"""For charts of the index and of other rules: the table is the measure's, the drawing is it."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard import measures
from dashboard.charts.innovation_index import place_words
from dashboard.charts.what_if import from_to, name_of, ordered
from dashboard.draw.chart import Chart, Plot, Scale
from dashboard.text import capital, number
from pipelines.indicators import catalog, innovation_index
from pipelines.indicators.innovation_index import EVERYWHERE
from pipelines.indicators.scope import WhatIf
from tests.dashboard.number_world import World


def index_of_municipalities(world: World, chart: Chart) -> None:
    ranks = measures.index(world.scope())["index_rank"].sort("municipality_code")
    assert chart.table.select(ranks.columns).sort("municipality_code").equals(ranks)
    if chart.figure is not None:
        assert isinstance(chart.figure, Plot)
        (dots,) = chart.figure.data
        spans = dots["error_x"]
        drawn = {}
        for place, ((code,),) in enumerate(dots["customdata"]):
            score = dots["x"][place]
            low, high = score - spans["arrayminus"][place], score + spans["array"][place]
            drawn[code] = (score, pytest.approx(low), pytest.approx(high))
            assert dots["text"][place] == number(score)
        scored = ranks.drop_nulls("score").select("municipality_code", "score", "low", "high")
        assert {row[0]: row[1:] for row in scored.rows()} == drawn
        named = {row["municipality_name"]: row for row in chart.table.to_dicts()}
        assert [(note["y"], note["text"]) for note in chart.figure.layout["annotations"]] == [
            (name, capital(place_words(named[name]))) for name in dots["y"]
        ]


EXPLORED = {
    "x": ("1.4", "themes"), "y": ("1.5", "dp"), "colour": ("1.9", "index"), "size": ("2.1", "alla")
}  # fmt: skip
"""What *Utforska* shows of municipalities where the address chooses nothing."""


def explored(world: World, chart: Chart) -> None:
    every = catalog.measure(world.scope()).filter(pl.col("unit_kind") == "kommun")
    for role, (indicator, part) in EXPLORED.items():
        own = every.filter(pl.col("indicator_id") == indicator, pl.col("part") == part)
        expected = own.select("unit_id", pl.col("value").round(2), "n").sort("unit_id")
        assert chart.table.select("unit_id", role, f"{role}_n").sort("unit_id").rows() == (
            expected.rows()
        )
    both = chart.table.drop_nulls(["x", "y"])
    assert chart.table["absence"].null_count() <= both.height
    assert (chart.figure is None) == (both.height == 0)
    if chart.figure is not None:
        assert isinstance(chart.figure, Plot)
        drawn = [tuple(point) for t in chart.figure.data for point in t.get("customdata", ())]
        assert sorted(drawn) == sorted(both.select("unit_id", "x", "y").rows())


def index_sensitivity(world: World, chart: Chart) -> None:
    table = innovation_index.sensitivity_table(world.scope())
    assert chart.table.height == table.height
    for new, old in (("first_percent", "first_order"), ("total_percent", "total_order")):
        assert chart.table[new].to_list() == (100 * table[old]).round(1).to_list()
    if chart.figure is not None:
        assert isinstance(chart.figure, Plot)
        drawn = sorted(zip(*(trace["x"] for trace in chart.figure.data), strict=True))
        every = table.filter(pl.col("unit_id") == EVERYWHERE)
        assert drawn == sorted(
            (100 * together, 100 * alone)
            for together, alone in every.select("total_order", "first_order").rows()
        )


RULES = WhatIf(off_themes=("energi",), counts_from="shall")
"""The rules of counting that *Tänk om* is met with."""


def other_rules(world: World, chart: Chart) -> None:
    rows = ordered(catalog.what_if(world.scope(), RULES))
    assert chart.table.drop("unit_name").equals(rows.drop("unit_name"))
    moved = rows.filter(
        "is_headline", pl.col("value_unit") == "andel", pl.col("difference").abs() > 1e-9
    )
    if chart.figure is None:
        assert not moved.height
        return
    assert isinstance(chart.figure, Scale)
    assert 0 < len(chart.figure.rows) <= moved.height
    for line, row in zip(chart.figure.rows, moved.to_dicts(), strict=False):
        span, ring, dot = line.marks
        ends = (100 * row["value"], 100 * row["value_if"])
        assert (ring.shape, dot.shape) == ("ring", "dot")
        assert (ring.end, dot.end) == ends
        assert (span.start, span.end) == (min(ends), max(ends))
        assert (ring.text, dot.text) == from_to(row)
        assert {ring.text_at, dot.text_at} == {"before", "after"}
        assert (ring.text_at == "after") == (ends[0] >= ends[1])
        assert ring.data == dot.data == (row["part"],)
        assert line.label == name_of(row)
