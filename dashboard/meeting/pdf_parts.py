"""Parts of the PDF: styles, bars as vectors, tables. Points on A4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Table, TableStyle

from dashboard.charts.drawing import CountBars, LadderBars, level_word
from dashboard.charts.levels import LEVELS
from dashboard.meeting.pack import PRINT
from dashboard.meeting.pdf_letters import in_font, in_markup
from dashboard.text import number

WIDTH = 481.0
"""Width between the margins of A4."""
CELL_SIZE = 8.8
_NAMES, _COUNTS, _STEP, _BAR = 132.0, 86.0, 24.0, 16.0


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    base = {"fontName": "Helvetica", "textColor": HexColor(PRINT.ink)}
    return ParagraphStyle(name, fontSize=size, leading=leading, **(base | more))


MUTED = HexColor(PRINT.muted)
STYLES = {
    "title": _style("title", 24, 29, fontName="Helvetica-Bold", spaceAfter=6),
    "over": _style("over", 10, 13, textColor=MUTED),
    "finding": _style("finding", 17, 21, fontName="Helvetica-Bold", spaceBefore=2, spaceAfter=4),
    "heading": _style("heading", 13, 17, fontName="Helvetica-Bold", spaceBefore=10, spaceAfter=4),
    "body": _style("body", 10.5, 15, spaceAfter=4),
    "muted": _style("muted", 9, 12, textColor=MUTED),
    "quote": _style("quote", 12, 17),
    "cell": _style("cell", CELL_SIZE, 11.2),
    "head": _style("head", 8.4, 10.6, textColor=MUTED),
}


def paragraph(text: str, style: str, *, markup: bool = False) -> Paragraph:
    """A paragraph; plain text unless ``markup`` says that it is already escaped."""
    return Paragraph(in_markup(text if markup else escape(text)), STYLES[style])


def key() -> Drawing:
    """The ladder's key in one line."""
    picture = Drawing(WIDTH, 16)
    left = 0.0
    for level in [*range(len(LEVELS)), None]:
        word = level_word(level)
        _part(picture, left, 3, 10, 10, level)
        picture.add(String(left + 14, 4.5, word, fontName="Helvetica", fontSize=9, fillColor=MUTED))
        left += 14 + stringWidth(word, "Helvetica", 9) + 14
    return picture


def ladder_picture(bars: LadderBars) -> Drawing:
    """Bars in five steps and what is not read, with counts in the parts."""
    picture = Drawing(WIDTH, _STEP * len(bars.rows) + 4)
    room = WIDTH - _NAMES - _COUNTS
    for place, row in enumerate(bars.rows):
        y = _STEP * (len(bars.rows) - place - 1) + 4
        add_words(picture, 0, y + 4.5, row.label, 10)
        left = _NAMES
        parts: list[tuple[int | None, int]] = [*enumerate(row.levels), (None, row.unread)]
        for level, count in parts:
            wide = room * count / row.known
            if count:
                _part(picture, left, y, wide, _BAR, level)
                if wide > 14 and level is not None:
                    ink = HexColor(PRINT.on_ladder[level])
                    add_words(picture, left + wide / 2, y + 4.5, number(count), 9.5, ink, "middle")
            left += wide
        add_words(picture, WIDTH, y + 4.5, f"{row.read} av {row.known} lästa", 9, MUTED, "end")
    return picture


def count_picture(bars: CountBars) -> Drawing:
    """Plain bars with the numbers beside them."""
    picture = Drawing(WIDTH, _STEP * len(bars.rows) + 4)
    top = max((value for _, value in bars.rows), default=0) or 1
    for place, (name, value) in enumerate(bars.rows):
        y = _STEP * (len(bars.rows) - place - 1) + 4
        wide = (WIDTH - _NAMES - 40) * value / top
        add_words(picture, 0, y + 4.5, name, 10)
        picture.add(
            Rect(_NAMES, y, max(wide, 0.8), _BAR, fillColor=HexColor(PRINT.test), strokeColor=None)
        )
        add_words(picture, _NAMES + wide + 6, y + 4.5, number(value), 10)
    return picture


def table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numeric: frozenset[int] = frozenset(),
    shares: Sequence[float] = (),
    width: float = WIDTH,
    fills: dict[tuple[int, int], int] | None = None,
) -> Table:
    """A table whose head is repeated on each page; ``shares`` divide its width."""
    parts = list(shares) or [1.0] * len(headers)
    widths = [width * share / sum(parts) for share in parts]
    colored = fills or {}

    def cell(text: str, style: str, place: int, level: int | None = None) -> Paragraph:
        changes: dict[str, Any] = {"alignment": TA_RIGHT} if place in numeric else {}
        if level is not None:
            changes = {"alignment": TA_CENTER, "textColor": HexColor(PRINT.on_ladder[level])}
        own = ParagraphStyle("own", STYLES[style], **changes)
        return Paragraph(in_markup(escape(text)), own)

    body = [[cell(text, "head", place) for place, text in enumerate(headers)]]
    body += [
        [cell(text, "cell", place, colored.get((line, place))) for place, text in enumerate(row)]
        for line, row in enumerate(rows)
    ]
    look: list[tuple[Any, ...]] = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(PRINT.line)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
    look += [
        ("BACKGROUND", (place, line + 1), (place, line + 1), HexColor(PRINT.ladder[level]))
        for (line, place), level in colored.items()
    ]
    return Table(body, colWidths=widths, repeatRows=1, style=TableStyle(look), hAlign="LEFT")


def _part(
    picture: Drawing, x: float, y: float, wide: float, high: float, level: int | None
) -> None:
    """A part of a bar; what is not read is hatched, so that it survives grey print."""
    if level is not None:
        color = HexColor(PRINT.ladder[level])
        picture.add(
            Rect(
                x, y, wide, high, fillColor=color, strokeColor=HexColor(PRINT.card), strokeWidth=0.7
            )
        )
        return
    ink = HexColor(PRINT.hatch)
    picture.add(Rect(x, y, wide, high, fillColor=None, strokeColor=ink, strokeWidth=0.6))
    start = x - high
    while start < x + wide:
        left, right = max(start, x), min(start + high, x + wide)
        if right > left:
            picture.add(
                Line(
                    left,
                    y + left - start,
                    right,
                    y + right - start,
                    strokeColor=ink,
                    strokeWidth=0.6,
                )
            )
        start += 5


def add_words(
    picture: Drawing,
    x: float,
    y: float,
    text: str,
    size: float,
    ink: Any = None,
    anchor: str = "start",
) -> None:
    """Put words in a picture."""
    picture.add(
        String(
            x, y, in_font(text), fontName="Helvetica", fontSize=size,
            fillColor=ink or HexColor(PRINT.ink), textAnchor=anchor,
        )
    )  # fmt: skip
