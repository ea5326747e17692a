"""A schematic town plan: street grid, houses, parks, water, railway and the planned area."""

from __future__ import annotations

import math
import random
from typing import Any

from reportlab.lib.colors import HexColor

from pipelines.example.look import Look
from pipelines.example.map_shapes import (
    BUILT,
    CASING,
    FOREST,
    GREEN,
    LAND,
    RAIL,
    ROAD,
    SHORE,
    WATER,
    Legend,
    Point,
    blob,
    smooth,
    wander,
)

_STREET = 9.0
_WATER_SHARE = 0.65
_RAIL_SHARE = 0.6


def draw(canvas: Any, rng: random.Random, look: Look, width: float, height: float) -> Legend:
    """Draw a town that fills (width, height) points; return what the legend says."""
    cell, angle = rng.uniform(44, 56), rng.uniform(-18, 18)
    quarter = rng.randrange(4)
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(90 * quarter)
    size = (width, height) if quarter % 2 == 0 else (height, width)
    canvas.translate(-size[0] / 2, -size[1] / 2)
    legend = _ground(canvas, rng, size, cell, angle)
    canvas.restoreState()
    canvas.saveState()
    canvas.translate(width / 2, height * 0.54)
    canvas.rotate(angle)
    _planned(canvas, rng, look, cell)
    canvas.restoreState()
    return [
        ("Planområde", look.accent, "dashed"),
        ("Föreslagen bebyggelse", look.accent, "area"),
        *legend,
    ]


def _ground(
    canvas: Any, rng: random.Random, size: tuple[float, float], cell: float, angle: float
) -> Legend:
    width, height = size
    canvas.setFillColor(HexColor(LAND))
    canvas.rect(0, 0, width, height, fill=1, stroke=0)
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(angle)
    _grid(canvas, rng, math.hypot(width, height), cell)
    canvas.restoreState()
    _park(canvas, rng, (rng.uniform(0.1, 0.3) * width, rng.uniform(0.62, 0.9) * height))
    legend = [("Befintlig bebyggelse", BUILT, "area"), ("Park och natur", GREEN, "area")]
    if rng.random() < _WATER_SHARE:
        _water(canvas, rng, width, rng.uniform(0.12, 0.26) * height)
        legend.append(("Vatten", WATER, "area"))
    else:
        _park(canvas, rng, (rng.uniform(0.6, 0.9) * width, rng.uniform(0.05, 0.2) * height))
    low, high = rng.uniform(0.28, 0.36) * height, rng.uniform(0.6, 0.75) * width
    _road(canvas, wander(rng, (0, low), (width, low + rng.uniform(-30, 30)), 12, 3))
    _road(canvas, wander(rng, (high, 0), (high + rng.uniform(-40, 40), height), 12, 3))
    if rng.random() < _RAIL_SHARE:
        rail = rng.uniform(0.82, 0.94) * height
        _railway(canvas, wander(rng, (0, rail), (width, rail - rng.uniform(-20, 40)), 9, 3))
        legend.append(("Järnväg", RAIL, "dashed"))
    return legend


def _grid(canvas: Any, rng: random.Random, reach: float, cell: float) -> None:
    count = int(reach / cell / 2) + 2
    for i in range(-count, count):
        for j in range(-count, count):
            x, y = i * cell * 1.35, j * cell
            w, h = cell * 1.35 - _STREET, cell - _STREET
            planted = rng.random() < 0.13
            canvas.setFillColor(HexColor(GREEN if planted else "#E9E4D8"))
            canvas.rect(x, y, w, h, fill=1, stroke=0)
            if planted:
                _trees(canvas, rng, x, y, w, h)
            else:
                canvas.setFillColor(HexColor(BUILT))
                _houses(canvas, rng, x, y, w, h)


def _houses(canvas: Any, rng: random.Random, x: float, y: float, w: float, h: float) -> None:
    kind = rng.choice(("court", "court", "slabs", "villas", "hall"))
    if kind == "court":
        depth = 8.0
        for house in (
            (x + 3, y + 3, w - 6, depth),
            (x + 3, y + h - depth - 3, (w - 6) * rng.choice((1.0, 0.6)), depth),
            (x + 3, y + 3, depth, h - 6),
            (x + w - depth - 3, y + 3, depth, (h - 6) * rng.choice((1.0, 0.55))),
        ):
            canvas.rect(*house, fill=1, stroke=0)
    elif kind == "slabs":
        for k in range(3):
            canvas.rect(x + 4 + k * w / 3, y + 5, w / 3 - 10, h - 10, fill=1, stroke=0)
    elif kind == "villas":
        for k in range(4):
            for row in (y + 6, y + h - 14):
                canvas.rect(x + 5 + k * w / 4, row + rng.uniform(-2, 2), 7, 7, fill=1, stroke=0)
    else:
        canvas.rect(x + 5, y + 5, w * 0.62, h - 10, fill=1, stroke=0)


