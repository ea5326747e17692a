"""Shares on one scale from 0 to 100: a dot with its interval, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.charts.chart import Style, Trace, figure, hidden_axis, label
from dashboard.charts.values import reason, share_words, whole
from dashboard.text import TOO_FEW, capital, count, number
from dashboard.theme import SMALL_SIZE
from pipelines.model.column import Column

COLUMNS = (
    Column(name="label", label="Andel", meaning="Vad andelen gäller."),
    Column(name="hits", label="Antal", meaning="De som uppfyller villkoret.", kind="integer"),
    Column(name="n", label="Med uppgift", meaning="De där uppgiften är känd.", kind="integer"),
    Column(name="known", label="Kända", meaning="Alla kända.", kind="integer"),
    Column(name="share", label="Procent", meaning="Av dem med uppgift.", kind="decimal"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
    Column(name="absence", label="Därför saknas värdet", meaning="Skälet i ord."),
)
_STEP = 78
Shown = list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One share: which part of which measure, what it is called, and what one and many are."""

    indicator: str
    part: str
    name: str
    one: str
    many: str


def share_rows(values: pl.DataFrame, lines: tuple[Line, ...]) -> Shown:
    """The lines with their numbers: ``COLUMNS``, and ``words`` for the drawing and the text."""
    return [_row(values, line) for line in lines]


def share_table(rows: Shown) -> pl.DataFrame:
    """The numbers behind the lines; shares in percent."""
    kinds = {"integer": pl.Int64, "decimal": pl.Float64}
    schema = {each.name: kinds.get(each.kind, pl.String) for each in COLUMNS}
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)


def _row(values: pl.DataFrame, line: Line) -> dict[str, Any]:
    row = whole(values, line.indicator)[line.part]
    percent_of = {
        new: None if row[old] is None else 100 * row[old]
        for new, old in (("share", "value"), ("low", "low"), ("high", "high"))
    }
    hits = None if row["numerator"] is None else int(row["numerator"])
    if row["value"] is not None:
        words = f"{share_words(row)}, {number(hits)} av {number(row['n'])}"
    elif row["n"]:
        words = f"{TOO_FEW}, {number(row['n'])} med uppgift"
    elif row["known"]:
        words = f"uppgiften saknas för {count(row['known'], line.one, line.many)}"
    else:
        words = reason(row)
    return {
        "label": line.name,
        "hits": hits,
        "n": row["n"],
        "known": row["known"],
        "absence": row["absence"],
        "words": words,
        "estimate": share_words(row),
    } | percent_of


def share_figure(rows: Shown, style: Style) -> Any:
    """The lines under each other, each with its name above and its value below."""
    palette = style.palette
    shown = [(place, row) for place, row in enumerate(rows) if row["share"] is not None]
    line: Trace = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    track = line | {
        "x": [x for _ in shown for x in (0, 100, None)],
        "y": [y for place, _ in shown for y in (place, place, None)],
        "line": {"color": palette.line, "width": 8},
    }
    interval = line | {
        "x": [x for _, row in shown for x in (row["low"], row["high"], None)],
        "y": [y for place, _ in shown for y in (place, place, None)],
        "line": {"color": palette.test, "width": 8},
        "opacity": 0.42,
    }
    dots: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [row["share"] for _, row in shown],
        "y": [place for place, _ in shown],
        "marker": {"size": 15, "color": palette.test, "line": {"color": palette.card, "width": 2}},
        "hovertext": [f"{row['label']}<br>{row['words']}" for _, row in shown],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
    return figure(
        [track, interval, dots],
        style,
        height=len(rows) * _STEP + 30,
        xaxis=hidden_axis(range=[-1, 101]),
        yaxis=hidden_axis(range=[len(rows) - 0.58, -0.55]),
        annotations=[each for place, row in enumerate(rows) for each in _labels(place, row, style)],
        margin={"l": 4, "r": 10, "t": 0, "b": 24},
    )


def _labels(place: int, row: dict[str, Any], style: Style) -> list[dict[str, Any]]:
    quiet = {"size": SMALL_SIZE, "color": style.palette.muted}
    left: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "align": "left"}
    name = label(row["label"], style, y=place - 0.3, **left)
    if row["share"] is None:
        return [name, label(capital(row["words"]), style, y=place, font=quiet, **left)]
    basis = f"{number(row['hits'])} av {number(row['n'])} med uppgift"
    ink = style.palette.ink
    words = f"<span style='color:{ink}'><b>{row['estimate']}</b></span> · {basis}"
    return [name, label(words, style, y=place + 0.27, font=quiet, **left)]
