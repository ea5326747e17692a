"""Figures with an axis: the names of colours filled in, and what all such figures share.

A figure is made once and drawn in light and dark. Pages draw them in :mod:`dashboard.parts.plot`;
nothing here loads the library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import htpy as h

from dashboard.draw.chart import Data, Plot, Trace
from dashboard.text import NBSP
from dashboard.theme import FONT, Palette

TEXT_SIZE = 15
_MARK = "@"
_TOP, _MARK_HEIGHT = 34, 18
"""Pixels above the plot: for the tools, and below them for the mark of a fictional region."""


def rich(*parts: h.Node) -> str:
    """Text of a figure: Plotly reads ``<b>``, ``<br>`` and ``<span>``; all else is escaped."""
    return str(h.fragment[parts])


def filled(plot: Plot, palette: Palette, mark: str = "") -> dict[str, Any]:
    """Return the figure as Plotly takes it, with its colours and the common template.

    Args:
        plot: the figure.
        palette: the colours of the reader's mode.
        mark: what says in the picture that the region is fictional; empty for a real one.
    """
    notes = [*plot.layout.get("annotations", ()), *([_stamp(mark)] if mark else [])]
    more = {"annotations": notes, "height": plot.height}
    layout = merged(template(), merged(plot.layout, more))
    if mark:
        layout["margin"] = {**layout["margin"], "t": _TOP + _MARK_HEIGHT}
    layout["dragmode"] = layout.get("dragmode") or ("pan" if plot.has_zoom else False)
    if not plot.has_zoom:
        for name, axis in layout.items():
            if name.startswith(("xaxis", "yaxis")):
                layout[name] = {**axis, "fixedrange": True}
    figure: dict[str, Any] = _coloured({"data": list(plot.data), "layout": layout}, palette)
    return figure


def template() -> dict[str, Any]:
    """The layout that all figures share: type, quiet axes, Swedish numbers, words on hover."""
    axis = {
        "gridcolor": "@line",
        "linecolor": "@line",
        "zeroline": False,
        "ticks": "",
        "tickfont": {"color": "@muted", "size": 14},
        "title": {"font": {"color": "@ink", "size": TEXT_SIZE}, "standoff": 12},
        "automargin": True,
    }
    return {
        "font": {"family": FONT, "size": TEXT_SIZE, "color": "@ink"},
        "paper_bgcolor": "@card",
        "plot_bgcolor": "@card",
        "separators": f",{NBSP}",
        "margin": {"l": 8, "r": 12, "t": _TOP, "b": 8},
        "showlegend": False,
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 14}},
        "hoverlabel": {
            "bgcolor": "@card",
            "bordercolor": "@muted",
            "font": {"family": FONT, "color": "@ink", "size": 14},
            "align": "left",
        },
        "hovermode": "closest",
        "modebar": {"bgcolor": "@card", "color": "@muted", "activecolor": "@ink"},
        "xaxis": axis,
        "yaxis": axis,
    }


def merged(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Return ``base`` with the values of ``more``, dictionaries within them likewise.

    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}})
    {'a': {'b': 1, 'c': 3}}
    """
    out = dict(base)
    for name, value in more.items():
        both = isinstance(value, dict) and isinstance(out.get(name), dict)
        out[name] = merged(out[name], value) if both else value
    return out


def colour(name: str, palette: Palette) -> str:
    """Return the colour that a name means in a palette.

    >>> from dashboard.theme import LIGHT
    >>> colour("@ladder4", LIGHT), colour("@test/0.2", LIGHT)
    ('#0E3A66', 'rgba(143,107,30,0.2)')
    """
    wanted, _, opacity = name.removeprefix(_MARK).partition("/")
    if wanted.startswith(("ladder", "on_ladder")):
        found = getattr(palette, wanted[:-1])[int(wanted[-1])]
    else:
        found = getattr(palette, wanted)
    if not opacity:
        return str(found)
    parts = (str(int(found[place : place + 2], 16)) for place in (1, 3, 5))
    return f"rgba({','.join(parts)},{opacity})"


def _coloured(value: Any, palette: Palette) -> Any:
    if isinstance(value, dict):
        return {name: _coloured(each, palette) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_coloured(each, palette) for each in value]
    if isinstance(value, str) and value.startswith(_MARK):
        return colour(value, palette)
    return value


def _stamp(mark: str) -> dict[str, Any]:
    """The mark in the upper left corner, so that a saved picture carries it."""
    return {
        "text": mark,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 2,
        "showarrow": False,
        "font": {"color": "@attention", "size": 13.5},
    }


def led(plot: Plot, lead: Callable[[Data], str]) -> Plot:
    """Put the address in place of each point's data, where the page's script looks for it."""
    if not plot.leads:
        return plot

    def with_address(trace: Trace) -> Trace:
        points = trace.get("customdata")
        if points is None:
            return trace
        own = [[*point[:-1], lead(tuple(point[-1]))] for point in points]
        return {**trace, "customdata": own, "meta": "leder"}

    return replace(plot, data=tuple(map(with_address, plot.data)))
