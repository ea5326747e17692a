"""The region as a map on plain axes: no tiles, no WebGL, no request, and hatching for the unread.

Polygons are drawn as filled lines. A geographic chart of Plotly's would fetch a world outline
from the internet even when it has borders of its own, and it cannot hatch.
"""

from __future__ import annotations

from math import cos, nan, radians
from typing import Any

import numpy as np
import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis
from dashboard.charts.ladder import LEVELS, NOT_CHOSEN, UNREAD
from dashboard.charts.map_labels import MARGIN, Beside, Geo, beside, bounds, lines_inside, rings
from dashboard.text import count, number
from dashboard.theme import SMALL_SIZE
from pipelines.model.codes import COMMITMENT
from pipelines.model.column import Column


def commitment_map(
    frame: pl.DataFrame, geo: Geo, style: Style, *, height: int, **words: str
) -> Chart:
    """Colour each municipality by the highest level it reaches; hatch what is not read.

    ``frame`` holds ``municipality_code, municipality_name, known, read, level``. A municipality of
    which the choice knows nothing is left pale: it is outside the question, not unread.
    """
    rows = {row["municipality_code"]: row for row in frame.to_dicts()}
    labelled = frame.with_columns(
        pl.col("level")
        .replace_strict(dict(enumerate(LEVELS)), default=UNREAD, return_dtype=pl.String)
        .pipe(lambda label: pl.when(pl.col("known") > 0).then(label).otherwise(pl.lit(NOT_CHOSEN)))
        .alias("level_label")
    )
    names = dict(zip(labelled["municipality_code"], labelled["level_label"], strict=True))
    inside = lines_inside(geo, height)
    outside = beside(geo, [code for code, lines in inside.items() if lines == 0], height)
    traces = [
        *(_areas(geo, _codes_at(rows, step), style, step) for step in range(len(LEVELS))),
        _areas(geo, _codes_at(rows, None), style, None),
        _outside(geo, {code for code, row in rows.items() if not row["known"]}, style),
        *names_beside(outside, style),
        _labels(geo, rows, names, style, inside),
    ]
    read, known = int((frame["read"] > 0).sum()), int((frame["known"] > 0).sum())
    return Chart(
        name=words["name"],
        title=words["title"],
        subtitle=words["subtitle"],
        alt=f"{words['title']}. Karta. {_alt(labelled)}",
        note=f"{number(read)} av {count(known, 'kommun', 'kommuner')} har läst underlag",
        table=labelled,
        columns=_COLUMNS,
        figure=figure(traces, style, height=height, **_frame(geo, MARGIN if outside else 0.0)),
    )


def base_map(geo: Geo, style: Style) -> list[Trace]:
    """Borders only, for charts that put points on the map."""
    codes = {feature["properties"]["kommun_kod"] for feature in geo["features"]}
    trace = _areas(geo, codes, style, 0)
    trace["fillcolor"] = style.palette.line
    return [trace]


def map_layout(geo: Geo, margin: float = 0.0) -> dict[str, Any]:
    """Axes that show the region in its right proportions, with room for names beside it."""
    return _frame(geo, margin)


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
    return {code for code, row in rows.items() if row["known"] and row["level"] == level}


def _outside(geo: Geo, codes: set[str], style: Style) -> Trace:
    trace = _areas(geo, codes, style, 0)
    trace["fillcolor"] = style.palette.ground
    trace["line"] = {"color": style.palette.line, "width": 1.2}
    return trace


def _areas(geo: Geo, codes: set[str], style: Style, level: int | None) -> Trace:
    """One trace for all areas of a level; a gap between rings lifts the pen."""
    xs: list[float] = []
    ys: list[float] = []
    for feature in geo["features"]:
        if feature["properties"]["kommun_kod"] in codes:
            for ring in rings(feature["geometry"]):
                xs += [point[0] for point in ring] + [nan]
                ys += [point[1] for point in ring] + [nan]
    palette = style.palette
    trace: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": np.array(xs, np.float32),  # travels as bytes, two thirds of the same numbers as text
        "y": np.array(ys, np.float32),
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


def names_beside(outside: list[Beside], style: Style) -> list[Trace]:
    """Names in the margins, and one trace of thin lines from them to their places."""
    if not outside:
        return []
    xs: list[float | None] = []
    ys: list[float | None] = []
    for each in outside:
        xs += [each.line[0][0], each.line[1][0], None]
        ys += [each.line[0][1], each.line[1][1], None]
    lines = {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": style.palette.muted, "width": 0.8},
        "hoverinfo": "skip",
    }
    names = {
        "type": "scatter",
        "mode": "text",
        "x": [each.x for each in outside],
        "y": [each.y for each in outside],
        "text": [each.name for each in outside],
        "textposition": ["middle right" if each.is_left else "middle left" for each in outside],
        "textfont": {"size": SMALL_SIZE, "color": style.palette.ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return [lines, names]


def _labels(
    geo: Geo,
    rows: dict[str, dict[str, Any]],
    names: dict[str, str],
    style: Style,
    placed: dict[str, int],
) -> Trace:
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
        "textfont": {"size": SMALL_SIZE, "color": colors},
        "marker": {"size": 26, "color": "rgba(0,0,0,0)"},
        "customdata": [[code, rows.get(code, {}).get("level")] for code in codes],
        "hovertext": [_hover(rows.get(code), names.get(code, NOT_CHOSEN)) for code in codes],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": style.palette.ink}},
        "cliponaxis": False,
    }


def _label(point: Geo, names: dict[str, str], lines: int) -> str:
    if lines == 0:
        return ""
    name, word = str(point["kommun"]), names.get(point["kommun_kod"], NOT_CHOSEN)
    return name if lines == 1 or word == NOT_CHOSEN else f"<b>{name}</b><br>{word}"


def _hover(row: dict[str, Any] | None, level: str) -> str:
    if row is None or not row["known"]:
        return NOT_CHOSEN
    return f"<b>{row['municipality_name']}</b><br>{level}<br>{row['read']} av {row['known']} lästa"


def _frame(geo: Geo, margin: float = 0.0) -> dict[str, Any]:
    left, low, right, high = bounds(geo)
    pad_x, pad_y = (margin + 0.02) * (right - left), 0.02 * (high - low)
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
    order = [*reversed(LEVELS), UNREAD, NOT_CHOSEN]
    groups = []
    for level in order:
        names = labelled.filter(pl.col("level_label") == level)["municipality_name"].to_list()
        if names:
            groups.append(f"{level}: {', '.join(names)}")
    return f"{'. '.join(groups)}. {COMMITMENT.label} från {LEVELS[0]} till {LEVELS[-1]}."
