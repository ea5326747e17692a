"""The pack as an editable PowerPoint: native charts and tables, never pictures."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from dashboard.charts.drawing import (
    AreaMap,
    CountBars,
    HeatGrid,
    LadderBars,
    LevelNames,
    Lines,
    level_word,
)
from dashboard.components.quotation import source_line
from dashboard.components.tables import in_words
from dashboard.filters import level_label
from dashboard.meeting.pack import PRINT, Pack, column_widths, told_columns
from dashboard.meeting.pptx_charts import count_chart, ladder_chart
from dashboard.meeting.pptx_closing import add_decisions, add_reading
from dashboard.meeting.pptx_page import EDGE, HIGH, WIDE, foot, new_page
from dashboard.meeting.pptx_parts import (
    Box,
    Run,
    describe,
    legend,
    map_shapes,
    panel,
    rgb,
    table,
    text,
    write_runs,
)
from dashboard.meeting.quote_runs import stretches
from dashboard.meeting.slide import Slide
from dashboard.text import DASH, number

_AIRY = 1.35
"""How much wider than its words a narrow table is."""
_TABLE_ROWS, _TABLE_PAGES, _TABLE_SIZE = 13, 2, 13
_MAIN = Box(EDGE, 2.0, 7.3, 4.35)
_WHOLE = Box(EDGE, 2.0, WIDE - 2 * EDGE, 4.35)
_PROOF = Box(8.35, 2.05, WIDE - EDGE - 8.35, 4.3)


def write_pptx(pack: Pack) -> bytes:
    """Return the pack as a PowerPoint file."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    facts = deck.core_properties
    facts.title, facts.language, facts.author = pack.title, "sv-SE", "Innovation i planeringen"
    facts.subject = " · ".join(each for each in (pack.subtitle, pack.mark) if each)
    _opening(deck, pack)
    for place, (_, slide) in enumerate(pack.points, start=1):
        _point(deck, pack, slide, place)
        _numbers(deck, pack, slide, place)
    add_decisions(deck, pack)
    add_reading(deck, pack)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _opening(deck: Any, pack: Pack) -> None:
    page = new_page(deck, pack, pack.title, pack.subtitle)
    rows = [
        (str(place), slide.heading, slide.finding, number(item.minutes))
        for place, (item, slide) in enumerate(pack.points, start=1)
    ]
    size = 16 if len(rows) <= 8 else 13 if len(rows) <= 12 else 10
    table(
        page, Box(EDGE, 1.65, WIDE - 2 * EDGE, 4.85), ("", "Punkt", "Slutsats", "Minuter"), rows,
        numeric=frozenset({3}), shares=(0.4, 2.6, 8.2, 1.1), size=size,
    )  # fmt: skip
    foot(page, f"Filter och utgåva är frysta. {pack.total_minutes} minuter.", pack.attribution)


def _point(deck: Any, pack: Pack, slide: Slide, place: int) -> None:
    page = new_page(deck, pack, slide.finding, f"{place} · {slide.heading}")
    text(page, Box(EDGE, 1.58, WIDE - 2 * EDGE, 0.3), [Run(slide.measured, color=PRINT.muted)], 16)
    proof = bool(slide.quotations or slide.summaries)
    _draw(page, slide, _MAIN if proof else _WHOLE)
    only = slide.drawing is None and not slide.empty
    if proof:
        _proof(page, slide, _WHOLE if only else _PROOF, 28 if only else 20)
    foot(page, _sources(slide), f"Urval: {slide.choice}. Utgåva {pack.edition_id}.")
    page.notes_slide.notes_text_frame.text = f"{slide.finding}.\n{slide.chart.alt}\n{slide.choice}"


def _sources(slide: Slide) -> str:
    return " · ".join(part for part in (slide.note, slide.source) if part)