def _trees(canvas: Any, rng: random.Random, x: float, y: float, w: float, h: float) -> None:
    canvas.setFillColor(HexColor(FOREST))
    for _ in range(9):
        canvas.circle(x + rng.uniform(4, w - 4), y + rng.uniform(4, h - 4), 2.3, fill=1, stroke=0)


def _park(canvas: Any, rng: random.Random, centre: Point) -> None:
    canvas.setFillColor(HexColor(GREEN))
    canvas.drawPath(smooth(canvas, blob(rng, centre, 52), closed=True), fill=1, stroke=0)
    canvas.setFillColor(HexColor(FOREST))
    for _ in range(26):
        x = centre[0] + rng.gauss(0, 22)
        canvas.circle(x, centre[1] + rng.gauss(0, 16), 2.6, fill=1, stroke=0)


def _water(canvas: Any, rng: random.Random, width: float, shore: float) -> None:
    line = wander(rng, (-20, shore), (width + 20, shore * rng.uniform(0.5, 1.3)), 12, 4)
    path = smooth(canvas, line, closed=False)
    path.lineTo(width + 20, -20)
    path.lineTo(-20, -20)
    path.close()
    canvas.setFillColor(HexColor(WATER))
    canvas.setStrokeColor(HexColor(SHORE))
    canvas.setLineWidth(0.8)
    canvas.drawPath(path, fill=1, stroke=1)


def _road(canvas: Any, points: list[Point]) -> None:
    for colour, thickness in ((CASING, 10.5), (ROAD, 8.5)):
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(thickness)
        canvas.drawPath(smooth(canvas, points, closed=False), fill=0, stroke=1)


def _railway(canvas: Any, points: list[Point]) -> None:
    canvas.setStrokeColor(HexColor(RAIL))
    canvas.setLineWidth(3)
    canvas.drawPath(smooth(canvas, points, closed=False), fill=0, stroke=1)
    canvas.setStrokeColor(HexColor(LAND))
    canvas.setLineWidth(1.6)
    canvas.setDash(6, 6)
    canvas.drawPath(smooth(canvas, points, closed=False), fill=0, stroke=1)
    canvas.setDash()


def _planned(canvas: Any, rng: random.Random, look: Look, cell: float) -> None:
    columns, rows = rng.choice(((2, 1), (2, 2), (3, 1)))
    wide = cell * 1.35
    left, low = -wide * (columns // 2), -cell * (rows // 2)
    canvas.setFillColor(HexColor("#FBF7EE"))
    canvas.rect(left - 5, low - 5, columns * wide + 1, rows * cell + 1, fill=1, stroke=0)
    for i in range(columns):
        for j in range(rows):
            x, y = left + i * wide, low + j * cell
            w, h = wide - _STREET, cell - _STREET
            canvas.setFillColor(HexColor(GREEN))
            canvas.rect(x, y, w, h, fill=1, stroke=0)
            canvas.setFillColor(HexColor(look.accent))
            for house in _new_houses(rng, x, y, w, h):
                canvas.rect(*house, fill=1, stroke=0)
            canvas.setFont(look.display.bold, 7.5)
            canvas.drawCentredString(x + w * 0.62, y + h * 0.42, "ABCDEF"[i * rows + j])
    canvas.setStrokeColor(HexColor(look.accent))
    canvas.setLineWidth(1.8)
    canvas.setDash(6, 3)
    canvas.rect(left - 6, low - 6, columns * wide + 3, rows * cell + 3, fill=0, stroke=1)
    canvas.setDash()


def _new_houses(
    rng: random.Random, x: float, y: float, w: float, h: float
) -> list[tuple[float, float, float, float]]:
    kinds: tuple[list[tuple[float, float, float, float]], ...] = (
        [(x + 2, y + 2, w - 4, 9), (x + 2, y + 2, 9, h - 4), (x + 2, y + h - 11, w * 0.7, 9)],
        [(x + 3, y + 3, 13, 13), (x + w - 16, y + 4, 13, 13), (x + 4, y + h - 16, 13, 13)],
        [(x + 3, y + 3, w - 6, 8), (x + 3, y + h - 11, w - 6, 8)],
    )
    return rng.choice(kinds)
