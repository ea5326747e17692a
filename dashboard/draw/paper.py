"""Charts on paper: drawings as vectors and tables of ReportLab, points on A4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import htpy as h
from reportlab.graphics.shapes import Circle, Drawing, Line, Path, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle

from dashboard.draw.chart import Bars, Figure, Legend, Name, Place, PlaceMap, Point, Scale
from dashboard.draw.levels import OUTSIDE_KIND, UNREAD_KIND, fill_of, ink_on
from dashboard.draw.printed import PRINT, as_table, column_widths, in_font, in_markup, text_width
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


def paragraph(text: h.Node, style: str | ParagraphStyle) -> Paragraph:
    """A paragraph of plain text, or of elements that ReportLab knows by HTML's names."""
    own = STYLES[style] if isinstance(style, str) else style
    return Paragraph(in_markup(str(h.fragment[text])), own)


def figure_parts(figure: Figure | None) -> list[Any]:
    """Return what a figure flows into the document; a figure of Plotly's has no place on paper."""
    if isinstance(figure, Bars):
        return [*_key(figure.legend), _bars(figure)]
    if isinstance(figure, PlaceMap):
        return [*_key(figure.legend), _map(figure)]
    if isinstance(figure, Scale):
        return [_counts(figure) if figure.is_counts else _marks(figure)]
    found = as_table(figure) if figure else None
    if found is None:
        return []
    shares = found.shares or column_widths(found.headers, found.rows, room=WIDTH, size=CELL_SIZE)
    return [
        table(found.headers, found.rows, numeric=found.numeric, shares=shares, fills=found.fills)
    ]


def _key(legend: Legend) -> list[Drawing]:
    """The legend in one line."""
    picture = Drawing(WIDTH, 16)
    left = 0.0
    for kind, word in legend:
        _part(picture, left, 3, 10, 10, kind)
        add_words(picture, left + 14, 4.5, word, 9, MUTED)
        left += 14 + text_width(word, 9) + 14
    return [picture] if legend else []


def _bars(bars: Bars) -> Drawing:
    """Bars of parts with their counts, what is not read hatched."""
    picture = Drawing(WIDTH, _STEP * len(bars.bars) + 4)
    room = WIDTH - _NAMES - _COUNTS
    sums = [sum(part.amount for part in bar.parts) for bar in bars.bars]
    for place, bar in enumerate(bars.bars):
        y = _STEP * (len(bars.bars) - place - 1) + 4
        add_words(picture, 0, y + 4.5, bar.label, 10)
        left = _NAMES
        for part in bar.parts:
            wide = room * part.amount / (sums[place] if bars.is_share else max(sums))
            if part.amount:
                _part(picture, left, y, wide, _BAR, part.kind)
                if wide > 14 and part.text:
                    ink = HexColor(ink_on(part.kind, PRINT))
                    add_words(picture, left + wide / 2, y + 4.5, part.text, 9.5, ink, "middle")
            left += wide
        add_words(picture, WIDTH, y + 4.5, bar.note, 9, MUTED, "end")
    return picture


def _counts(scale: Scale) -> Drawing:
    """Plain bars with the numbers beside them."""
    picture = Drawing(WIDTH, _STEP * len(scale.rows) + 4)
    for place, row in enumerate(scale.rows):
        y, value = _STEP * (len(scale.rows) - place - 1) + 4, row.marks[0].end
        wide = (WIDTH - _NAMES - 40) * value / scale.high
        add_words(picture, 0, y + 4.5, row.label, 10)
        picture.add(
            Rect(_NAMES, y, max(wide, 0.8), _BAR, fillColor=HexColor(PRINT.test), strokeColor=None)
        )
        add_words(picture, _NAMES + wide + 6, y + 4.5, number(value), 10)
    return picture


def _marks(scale: Scale) -> Drawing:
    """Names above, then marks on one scale with the row's words beside them."""
    step, first, wide = 2 * _BAR + 4, 6, 0.5 * WIDTH

    def at(value: float) -> float:
        return first + wide * scale.part_of(value)

    picture = Drawing(WIDTH, step * len(scale.rows) + (_BAR if scale.ticks else 4))
    for place, row in enumerate(scale.rows):
        y = picture.height - step * (place + 1) + _BAR / 2
        add_words(picture, 0, y + _BAR - 2, row.label, 10)
        if row.instead:
            add_words(picture, 0, y - 3, row.words, 9, MUTED)
            continue
        if scale.has_track:
            picture.add(
                Rect(first, y - 1, wide, 2, fillColor=HexColor(PRINT.line), strokeColor=None)
            )
        for mark in row.marks:
            start, end = at(mark.start), at(mark.end)
            color = HexColor(fill_of(mark.kind, PRINT))
            if mark.shape in ("dot", "ring"):
                inside = HexColor(PRINT.card) if mark.shape == "ring" else color
                picture.add(Circle(end, y, 4, fillColor=inside, strokeColor=color))
            else:
                high = _BAR * 0.75 if mark.shape == "bar" else 5
                left, length = min(start, end), max(abs(end - start), 0.8)
                picture.add(
                    Rect(left, y - high / 2, length, high, fillColor=color, strokeColor=None)
                )
        add_words(picture, first + wide + 10, y - 3, row.words, 9, MUTED)
    for value, word in scale.ticks:
        add_words(picture, at(value), 2, word, 9, MUTED, "middle")
    return picture


