"""Drawings as data: slide, PowerPoint page and PDF page all draw the same numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import polars as pl

from dashboard.charts.levels import LEVEL_COLUMNS, LEVELS, UNREAD

Point = tuple[float, float]
MAP_WIDTH = 1000.0
"""Width of a map in its own units; y grows downwards."""


@dataclass(frozen=True)
class LadderRow:
    """One bar: how many reach each level as their highest, and how many are not read."""

    label: str
    levels: tuple[int, ...]
    unread: int

    @property
    def read(self) -> int:
        """How many are read."""
        return sum(self.levels)

    @property
    def known(self) -> int:
        """How many are known."""
        return self.read + self.unread


@dataclass(frozen=True)
class LadderBars:
    """Bars in five steps, and hatched what is not read."""

    rows: tuple[LadderRow, ...]


@dataclass(frozen=True)
class CountBars:
    """Plain bars of counts; ``unit`` says of what."""

    rows: tuple[tuple[str, int], ...]
    unit: str


@dataclass(frozen=True)
class LevelNames:
    """Names under the highest level they reach, strongest first; level None is not read."""

    groups: tuple[tuple[int | None, tuple[str, ...]], ...]


@dataclass(frozen=True)
class HeatGrid:
    """Counts with a level for the colour; a cell that holds nothing is None."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int] | None, ...]], ...]


@dataclass(frozen=True)
class Lines:
    """A short table; ``numeric`` are the places of right-aligned columns."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Area:
    """One municipality: outer rings and the place of its name, in map units.

    ``is_chosen`` says whether the choice knows anything of it; else it is neither read nor unread.
    """

    name: str
    level: int | None
    rings: tuple[tuple[Point, ...], ...]
    label: Point
    size: float
    is_chosen: bool = True


@dataclass(frozen=True)
class AreaMap:
    """The region; ``height`` goes with ``MAP_WIDTH``."""

    areas: tuple[Area, ...]
    height: float


Drawing = LadderBars | CountBars | LevelNames | HeatGrid | Lines | AreaMap


def ladder_bars(wide: pl.DataFrame) -> LadderBars:
    """Take the bars from a widened ladder: ``unit_name, level_0 … level_4, unread``."""
    return LadderBars(
        tuple(
            LadderRow(row["unit_name"], tuple(row[name] for name in LEVEL_COLUMNS), row["unread"])
            for row in wide.to_dicts()
        )
    )


def level_names(places: pl.DataFrame) -> LevelNames:
    """Group ``municipality_name, level`` by level; levels without a name are left out."""
    rows = places.select("municipality_name", "level").rows()
    order: list[int | None] = [*reversed(range(len(LEVELS))), None]
    groups = [(level, tuple(name for name, own in rows if own == level)) for level in order]
    return LevelNames(tuple((level, names) for level, names in groups if names))


def level_word(level: int | None) -> str:
    """The ladder's word, or *Ej läst*."""
    return UNREAD if level is None else LEVELS[level]


def area_map(places: pl.DataFrame, geo: Mapping[str, Any]) -> AreaMap:
    """Project the borders to flat units and give each area its level."""
    levels = dict(places.select("municipality_code", "level").rows())
    chosen = set(places.filter(pl.col("known") > 0)["municipality_code"])
    outlines = {
        feature["properties"]["kommun_kod"]: _rings(feature["geometry"])
        for feature in geo["features"]
    }
    points = [point for rings in outlines.values() for ring in rings for point in ring]
    west, north = min(x for x, _ in points), max(y for _, y in points)
    south = min(y for _, y in points)
    squeeze = cos(radians((north + south) / 2))
    scale = MAP_WIDTH / ((max(x for x, _ in points) - west) * squeeze)

    def flat(point: Iterable[float]) -> Point:
        x, y, *_ = point
        return round((x - west) * squeeze * scale, 1), round((north - y) * scale, 1)

    areas = []
    for feature in geo["features"]:
        facts = feature["properties"]
        code = facts["kommun_kod"]
        rings = tuple(tuple(flat(point) for point in ring) for ring in outlines[code])
        label = flat((facts["label_lon"], facts["label_lat"]))
        size = max(_area(ring) for ring in rings)
        areas.append(Area(facts["kommun"], levels.get(code), rings, label, size, code in chosen))
    return AreaMap(tuple(areas), round((north - south) * scale, 1))


def _rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    """Outer rings only; holes do not occur among municipalities."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _area(ring: tuple[Point, ...]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
