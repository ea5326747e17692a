"""The pack holds the page's numbers in native charts and tables, marked, sourced and editable."""

import io

import polars as pl
import pypdfium2
import pytest
from pptx import Presentation
from pptx.util import Inches
from reportlab.graphics.shapes import String

from dashboard.draw.chart import Bars, Chart, Mark, Scale, ScaleRow
from dashboard.draw.paper import figure_parts
from dashboard.draw.pptx import Box, draw_chart
from dashboard.meeting import notes
from dashboard.meeting.agenda import MOST_ITEMS, add
from dashboard.meeting.notes import Entry, Minutes
from dashboard.meeting.numbers import told_columns
from dashboard.meeting.pack_pdf import write_pdf
from dashboard.meeting.pack_pptx import write_pptx
from dashboard.parts.table import in_words
from pipelines.model.region import EXAMPLE_MARK
from tests.dashboard.meeting_world import enter, full_agenda, packed

EMU = Inches(1)
DECISION = Entry("beslut", "Skicka in planerna.", "Region Stockholm", "2027-01-31")


@pytest.fixture
def pack(built, monkeypatch):
    enter(built, monkeypatch)
    return packed(full_agenda("liten"), notes.add_entry(Minutes(), 1, DECISION))


@pytest.fixture
def deck(pack):
    return Presentation(io.BytesIO(write_pptx(pack)))


def pages_of(deck, title):
    return [page for page in deck.slides if page.shapes.title.text_frame.text == title]


def all_text(page):
    words = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    for shape in page.shapes:
        if shape.has_table:
            words += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(words)


def charts_of(page):
    return [shape.chart for shape in page.shapes if shape.has_chart]


def test_charts_are_native_and_hold_the_slides_numbers(pack, deck):
    compared = 0
    for _, slide in pack.points:
        if not isinstance(slide.chart.figure, Bars | Scale):
            continue
        page = pages_of(deck, slide.finding)[0]
        (chart,) = charts_of(page)
        series = [list(each.values) for each in chart.plots[0].series]
        if isinstance(slide.chart.figure, Bars):
            table = slide.chart.table
            names = [*(f"level_{level}" for level in range(5)), "unread"]
            assert series == [table[name].cast(float).to_list() for name in names]
        else:
            assert series == [[float(row.marks[0].end) for row in slide.chart.figure.rows]]
        compared += 1
    assert compared >= 3


def test_a_scale_of_any_marks_is_drawn_on_slide_and_paper():
    """An interval, a missing value and a change: not only bars from the left."""
    scale = Scale(
        rows=(
            ScaleRow("Öppna", (Mark("span", "test", 30, 80, "a"), Mark("dot", "test", 60, 60, "b")),
                     estimate="60 %"),
            ScaleRow("Kända", instead="För få"),
            ScaleRow("Publicerade", (Mark("ring", "ring", 40, 40, "c", text="40 %"),)),
        ),
        low=0, high=100, ticks=((0, "0"), (100, "100")), has_track=True,
    )  # fmt: skip
    page = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    draw_chart(
        page, Box(0, 0, 10, 3), Chart("x", "x", "", "Intervall", "", pl.DataFrame(), (), scale)
    )
    (group,) = page.shapes
    left = {shape.name: shape.left + shape.width / 2 for shape in group.shapes}
    assert left["a"] == pytest.approx((3.4 + 4 * 0.55) * EMU, abs=10)
    assert left["b"] == pytest.approx((3.4 + 4 * 0.60) * EMU, abs=10)
    words = {shape.text_frame.text for shape in group.shapes if shape.has_text_frame}
    assert {"Öppna", "60 %", "För få", "40 %"} <= words
    (drawing,) = figure_parts(scale)
    assert {"60 %", "För få", "40 %"} <= {
        each.text for each in drawing.contents if isinstance(each, String)
    }


def test_nothing_is_a_picture(deck):
    assert not [shape for page in deck.slides for shape in page.shapes if shape.shape_type == 13]


