"""A schematic map of a whole municipality: land, forest, lakes, roads, places and growth lines."""

from __future__ import annotations

import random
from typing import Any

from reportlab.lib.colors import HexColor, white

from pipelines.example.look import Look
from pipelines.example.map_shapes import (
    BUILT,
    CASING,
    FOREST,
    INK,
    LAND,
    RAIL,
    SHORE,
    WATER,
    Legend,
    Point,
    blob,
    smooth,
    wander,
)

_COAST_SHARE = 0.5


def draw(canvas: Any, rng: random.Random, look: Look, width: float, height: float) -> Legend:
    """Draw a municipality that fills (width, height) points; return what the legend says."""
    canvas.setFillColor(HexColor("#E9E7DF"))
    canvas.rect(0, 0, width, height, fill=1, stroke=0)
    centre = (width * 0.48, height * 0.52)
    border = blob(rng, centre, min(width, height) * 0.5, corners=12)
    canvas.setFillColor(HexColor(LAND))
    canvas.drawPath(smooth(canvas, border, closed=True), fill=1, stroke=0)
    for _ in range(9):
        _area(canvas, rng, width, height, FOREST, rng.uniform(22, 58))
    for _ in range(4):
        _area(canvas, rng, width, height, WATER, rng.uniform(8, 26))
    if rng.random() < _COAST_SHARE:
        _coast(canvas, rng, width, height)
    town = (centre[0] + rng.uniform(-20, 20), centre[1] + rng.uniform(-20, 20))
    villages = [
        (width * x + rng.uniform(-18, 18), height * y + rng.uniform(-14, 14))
        for x, y in ((0.2, 0.72), (0.26, 0.3), (0.68, 0.78), (0.74, 0.46), (0.5, 0.22))
    ]
    _growth(canvas, look, town, villages[: rng.choice((2, 3))])
    _lines(canvas, rng, width, height, town, villages)
    _places(canvas, rng, look, town, villages)
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(1.1)
    canvas.setDash([7, 2, 1, 2])
    canvas.drawPath(smooth(canvas, border, closed=True), fill=0, stroke=1)
    canvas.setDash()
    return [
        ("Tätort", BUILT, "area"),
        ("Utvecklingsstråk", look.accent, "area"),
        ("Skog och natur", FOREST, "area"),
        ("Vatten", WATER, "area"),
        ("Väg", CASING, "line"),
        ("Järnväg", RAIL, "line"),
        ("Kommungräns", INK, "dashed"),
    ]


def _area(
    canvas: Any, rng: random.Random, width: float, height: float, colour: str, radius: float
) -> None:
    spot = (rng.uniform(0.08, 0.92) * width, rng.uniform(0.08, 0.92) * height)
    path = smooth(canvas, blob(rng, spot, radius), closed=True)
    canvas.setFillColor(HexColor(colour))
    canvas.setStrokeColor(HexColor(SHORE))
    canvas.setLineWidth(0.5)
    canvas.drawPath(path, fill=1, stroke=1 if colour == WATER else 0)


def _coast(canvas: Any, rng: random.Random, width: float, height: float) -> None:
    points = wander(rng, (width * 0.9, height + 20), (width * 0.78, -20), 22, 5)
    path = smooth(canvas, points, closed=False)
    path.lineTo(width + 20, -20)
    path.lineTo(width + 20, height + 20)
    path.close()
    canvas.setFillColor(HexColor(WATER))
    canvas.setStrokeColor(HexColor(SHORE))
    canvas.drawPath(path, fill=1, stroke=1)


def _growth(canvas: Any, look: Look, town: Point, ends: list[Point]) -> None:
    canvas.saveState()
    canvas.setStrokeColor(HexColor(look.accent))
    canvas.setStrokeAlpha(0.35)
    canvas.setLineCap(1)
    canvas.setLineWidth(17)
    for end in ends:
        canvas.line(*town, *end)
    canvas.restoreState()


def _lines(
    canvas: Any,
    rng: random.Random,
    width: float,
    height: float,
    town: Point,
    villages: list[Point],
) -> None:
    canvas.setStrokeColor(HexColor(CASING))
    canvas.setLineWidth(2.2)
    edges = [(0.0, height * 0.6), (width, height * 0.35), (width * 0.4, 0.0)]
    for end in [*villages, *edges]:
        canvas.drawPath(smooth(canvas, wander(rng, town, end, 14, 2), closed=False), fill=0)
    canvas.setStrokeColor(HexColor(RAIL))
    canvas.setLineWidth(1.2)
    west, east = (0.0, height * 0.34), (width, height * 0.7)
    for start, end in ((west, town), (town, east)):
        canvas.drawPath(smooth(canvas, wander(rng, start, end, 8, 2), closed=False), fill=0)


def _places(
    canvas: Any, rng: random.Random, look: Look, town: Point, villages: list[Point]
) -> None:
    canvas.setFillColor(HexColor(BUILT))
    for place, radius in [(town, 25.0), *((village, 9.0) for village in villages)]:
        canvas.drawPath(smooth(canvas, blob(rng, place, radius), closed=True), fill=1, stroke=0)
    for number, place in enumerate([town, *villages], start=1):
        canvas.setFillColor(white)
        canvas.setStrokeColor(HexColor(look.dark))
        canvas.setLineWidth(1.2)
        canvas.circle(*place, 6.2, fill=1, stroke=1)
        canvas.setFillColor(HexColor(look.dark))
        canvas.setFont(look.display.bold, 7)
        canvas.drawCentredString(place[0], place[1] - 2.5, str(number))
