"""The map of the PDF as vectors, what is not read hatched."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Circle, Drawing, Line, Path, Rect
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from dashboard.charts.area_names import Name, name_all
from dashboard.charts.drawing import Area, AreaMap, Point
from dashboard.meeting.pack import PRINT
from dashboard.meeting.pdf_parts import WIDTH, add_words

_INSIDE, _BESIDE = (0.038, 0.032), 0.034
"""Type sizes of names, as shares of the map's height."""


def map_picture(drawing: AreaMap, height: float = 270) -> Drawing:
    """The map as vectors, every area with its name."""
    named = name_all(drawing, inside=_INSIDE, beside=_BESIDE)
    scale = min(WIDTH / named.width, height / named.height)
    picture = Drawing(WIDTH, named.height * scale + 4)
    left, _, _, bottom = named.frame
    shift = (WIDTH - named.width * scale) / 2

    def at(point: Point) -> Point:
        return shift + (point[0] - left) * scale, (bottom - point[1]) * scale + 2

    for area in drawing.areas:
        _area(picture, area, [[at(point) for point in ring] for ring in area.rings])
    for name in named.names:
        ends = [at(point) for point in name.line or ()]
        _name(picture, name, at(name.at), ends, named.size * scale)
    return picture


def _area(picture: Drawing, area: Area, rings: Sequence[Sequence[Point]]) -> None:
    empty = PRINT.card if area.is_chosen else PRINT.ground
    path = Path(
        fillColor=HexColor(empty if area.level is None else PRINT.ladder[area.level]),
        strokeColor=HexColor(PRINT.hatch if area.level is None else PRINT.card),
        strokeWidth=0.8,
    )
    for ring in rings:
        path.moveTo(*ring[0])
        for point in ring[1:]:
            path.lineTo(*point)
        path.closePath()
    picture.add(path)
    for start, end in hatching(rings) if area.level is None and area.is_chosen else ():
        line = Line(*start, *end, strokeColor=HexColor(PRINT.hatch), strokeWidth=0.6)
        picture.add(line)


def _name(picture: Drawing, name: Name, at: Point, ends: Sequence[Point], size: float) -> None:
    """A name in its area, or beside the map with a line that ends in a dot."""
    x, y = at
    level = name.area.level
    if ends:
        ink = HexColor(PRINT.ink)
        picture.add(Line(*ends[0], *ends[1], strokeColor=ink, strokeWidth=0.5))
        picture.add(Circle(*ends[1], 1.6, fillColor=ink, strokeColor=None))
        anchor = "end" if name.side == "left" else "start"
        add_words(picture, x, y - 0.32 * size, name.area.name, size, ink, anchor)
        return
    if level is None and name.area.is_chosen:
        half = stringWidth(name.area.name, "Helvetica", size) / 2 + 1.5
        ground = HexColor(PRINT.card)
        place = (x - half, y - 0.5 * size, 2 * half, 1.1 * size)
        picture.add(Rect(*place, fillColor=ground, strokeColor=None))
    ink = HexColor(PRINT.ink if level is None else PRINT.on_ladder[level])
    add_words(picture, x, y - 0.32 * size, name.area.name, size, ink, "middle")


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
