"""A region's borders as they are drawn: outlines and places of names, read from its GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.draw.chart import Lettering, Name, Point
from pipelines.sources.map_drawing import MEMBER, drawing_of


@dataclass(frozen=True)
class Area:
    """One municipality: its rings, the point of its name, and whether two lines have room there."""

    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]
    label: Point
    is_roomy: bool


@dataclass(frozen=True)
class Borders:
    """All areas in map units, with the two letterings of a ``PlaceMap``.

    ``origin`` is north-west in degrees, ``scale`` units for a degree of longitude and of latitude.
    """

    areas: tuple[Area, ...]
    near: Lettering
    far: Lettering
    height: float
    origin: Point
    scale: Point

    def at(self, longitude: float, latitude: float) -> Point:
        """A point on the map."""
        west, north = self.origin
        return (longitude - west) * self.scale[0], (north - latitude) * self.scale[1]


def read_borders(geo: dict[str, Any]) -> Borders:
    """Read a map's drawing; one that was made without a drawing is laid out first."""
    drawing = geo.get(MEMBER) or drawing_of(geo)
    return Borders(
        areas=tuple(_areas(drawing["areas"])),
        near=_lettering(drawing["near"]),
        far=_lettering(drawing["far"]),
        height=drawing["height"],
        origin=(drawing["west"], drawing["north"]),
        scale=(drawing["across"], drawing["down"]),
    )


def _areas(found: dict[str, Any]) -> Iterator[Area]:
    for code, each in found.items():
        rings = tuple(tuple(zip(r[::2], r[1::2], strict=True)) for r in each["rings"])
        yield Area(code, each["name"], rings, tuple(each["label"]), each["is_roomy"])


def _lettering(found: dict[str, Any]) -> Lettering:
    names = {
        code: Name(rest[0], (x, y), (rest[1], y)) if rest else Name("inside", (x, y))
        for code, (x, y, *rest) in found["names"].items()
    }
    return Lettering(found["size"], tuple(found["frame"]), names)
