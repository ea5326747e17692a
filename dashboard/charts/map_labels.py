"""Where a map's names go: in their areas, or beside the map with a thin line to the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Geo = dict[str, Any]
"""GeoJSON whose features carry ``kommun_kod``, ``kommun``, ``label_lon`` and ``label_lat``."""

WIDTH = 520
"""The width in pixels that labels are laid out for."""
MOST_BESIDE = 18
"""More names than this would make a hedge of the margins; then they stay in the hover."""
MARGIN = 0.42
"""Room for names beside the map, as a share of the map's width, on each side."""
_CHARACTER, _LINE = 6.9, 19.0
"""Width of a character and height of a line of the labels, in pixels."""
_NARROWER = 0.85
"""Names are kept clear of their lines down to this share of the planned scale, for phones."""


@dataclass(frozen=True)
class Beside:
    """A name in the margin, in degrees: where it stands and the line from it to its place."""

    code: str
    name: str
    is_left: bool
    x: float
    y: float
    line: tuple[tuple[float, float], tuple[float, float]]


def rings(geometry: Geo) -> list[list[list[float]]]:
    """Outer rings only; holes do not occur among municipalities."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def bounds(geo: Geo) -> tuple[float, float, float, float]:
    """West, south, east and north of all areas, in degrees."""
    points = [p for f in geo["features"] for ring in rings(f["geometry"]) for p in ring]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def lines_inside(geo: Geo, height: int) -> dict[str, int]:
    """How many lines each area has room for: name and level (2), the name (1) or nothing (0).

    Larger areas are served first, so that no two names lie on each other.
    """
    scale = pixels(geo, height)
    taken: list[tuple[float, float, float, float]] = []
    lines: dict[str, int] = {}
    for feature in sorted(geo["features"], key=_area, reverse=True):
        properties = feature["properties"]
        roomy = _area(feature) * scale[0] * scale[1] > 90 * 60
        x, y = properties["label_lon"] * scale[0], properties["label_lat"] * scale[1]
        wide = 3.9 * len(properties["kommun"]) + 3
        tall = 18 if roomy else 9
        box = (x - wide, y - tall, x + wide, y + tall)
        free = not any(_overlap(box, other) for other in taken)
        lines[properties["kommun_kod"]] = (2 if roomy else 1) if free else 0
        if free:
            taken.append(box)
    return lines


def beside(geo: Geo, codes: Sequence[str], height: int) -> list[Beside]:
    """Place the names of areas that have no room inside, in two columns beside the map.

    Each side takes the half that lies nearest, from north to south, so that lines do not cross.
    """
    points = [f["properties"] for f in geo["features"] if f["properties"]["kommun_kod"] in codes]
    if not 0 < len(points) <= MOST_BESIDE:
        return []
    by_longitude = sorted(points, key=lambda point: point["label_lon"])
    half = (len(points) + 1) // 2
    west, _, east, _ = bounds(geo)
    room = MARGIN * (east - west)
    return [
        *_column(geo, by_longitude[:half], height, x=west - room, is_left=True),
        *_column(geo, by_longitude[half:], height, x=east + room, is_left=False),
    ]


def _column(geo: Geo, points: list[Geo], height: int, *, x: float, is_left: bool) -> list[Beside]:
    across, up = pixels(geo, height)
    ordered = sorted(points, key=lambda point: -point["label_lat"])
    found = []
    for point, y in zip(ordered, _spread(ordered, _LINE / up, bounds(geo)), strict=True):
        wide = _CHARACTER * len(point["kommun"]) / (across * _NARROWER)
        start = x + wide if is_left else x - wide
        line = ((start, y), (point["label_lon"], point["label_lat"]))
        found.append(Beside(point["kommun_kod"], point["kommun"], is_left, x, y, line))
    return found


def _spread(
    ordered: list[Geo], step: float, limits: tuple[float, float, float, float]
) -> list[float]:
    """Latitudes near the places', at least a line apart, from north to south within the map."""
    _, south, _, north = limits
    heights: list[float] = []
    for point in ordered:
        above = heights[-1] - step if heights else north
        heights.append(min(point["label_lat"], above))
    for place in range(len(heights) - 1, -1, -1):
        lowest = south if place == len(heights) - 1 else heights[place + 1] + step
        heights[place] = max(heights[place], lowest)
    return heights


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _area(feature: Geo) -> float:
    """Area of the largest ring in square degrees (shoelace)."""

    def shoelace(ring: list[list[float]]) -> float:
        pairs = zip(ring, ring[1:] + ring[:1], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

    return max(shoelace(ring) for ring in rings(feature["geometry"]))


def pixels(geo: Geo, height: int) -> tuple[float, float]:
    """Pixels for a degree of longitude and of latitude."""
    left, low, right, high = bounds(geo)
    squeeze = cos(radians((low + high) / 2))
    unit = min(WIDTH / ((right - left) * squeeze), height / (high - low))
    return unit * squeeze, unit
