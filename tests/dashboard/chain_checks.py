"""For charts of the chain and of time windows: the table is the measure's, the drawing is it."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard import measures
from dashboard.charts.chart import Chart
from dashboard.charts.drawn import Scale, ScaleRow
from dashboard.charts.window_timeline import DRAWN
from pipelines.indicators.windows import windows as indicator
from pipelines.model.codes import COMMITMENT
from tests.dashboard.number_world import WHOLE, World, open_windows


def thread_by_step(world: World, chart: Chart) -> None:
    found = measures.red_thread(world.scope(highest=None))
    values = {
        row["part"]: row for row in found["values"].to_dicts() if row["unit_kind"] != "kommun"
    }
    for row in chart.table.to_dicts():
        value = values[row["step"]]
        assert (row["held"], row["judged"]) == (int(value["numerator"] or 0), value["n"])
        share = value["value"]
        assert row["share"] == (None if share is None else round(100 * share, 1))
        own = found["carry_through"].filter(pl.col("step") == row["step"])["outcome"].to_list()
        for outcome in ("grows", "holds", "weakens", "leaks", "unknown"):
            assert row[outcome] == own.count(outcome)


def thread_by_theme(world: World, chart: Chart) -> None:
    rows = measures.red_thread(world.scope(highest=None))["carry_through"].to_dicts()
    lowest = next(
        level
        for level, code in enumerate(COMMITMENT.codes)
        if f"minst {code.label}" in chart.subtitle
    )
    for row in chart.table.to_dicts():
        own = [each for each in rows if each["theme"] == row["theme"]]
        assert row["started"] == sum(each["step"] == "op" for each in own)
        for step in ("op", "dp", "ma", "test"):
            reached = [
                each for each in own
                if each["step"] == step and ((each["level"] or 0) >= lowest
                or (step == "test" and each["outcome"] in ("grows", "holds")))
            ]  # fmt: skip
            assert row[step] == len({each["municipality_code"] for each in reached}), step
    assert set(chart.table["theme"]) == {each["theme"] for each in rows}


def windows(world: World, chart: Chart) -> None:
    found = open_windows(world.scope())
    assert sorted(chart.table["object_id"]) == sorted(found["object_id"])
    left = dict(found.select("object_id", "months_left").rows())
    assert dict(chart.table.select("object_id", "months_left").rows()) == left
    counted = world.values(indicator)
    total = sum(counted[WHOLE, f"oppna:{kind}"]["value"] or 0 for kind in ("op", "dp", "ma"))
    assert chart.table.height == total
    if isinstance(chart.figure, Scale):
        dated = chart.table.drop_nulls("waited")
        assert len(chart.figure.rows) == min(DRAWN, dated.height)
        for line in chart.figure.rows:
            own = dated.filter(
                pl.col("object_name") == line.label, pl.col("municipality_name") == line.quiet
            )
            assert line.data == (line.label, line.quiet)
            assert _window_marks(line) in [_window_row(row) for row in own.to_dicts()]


def _window_row(row: dict[str, Any]) -> tuple[Any, ...]:
    """Time waited and time left as drawn, at most three years of each; and the interval."""
    left, high = row["months_left"], row["left_high"]
    interval = None if left is None or high is None else (row["left_low"], high)
    return min(row["waited"], 36), None if left is None else min(left, 36), interval


def _window_marks(line: ScaleRow) -> tuple[Any, ...]:
    bars = {mark.kind: mark for mark in line.marks if mark.shape == "bar"}
    waited, left = bars["linje"], bars.get("dampad")
    assert waited.end == 0
    assert left is None or left.start == 0
    texts = [(mark.kind, mark.end) for mark in line.marks if mark.shape == "text"]
    assert texts == [("quiet", 0) if left is None else ("strong", left.end)]
    thin = [(mark.start, mark.end) for mark in line.marks if mark.shape == "thin"]
    return -waited.start, None if left is None else left.end, thin[0] if thin else None
