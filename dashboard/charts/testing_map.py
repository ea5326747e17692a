"""Where running tests are: near ones gathered in one mark with their number, places named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Any

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.drawn import Dot, Place, PlaceMap
from dashboard.charts.levels import GROUND_KIND, QUIET_KIND
from dashboard.charts.map_frame import MapFrame, map_frame
from dashboard.charts.map_labels import Geo, beside, bounds, lines_inside, pixels
from dashboard.charts.values import counted, whole
from dashboard.text import capital, count, listing, number, part, word
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.model.columns import Column

_COLUMNS = (
    Column(name="unit_name", label="Kommun", meaning="Kommunens namn."),
    Column(name="running", label="Pågående tester", meaning="Tester nu.", kind="integer"),
    Column(name="known", label="Kända tester", meaning="Alla kartlagda.", kind="integer"),
    Column(name="absence", label="Därför saknas värdet", meaning="Skälet i ord."),
)
_NEAR = 24
"""Marks nearer than this in pixels would lie on each other and are gathered."""
_NAMED = 8
_MOST_PLACES = 3
_CHARACTER = 7.4
"""Width of a character of a name, in pixels."""
_SHIFTS = (0, 25, -25, 34, -34, 44, -44, 54, -54)
"""Where a name is tried, in pixels above its place, until it is clear of the marks."""


@dataclass(frozen=True)
class Spot:
    """One mark: its place in pixels, and the tests that are gathered in it."""

    x: float
    y: float
    code: str
    tests: tuple[dict[str, Any], ...]

    @property
    def size(self) -> float:
        """Diameter of the mark in pixels."""
        return 14.0 if len(self.tests) == 1 else 17 + 4.2 * sqrt(len(self.tests))


def testing_map(values: pl.DataFrame, activities: pl.DataFrame, geo: Geo, *, height: int) -> Chart:
    """Put running activities on the region's borders; ``values`` has the number by municipality."""
    running = activities.filter("is_running")
    with_place = running.drop_nulls(["lon", "lat"])
    west, south, east, north = bounds(geo)
    placed = with_place.filter(
        pl.col("lon").is_between(west, east), pl.col("lat").is_between(south, north)
    )
    table = _places(values)
    title = _title(table, counted(whole(values, "2.1")["alla"]))
    missing, outside = running.height - with_place.height, with_place.height - placed.height
    return Chart(
        name="testkarta",
        title=title,
        subtitle="Pågående testbäddar, living labs, piloter och demonstrationer. "
        "Klicka på en punkt för kommunens tester.",
        alt=f"{title}. Karta med punkter. {_in_words(table)}.",
        note=f"{number(placed.height)} på kartan"
        + (f", {number(missing)} utan känt läge" if missing else "")
        + (f", {number(outside)} med ett läge utanför kartan" if outside else ""),
        table=table,
        columns=_COLUMNS,
        figure=_drawn(placed.to_dicts(), geo, height),
    )


def _drawn(tests: Sequence[dict[str, Any]], geo: Geo, height: int) -> PlaceMap:
    scale = pixels(geo, height)
    spots = gathered(tests, scale)
    shifts = _placed(geo, height, spots)
    there = {spot.code for spot in spots}
    names = beside(geo, sorted(there - set(shifts)), height)
    frame = map_frame(geo, has_names_beside=bool(names))
    return PlaceMap(
        places=tuple(_place(each, frame, scale[1], shifts, there) for each in geo["features"]),
        beside=frame.beside(names),
        ratio=frame.ratio,
        margin=frame.margin,
        height=height,
        dots=tuple(_dot(spot, scale, frame) for spot in spots),
        by_word=False,
    )


def gathered(tests: Sequence[dict[str, Any]], scale: tuple[float, float]) -> list[Spot]:
    """Gather tests of a municipality whose marks would lie on each other; order is the same always.

    A mark grows with its tests, so gathering goes on until no two of a municipality overlap.
    """
    across, up = scale
    ordered = sorted(tests, key=lambda each: (each["municipality_code"], each["activity_id"]))
    spots = [
        Spot(each["lon"] * across, each["lat"] * up, each["municipality_code"], (each,))
        for each in ordered
    ]
    while (pair := _overlapping(spots)) is not None:
        one, other = (spots[place] for place in pair)
        spots = [spot for spot in spots if spot not in (one, other)] + [_merged(one, other)]
    # Small marks are drawn last, so that none is hidden by a larger one.
    return sorted(spots, key=lambda spot: (-spot.size, spot.code, spot.tests[0]["activity_id"]))


