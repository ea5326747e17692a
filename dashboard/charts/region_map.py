"""The region as a map on plain axes: no tiles, no WebGL, no request, and hatching for the unread.

Polygons are drawn as filled lines. A geographic chart of Plotly's would fetch a world outline
from the internet even when it has borders of its own, and it cannot hatch.
"""

from __future__ import annotations

from math import cos, radians
from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis
from dashboard.charts.ladder import LEVELS, UNREAD
from dashboard.text import count, number
from pipelines.model.codes import COMMITMENT
from pipelines.model.column import Column

Geo = dict[str, Any]
"""GeoJSON whose features carry ``kommun_kod``, ``kommun``, ``label_lon`` and ``label_lat``."""

WIDTH = 520
"""The width in pixels that labels are laid out for."""


def commitment_map(
    frame: pl.DataFrame, geo: Geo, style: Style, *, height: int, **words: str
) -> Chart:
    """Colour each municipality by the highest level it reaches; hatch what is not read.

    ``frame`` holds ``municipality_code, municipality_name, known, read, level``.
    """
    rows = {row["municipality_code"]: row for row in frame.to_dicts()}
    labelled = frame.with_columns(
        pl.col("level")
        .replace_strict(dict(enumerate(LEVELS)), default=UNREAD, return_dtype=pl.String)
        .alias("level_label")
    )
    names = dict(zip(labelled["municipality_code"], labelled["level_label"], strict=True))
    traces = [
        *(_areas(geo, _codes_at(rows, step), style, step) for step in range(len(LEVELS))),
        _areas(geo, _codes_at(rows, None), style, None),
        _labels(geo, rows, names, style, height),
    ]
    read = int((frame["read"] > 0).sum())
    return Chart(
        name="karta",
        title=words["title"],
        subtitle=words["subtitle"],
        alt=f"{words['title']}. Karta. {_alt(labelled)}",
        note=f"{number(read)} av {count(frame.height, 'kommun', 'kommuner')} har läst underlag",
        table=labelled,
        columns=_COLUMNS,
        figure=figure(traces, style, height=height, **_frame(geo)),
    )


def base_map(geo: Geo, style: Style) -> list[Trace]:
    """Borders only, for charts that put points on the map."""
    codes = {feature["properties"]["kommun_kod"] for feature in geo["features"]}
    trace = _areas(geo, codes, style, 0)
    trace["fillcolor"] = style.palette.line
    return [trace]


def map_layout(geo: Geo) -> dict[str, Any]:
    """Axes that show the region in its right proportions."""
    return _frame(geo)


_COLUMNS = (
    Column(name="municipality_name", label="Kommun", meaning="Kommunens namn."),
    Column(
        name="level_label",
        label="Högsta förpliktelsegrad",
        meaning="Den starkaste skrivningen i kommunens lästa handlingar.",
    ),
    Column(name="read", label="Lästa", meaning="Lästa handlingar.", kind="integer"),
    Column(name="known", label="Kända", meaning="Kända handlingar.", kind="integer"),
)


def _codes_at(rows: dict[str, dict[str, Any]], level: int | None) -> set[str]:
    return {code for code, row in rows.items() if row["level"] == level}


def _areas(geo: Geo, codes: set[str], style: Style, level: int | None) -> Trace:
    """One trace for all areas of a level; a None between rings lifts the pen."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for feature in geo["features"]:
        if feature["properties"]["kommun_kod"] in codes:
            for ring in _rings(feature["geometry"]):
                xs += [point[0] for point in ring] + [None]
                ys += [point[1] for point in ring] + [None]
    palette = style.palette
    trace: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "fill": "toself",
        "fillcolor": palette.card if level is None else palette.ladder[level],
        "line": {"color": palette.hatch if level is None else palette.card, "width": 1.2},
        "hoverinfo": "skip",
    }
    if level is None:
        trace["fillpattern"] = {
            "shape": "/",
            "fgcolor": palette.hatch,
            "bgcolor": palette.card,
            "size": 8,
            "solidity": 0.16,
        }
    return trace


def _rings(geometry: Geo) -> list[list[list[float]]]:
    """Outer rings only; holes do not occur among municipalities."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [polygon[0] for polygon in geometry["coordinates"]]


