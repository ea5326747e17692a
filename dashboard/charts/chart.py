"""What every chart hands over, and the layout they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard.charts.drawn import Drawn
from dashboard.text import NBSP
from dashboard.theme import FONT, LABEL_SIZE, SMALL_SIZE, Palette
from pipelines.model.column import Column

Trace = dict[str, Any]


@dataclass(frozen=True)
class Style:
    """How charts are drawn: colours, and the mark of a fictional region (empty for a real one)."""

    palette: Palette
    mark: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing with its words and its numbers.

    ``title`` is the finding as a Swedish sentence, ``subtitle`` what is measured, ``alt`` the text
    for those who do not see the drawing, ``note`` its n and coverage, ``table`` the same numbers
    with ``columns`` in order, ``name`` the stem of files. ``figure`` is None when there is nothing
    to draw.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    note: str
    table: pl.DataFrame
    columns: tuple[Column, ...]
    figure: go.Figure | Drawn | None


def figure(traces: list[Trace], style: Style, *, height: int, **layout: Any) -> go.Figure:
    """Return a figure from plain dictionaries, which is many times faster than express charts.

    The mark of a fictional region is part of the drawing, so that a saved image carries it.
    """
    palette = style.palette
    annotations = list(layout.pop("annotations", ()))
    margin = {"l": 0, "r": 0, "t": 6, "b": 6} | layout.pop("margin", {})
    if style.mark:
        margin["b"] = max(margin["b"], 24)
        annotations.append(_mark(style, margin["b"]))
    base = {
        "template": "none",
        "height": height,
        "margin": margin,
        "font": {"family": FONT, "size": LABEL_SIZE, "color": palette.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": f",{NBSP}",
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.card,
            "bordercolor": palette.line,
            "font": {"family": FONT, "size": 14, "color": palette.ink},
            "align": "left",
        },
        "showlegend": False,
        "annotations": annotations,
    }
    # Checking every property of every label takes ten times as long as making the figure.
    return go.Figure({"data": traces, "layout": base | layout}, _validate=False)


def hidden_axis(**more: Any) -> dict[str, Any]:
    """An axis without line, ticks, grid or zoom."""
    return {
        "visible": False,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    } | more


def label(text: str, style: Style, *, x: float, y: Any, **more: Any) -> dict[str, Any]:
    """A text in the drawing, in place of a legend or an axis."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "showarrow": False,
        "font": {"size": LABEL_SIZE, "color": style.palette.ink},
    } | more


def _mark(style: Style, bottom: int) -> dict[str, Any]:
    return {
        "text": style.mark,
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 0,
        "yshift": -bottom,
        "xanchor": "right",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": style.palette.attention},
    }
