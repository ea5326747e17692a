"""Paper says everything once, names every municipality and cuts no word."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from pptx import Presentation
from pptx.util import Emu

from dashboard.draw.chart import PlaceMap
from dashboard.draw.pptx import largest_size, page_rows
from dashboard.draw.printed import column_widths, text_width
from dashboard.meeting import notes
from dashboard.meeting.notes import Entry, Minutes
from dashboard.meeting.numbers import numbers_behind, said_once, told_columns
from dashboard.meeting.pack import Pack, closing_pages
from dashboard.meeting.pack_pdf import write_pdf
from dashboard.meeting.pack_pptx import write_pptx
from tests.dashboard.meeting_world import enter, full_agenda, packed

FOOT = 6.62


@pytest.fixture(scope="module", params=["exempel", "stockholm"])
def pack(request, regions) -> Iterator[Pack]:
    """One pack a region; its tests follow one another."""
    minutes = Minutes()
    for i in range(14):
        entry = Entry("beslut", f"Beslut {i}: " + "kommunen skickar in sin plan " * 4, "Region", "")
        minutes = notes.add_entry(minutes, 1, entry)
    with pytest.MonkeyPatch.context() as patch:
        enter(regions, patch)
        yield packed(full_agenda(request.param), minutes)


@pytest.fixture(scope="module")
def deck(pack):
    return Presentation(io.BytesIO(write_pptx(pack)))


@pytest.fixture(scope="module")
def words(pack) -> str:
    """What the PDF says, in one line."""
    return flat_text(write_pdf(pack))


def tables_of(deck):
    return [(page, shape) for page in deck.slides for shape in page.shapes if shape.has_table]


def lines_of(table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.text for cell in row.cells) for row in table.rows)


def flat_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def the_map(pack: Pack) -> PlaceMap:
    figures = [slide.chart.figure for _, slide in pack.points]
    return next(figure for figure in figures if isinstance(figure, PlaceMap))


def test_every_municipality_stands_by_name_on_the_powerpoints_map(pack, deck):
    (group,) = [shape for page in deck.slides for shape in page.shapes if shape.name == "Karta"]
    written = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame]

    assert sorted(name for name in written if name) == sorted(
        place.name for place in the_map(pack).places
    )


def test_every_municipality_stands_by_name_on_the_pdfs_map(pack):
    item, slide = next(p for p in pack.points if isinstance(p[1].chart.figure, PlaceMap))
    chart = replace(slide.chart, table=slide.chart.table.clear())
    bare = replace(slide, finding="", quotations=(), summaries=(), chart=chart)
    words = flat_text(write_pdf(replace(pack, points=((item, bare),))))

    for place in the_map(pack).places:
        assert place.name in words


def test_no_table_reaches_the_foot_or_leaves_the_page(deck):
    tables = tables_of(deck)
    assert tables
    for page, shape in tables:
        high = sum(row.height for row in shape.table.rows)
        wide = sum(column.width for column in shape.table.columns)
        assert Emu(shape.top + high).inches <= FOOT, page.shapes.title.text_frame.text
        assert shape.left + wide <= deck.slide_width


def test_no_word_of_a_table_is_wider_than_its_column(deck):
    for page, shape in tables_of(deck):
        size = shape.table.cell(0, 0).text_frame.paragraphs[0].runs
        points = size[0].font.size.pt if size else 0
        for row in lines_of(shape.table):
            for text, column in zip(row, shape.table.columns, strict=True):
                longest = max(text_width(word, points) for word in text.split(" "))
                assert longest <= Emu(column.width).pt, (page.shapes.title.text_frame.text, text)


def test_no_table_is_printed_twice(deck):
    printed = [lines_of(shape.table) for _, shape in tables_of(deck)]

    assert len(printed) == len(set(printed))


def test_a_table_printed_before_is_pointed_to(pack, words):
    behind = numbers_behind([slide for _, slide in pack.points])
    keys = [(own.headers, own.rows) for own in behind]
    for place, own in enumerate(behind):
        if own.as_before:
            first = keys.index(keys[place])
            assert own.as_before == f"{first + 1} · {pack.points[first][1].heading}"
            assert f"Siffrorna står under {own.as_before}" in words


def test_what_all_rows_share_is_said_once_in_words(pack, deck, words):
    said = [
        shape.text_frame.text for page in deck.slides for shape in page.shapes
        if shape.has_text_frame
    ]  # fmt: skip
    for own in numbers_behind([slide for _, slide in pack.points]):
        if own.same and own.rows and not own.as_before:
            assert own.same in words
            assert own.same in said
    for _, slide in pack.points:
        told = told_columns(slide.chart)
        for column in slide.chart.columns:
            if column in told or column.name not in slide.chart.table.columns:
                continue
            values = slide.chart.table[column.name]
            assert values.null_count() == len(values) or column.label in said_once(slide.chart)


def test_nothing_read_is_not_said_of_each_municipality(pack, words):
    if pack.mark:
        return
    legend_and_sums = 4

    assert words.count("Ej läst") <= legend_and_sums


def test_both_files_close_with_the_same_words(pack, deck, words):
    shown = [
        text
        for page in deck.slides
        for shape in page.shapes
        for text in (
            [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_table
            else [p.text for p in shape.text_frame.paragraphs]
            if shape.has_text_frame
            else []
        )
    ]
    closings = closing_pages(pack)
    assert [closing.title for closing in closings] == [
        "Beslut och uppföljning",
        "Så läser du underlaget",
    ]
    for closing in closings:
        cells = [text for row in closing.rows for text in row]
        for text in (closing.title, *closing.sentences, *closing.headers, *cells, *closing.foot):
            assert text.strip() in [each.strip() for each in shown]
            assert " ".join(text.split()) in words


def test_rows_are_cut_into_pages_by_their_height():
    rows = [("kort", "ett ord")] * 4 + [("lång", "ord " * 200)] + [("kort", "ett ord")] * 4

    pages = page_rows(("A", "B"), rows, width=6, height=2.4, size=14)

    assert [row for page in pages for row in page] == rows
    assert len(pages) > 2
    assert largest_size(("A", "B"), rows[:4], width=6, height=3, sizes=(20, 10)) == 20
    assert largest_size(("A", "B"), rows, width=6, height=3, sizes=(20, 10)) == 10


def test_a_long_heading_does_not_push_numbers_apart():
    rows = [("1", "2"), ("3", "4")]

    short, long = column_widths(("Antal", "Skrivningar att låna"), rows, room=400, size=10)

    assert long < text_width("Skrivningar att låna", 10)
    assert long > text_width("Skrivningar", 10)
    assert short < long