def _labels(
    geo: Geo, rows: dict[str, dict[str, Any]], names: dict[str, str], style: Style, height: int
) -> Trace:
    placed = _place(geo, height)
    points = [feature["properties"] for feature in geo["features"]]
    codes = [point["kommun_kod"] for point in points]
    colors = []
    for code in codes:
        level = rows.get(code, {}).get("level")
        colors.append(style.palette.ink if level is None else style.palette.on_ladder[level])
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [point["label_lon"] for point in points],
        "y": [point["label_lat"] for point in points],
        "text": [_label(point, names, placed[point["kommun_kod"]]) for point in points],
        "textposition": "middle center",
        "textfont": {"size": 13.5, "color": colors},
        "marker": {"size": 26, "color": "rgba(0,0,0,0)"},
        "customdata": [[code, rows.get(code, {}).get("level")] for code in codes],
        "hovertext": [_hover(rows.get(code), names.get(code, UNREAD)) for code in codes],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": style.palette.ink}},
        "cliponaxis": False,
    }


def _label(point: Geo, names: dict[str, str], lines: int) -> str:
    if lines == 0:
        return ""
    name = str(point["kommun"])
    return name if lines == 1 else f"<b>{name}</b><br>{names.get(point['kommun_kod'], UNREAD)}"


def _hover(row: dict[str, Any] | None, level: str) -> str:
    if row is None:
        return UNREAD
    return f"<b>{row['municipality_name']}</b><br>{level}<br>{row['read']} av {row['known']} lästa"


def _place(geo: Geo, height: int) -> dict[str, int]:
    """How many lines each label gets: two, one, or none where names would lie on each other.

    Larger areas are served first; the names that are left out are in the hover and the table.
    """
    scale = _scale(geo, height)
    ordered = sorted(geo["features"], key=_area, reverse=True)
    taken: list[tuple[float, float, float, float]] = []
    lines: dict[str, int] = {}
    for feature in ordered:
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


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _area(feature: Geo) -> float:
    """Area of the largest ring in square degrees (shoelace)."""

    def shoelace(ring: list[list[float]]) -> float:
        pairs = zip(ring, ring[1:] + ring[:1], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

    return max(shoelace(ring) for ring in _rings(feature["geometry"]))


def _bounds(geo: Geo) -> tuple[float, float, float, float]:
    points = [p for f in geo["features"] for ring in _rings(f["geometry"]) for p in ring]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _scale(geo: Geo, height: int) -> tuple[float, float]:
    """Pixels for a degree of longitude and of latitude."""
    left, low, right, high = _bounds(geo)
    squeeze = cos(radians((low + high) / 2))
    unit = min(WIDTH / ((right - left) * squeeze), height / (high - low))
    return unit * squeeze, unit


def _frame(geo: Geo) -> dict[str, Any]:
    left, low, right, high = _bounds(geo)
    pad_x, pad_y = 0.02 * (right - left), 0.02 * (high - low)
    ratio = 1 / cos(radians((low + high) / 2))
    return {
        "xaxis": hidden_axis(range=[left - pad_x, right + pad_x], constrain="domain"),
        "yaxis": hidden_axis(
            range=[low - pad_y, high + pad_y],
            scaleanchor="x",
            scaleratio=ratio,
            constrain="domain",
        ),
    }


def _alt(labelled: pl.DataFrame) -> str:
    order = [*reversed(LEVELS), UNREAD]
    groups = []
    for level in order:
        names = labelled.filter(pl.col("level_label") == level)["municipality_name"].to_list()
        if names:
            groups.append(f"{level}: {', '.join(names)}")
    return f"{'. '.join(groups)}. {COMMITMENT.label} från {LEVELS[0]} till {LEVELS[-1]}."
