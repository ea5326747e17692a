"""The map of the PDF as vectors, what is not read hatched."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, Path, Rect
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from dashboard.charts.drawing import MAP_WIDTH, AreaMap
from dashboard.charts.native import named_areas
from dashboard.meeting.pack import PRINT
from dashboard.meeting.pdf_parts import WIDTH, add_words

Point = tuple[float, float]


def map_picture(drawing: AreaMap, height: float = 240) -> Drawing:
    """The map as vectors, names where they fit."""
    scale = min(WIDTH / MAP_WIDTH, height / drawing.height)
    picture = Drawing(WIDTH, drawing.height * scale + 4)
    shift = (WIDTH - MAP_WIDTH * scale) / 2

    def at(point: Point) -> Point:
        return shift + point[0] * scale, (drawing.height - point[1]) * scale + 2

    for area in drawing.areas:
        empty = PRINT.card if area.is_chosen else PRINT.ground
        path = Path(
            fillColor=HexColor(empty if area.level is None else PRINT.ladder[area.level]),
            strokeColor=HexColor(PRINT.hatch if area.level is None else PRINT.card),
            strokeWidth=0.8,
        )
        rings = [[at(point) for point in ring] for ring in area.rings]
        for ring in rings:
            path.moveTo(*ring[0])
            for point in ring[1:]:
                path.lineTo(*point)
            path.closePath()
        picture.add(path)
        for start, end in hatching(rings) if area.level is None and area.is_chosen else ():
            line = Line(*start, *end, strokeColor=HexColor(PRINT.hatch), strokeWidth=0.6)
            picture.add(line)
    for area in named_areas(drawing, 8 / scale):
        x, y = at(area.label)
        ink = PRINT.ink if area.level is None else PRINT.on_ladder[area.level]
        if area.level is None and area.is_chosen:
            half = stringWidth(area.name, "Helvetica", 8) / 2 + 1.5
            ground = HexColor(PRINT.card)
            picture.add(Rect(x - half, y - 4, 2 * half, 9, fillColor=ground, strokeColor=None))
        add_words(picture, x, y - 2.5, area.name, 8, HexColor(ink), "middle")
    return picture


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
