"""The pack as a PDF for reading: A4, the same findings, numbers, quotations and decisions."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from typing import Any

import htpy as h
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)

from dashboard.draw.paper import CELL_SIZE, WIDTH, figure_parts, paragraph, table
from dashboard.draw.printed import LINK, PRINT, column_widths
from dashboard.filters import level_label
from dashboard.meeting.numbers import Numbers, numbers_behind
from dashboard.meeting.pack import OPENS, Closing, Pack, closing_pages
from dashboard.meeting.slide import Slide, stretches
from dashboard.parts.quotation import source_line, summary_source
from dashboard.text import number

MARGIN = (A4[0] - WIDTH) / 2
_TOP, _BOTTOM = 56.0, 52.0
_LEAST_ROOM = 200.0
_KEPT_ROWS, _LEAST_START = 16, 160.0
"""Tables of at most so many rows are not cut; longer ones begin with this much room."""
_MOST_BESIDE, _PAGE_ROWS, _GAP = 3, 36, 22.0
"""Narrow tables stand beside each other: at most so many, so long, with this much between."""


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
    behind = numbers_behind([slide for _, slide in pack.points])
    for place, (_, slide) in enumerate(pack.points, start=1):
        story += _point(pack, slide, place, behind[place - 1])
    for closing in closing_pages(pack):
        story += closing_parts(closing)
    document.build(story)
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


def _point(pack: Pack, slide: Slide, place: int, own: Numbers) -> list[Any]:
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
    parts += _proof(pack, slide) + [paragraph(sentence, "body") for sentence in slide.told]
    parts += [paragraph(slide.foot, "muted"), paragraph(f"Urval: {slide.choice}", "muted")]
    if own.as_before:
        return [*parts, paragraph(f"Siffrorna står under {own.as_before}.", "muted")]
    return parts + _numbers(slide, own)


def _drawn(slide: Slide) -> list[Any]:
    if slide.empty:
        return [paragraph(slide.empty, "body")]
    return figure_parts(slide.chart.figure)


def _proof(pack: Pack, slide: Slide) -> list[Any]:
    if slide.quotations:
        row = slide.quotations[0]
        words: h.Node = [h.b[each.text] if each.decides else each.text for each in stretches(row)]
        below: h.Node = f"{level_label(row['level'])} · {source_line(row)}"
        if href := pack.addresses.get(row["passage_id"]):
            below = [below, " · ", h.a(href=href, color=LINK)[h.u[OPENS]]]
        color = PRINT.ladder[row["level"]]
    elif slide.summaries:
        row = slide.summaries[0]
        words = [h.b["Referat:"], f" {row['summary']}"]
        below = summary_source(row)
        color = PRINT.hatch
    else:
        return []
    cell = [paragraph(words, "quote"), paragraph(below, "muted")]
    look = [
        ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(color)),
        ("LEFTPADDING", (0, 0), (-1, -1), 12),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return [Table([[cell]], colWidths=[WIDTH], style=TableStyle(look)), Spacer(0, 8)]


def _numbers(slide: Slide, own: Numbers) -> list[Any]:
    """The table of a slide; a long and narrow one stands in columns beside each other."""
    if not own.rows:
        return []
    widths = column_widths(own.headers, own.rows, room=WIDTH, size=CELL_SIZE)
    wide = min(sum(widths), WIDTH)
    beside = min(_MOST_BESIDE, int((WIDTH + _GAP) / (wide + _GAP)))
    parts = [paragraph(f"Siffrorna bakom: {slide.heading}", "heading")]
    if own.same:
        parts.append(paragraph(own.same, "muted"))
    if len(own.rows) <= _KEPT_ROWS or beside < 2:
        whole = table(own.headers, own.rows, numeric=own.numeric, shares=widths, width=wide)
        if len(own.rows) <= _KEPT_ROWS:
            return [KeepTogether([*parts, whole])]
        return [CondPageBreak(_LEAST_START), *parts, whole]
    room = beside * _PAGE_ROWS
    chunks = [own.rows[start : start + room] for start in range(0, len(own.rows), room)]
    first, *rest = [_beside(own, chunk, widths, wide, beside) for chunk in chunks]
    return [KeepTogether([*parts, first]), *rest]


def _beside(
    own: Numbers, rows: Sequence[tuple[str, ...]], widths: list[float], wide: float, columns: int
) -> Table:
    """Rows in equally long tables side by side."""
    high = -(-len(rows) // columns)
    cells = [
        table(own.headers, rows[start : start + high], numeric=own.numeric, shares=widths,
              width=wide)
        for start in range(0, len(rows), high)
    ]  # fmt: skip
    look = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return Table([cells], colWidths=[wide + _GAP] * len(cells), style=look, hAlign="LEFT")


class Bookmark(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A place in the outline that readers and screen readers jump between."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.width = self.height = 0

    def draw(self) -> None:
        """Put the bookmark where the text has come to."""
        mark = f"p{id(self)}"
        self.canv.bookmarkHorizontal(mark, 0, 30)
        self.canv.addOutlineEntry(self.name, mark, 0)


def closing_parts(closing: Closing) -> list[Any]:
    """Return what a closing page flows into the document."""
    parts: list[Any] = [
        CondPageBreak(_LEAST_ROOM),
        Spacer(0, 18),
        Bookmark(closing.title),
        paragraph(closing.title, "finding"),
    ]
    if closing.rows:
        shares = column_widths(closing.headers, closing.rows, room=WIDTH, size=CELL_SIZE)
        parts.append(table(closing.headers, closing.rows, shares=shares))
    parts += [paragraph(sentence, "body") for sentence in closing.sentences]
    return [*parts, Spacer(0, 4), *(paragraph(line, "muted") for line in closing.foot)]
