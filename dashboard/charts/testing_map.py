"""Where running tests are, on the region's borders: zoomed where the centre is crowded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Any

import htpy as h
import polars as pl

from dashboard.charts.values import counted, whole
from dashboard.draw.borders import Area, Borders
from dashboard.draw.chart import MAP_WIDTH, Chart, Plot, Point, Trace
from dashboard.draw.plotly import rich
from dashboard.text import capital, count, listing, number, part, word
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.model.columns import Column

_COLUMNS = (
    Column(name="unit_name", label="Kommun", meaning="Kommunens namn."),
    Column(name="running", label="Pågående tester", meaning="Tester nu.", kind="integer"),
    Column(name="known", label="Kända tester", meaning="Alla kartlagda.", kind="integer"),
    Column(name="absence", label="Därför saknas värdet", meaning="Skälet i ord."),
)
_SAME_PLACE = 3
"""Decimals of a degree that tests at one place share, about a hundred metres."""
_NAMED = 8
_CHARACTER, _MARK, _TOOLS = 7.4, 9, 34
"""Pixels: width of a character, half a mark, and the height of the tools above the map."""
_SHIFTS = (0, -24, 24, -32, 32, -40, 40, -50, 50)
"""Where a name is tried, in pixels below its place, until it is clear of the marks."""
_MOST_PLACES = 3
Test = dict[str, Any]


def testing_map(
    values: pl.DataFrame, activities: pl.DataFrame, borders: Borders, *, height: int
) -> Chart:
    """Put running activities on the region's borders; ``values`` has the number by municipality."""
    running = activities.filter("is_running")
    with_place = running.drop_nulls(["lon", "lat"])
    tests = with_place.to_dicts()
    spots = gathered([test for test in tests if _is_inside(test, borders)])
    placed = sum(len(each) for each in spots)
    table = _places(values)
    title = _title(table, counted(whole(values, "2.1")["alla"]))
    missing, outside = running.height - with_place.height, with_place.height - placed
    return Chart(
        name="testkarta",
        title=title,
        subtitle="Pågående testbäddar, living labs, piloter och demonstrationer. "
        "Klicka på en punkt för kommunens tester.",
        alt=f"{title}. Karta med punkter. {_in_words(table)}.",
        note=f"{number(placed)} på kartan"
        + (f", {number(missing)} utan känt läge" if missing else "")
        + (f", {number(outside)} med ett läge utanför kartan" if outside else ""),
        table=table,
        columns=_COLUMNS,
        figure=_figure(spots, borders, height),
    )


def _is_inside(test: Test, borders: Borders) -> bool:
    x, y = borders.at(test["lon"], test["lat"])
    return 0 <= x <= MAP_WIDTH and 0 <= y <= borders.height


def gathered(tests: Sequence[Test]) -> list[list[Test]]:
    """Gather tests of a municipality at one place, the most first, so that none hides another."""
    places: dict[tuple[Any, ...], list[Test]] = {}
    for test in sorted(tests, key=lambda each: str(each["activity_id"])):
        at = (round(test[name], _SAME_PLACE) for name in ("lon", "lat"))
        places.setdefault((test["municipality_code"], *at), []).append(test)
    return sorted(places.values(), key=lambda spot: (-len(spot), str(spot[0]["activity_id"])))


def _figure(spots: Sequence[list[Test]], borders: Borders, height: int) -> Plot:
    """A mark at each place, larger where it holds several tests, on the outlines."""
    there = {test["municipality_code"] for spot in spots for test in spot}
    at = [borders.at(spot[0]["lon"], spot[0]["lat"]) for spot in spots]
    left, top, right, bottom = borders.near.frame
    marks: Trace = {
        "type": "scatter", "mode": "markers+text", "name": "tester",
        "x": [x for x, _ in at], "y": [y for _, y in at], "cliponaxis": False,
        "text": [str(len(spot)) if len(spot) > 1 else "" for spot in spots],
        "textfont": {"color": "@card", "size": 13},
        "hovertext": [_in_full(spot) for spot in spots], "hoverinfo": "text",
        "customdata": [[(spot[0]["municipality_code"],)] for spot in spots],
        "marker": {
            "size": [14 if len(spot) == 1 else 17 + 4.2 * sqrt(len(spot)) for spot in spots],
            "color": "@test", "opacity": 0.88, "line": {"width": 1.6, "color": "@card"},
        },
    }  # fmt: skip
    return Plot(
        data=(marks,),
        layout={
            "xaxis": {"visible": False, "range": [left, right]},
            "yaxis": {"visible": False, "range": [bottom, top], "scaleanchor": "x"},
            "margin": {"l": 0, "r": 0, "b": 0},
            "shapes": [
                *(_outline(area, is_there=area.code in there) for area in borders.areas),
                *_lines(borders, there),
            ],
            "annotations": [*_names(borders, there, at, (bottom - top) / (height - _TOOLS))],
        },
        height=height,
        leads=True,
        has_zoom=True,
    )


def _outline(area: Area, *, is_there: bool) -> Trace:
    """A municipality under the marks, paler where nothing runs."""
    path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z" for ring in area.rings)
    return {
        "type": "path", "path": path, "layer": "below", "fillcolor": "@line",
        "opacity": 1 if is_there else 0.6, "line": {"color": "@card", "width": 1.4},
    }  # fmt: skip


def _lines(borders: Borders, there: set[str]) -> Iterator[Trace]:
    """From the names beside the map to their places."""
    for area in borders.areas:
        name = borders.near.names.get(area.code)
        if area.code in there and name and name.start:
            (x0, y0), (x1, y1) = name.start, area.label
            line = {"color": "@muted", "width": 0.8}
            yield {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": line}


def _names(borders: Borders, there: set[str], at: Sequence[Point], unit: float) -> Iterator[Trace]:
    """Names of places with tests, and quieter those that have room in their area.

    ``at`` are the marks; a name that would be under one is moved up or down. ``unit`` is map units
    for a pixel.
    """
    sides = {"inside": "center", "left": "right", "right": "left"}
    for area in borders.areas:
        name = borders.near.names.get(area.code)
        if name and (area.code in there or name.side == "inside"):
            x, y = name.at
            wide = _CHARACTER * len(area.name) / 2 + _MARK
            near = [(my - y) / unit for mx, my in at if abs(mx - x) < wide * unit]
            free = (s for s in _SHIFTS if all(abs(my - s) > _MARK + 9 for my in near))
            yield {
                "x": x, "y": y + unit * next(free, 0), "xanchor": sides[name.side],
                "showarrow": False, "text": rich(area.name),
                "font": {"size": 13.5, "color": "@ink" if area.code in there else "@muted"},
            }  # fmt: skip


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


def _in_full(spot: Sequence[Test]) -> str:
    names = [str(test["activity_name"]) for test in spot]
    more = f" och {number(len(names) - _NAMED)} till" if len(names) > _NAMED else ""
    heading = f"{spot[0]['municipality_name']}: {count(len(names), 'test', 'tester')}"
    return rich(h.b[heading], *(part for name in names[:_NAMED] for part in (h.br, name)), more)


def _in_words(table: pl.DataFrame) -> str:
    there = table.filter(pl.col("running") > 0)
    return ", ".join(f"{name} {n}" for name, n in there.select("unit_name", "running").rows()) or (
        "Inga punkter"
    )
