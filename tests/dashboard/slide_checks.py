"""For each slide of a meeting: its numbers are the indicator's, and its drawing is its table."""

from __future__ import annotations

import re

import polars as pl

from dashboard.draw.chart import Chart, Heat, Rows, Scale
from dashboard.draw.levels import LEVEL_COLUMNS
from dashboard.meeting.slide import Slide
from dashboard.parts.climate import SOURCES
from dashboard.text import number
from pipelines.model.codes import ANSWER, INSTRUMENT, PROCUREMENT_KIND, THEME
from tests.dashboard import excerpt_checks, file_checks
from tests.dashboard.chain_checks import windows
from tests.dashboard.chart_checks import CHARTS, TYPES, Check
from tests.dashboard.number_world import WHOLE, World


def _by_table(check: file_checks.Check) -> Check:
    def held(world: World, chart: Chart) -> None:
        check(world, chart.table)

    return held


def _quotation(world: World, chart: Chart) -> None:
    found = world.left(with_level=True)["passages"]
    assert (f"\u00a0{'belägg'} i urvalet" in chart.note) is bool(found)
    assert not found or f" {number(found)}\u00a0" in f" {chart.note}"


def _change(_world: World, chart: Chart) -> None:
    for row in chart.table.to_dicts():
        assert row["difference"] == row["now"] - row["then"]


def _known(kind: str) -> Check:
    """While nothing is read: each municipality stands once, at as many as are known of it."""

    def held(world: World, chart: Chart) -> None:
        own = {code: row for (code, of), row in world.ladders(object_types=(kind,)).items()
               if of == kind and code != WHOLE}  # fmt: skip
        assert sum(row[-2] for row in own.values()) == 0
        names = dict(
            world.edition.tables["municipality"]
            .select("municipality_code", "municipality_name").rows()
        )  # fmt: skip
        told = [(name, known) for known, all_names in chart.table.rows()
                for name in all_names.split(", ")]  # fmt: skip
        assert sorted(told) == sorted(
            (names[code], row[-1]) for code, row in own.items() if row[-1]
        )

    return held


SLIDES: dict[str, Check] = {
    **CHARTS,
    **{f"kanda_{kind}": _known(kind) for kind in TYPES},
    "kan_paverkas": windows,
    "upphandling_verktyg": _by_table(file_checks.procurement_kinds),
    "citat": _quotation,
    "klimatkrav": excerpt_checks.climate,
    "att_kontrollera": excerpt_checks.tasks,
    "sedan_forra_motet": _change,
}
"""Name of a slide's chart → what holds its numbers."""


def _heat(figure: Heat, table: pl.DataFrame) -> None:
    tools = {"Inget styrmedel": None, **{label: code for code, label in INSTRUMENT.labels.items()}}
    themes = {label: code for code, label in THEME.labels.items()}
    held = {(row[0], row[1]): row[2:] for row in
            table.select("theme", "instrument", "passages", "level").rows()}  # fmt: skip
    for label, cells in figure.rows:
        for tool, cell in zip(figure.columns, cells, strict=True):
            assert cell == held.get((themes[label], tools[tool]))


def _bars(figure: Scale, table: pl.DataFrame) -> None:
    if "procurement_kind" in table.columns:
        held = {PROCUREMENT_KIND.labels[kind]: n for kind, n in
                table.select("procurement_kind", "procurements").rows()}  # fmt: skip
    else:
        held = dict(table.select("label", "activities").rows())
    assert all(held.get(row.label, 0) == row.marks[0].end for row in figure.rows)


def _lines(figure: Rows, table: pl.DataFrame) -> None:
    assert 0 < len(figure.rows) <= table.height
    said = {str(value) for name in table.columns for value in table[name] if isinstance(value, int)}
    for row in figure.rows:
        for place in figure.numeric:
            assert set(re.findall(r"\d+", row[place])) <= said, row


def _answers(figure: Rows, table: pl.DataFrame) -> None:
    """One line a source: how many gave each answer."""
    counted = {
        name: tuple(number(table.filter(pl.col(column) == code).height) for code in ANSWER.values)
        for column, name in SOURCES.items()
    }
    assert {name: tuple(cells) for name, *cells in figure.rows} == counted


def drawn_as_told(slide: Slide) -> None:
    """The figure of a slide that is no page's holds the numbers of its table."""
    figure, table = slide.chart.figure, slide.chart.table
    if isinstance(figure, Heat):
        _heat(figure, table)
    elif isinstance(figure, Scale):
        _bars(figure, table)
    elif isinstance(figure, Rows) and slide.chart.name == "utdrag_per_slag":
        told = {row[0]: row[1:] for row in figure.rows}
        own = table.filter(pl.col("own") > 0)
        names = [*LEVEL_COLUMNS[1:], "municipalities"]
        assert told == {
            row["group_name"]: tuple(number(row[name]) for name in names) for row in own.to_dicts()
        }
    elif isinstance(figure, Rows):
        (_answers if slide.kind == "klimat" else _lines)(figure, table)
