"""A region's map laid out for drawing: outlines in flat units, and where every name is written.

Computed once, when a map is made, and kept in its GeoJSON beside the borders that it comes from.
Pages, slides and paper read it; none of them projects a border or places a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Geo = dict[str, Any]
"""GeoJSON whose features carry ``kommun_kod``, ``kommun``, ``label_lon`` and ``label_lat``."""
Point = tuple[float, float]
Box = tuple[float, float, float, float]
WIDTH = 1000.0
"""Width of the map in its own units; y grows downwards."""
MEMBER = "drawing"
"""The member of the GeoJSON that holds the drawing."""
_SIZES = {"near": ((0.038, 0.034), 0.034), "far": ((0.046, 0.042), 0.058)}
"""Type sizes as shares of the map's height: the first at which all names stand in their areas, else
that of names beside the map. *Near* is a page or paper, *far* a wall."""
_MOST_BESIDE = 30
"""More names than this would make a hedge of the margins; then they are said when touched."""
_CHARACTER, _HALF = 0.58, 0.5
"""Width of a character and half the height of a line, as shares of the type size."""
_STEP, _GAP, _START = 1.22, 0.9, 0.2
"""From line to line, from the coast to a name, from a name to its line; in type sizes."""
_ROOMY = 30.0
"""Area in squares of the type size from which a name has room for its level under it."""


@dataclass(frozen=True)
class _Area:
    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]
    label: Point


@dataclass(frozen=True)
class _Name:
    """``at`` is the middle of a name in its area, or the end that faces the map."""

    area: _Area
    side: str
    at: Point

    def line(self, size: float) -> tuple[Point, Point]:
        """From the name beside the map to its place."""
        away = _START * size * (1 if self.side == "left" else -1)
        return (self.at[0] + away, self.at[1]), self.area.label


def with_drawing(geo: Geo) -> Geo:
    """Return the GeoJSON with its drawing computed anew."""
    return {**geo, MEMBER: drawing_of(geo)}


def drawing_of(geo: Geo) -> Geo:
    """Lay out a map.

    Returns:
        ``west``, ``north`` and units for a degree, ``across`` and ``down``; ``height`` in units;
        ``areas`` by municipality code (``name``, ``rings`` as x, y, x, y …, ``label``,
        ``is_roomy``); for ``near`` and ``far`` the type ``size``, the ``frame`` that holds map and
        names, and ``names`` by code: x and y, for one beside the map also its side and the x at
        which its line begins. A name without room has no place.
    """
    points = [p for f in geo["features"] for ring in _rings(f["geometry"]) for p in ring]
    west, north = min(p[0] for p in points), max(p[1] for p in points)
    south, east = min(p[1] for p in points), max(p[0] for p in points)
    across = WIDTH / (east - west)
    down = across / cos(radians((north + south) / 2))
    height = (north - south) * down

    def flat(longitude: float, latitude: float) -> Point:
        return round((longitude - west) * across), round((north - latitude) * down)

    areas = [
        _Area(
            facts["kommun_kod"],
            facts["kommun"],
            tuple(
                sorted(
                    (_thinned(flat(*p[:2]) for p in ring) for ring in _rings(feature["geometry"])),
                    key=len,
                    reverse=True,
                )
            ),
            flat(facts["label_lon"], facts["label_lat"]),
        )
        for feature in geo["features"]
        for facts in [feature["properties"]]
    ]
    layouts = {kind: _lettered(areas, height, *sizes) for kind, sizes in _SIZES.items()}
    size = float(layouts["near"]["size"])
    return {
        "west": west,
        "north": north,
        "across": round(across, 4),
        "down": round(down, 4),
        "height": round(height),
        "areas": {
            area.code: {
                "name": area.name,
                "rings": [[x for point in ring for x in point] for ring in area.rings],
                "label": area.label,
                "is_roomy": max(map(_extent, area.rings)) > _ROOMY * size**2,
            }
            for area in areas
        },
        **layouts,
    }


def _rings(geometry: Geo) -> list[list[list[float]]]:
    """Outer rings only; holes do not occur among municipalities."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _thinned(points: Iterable[Point]) -> tuple[Point, ...]:
    """The ring without points that fall on the one before: they would not be seen."""
    kept: list[Point] = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    return tuple(kept)