def _draw(page: Any, slide: Slide, box: Box) -> None:
    drawing = slide.drawing
    if slide.empty:
        text(page, box, [Run(slide.empty)], 22, middle=True)
    elif isinstance(drawing, LadderBars):
        legend(page, box.left, box.top)
        ladder_chart(page, _below_key(box), drawing, slide.chart.alt)
    elif isinstance(drawing, CountBars):
        count_chart(page, box, drawing, slide.chart.alt)
    elif isinstance(drawing, AreaMap):
        legend(page, box.left, box.top)
        map_shapes(page, _below_key(box), drawing, slide.chart.alt)
    elif isinstance(drawing, LevelNames):
        rows = [
            (level_word(level), number(len(names)), ", ".join(names))
            for level, names in drawing.groups
        ]
        fills = {(i, 0): level for i, (level, _) in enumerate(drawing.groups) if level is not None}
        table(
            page,
            box,
            ("Nivå", "Antal", "Kommuner"),
            rows,
            shares=(1.1, 0.8, 4.8),
            size=18,
            fills=fills,
            numeric=frozenset({1}),
        )
    elif isinstance(drawing, HeatGrid):
        _heat(page, drawing, box)
    elif isinstance(drawing, Lines):
        shares = (3.2, *([1.2] * (len(drawing.headers) - 1)))
        table(
            page,
            box,
            drawing.headers,
            drawing.rows,
            numeric=drawing.numeric,
            shares=shares,
            size=16,
        )


def _below_key(box: Box) -> Box:
    return Box(box.left, box.top + 0.42, box.width, box.height - 0.42)


def _heat(page: Any, grid: HeatGrid, box: Box) -> None:
    rows = [
        (label, *(DASH if cell is None else number(cell[0]) for cell in cells))
        for label, cells in grid.rows
    ]
    fills = {
        (line, place): cell[1]
        for line, (_, cells) in enumerate(grid.rows)
        for place, cell in enumerate(cells, start=1)
        if cell is not None
    }
    headers = (grid.corner, *grid.columns)
    shares = column_widths(headers, rows, room=72 * box.width, size=14)
    table(
        page, box, headers, rows, shares=shares, size=14,
        fills=fills,
    )  # fmt: skip


def _proof(page: Any, slide: Slide, box: Box, size: float) -> None:
    """The quotation with its deciding words in bold, or a summary that says it is one."""
    bar = panel(page, Box(box.left - 0.2, box.top, 0.07, box.height), "Citatstreck")
    ground = Box(box.left - 0.13, box.top, box.width + 0.13, box.height)
    panel(page, ground, "Citatgrund", PRINT.ground)
    if slide.quotations:
        row = slide.quotations[0]
        bar.fill.fore_color.rgb = rgb(PRINT.ladder[row["level"]])
        runs = [Run(piece.text, piece.decides) for piece in stretches(row)]
        below = f"{level_label(row['level'])} · {source_line(row)}"
    else:
        row = slide.summaries[0]
        bar.fill.fore_color.rgb = rgb(PRINT.hatch)
        runs = [Run("Referat: ", True), Run(str(row["summary"]))]
        below = f"{row['municipality_name']} · andras läsning av utdrag. Räknas inte."
    inner = Box(box.left + 0.1, box.top + 0.1, box.width - 0.25, box.height - 0.2)
    shape = text(page, inner, runs, size, middle=True)
    describe(shape, "Citat", "")
    paragraph = shape.text_frame.add_paragraph()
    paragraph.space_before = 120000
    write_runs(paragraph, [Run(below, color=PRINT.muted)], 13)


def _numbers(deck: Any, pack: Pack, slide: Slide, place: int) -> None:
    """The chart's own table, in as many pages as it needs."""
    frame = slide.chart.table
    columns = told_columns(slide.chart)
    if not frame.height:
        return
    rows = [tuple(in_words(row[c.name], c) for c in columns) for row in frame.to_dicts()]
    numeric = frozenset(i for i, c in enumerate(columns) if c.is_number)
    headers = [c.label for c in columns]
    widths = column_widths(headers, rows, room=72 * (WIDE - 2 * EDGE), size=_TABLE_SIZE)
    shown = rows[: _TABLE_ROWS * _TABLE_PAGES]
    left_out = f"Visar {len(shown)} av {len(rows)} rader; alla står i PDF-filen. "
    for start in range(0, len(shown), _TABLE_ROWS):
        page = new_page(deck, pack, f"Siffrorna bakom: {slide.heading}", f"{place} · Tabell")
        table(
            page, Box(EDGE, 1.6, min(_AIRY * sum(widths) / 72, WIDE - 2 * EDGE), 4.9), headers,
            shown[start : start + _TABLE_ROWS], numeric=numeric, shares=widths, size=_TABLE_SIZE,
        )  # fmt: skip
        more = left_out if len(shown) < len(rows) else ""
        foot(page, more + _sources(slide), f"Urval: {slide.choice}. Utgåva {pack.edition_id}.")
