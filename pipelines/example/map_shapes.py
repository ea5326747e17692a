"""Shapes that both kinds of map use: smooth lines and areas through given points."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

Point = tuple[float, float]
Legend = list[tuple[str, str, str]]
"""Rows of label, hexadecimal colour and form: area, line or dashed."""

INK = "#3A3A3A"
LAND = "#F3F0E6"
GREEN = "#CFDDB8"
FOREST = "#B9CDA4"
WATER = "#B8D4E3"
SHORE = "#7FA9C0"
BUILT = "#C9B5A2"
ROAD = "#FFFFFF"
CASING = "#B5AEA2"
RAIL = "#55504B"


def smooth(canvas: Any, points: Sequence[Point], *, closed: bool) -> Any:
    """Return a path that runs smoothly through the points (Catmull-Rom as Bézier curves)."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    count = len(points)
    for i in range(count if closed else count - 1):
        a, b, c, d = (_at(points, i + k, closed=closed) for k in (-1, 0, 1, 2))
        path.curveTo(
            b[0] + (c[0] - a[0]) / 6,
            b[1] + (c[1] - a[1]) / 6,
            c[0] - (d[0] - b[0]) / 6,
            c[1] - (d[1] - b[1]) / 6,
            *c,
        )
    if closed:
        path.close()
    return path


def _at(points: Sequence[Point], index: int, *, closed: bool) -> Point:
    if closed:
        return points[index % len(points)]
    return points[min(max(index, 0), len(points) - 1)]


def blob(rng: random.Random, centre: Point, radius: float, corners: int = 9) -> list[Point]:
    """Return points of an uneven round area, radius in points."""
    turn = rng.uniform(0, math.tau)
    return [
        (
            centre[0] + radius * (reach := rng.uniform(0.65, 1.25)) * math.cos(angle),
            centre[1] + radius * 0.8 * reach * math.sin(angle),
        )
        for k in range(corners)
        for angle in (turn + math.tau * k / corners,)
    ]


def wander(rng: random.Random, start: Point, end: Point, sway: float, bends: int) -> list[Point]:
    """Return points of a winding line from start to end; sway in points."""
    across = math.atan2(end[1] - start[1], end[0] - start[0]) + math.pi / 2
    points = [start]
    for k in range(1, bends + 1):
        share = k / (bends + 1)
        shift = rng.uniform(-sway, sway)
        points.append(
            (
                start[0] + (end[0] - start[0]) * share + shift * math.cos(across),
                start[1] + (end[1] - start[1]) * share + shift * math.sin(across),
            )
        )
    return [*points, end]
