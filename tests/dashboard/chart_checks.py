"""For each chart: its table is the indicator's, and its drawing is its table.

A chart is known by its name. A chart that is made without standing here fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.drawn import Bars, Columns, PlaceMap, Scale, ScaleRow
from dashboard.charts.innovation_index import place_words
from dashboard.charts.levels import (
    LEVEL_COLUMNS,
    LEVEL_KINDS,
    NOT_CHOSEN,
    OUTSIDE_KIND,
    UNREAD_KIND,
    kind_of,
)
from dashboard.charts.what_if import from_to, name_of, ordered
from dashboard.charts.window_timeline import DRAWN
from dashboard.text import capital, number
from pipelines.indicators import pages
from pipelines.indicators.breakdown import themes_by_level
from pipelines.indicators.innovation_index import EVERYWHERE
from pipelines.indicators.intervals import FEWEST, wilson_limits
from pipelines.indicators.selection import WhatIf
from pipelines.model.codes import COMMITMENT, INSTRUMENT
from tests.dashboard import practice_checks
from tests.dashboard.number_world import WHOLE, Ladder, World, highest

Check = Callable[[World, Chart], None]
TYPES = ("op", "dp", "ma")
_LADDER = (*LEVEL_COLUMNS, "read", "known")


def _ladder_table(chart: Chart) -> dict[str, Ladder]:
    unread = chart.table.filter(pl.col("read") == 0).select(LEVEL_COLUMNS)
    assert unread.null_count().row(0) == (unread.height,) * len(LEVEL_COLUMNS)
    counted = chart.table.with_columns(pl.col(LEVEL_COLUMNS).fill_null(0))
    return {row[0]: row[1:] for row in counted.select("unit_id", *_LADDER).rows()}


def _drawn_ladder(chart: Chart) -> None:
    table = chart.table
    assert (table["known"] - table["read"]).equals(table["unread"], check_names=False)
    for row in table.to_dicts():
        share = None if row["read"] < FEWEST else round(100 * row["level_4"] / row["read"], 1)
        assert row["shall_share"] == share, row
        assert (row["absence"] is None) == (share is not None), row
        if share is not None:
            limits = [
                round(100 * float(each), 1) for each in wilson_limits(row["level_4"], row["read"])
            ]
            assert [row["low"], row["high"]] == limits
    if chart.figure is None:
        return
    assert isinstance(chart.figure, Bars)
    for bar, row in zip(chart.figure.bars, table.to_dicts(), strict=True):
        assert [part.kind for part in bar.parts] == [*LEVEL_KINDS, UNREAD_KIND]
        drawn = [part.amount for part in bar.parts]
        assert drawn == [row[name] or 0 for name in (*LEVEL_COLUMNS, "unread")], row
        assert [part.data for part in bar.parts] == [
            (row["unit_id"], level) for level in (*range(len(LEVEL_COLUMNS)), -1)
        ]
        assert bar.note == f"{row['read']} av {row['known']} lästa"


def ladder_by_type(world: World, chart: Chart) -> None:
    expected = {kind: row for (unit, kind), row in world.ladders().items() if unit == WHOLE}
    assert _ladder_table(chart) == expected
    _drawn_ladder(chart)


def ladder_of_municipality(world: World, chart: Chart) -> None:
    of_one = world.ladders(municipalities=(world.municipality,))
    assert _ladder_table(chart) == {k: row for (unit, k), row in of_one.items() if unit == WHOLE}


def ladder_by_municipality(kind: str) -> Check:
    def check(world: World, chart: Chart) -> None:
        found = world.ladders(object_types=(kind,))
        assert _ladder_table(chart) == {u: row for (u, k), row in found.items() if u and k == kind}
        _drawn_ladder(chart)

    return check


def level_map(kind: str) -> Check:
    def check(world: World, chart: Chart) -> None:
        found = world.ladders(object_types=(kind,))
        for row in chart.table.to_dicts():
            ladder = found.get((row["municipality_code"], kind), (0,) * len(_LADDER))
            assert (row["read"], row["known"], row["level"]) == (*ladder[-2:], highest(ladder))
            word = "Ej läst" if row["level"] is None else COMMITMENT.codes[row["level"]].label
            word = word if row["known"] else NOT_CHOSEN
            assert row["level_label"] == word
        every = set(world.edition.tables["municipality"]["municipality_code"])
        assert set(chart.table["municipality_code"]) >= ({u for u, _ in found if u} or set())
        assert set(chart.table["municipality_code"]) <= every
        if chart.figure is not None:
            assert isinstance(chart.figure, PlaceMap)
            drawn = dict(place.data for place in chart.figure.places)
            table = dict(chart.table.select("municipality_code", "level").rows())
            assert drawn == {code: table.get(code) for code in drawn}
            assert set(drawn) >= set(table)
            known = set(chart.table.filter(pl.col("known") > 0)["municipality_code"])
            for place in chart.figure.places:
                code, level = place.data
                assert place.kind == (kind_of(level) if code in known else OUTSIDE_KIND)

    return check


def by_year(kind: str) -> Check:
    def check(world: World, chart: Chart) -> None:
        table = chart.table
        for row in table.to_dicts():
            year = row["year"]
            ladder = world.ladders(object_types=(kind,), from_year=year, to_year=year)[WHOLE, kind]
            levels = tuple(row[name] for name in LEVEL_COLUMNS)
            assert levels == (ladder[:-2] if ladder[-2] else (None,) * len(levels)), year
            assert row["unread"] == ladder[-1] - ladder[-2], year
        objects = world.scope(object_types=(kind,))
        dated = objects.known & (objects.index.objects.year > 0)
        assert int(table.select(*LEVEL_COLUMNS, "unread").sum_horizontal().sum()) == dated.sum()
        if chart.figure is not None:
            assert isinstance(chart.figure, Columns)
            drawn = {
                int(column.label): [part.amount for part in column.parts]
                for column in chart.figure.columns if column.parts
            }  # fmt: skip
            names = [*reversed(LEVEL_COLUMNS), "unread"]
            assert drawn == {
                row["year"]: [row[name] or 0 for name in names] for row in table.to_dicts()
            }

    return check


def themes_and_tools(kind: str | None) -> Check:
    def check(world: World, chart: Chart) -> None:
        only: dict[str, Any] = {"object_types": (kind,)} if kind else {}
        chosen = world.filters
        by_theme = {
            row["theme"]: row["passages"]
            for row in themes_by_level(world.scope(with_level=True, **only))
            .group_by("theme").agg(pl.col("passages").sum()).to_dicts()
        }  # fmt: skip
        for row in chart.table.to_dicts():
            theme, tool = row["theme"], row["instrument"]
            assert 0 < row["passages"] <= by_theme[theme]
            if chosen.themes not in ((), (theme,)) or chosen.instruments or chosen.highest:
                continue  # the choice and the cell cannot both be said in one selection
            tools = (tool,) if tool else ()
            left = world.left(with_level=True, themes=(theme,), instruments=tools, **only)
            if not tool:
                named = world.left(with_level=True, themes=(theme,), instruments=INSTRUMENT.values,
                                   **only)  # fmt: skip
                left["passages"] -= named["passages"]
            assert row["passages"] == left["passages"], row
        assert set(chart.table["theme"]) == {theme for theme, n in by_theme.items() if n}

    return check


def thread_by_step(world: World, chart: Chart) -> None:
    found = pages.red_thread(world.scope(reaches=""))
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
    rows = pages.red_thread(world.scope(reaches=""))["carry_through"].to_dicts()
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
    found = pages.open_windows(world.scope(), world.edition.tables)
    assert sorted(chart.table["object_id"]) == sorted(found["open_window"]["object_id"])
    left = dict(found["open_window"].select("object_id", "months_left").rows())
    assert dict(chart.table.select("object_id", "months_left").rows()) == left
    open_now = [row for row in found["values"].to_dicts() if row["unit_kind"] != "kommun"]
    total = sum(row["value"] or 0 for row in open_now if row["part"].startswith("oppna:"))
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


def index_of_municipalities(world: World, chart: Chart) -> None:
    ranks = pages.index(world.scope())["index_rank"].sort("municipality_code")
    assert chart.table.select(ranks.columns).sort("municipality_code").equals(ranks)
    if chart.figure is not None:
        assert isinstance(chart.figure, Scale)
        drawn = {}
        for line in chart.figure.rows:
            span, dot = line.marks
            assert (span.shape, dot.shape) == ("span", "dot")
            assert span.data == dot.data
            drawn[dot.data[0]] = (dot.end, span.start, span.end)
            assert dot.text == number(dot.end)
        scored = ranks.drop_nulls("score").select("municipality_code", "score", "low", "high")
        assert drawn == {row[0]: row[1:] for row in scored.rows()}
        named = {row["municipality_name"]: row for row in chart.table.to_dicts()}
        assert [line.note for line in chart.figure.rows] == [
            capital(place_words(named[line.label])) for line in chart.figure.rows
        ]


def index_sensitivity(world: World, chart: Chart) -> None:
    table = pages.index_sensitivity(world.scope())
    assert chart.table.height == table.height
    for new, old in (("first_percent", "first_order"), ("total_percent", "total_order")):
        assert chart.table[new].to_list() == (100 * table[old]).round(1).to_list()
    if chart.figure is not None:
        assert isinstance(chart.figure, Scale)
        drawn = sorted(tuple(mark.end for mark in line.marks) for line in chart.figure.rows)
        every = table.filter(pl.col("unit_id") == EVERYWHERE)
        assert drawn == sorted(
            (100 * together, 100 * alone)
            for together, alone in every.select("total_order", "first_order").rows()
        )


RULES = WhatIf(off_themes=("energi",), counts_from="shall")
"""The rules of counting that *Tänk om* is met with."""


def other_rules(world: World, chart: Chart) -> None:
    rows = ordered(pages.what_if(world.scope(), RULES))
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


CHARTS: dict[str, Check] = {
    "forpliktelse_per_handlingstyp": ladder_by_type,
    "forpliktelse_kommun": ladder_of_municipality,
    **{f"forpliktelse_per_kommun_{kind}": ladder_by_municipality(kind) for kind in TYPES},
    **{f"karta_{kind}": level_map(kind) for kind in TYPES},
    **{f"utveckling_{kind}": by_year(kind) for kind in TYPES},
    **{f"teman_styrmedel_{kind}": themes_and_tools(kind) for kind in TYPES},
    "teman_styrmedel": themes_and_tools(None),
    "roda_traden_led": thread_by_step,
    "roda_traden_teman": thread_by_theme,
    "tidsfonster": windows,
    "testfaser": practice_checks.phases,
    "testkarta": practice_checks.by_municipality,
    "tester_per_ar": practice_checks.running_by_year,
    "oppenhet": practice_checks.openness,
    "test_till_uppskalning": practice_checks.survival,
    "mediantid_per_grupp": practice_checks.time_by_group,
    "samarbeten": practice_checks.who_cooperates,
    "hinder": practice_checks.barriers,
    "upphandlingar_per_ar": practice_checks.procurements_by_year,
    "upphandlingar_smf": practice_checks.sme_winners,
    "oppna_dorrar": practice_checks.doors,
    "offentliga_aktorer": practice_checks.public_actors,
    "innovationsindex": index_of_municipalities,
    "index_kanslighet": index_sensitivity,
    "tank_om": other_rules,
}
"""Name of a chart → what holds its numbers."""
