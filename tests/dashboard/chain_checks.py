"""For charts of the chain and of time windows: the table is the measure's, the drawing is it."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard import measures
from dashboard.charts.window_timeline import DRAWN
from dashboard.draw.chart import Chart, Plot
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
    if isinstance(chart.figure, Plot):
        dated = chart.table.drop_nulls("waited")
        waited, ahead, interval = chart.figure.data
        assert len(waited["y"]) == min(DRAWN, dated.height)
        spans = iter(zip(interval["x"][::3], interval["x"][1::3], strict=True))
        for place, ((name, municipality),) in enumerate(waited["customdata"]):
            own = dated.filter(
                pl.col("object_name") == name, pl.col("municipality_name") == municipality
            )
            past, left = (_months(trace["x"][place]) for trace in (waited, ahead))
            close = [
                row for row in own.to_dicts()
                if past == pytest.approx(min(row["waited"], 36), abs=0.1)
                and left == pytest.approx(min(row["months_left"] or 0, 36), abs=0.1)
            ]  # fmt: skip
            assert close, (name, past, left)
            if close[0]["left_high"] is not None:
                first, last = (date.fromisoformat(each) for each in next(spans))
                width = close[0]["left_high"] - close[0]["left_low"]
                assert (last - first).days / MONTH == pytest.approx(width, abs=0.1)


MONTH = 365.25 / 12


def _months(milliseconds: float) -> float:
    """The length of a bar on an axis of dates, in months."""
    return milliseconds / 86_400_000 / MONTH