def _overlapping(spots: list[Spot]) -> tuple[int, int] | None:
    near = [
        (hypot(one.x - other.x, one.y - other.y), first, second)
        for first, one in enumerate(spots)
        for second, other in enumerate(spots[first + 1 :], first + 1)
        if one.code == other.code
        and hypot(one.x - other.x, one.y - other.y) < max(_NEAR, (one.size + other.size) / 2)
    ]
    return min(near)[1:] if near else None


def _merged(one: Spot, other: Spot) -> Spot:
    a, b = len(one.tests), len(other.tests)
    return Spot(
        (one.x * a + other.x * b) / (a + b),
        (one.y * a + other.y * b) / (a + b),
        one.code,
        (*one.tests, *other.tests),
    )


def _places(values: pl.DataFrame) -> pl.DataFrame:
    """``unit_name, running, known, absence`` by municipality, most running first."""
    return (
        values.filter(
            pl.col("indicator_id") == "2.1",
            pl.col("unit_kind") == MUNICIPALITY,
            pl.col("part") == "alla",
        )
        .select("unit_name", pl.col("value").cast(pl.Int64).alias("running"), "known", "absence")
        .sort("running", "known", descending=True, nulls_last=True, maintain_order=True)
    )


def _title(table: pl.DataFrame, total: int) -> str:
    """Where most tests run, or in how many municipalities where no one stands out."""
    there = table.filter(pl.col("running") > 0)
    if not there.height:
        return "Inget pågående test är känt i urvalet"
    most = there.filter(pl.col("running") == there["running"].max())["unit_name"].to_list()
    some = int(there["running"][0])
    if len(most) == 1:
        if some == total:
            only = "Det enda pågående testet" if total == 1 else f"Alla {word(total)} pågående"
            return f"{only} finns i {most[0]}" if total == 1 else f"{only} tester finns i {most[0]}"
        return f"{capital(part(some, total, neuter=True))} pågående tester finns i {most[0]}"
    if len(most) <= _MOST_PLACES:
        return f"Flest pågående tester i {listing(most)}: {word(some, neuter=True)} var"
    return f"Pågående tester i {word(there.height)} kommuner, ingen har fler än {word(some)}"


def _dot(spot: Spot, scale: tuple[float, float], frame: MapFrame) -> Dot:
    return Dot(
        at=frame.share(spot.x / scale[0], spot.y / scale[1]),
        size=spot.size,
        text=str(len(spot.tests)) if len(spot.tests) > 1 else "",
        words=_in_full(spot),
        data=(spot.code,),
    )


def _placed(geo: Geo, height: int, spots: list[Spot]) -> dict[str, int]:
    """How far each name is moved up, in pixels, to be clear of marks and of other names.

    Names of places with tests come first; a name that finds no room is left out.
    """
    across, up = pixels(geo, height)
    room = lines_inside(geo, height)
    there = {spot.code for spot in spots}
    points = [feature["properties"] for feature in geo["features"]]
    boxes = [(spot.x, spot.y, spot.size / 2, spot.size / 2) for spot in spots]
    shifts: dict[str, int] = {}
    for point in sorted(points, key=lambda each: each["kommun_kod"] not in there):
        code = point["kommun_kod"]
        x, y = point["label_lon"] * across, point["label_lat"] * up
        wide = _CHARACTER * len(point["kommun"]) / 2
        for shift in _SHIFTS if room[code] else ():
            box = (x, y + shift, wide, 9.0)
            if not any(_touch(box, other) for other in boxes):
                shifts[code] = shift
                boxes.append(box)
                break
    return shifts


def _touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < (
        one[3] + other[3]
    )


def _place(
    feature: Geo, frame: MapFrame, up: float, shifts: dict[str, int], there: set[str]
) -> Place:
    """A municipality under the marks; its name is quieter where nothing runs."""
    facts = feature["properties"]
    code = facts["kommun_kod"]
    return Place(
        name=facts["kommun"],
        kind=GROUND_KIND if code in there else QUIET_KIND,
        rings=frame.outline(feature["geometry"]),
        label=frame.share(facts["label_lon"], facts["label_lat"] + shifts.get(code, 0) / up),
        is_named=code in shifts,
    )


def _in_full(spot: Spot) -> str:
    names = [str(test["activity_name"]) for test in spot.tests]
    more = f" och {number(len(names) - _NAMED)} till" if len(names) > _NAMED else ""
    heading = f"{spot.tests[0]['municipality_name']}: {count(len(names), 'test', 'tester')}"
    return f"{heading}. {', '.join(names[:_NAMED])}{more}"


def _in_words(table: pl.DataFrame) -> str:
    there = table.filter(pl.col("running") > 0)
    return ", ".join(f"{name} {n}" for name, n in there.select("unit_name", "running").rows()) or (
        "Inga punkter"
    )
