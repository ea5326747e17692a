"""Every name of a drawn map: in its area where it fits, else beside the map with a line to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.charts.drawing import MAP_WIDTH, Area, AreaMap, Point

Box = tuple[float, float, float, float]
Line = tuple[Point, Point]
_CHARACTER, _HALF = 0.58, 0.5
"""Width of a character and half the height of a line, as shares of the type size."""
_STEP, _GAP, _START = 1.22, 0.9, 0.2
"""From line to line, from the coast to a name, from a name to its line; in type sizes."""


@dataclass(frozen=True)
class Name:
    """Where a name stands, in map units: ``at`` is its middle, or the end that faces the map.

    ``line`` goes from the name to its area; None for a name that stands in it.
    """

    area: Area
    side: Literal["inside", "left", "right"]
    at: Point
    line: Line | None = None


@dataclass(frozen=True)
class NamedMap:
    """All names of a map at a type ``size``, in map units.

    ``frame`` (left, top, right, bottom) holds map and names.
    """

    names: tuple[Name, ...]
    size: float
    frame: Box

    @property
    def width(self) -> float:
        """Width of map and names."""
        return self.frame[2] - self.frame[0]

    @property
    def height(self) -> float:
        """Height of map and names."""
        return self.frame[3] - self.frame[1]


def name_all(drawing: AreaMap, *, inside: Sequence[float], beside: float) -> NamedMap:
    """Name every area at the first of the sizes at which all names stand inside.

    Where none does, at the size ``beside``. Sizes are shares of the map's height.
    """
    for share in inside:
        named = place_names(drawing, share * drawing.height)
        if all(name.side == "inside" for name in named.names):
            return named
    return place_names(drawing, beside * drawing.height)


def place_names(drawing: AreaMap, size: float) -> NamedMap:
    """Give every area its name at a type size; a name that a line would cross goes out too."""
    inside = [area for area in drawing.areas if _fits(area, size)]
    while True:
        outside = [area for area in drawing.areas if area not in inside]
        beside = _beside(drawing, outside, size)
        free = [
            area
            for area in inside
            if not any(name.line and _crosses(name.line, _box(area, size)) for name in beside)
        ]
        if len(free) == len(inside):
            break
        inside = free
    names = (*(Name(area, "inside", area.label) for area in inside), *beside)
    return NamedMap(names, size, _frame(drawing, names, size))


def text_width(text: str, size: float) -> float:
    """How wide a name is, about."""
    return _CHARACTER * size * len(text)


def _box(area: Area, size: float) -> Box:
    (x, y), half = area.label, text_width(area.name, size) / 2
    return x - half, y - _HALF * size, x + half, y + _HALF * size


def _fits(area: Area, size: float) -> bool:
    """Whether the name lies in one of the area's rings."""
    left, top, right, bottom = _box(area, size)
    middle = (left + right) / 2
    points = [(x, y) for x in (left, middle, right) for y in (top, bottom)]
    return any(all(_holds(ring, point) for point in points) for ring in area.rings)


def _holds(ring: Sequence[Point], point: Point) -> bool:
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _beside(drawing: AreaMap, areas: Sequence[Area], size: float) -> list[Name]:
    """Two columns of what lies nearest, from north to south; a full one gives to the other."""
    ordered = sorted(areas, key=lambda area: area.label)
    west = sum(area.label[0] < MAP_WIDTH / 2 for area in ordered)
    room = max(int(drawing.height / (_STEP * size)), (len(ordered) + 1) // 2)
    half = min(max(west, len(ordered) - room), room)
    coast = [point for area in drawing.areas for ring in area.rings for point in _dense(ring, size)]
    return [
        *_column(drawing, ordered[:half], coast, size, is_left=True),
        *_column(drawing, ordered[half:], coast, size, is_left=False),
    ]


def _column(
    drawing: AreaMap, areas: Sequence[Area], coast: Sequence[Point], size: float, *, is_left: bool
) -> list[Name]:
    """Names that follow the coast, or stand straight where a line would cross another name."""
    ordered = sorted(areas, key=lambda area: area.label[1])
    step = _STEP * size
    heights = _spread([area.label[1] for area in ordered], step, drawing.height)
    away = -_GAP * size if is_left else _GAP * size
    outer = min if is_left else max
    edges = []
    for height in heights:
        near = [x for x, y in coast if abs(y - height) <= 1.5 * step]
        edges.append(outer(near, default=MAP_WIDTH / 2) + away)
    straight = outer(edges, default=0.0)
    names = _at(ordered, heights, edges, size, is_left=is_left)
    boxes = [_beside_box(name, size) for name in names]
    crossed = any(
        name.line and _crosses(name.line, box)
        for i, name in enumerate(names)
        for j, box in enumerate(boxes)
        if i != j
    )
    if crossed:
        names = _at(ordered, heights, [straight] * len(heights), size, is_left=is_left)
    return names


def _at(
    areas: Sequence[Area],
    heights: Sequence[float],
    edges: Sequence[float],
    size: float,
    *,
    is_left: bool,
) -> list[Name]:
    start = _START * size if is_left else -_START * size
    return [
        Name(area, "left" if is_left else "right", (x, y), ((x + start, y), area.label))
        for area, x, y in zip(areas, edges, heights, strict=True)
    ]


def _spread(wanted: Sequence[float], step: float, height: float) -> list[float]:
    """Heights near the wanted ones, at least a step apart; more than fit run out at both ends."""
    over = max(0.0, (len(wanted) * step - height) / 2)
    low, high = step / 2 - over, height - step / 2 + over
    found: list[float] = []
    for each in wanted:
        found.append(max(each, low, found[-1] + step if found else low))
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(
            found[place], high if place == len(found) - 1 else found[place + 1] - step
        )
    return found


def _dense(ring: Sequence[Point], step: float) -> list[Point]:
    """The ring with points at least every step, so that every height knows its coast."""
    points: list[Point] = []
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        parts = int(abs(y2 - y1) / step) + 1
        points += [(x1 + (x2 - x1) * i / parts, y1 + (y2 - y1) * i / parts) for i in range(parts)]
    return points


def _beside_box(name: Name, size: float) -> Box:
    (x, y), wide = name.at, text_width(name.area.name, size)
    left = x - wide if name.side == "left" else x
    return left, y - _HALF * size, left + wide, y + _HALF * size


def _frame(drawing: AreaMap, names: Sequence[Name], size: float) -> Box:
    boxes = [_beside_box(name, size) for name in names if name.side != "inside"]
    boxes.append((0.0, 0.0, MAP_WIDTH, drawing.height))
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _crosses(line: Line, box: Box) -> bool:
    """Whether a line passes through a box (clipped from both axes)."""
    (x1, y1), (x2, y2) = line
    enter, leave = 0.0, 1.0
    for start, way, low, high in (
        (x1, x2 - x1, box[0], box[2]),
        (y1, y2 - y1, box[1], box[3]),
    ):
        if not way:
            if not low <= start <= high:
                return False
            continue
        first, second = sorted(((low - start) / way, (high - start) / way))
        enter, leave = max(enter, first), min(leave, second)
    return enter <= leave