def _part(picture: Drawing, x: float, y: float, wide: float, high: float, kind: str) -> None:
    """A part of a bar; what is not read is hatched, so that it survives grey print."""
    if kind != UNREAD_KIND:
        fill, edge = HexColor(fill_of(kind, PRINT)), HexColor(PRINT.card)
        picture.add(Rect(x, y, wide, high, fillColor=fill, strokeColor=edge, strokeWidth=0.7))
        return
    ink = HexColor(PRINT.hatch)
    picture.add(Rect(x, y, wide, high, fillColor=None, strokeColor=ink, strokeWidth=0.6))
    corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
    for start, end in hatching([corners], step=5.0):
        picture.add(Line(*start, *end, strokeColor=ink, strokeWidth=0.6))


def _map(figure: PlaceMap, height: float = 270) -> Drawing:
    """The map with every name; what is not read is hatched."""
    left, top, right, bottom = figure.near.frame
    scale = min(WIDTH / (right - left), height / (bottom - top))
    picture = Drawing(WIDTH, (bottom - top) * scale + 4)
    shift = (WIDTH - (right - left) * scale) / 2

    def at(point: Point) -> Point:
        return shift + (point[0] - left) * scale, (bottom - point[1]) * scale + 2

    for place in figure.places:
        _area(picture, place, [[at(point) for point in ring] for ring in place.rings])
    for place in figure.places:
        if name := figure.near.names.get(place.code):
            start = at(name.start) if name.start else None
            _name(
                picture, place, name, at(name.at), start, at(place.label), figure.near.size * scale
            )
    return picture


def _area(picture: Drawing, place: Place, rings: Sequence[Sequence[Point]]) -> None:
    is_unread = place.kind == UNREAD_KIND
    is_pale = is_unread or place.kind == OUTSIDE_KIND
    path = Path(
        fillColor=HexColor(PRINT.card if is_unread else fill_of(place.kind, PRINT)),
        strokeColor=HexColor(PRINT.hatch if is_pale else PRINT.card),
        strokeWidth=0.8,
    )
    for ring in rings:
        path.moveTo(*ring[0])
        for point in ring[1:]:
            path.lineTo(*point)
        path.closePath()
    picture.add(path)
    for start, end in hatching(rings) if is_unread else ():
        picture.add(Line(*start, *end, strokeColor=HexColor(PRINT.hatch), strokeWidth=0.6))


def _name(
    picture: Drawing,
    place: Place,
    name: Name,
    at: Point,
    start: Point | None,
    end: Point,
    size: float,
) -> None:
    """A name in its area, or beside the map with a line that ends in a dot."""
    (x, y), ink = at, HexColor(PRINT.ink)
    if start is not None:
        picture.add(Line(*start, *end, strokeColor=ink, strokeWidth=0.5))
        picture.add(Circle(*end, 1.6, fillColor=ink, strokeColor=None))
        anchor = "end" if name.side == "left" else "start"
        add_words(picture, x, y - 0.32 * size, place.name, size, ink, anchor)
        return
    if place.kind == UNREAD_KIND:
        half = text_width(place.name, size) / 2 + 1.5
        box = (x - half, y - 0.5 * size, 2 * half, 1.1 * size)
        picture.add(Rect(*box, fillColor=HexColor(PRINT.card), strokeColor=None))
    ink = HexColor(ink_on(place.kind, PRINT))
    add_words(picture, x, y - 0.32 * size, place.name, size, ink, "middle")


def hatching(rings: Sequence[Sequence[Point]], step: float = 6.0) -> list[tuple[Point, Point]]:
    """Diagonal lines inside rings, from (x, y) to (x, y): what is not read is hatched in print."""
    edges = [
        (a, b) for ring in rings for a, b in zip(ring, [*ring[1:], ring[0]], strict=True) if a != b
    ]
    slants = [x - y for ring in rings for x, y in ring]
    lines = []
    slant = min(slants) + step / 2
    while slant < max(slants):
        crossed = []
        for (x1, y1), (x2, y2) in edges:
            first, second = x1 - y1 - slant, x2 - y2 - slant
            if (first < 0) != (second < 0):
                part = first / (first - second)
                crossed.append((x1 + part * (x2 - x1), y1 + part * (y2 - y1)))
        crossed.sort()
        lines += list(zip(crossed[::2], crossed[1::2], strict=True))
        slant += step
    return lines


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
        return paragraph(text, own)

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
