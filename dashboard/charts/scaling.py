"""From test to scaling up: the share that has got there year by year, and how long it takes."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, label
from dashboard.charts.values import Row, reason, whole, years_words
from dashboard.text import NBSP, capital, number, part, word
from dashboard.theme import SMALL_SIZE
from pipelines.model.columns import COLUMN
from pipelines.model.derived_tables import SURVIVAL

EVERYONE = "alla"
_CURVE_COLUMNS = tuple(COLUMN[name] for name in SURVIVAL.computed if name != "survival_group")


def scaling_curve(survival: pl.DataFrame, values: pl.DataFrame, style: Style) -> Chart:
    """The Kaplan–Meier curve of all tests with its 95 % band and the median marked (2.5)."""
    parts = whole(values, "2.5")
    median, share = parts["median:alla"], parts["andel"]
    table = survival.filter(pl.col("survival_group") == EVERYONE)
    drawn = table.height > 1 and table["events"].sum() > 0
    title = scaling_title(median, share)
    steps = "; ".join(
        f"efter {number(row['time_years'])} år {number(100 * row['share_scaled'])} procent"
        for row in table.filter(pl.col("events") > 0).to_dicts()
    )
    note = f"{number(median['n'])} av {number(median['known'])} påbörjade tester har känd tid"
    return Chart(
        name="test_till_uppskalning",
        title=title,
        subtitle="Skattad andel uppskalade efter år sedan start (Kaplan–Meier, 95 procents "
        "intervall). Tester som pågår följs till mätdagen.",
        alt=f"{title}. {capital(steps) if drawn else 'Inget går att rita'}.",
        note=note if median["known"] else "",
        table=table,
        columns=_CURVE_COLUMNS,
        figure=_curve(table, median, style) if drawn else None,
    )


def scaling_title(median: Row, share: Row) -> str:
    """When half have scaled up, with the interval; or the typed reason why that is not known."""
    scaled, started = int(share["numerator"] or 0), share["n"]
    if median["value"] is not None:
        return f"Hälften av testerna har skalats upp efter {years_words(median)}"
    if not started:
        return "Inget påbörjat test att följa till uppskalning"
    some = capital(part(scaled, started, neuter=True))
    if median["absence_kind"] == "not_reached":
        tests = f"{some} {'test' if started == 1 else 'tester'}"
        return f"{tests} har skalats upp; hälften har inte nått dit ännu"
    if median["absence_kind"] == "not_reported" and scaled:
        years = "dess år" if scaled == 1 else "åren"
        return f"Tiden till uppskalning är okänd: {word(scaled)} skalas upp, men {years} saknas"
    return f"Tiden till uppskalning går inte att ange: {reason(median)}"


def _curve(table: pl.DataFrame, median: Row, style: Style) -> object:
    palette = style.palette
    times = table["time_years"].to_list()
    share = [100 * each for each in table["share_scaled"]]
    banded = table.drop_nulls(["low", "high"])
    at = banded["time_years"].to_list()
    low, high = ([100 * each for each in banded[name]] for name in ("low", "high"))
    edges: Trace = {"type": "scatter", "mode": "lines", "hoverinfo": "skip",
                    "line": {"shape": "hv", "width": 0, "color": palette.test}}  # fmt: skip
    curve: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": times,
        "y": share,
        "line": {"shape": "hv", "color": palette.test, "width": 3},
        "hovertext": [
            f"{number(row['time_years'])} år: {number(100 * row['share_scaled'])} %<br>"
            f"{number(row['at_risk'])} kvar att följa"
            for row in table.to_dicts()
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    band = [edges | {"x": at, "y": low}, edges | {"x": at, "y": high, "fill": "tonexty",
            "fillcolor": _tint(palette.test)}]  # fmt: skip
    years = list(range(int(times[-1]) + 1))
    return figure(
        [*band, curve],
        style,
        height=330,
        shapes=_half(median, style),
        annotations=_curve_labels(table, median, style),
        xaxis=scale_axis(style, years[:: 2 if len(years) > 9 else 1], "år",
                         range=[0, times[-1] + 0.05]),
        yaxis=scale_axis(style, [0, 25, 50, 75, 100], "%", range=[0, 104], showgrid=True,
                         gridcolor=palette.line),
        margin={"l": 58, "r": 14, "t": 8, "b": 84},
    )  # fmt: skip


def scale_axis(style: Style, ticks: list[int], unit: str, **more: Any) -> dict[str, Any]:
    """An axis that values are read off, in quiet type."""
    quiet = {"size": SMALL_SIZE, "color": style.palette.muted}
    words = [f"{number(each)}{NBSP}{unit}" for each in ticks]
    plain = {"showgrid": False, "zeroline": False, "fixedrange": True}
    line = {"linecolor": style.palette.line}
    return {"tickvals": ticks, "ticktext": words, "tickfont": quiet} | plain | line | more


def _tint(color: str) -> str:
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.18)"


def _half(median: Row, style: Style) -> list[dict[str, Any]]:
    """A thin line from one half to the curve and down to the median year."""
    if median["value"] is None:
        return []
    line = {"color": style.palette.ink, "width": 1.2, "dash": "dot"}
    years = median["value"]
    return [
        {"type": "line", "x0": 0, "x1": years, "y0": 50, "y1": 50, "line": line},
        {"type": "line", "x0": years, "x1": years, "y0": 0, "y1": 50, "line": line},
    ]


def _curve_labels(table: pl.DataFrame, median: Row, style: Style) -> list[dict[str, Any]]:
    quiet = {"size": SMALL_SIZE, "color": style.palette.muted}
    below = {"yref": "paper", "y": 0, "yanchor": "top", "font": quiet}
    labels = [
        label(number(row["at_risk"]), style, x=row["time_years"], yshift=-40, **below)
        for row in table.to_dicts()
    ]
    labels.append(label("Kvar:", style, x=0, xref="paper", xanchor="right", xshift=-12,
                        yshift=-40, **below))  # fmt: skip
    if median["value"] is not None:
        labels.append(
            label(f"<b>hälften: {number(median['value'])} år</b>", style, x=median["value"], y=12,
                  xanchor="left", xshift=6)
        )  # fmt: skip
    return labels
