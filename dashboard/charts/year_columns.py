"""Years side by side as standing columns of parts, with an axis to read them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.draw.chart import Data, Plot, Trace
from dashboard.draw.levels import LEVEL_KINDS, UNREAD_KIND
from dashboard.text import number

_MOST_TICKS = 12
"""With more years than this some are left unnamed."""


@dataclass(frozen=True)
class Series:
    """One part of every column: name, colour by meaning, amounts, words and what they lead to."""

    name: str
    kind: str
    amounts: Sequence[int]
    words: Sequence[str]
    data: Sequence[Data] = ()


def year_columns(
    years: Sequence[int],
    series: Sequence[Series],
    *,
    totals: Sequence[int] = (),
    has_legend: bool = False,
) -> Plot:
    """Stack the series from the foot, one column a year in the given order.

    ``totals`` are written on top of the columns.
    """
    names = [str(year) for year in years]
    step = 1 if len(names) <= _MOST_TICKS else 1 + len(names) // 8
    tops: list[Trace] = []
    if totals:
        tops = [{
            "type": "scatter", "mode": "text", "x": names, "y": list(totals), "cliponaxis": False,
            "text": [number(n) if n else "" for n in totals], "textposition": "top center",
            "textfont": {"size": 15}, "hoverinfo": "skip", "showlegend": False,
        }]  # fmt: skip
    return Plot(
        data=(*(_bars(names, each) for each in series), *tops),
        layout={
            "barmode": "stack",
            "bargap": 0.18,
            "uniformtext": {"mode": "hide", "minsize": 11},
            "xaxis": {
                "type": "category",
                "categoryorder": "array",
                "categoryarray": names,
                "tickvals": names[::step],
                "showgrid": False,
            },
            "yaxis": {"visible": False, "rangemode": "tozero"},
            "showlegend": has_legend,
            "legend": {"y": -0.14, "yanchor": "top", "traceorder": "normal"},
        },
        height=300 if has_legend else 265,
        leads=any(each.data for each in series),
    )


def _bars(names: Sequence[str], series: Series) -> Trace:
    """The part of each year; what is not read is hatched and says no number in it."""
    fill, ink = _LOOKS.get(series.kind, ("@hatch", "@ink"))
    marker: Trace = {"color": fill, "line": {"width": 0}}
    if series.kind == UNREAD_KIND:
        marker = {
            "color": "@card",
            "line": {"width": 1, "color": "@hatch"},
            "pattern": {"shape": "/", "fgcolor": "@hatch", "bgcolor": "@card", "size": 7},
        }
    bars: Trace = {
        "type": "bar", "name": series.name, "x": names, "y": list(series.amounts),
        "text": [number(n) if n else "" for n in series.amounts], "textposition": "inside",
        "insidetextanchor": "middle", "textangle": 0, "textfont": {"size": 14, "color": ink},
        "marker": marker, "hovertext": list(series.words), "hoverinfo": "text",
    }  # fmt: skip
    return {**bars, "customdata": [[each] for each in series.data]} if series.data else bars


_LOOKS = {
    **{kind: (f"@ladder{n}", f"@on_ladder{n}") for n, kind in enumerate(LEVEL_KINDS)},
    UNREAD_KIND: ("@card", "@muted"),
    "test": ("@test", "@card"),
    "test-ljus": ("@test/0.34", "@ink"),
    "linje": ("@line", "@ink"),
}
"""Kind → fill and the ink upon it, as names of the palette."""
