"""Packs hold their slides' numbers: native chart, table and text."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
import pytest
from pptx import Presentation
from pptx.presentation import Presentation as SlideDeck

from dashboard.draw.chart import Bars, Heat, Names, Rows, Scale
from dashboard.draw.levels import LEGEND, UNREAD_KIND
from dashboard.filters import Filters
from dashboard.meeting import agenda as agendas
from dashboard.meeting.kinds import KINDS
from dashboard.meeting.numbers import told_columns
from dashboard.meeting.pack import Pack
from dashboard.meeting.pack_pdf import write_pdf
from dashboard.meeting.pack_pptx import write_pptx
from dashboard.meeting.slide import Slide
from dashboard.parts.table import in_words
from dashboard.text import DASH, number
from pipelines.model.codes import INSTRUMENT, THEME
from tests.dashboard.meeting_world import enter, new_meeting, packed

CHOICES = {"allt": {}, "inget kvar": {"themes": ("mobilitet",), "year_from": 2034}}
PACKS = [("exempel", "allt"), ("exempel", "inget kvar"), ("stockholm", "allt")]


@pytest.fixture(scope="module", params=PACKS, ids="-".join)
def pack(request, regions) -> Iterator[Pack]:
    """Each pack is made once, and its tests follow one another."""
    region, choice = request.param
    with pytest.MonkeyPatch.context() as patch:
        enter(regions, patch)
        agenda = new_meeting(region)
        for kind in KINDS:
            agenda = agendas.add(agenda, kind, Filters(region, **CHOICES[choice]))
        yield packed(agenda)


@pytest.fixture(scope="module")
def deck(pack) -> SlideDeck:
    return Presentation(io.BytesIO(write_pptx(pack)))


def test_cells_and_lines_of_a_slide_are_those_of_its_table(pack):
    for _, slide in pack.points:
        figure, table = slide.chart.figure, slide.chart.table
        if isinstance(figure, Heat):
            held = {
                (THEME.labels[row[0]], INSTRUMENT.labels.get(row[1], "Inget styrmedel")): row[2:]
                for row in table.select("theme", "instrument", "passages", "level").rows()
            }
            for theme, cells in figure.rows:
                for tool, cell in zip(figure.columns, cells, strict=True):
                    assert cell == held.get((theme, tool))
        elif isinstance(figure, Scale):
            assert {row.marks[0].end for row in figure.rows} <= {
                value for name in table.columns for value in table[name] if isinstance(value, int)
            }


def test_the_powerpoint_holds_the_slides_numbers(pack, deck):
    pages = [page for page in deck.slides if page.has_notes_slide]
    assert len(pages) == len(pack.points)
    for page, (_, slide) in zip(pages, pack.points, strict=True):
        assert page.shapes.title.text_frame.text == slide.finding
        charts = [shape.chart for shape in page.shapes if shape.has_chart]
        tables = [shape.table for shape in page.shapes if shape.has_table]
        assert [_series(chart) for chart in charts] == _expected_series(slide)
        assert [_cells(table) for table in tables] == _expected_cells(slide)


def test_every_number_of_a_slide_stands_in_the_powerpoints_tables(pack, deck):
    told = [
        line
        for page in deck.slides
        for shape in page.shapes
        if shape.has_table
        for line in _cells(shape.table)
    ]
    for _, slide in pack.points:
        frame = slide.chart.table
        columns = told_columns(slide.chart)
        for row in frame.head(13).to_dicts():
            assert [in_words(row[c.name], c) for c in columns] in told, slide.heading


def test_the_pdf_holds_the_slides_numbers(pack):
    document = pypdfium2.PdfDocument(write_pdf(pack))
    flat = "".join("".join(p.get_textpage().get_text_bounded() for p in document).split())
    for _, slide in pack.points:
        for words in (slide.finding, slide.choice, slide.note, slide.source):
            assert "".join(words.split()) in flat, words
        frame = slide.chart.table
        columns = told_columns(slide.chart)
        for row in frame.to_dicts():
            for column in columns:
                assert "".join(in_words(row[column.name], column).split()) in flat


def _series(chart) -> list[tuple[str, list[float]]]:
    return [(each.name, list(each.values)) for each in chart.plots[0].series]


def _expected_series(slide: Slide) -> list[list[tuple[str, list[float]]]]:
    figure = slide.chart.figure
    if isinstance(figure, Scale):
        return [[(figure.unit.capitalize(), [float(row.marks[0].end) for row in figure.rows])]]
    if not isinstance(figure, Bars):
        return []
    read = [any(p.amount for p in bar.parts if p.kind != UNREAD_KIND) for bar in figure.bars]
    return [[
        (word, [float(bar.parts[place].amount) if is_read or kind == UNREAD_KIND else None
                for bar, is_read in zip(figure.bars, read, strict=True)])
        for place, (kind, word) in enumerate(LEGEND)
    ]]  # fmt: skip


def _cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _expected_cells(slide: Slide) -> list[list[list[str]]]:
    figure = slide.chart.figure
    if isinstance(figure, Names):
        rows = [[word, number(len(names)), ", ".join(names)] for _, word, names in figure.groups]
        return [[["Nivå", "Antal", "Kommuner"], *rows]]
    if isinstance(figure, Heat):
        rows = [[label, *(DASH if cell is None else number(cell[0]) for cell in cells)]
                for label, cells in figure.rows]  # fmt: skip
        return [[[figure.corner, *figure.columns], *rows]]
    if isinstance(figure, Rows):
        return [[list(figure.headers), *(list(row) for row in figure.rows)]]
    return []