def _extent(ring: Sequence[Point]) -> float:
    """Area of a ring (shoelace)."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _lettered(
    areas: Sequence[_Area], height: float, inside: Sequence[float], beside: float
) -> dict[str, Any]:
    """Names at the first of the sizes at which all stand inside, else at the size beside."""
    for share in (*inside, beside):
        size = share * height
        names = place_names(areas, height, size)
        if all(name.side == "inside" for name in names):
            break
    if sum(name.side != "inside" for name in names) > _MOST_BESIDE:
        names = [name for name in names if name.side == "inside"]
    boxes = [_box(name, size) for name in names if name.side != "inside"]
    lefts, tops, rights, bottoms = zip(*boxes, (0.0, 0.0, WIDTH, height), strict=True)
    edge = 0.004 * WIDTH
    return {
        "size": round(size, 1),
        "frame": [
            round(min(lefts) - edge), round(min(tops) - edge),
            round(max(rights) + edge), round(max(bottoms) + edge),
        ],
        "names": {
            name.area.code: [round(name.at[0]), round(name.at[1])]
            + ([] if name.side == "inside" else [name.side, round(name.line(size)[0][0])])
            for name in names
        },
    }  # fmt: skip


def place_names(areas: Sequence[_Area], height: float, size: float) -> list[_Name]:
    """Give every area its name at a type size; a name that a line would cross goes out too."""
    inside = [_Name(area, "inside", area.label) for area in areas if _fits(area, size)]
    while True:
        there = {name.area.code for name in inside}
        outside = [area for area in areas if area.code not in there]
        beside = _beside(areas, outside, height, size)
        lines = [name.line(size) for name in beside]
        free = [
            name for name in inside if not any(_crosses(line, _box(name, size)) for line in lines)
        ]
        if len(free) == len(inside):
            return [*inside, *beside]
        inside = free


def _box(name: _Name, size: float) -> Box:
    (x, y), wide = name.at, _CHARACTER * size * len(name.area.name)
    left = {"inside": x - wide / 2, "left": x - wide, "right": x}[name.side]
    return left, y - _HALF * size, left + wide, y + _HALF * size


def _fits(area: _Area, size: float) -> bool:
    """Whether the name lies in one of the area's rings."""
    left, top, right, bottom = _box(_Name(area, "inside", area.label), size)
    points = [(x, y) for x in (left, (left + right) / 2, right) for y in (top, bottom)]
    return any(all(_holds(ring, point) for point in points) for ring in area.rings)


def _holds(ring: Sequence[Point], point: Point) -> bool:
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _beside(
    every: Sequence[_Area], areas: Sequence[_Area], height: float, size: float
) -> list[_Name]:
    """Two columns of what lies nearest, from north to south; a full one gives to the other."""
    ordered = sorted(areas, key=lambda area: area.label)
    west = sum(area.label[0] < WIDTH / 2 for area in ordered)
    room = max(int(height / (_STEP * size)), (len(ordered) + 1) // 2)
    half = min(max(west, len(ordered) - room), room)
    coast = [point for area in every for ring in area.rings for point in _dense(ring, size)]
    return [
        *_column(ordered[:half], coast, height, size, "left"),
        *_column(ordered[half:], coast, height, size, "right"),
    ]


def _column(
    areas: Sequence[_Area], coast: Sequence[Point], height: float, size: float, side: str
) -> list[_Name]:
    """Names that follow the coast, or in a straight column where a line would cross another."""
    ordered = sorted(areas, key=lambda area: area.label[1])
    step = _STEP * size
    heights = _spread([area.label[1] for area in ordered], step, height)
    outer, away = (min, -_GAP * size) if side == "left" else (max, _GAP * size)
    edges = [
        outer((x for x, y in coast if abs(y - at) <= 1.5 * step), default=WIDTH / 2) + away
        for at in heights
    ]

    def placed(places: Iterable[float]) -> list[_Name]:
        triples = zip(ordered, places, heights, strict=True)
        return [_Name(area, side, (x, y)) for area, x, y in triples]

    names = placed(edges)
    boxes = [_box(name, size) for name in names]
    crossed = any(
        _crosses(name.line(size), box)
        for i, name in enumerate(names)
        for j, box in enumerate(boxes)
        if i != j
    )
    return placed([outer(edges, default=0.0)] * len(edges)) if crossed else names


def _spread(wanted: Sequence[float], step: float, height: float) -> list[float]:
    """Heights near the wanted ones, at least a step apart; more than fit run out at both ends."""
    over = max(0.0, (len(wanted) * step - height) / 2)
    low, high = step / 2 - over, height - step / 2 + over
    found: list[float] = []
    for each in wanted:
        found.append(max(each, low, found[-1] + step if found else low))
    for place in range(len(found) - 1, -1, -1):
        limit = high if place == len(found) - 1 else found[place + 1] - step
        found[place] = min(found[place], limit)
    return found


def _dense(ring: Sequence[Point], step: float) -> list[Point]:
    """The ring with points at least every step, so that every height knows its coast."""
    points: list[Point] = []
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        parts = int(abs(y2 - y1) / step) + 1
        points += [(x1 + (x2 - x1) * i / parts, y1 + (y2 - y1) * i / parts) for i in range(parts)]
    return points


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a line passes through a box (clipped from both axes)."""
    (x1, y1), (x2, y2) = line
    enter, leave = 0.0, 1.0
    for start, way, low, high in ((x1, x2 - x1, box[0], box[2]), (y1, y2 - y1, box[1], box[3])):
        if not way:
            if not low <= start <= high:
                return False
            continue
        first, second = sorted(((low - start) / way, (high - start) / way))
        enter, leave = max(enter, first), min(leave, second)
    return enter <= leave
