"""Horizontal bars of counts, with their names before and their numbers after."""

from __future__ import annotations

from typing import Any

from dashboard.charts.chart import Style, Trace, figure, hidden_axis, label
from dashboard.text import number


def count_bars(rows: list[dict[str, Any]], style: Style, *, left: int) -> Any:
    """Draw ``label, activities``, the first on top; ``left`` pixels hold the longest name."""
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "x": [row["activities"] for row in rows],
        "y": list(range(len(rows))),
        "width": 0.62,
        "marker": {"color": style.palette.test},
        "hoverinfo": "skip",
    }
    names = [
        label(row["label"], style, x=0, y=i, xshift=-10, xanchor="right")
        for i, row in enumerate(rows)
    ]
    values = [
        label(number(row["activities"]), style, x=row["activities"], y=i, xshift=7, xanchor="left")
        for i, row in enumerate(rows)
    ]
    top = max([row["activities"] for row in rows] + [1])
    return figure(
        [bars],
        style,
        height=len(rows) * 36 + 34,
        xaxis=hidden_axis(range=[0, top * 1.12]),
        yaxis=hidden_axis(range=[len(rows) - 0.5, -0.5]),
        annotations=[*names, *values],
        margin={"l": left, "r": 8, "t": 4, "b": 24},
    )
