"""The pack as a PDF for reading: A4, the same findings, numbers, quotations and decisions."""

from __future__ import annotations

import io
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    KeepTogether,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

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
from dashboard.meeting.pdf_closing import Bookmark, decisions, reading
from dashboard.meeting.pdf_map import map_picture
from dashboard.meeting.pdf_parts import (
    CELL_SIZE,
    WIDTH,
    count_picture,
    key,
    ladder_picture,
    paragraph,
    table,
)
from dashboard.meeting.quote_runs import stretches
from dashboard.meeting.slide import Slide
from dashboard.text import DASH, number

MARGIN = (A4[0] - WIDTH) / 2
_TOP, _BOTTOM = 56.0, 52.0
_KEPT_ROWS, _LEAST_START = 16, 160.0
"""Tables of at most so many rows are not cut; longer ones begin with this much room."""


def write_pdf(pack: Pack) -> bytes:
    """Return the pack as a PDF with title, language and outline."""
    target = io.BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title=pack.title,
        author="Innovation i planeringen",
        subject=" · ".join(each for each in (pack.subtitle, pack.mark) if each),
        lang="sv-SE",
        displayDocTitle=1,
    )
    frame = Frame(MARGIN, _BOTTOM, WIDTH, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=partial(_furniture, pack=pack)))
    story: list[Any] = _opening(pack)
    for place, (_, slide) in enumerate(pack.points, start=1):
        story += _point(slide, place)
    document.build(story + decisions(pack) + reading(pack))
    return target.getvalue()


def _furniture(canvas: Any, _document: Any, pack: Pack) -> None:
    """Mark, edition and page number on every page."""
    canvas.saveState()
    canvas.setFont("Helvetica", 9)
    canvas.setFillColor(HexColor(PRINT.muted))
    canvas.drawString(MARGIN, 28, f"{pack.region} · utgåva {pack.edition_id} · {pack.held_on}")
    canvas.drawRightString(A4[0] - MARGIN, 28, str(canvas.getPageNumber()))
    if pack.mark:
        canvas.setFont("Helvetica-Bold", 9)
        canvas.setFillColor(HexColor(PRINT.attention))
        canvas.drawRightString(A4[0] - MARGIN, A4[1] - 34, pack.mark)
    canvas.restoreState()


def _opening(pack: Pack) -> list[Any]:
    rows = [
        (str(place), slide.heading, slide.finding, number(item.minutes))
        for place, (item, slide) in enumerate(pack.points, start=1)
    ]
    return [
        Bookmark(pack.title),
        paragraph(pack.title, "title"),
        paragraph(pack.subtitle, "over"),
        Spacer(0, 10),
        table(
            ("", "Punkt", "Slutsats", "Minuter"),
            rows,
            numeric=frozenset({3}),
            shares=(0.3, 1.8, 4.6, 0.7),
        ),
    ]


def _point(slide: Slide, place: int) -> list[Any]:
    parts: list[Any] = [
        CondPageBreak(360),
        Spacer(0, 18),
        Bookmark(f"{place}. {slide.heading}"),
        paragraph(f"{place} · {slide.heading}", "over"),
        paragraph(slide.finding, "finding"),
        paragraph(slide.measured, "muted"),
        Spacer(0, 8),
        *_drawn(slide),
        Spacer(0, 8),
    ]
    parts += _proof(slide)
    foot = " · ".join(each for each in (slide.note, slide.source) if each)
    parts += [paragraph(foot, "muted"), paragraph(f"Urval: {slide.choice}", "muted")]
    return parts + _numbers(slide)


def _drawn(slide: Slide) -> list[Any]:
    drawing = slide.drawing
    if drawing is None:
        return [paragraph(slide.empty, "body")] if slide.empty else []
    if isinstance(drawing, LadderBars):
        return [key(), ladder_picture(drawing)]
    if isinstance(drawing, AreaMap):
        return [key(), map_picture(drawing)]
    return [count_picture(drawing) if isinstance(drawing, CountBars) else _as_table(drawing)]


def _as_table(drawing: LevelNames | HeatGrid | Lines) -> Table:
    if isinstance(drawing, HeatGrid):
        return _heat(drawing)
    if isinstance(drawing, Lines):
        shares = (3.0, *([1.3] * (len(drawing.headers) - 1)))
        return table(drawing.headers, drawing.rows, numeric=drawing.numeric, shares=shares)
    rows = [(level_word(at), number(len(names)), ", ".join(names)) for at, names in drawing.groups]
    fills = {(i, 0): at for i, (at, _) in enumerate(drawing.groups) if at is not None}
    heads = ("Nivå", "Antal", "Kommuner")
    return table(heads, rows, shares=(0.9, 0.6, 5), fills=fills, numeric=frozenset({1}))


def _heat(grid: HeatGrid) -> Table:
    rows = [
        (label, *(DASH if c is None else number(c[0]) for c in cells)) for label, cells in grid.rows
    ]
    fills = {
        (line, place): cell[1]
        for line, (_, cells) in enumerate(grid.rows)
        for place, cell in enumerate(cells, start=1)
        if cell is not None
    }
    shares = (2.0, *([1.15] * len(grid.columns)))
    return table((grid.corner, *grid.columns), rows, shares=shares, fills=fills)


def _proof(slide: Slide) -> list[Any]:
    if slide.quotations:
        row = slide.quotations[0]
        words = "".join(
            f"<b>{escape(piece.text)}</b>" if piece.decides else escape(piece.text)
            for piece in stretches(row)
        )
        below = f"{level_label(row['level'])} · {source_line(row)}"
        color = PRINT.ladder[row["level"]]
    elif slide.summaries:
        row = slide.summaries[0]
        words = f"<b>Referat:</b> {escape(str(row['summary']))}"
        below = f"{row['municipality_name']} · andras läsning av utdrag. Räknas inte."
        color = PRINT.hatch
    else:
        return []
    cell = [paragraph(words, "quote", markup=True), paragraph(below, "muted")]
    look = [
        ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(color)),
        ("LEFTPADDING", (0, 0), (-1, -1), 12),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return [Table([[cell]], colWidths=[WIDTH], style=TableStyle(look)), Spacer(0, 8)]


def _numbers(slide: Slide) -> list[Any]:
    frame = slide.chart.table
    columns = told_columns(slide.chart)
    if not frame.height:
        return []
    rows = [tuple(in_words(row[c.name], c) for c in columns) for row in frame.to_dicts()]
    numeric = frozenset(i for i, c in enumerate(columns) if c.is_number)
    headers = [c.label for c in columns]
    widths = column_widths(headers, rows, room=WIDTH, size=CELL_SIZE)
    parts = [
        paragraph(f"Siffrorna bakom: {slide.heading}", "heading"),
        table(headers, rows, numeric=numeric, shares=widths, width=min(sum(widths), WIDTH)),
    ]
    if len(rows) <= _KEPT_ROWS:
        return [KeepTogether(parts)]
    return [CondPageBreak(_LEAST_START), *parts]
