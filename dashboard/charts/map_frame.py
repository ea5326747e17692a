"""From degrees to shares of a map's width and height, with room for names beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from dashboard.charts.drawn import NameBeside, Point
from dashboard.charts.map_labels import MARGIN, Beside, Geo, bounds, rings

_EDGE = 0.02
"""Air around the outermost borders, as a share of the region's width or height."""


@dataclass(frozen=True)
class MapFrame:
    """The borders of a drawing in degrees."""

    west: float
    south: float
    east: float
    north: float
    margin: float

    @property
    def ratio(self) -> float:
        """Width by height on the ground, at the middle latitude."""
        squeeze = cos(radians((self.south + self.north) / 2))
        return (self.east - self.west) * squeeze / (self.north - self.south)

    def share(self, longitude: float, latitude: float) -> Point:
        """A point as shares of width and height, y downwards."""
        return (
            (longitude - self.west) / (self.east - self.west),
            (self.north - latitude) / (self.north - self.south),
        )

    def outline(self, geometry: Geo) -> tuple[tuple[Point, ...], ...]:
        """The outer rings of an area, the largest first."""
        found = [tuple(self.share(*point[:2]) for point in ring) for ring in rings(geometry)]
        return tuple(sorted(found, key=len, reverse=True))

    def beside(self, names: Sequence[Beside]) -> tuple[NameBeside, ...]:
        """Names in the margins with their lines."""
        return tuple(
            NameBeside(
                each.name,
                each.is_left,
                self.share(each.x, each.y),
                (self.share(*each.line[0]), self.share(*each.line[1])),
            )
            for each in names
        )


def map_frame(geo: Geo, *, has_names_beside: bool) -> MapFrame:
    """The frame of a region, wider where names stand beside it."""
    west, south, east, north = bounds(geo)
    room = (MARGIN if has_names_beside else 0.0) + _EDGE
    wide, tall = (east - west) * room, (north - south) * _EDGE
    full = (east - west) * (1 + 2 * room)
    margin = MARGIN * (east - west) / full if has_names_beside else 0.0
    return MapFrame(west - wide, south - tall, east + wide, north + tall, margin)