def test_tables_hold_every_column_of_the_chart(pack, deck):
    slide = pack.points[0][1]
    page = pages_of(deck, f"Siffrorna bakom: {slide.heading}")[0]
    table = next(shape.table for shape in page.shapes if shape.has_table)

    columns = told_columns(slide.chart)
    expected = [[in_words(row[c.name], c) for c in columns] for row in slide.chart.table.to_dicts()]

    assert [cell.text for cell in table.rows[0].cells] == [column.label for column in columns]
    assert [[cell.text for cell in row.cells] for row in list(table.rows)[1:]] == expected


def test_every_page_has_title_and_the_mark(deck):
    for page in deck.slides:
        assert page.shapes.title.text_frame.text
        assert EXAMPLE_MARK in all_text(page)


def test_a_real_region_carries_no_mark(built, monkeypatch):
    enter(built, monkeypatch)
    deck = Presentation(io.BytesIO(write_pptx(packed(full_agenda("stockholm")))))

    assert not [page for page in deck.slides if EXAMPLE_MARK in all_text(page)]


def test_a_table_never_runs_off_its_page(deck):
    for page in deck.slides:
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_the_longest_agenda_goes_on_over_the_next_page(built, monkeypatch):
    enter(built, monkeypatch)
    agenda = full_agenda("liten")
    first = agenda.items[0]
    while len(agenda.items) < MOST_ITEMS:
        agenda = add(agenda, first.kind, first.filters)
    deck = Presentation(io.BytesIO(write_pptx(packed(agenda, Minutes()))))
    pages = [page for page in deck.slides if page.shapes.title.text_frame.text == agenda.title]
    tables = [shape for page in pages for shape in page.shapes if shape.has_table]
    assert sum(len(each.table.rows) - 1 for each in tables) == MOST_ITEMS
    for each in tables:
        high = sum(row.height for row in each.table.rows)
        assert each.top + high <= 6.62 * EMU


def test_points_carry_source_choice_and_edition(pack, deck):
    for _, slide in pack.points:
        words = all_text(pages_of(deck, slide.finding)[0])
        assert slide.source in words
        assert slide.choice in words
        assert pack.edition_id in words


def test_the_deciding_word_is_bold_in_the_quotation(pack, deck):
    slide = pack.points[0][1]
    page = pages_of(deck, slide.finding)[0]
    quote = next(shape for shape in page.shapes if shape.name == "Citat")
    runs = quote.text_frame.paragraphs[0].runs

    assert "".join(run.text for run in runs) == slide.quotations[0]["quote"]
    bold = [run.text for run in runs if run.font.bold]
    assert bold
    assert all(len(word) < 40 for word in bold)


def test_decisions_stand_on_a_page_of_their_own(deck):
    words = all_text(pages_of(deck, "Beslut och uppföljning")[0])

    assert DECISION.text in words
    assert DECISION.responsible in words
    assert DECISION.due in words


def test_pictures_of_numbers_have_text_alternatives(deck):
    for page in deck.slides:
        for shape in page.shapes:
            if shape.has_chart or shape.name == "Karta":
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_the_pdf_says_the_same_and_names_itself(pack):
    document = pypdfium2.PdfDocument(write_pdf(pack))
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    flat = " ".join(words.split())

    assert document.get_metadata_dict()["Title"] == pack.title
    for place, (_, slide) in enumerate(pack.points, start=1):
        assert f"{place} · {slide.heading}" in flat
    assert DECISION.text in flat
    assert flat.count(EXAMPLE_MARK) == len(document)
    assert pack.edition_id in flat
    outline = [entry.get_title() for entry in document.get_toc()]
    assert outline[-2:] == ["Beslut och uppföljning", "Så läser du underlaget"]


def test_the_pdf_is_in_swedish(pack):
    assert b"/Lang (sv-SE)" in write_pdf(pack)


@pytest.mark.parametrize("write", [write_pptx, write_pdf])
def test_a_pack_can_be_made_of_an_empty_edition(bare, monkeypatch, write):
    enter(bare, monkeypatch)

    assert len(write(packed(full_agenda("liten")))) > 1000
