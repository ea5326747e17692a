"""What the places of the innovation index depend on: weights, normalisation, aggregation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.draw.chart import Chart, Plot
from dashboard.text import capital, listing, number
from pipelines.indicators.index_draws import CHOICES, DRAWS
from pipelines.indicators.innovation_index import EVERYWHERE
from pipelines.model.columns import Column

_CHOICE_WORDS = {
    "weights": "vikterna",
    "normalisation": "hur delarna görs jämförbara",
    "aggregation": "hur delarna vägs samman",
}
_SENSITIVITY_COLUMNS = (
    Column(name="unit_name", label="Gäller", meaning="Kommunen, eller platserna i medel."),
    Column(name="choice", label="Val", meaning="Det som kan väljas på olika sätt."),
    Column(name="first_percent", label="Ensamt, procent", kind="decimal",
           meaning="Andel av platsens variation som valet ensamt ger."),
    Column(name="total_percent", label="Tillsammans, procent", kind="decimal",
           meaning="Andel där valet alls medverkar."),
)  # fmt: skip


def sensitivity_chart(table: pl.DataFrame, places: Mapping[str, str]) -> Chart:
    """What the places depend on: the share that each choice gives alone and with the others.

    ``table`` is ``index_sensitivity``; ``places`` maps municipality code → name.
    """
    names = {EVERYWHERE: "Platserna i medel", **places}
    shown = table.with_columns(
        pl.col("unit_id").replace_strict(names, return_dtype=pl.String).alias("unit_name"),
        pl.col("choice").replace_strict(
            {each: capital(_CHOICE_WORDS[each]) for each in CHOICES}, return_dtype=pl.String
        ),
        (100 * pl.col("first_order")).round(1).alias("first_percent"),
        (100 * pl.col("total_order")).round(1).alias("total_percent"),
    )
    rows = table.filter(
        pl.col("unit_id") == EVERYWHERE, pl.col("total_order").is_not_null()
    ).sort("total_order", descending=True, maintain_order=True).to_dicts()  # fmt: skip
    title = _sensitivity_title(rows, bool(table.height))
    lines = [
        f"{_CHOICE_WORDS[row['choice']]}: ensamt {number(100 * row['first_order'])} procent, "
        f"tillsammans med de andra {number(100 * row['total_order'])} procent"
        for row in rows
    ]
    return Chart(
        name="index_kanslighet",
        title=title,
        subtitle="Hur stor del av platsernas rörelse som varje val ger: ensamt (mörkt) och "
        "tillsammans med de andra (ljust), procent"
        if rows
        else ("Vikter, normering och sammanvägning ändrar inte ordningen." if table.height else ""),
        alt=f"{title}. {capital('; '.join(lines))}.",
        note=f"{number(DRAWS)} dragningar, alla kombinationer" if table.height else "",
        table=shown,
        columns=_SENSITIVITY_COLUMNS,
        figure=_bars(rows) if rows else None,
    )


def _sensitivity_title(rows: list[dict[str, Any]], any_ranked: bool) -> str:
    if not any_ranked:
        return "Ingen plats att pröva"
    if not rows:
        return f"Platserna är desamma i alla {number(DRAWS)} dragningar"
    top = rows[0]["total_order"]
    most = [_CHOICE_WORDS[row["choice"]] for row in rows if top - row["total_order"] < 0.005]
    return f"Mest betyder {listing(most)}"


def _bars(rows: list[dict[str, Any]]) -> Plot:
    """What each choice gives alone, drawn upon what it gives with the others."""
    names = [capital(_CHOICE_WORDS[row["choice"]]) for row in rows]
    traces = [
        {
            "type": "bar", "orientation": "h", "name": word, "width": width,
            "y": names, "x": amounts, "marker": {"color": colour}, "hoverinfo": "text",
            "hovertext": [f"{name}, {word}: {number(n)} procent"
                          for name, n in zip(names, amounts, strict=True)],
        }
        for order, word, colour, width in (
            ("total_order", "tillsammans", "@line", 0.62), ("first_order", "ensamt", "@muted", 0.34)
        )
        for amounts in [[100 * row[order] for row in rows]]
    ]  # fmt: skip
    notes = [
        {
            "x": 100 * row["total_order"], "y": name, "xanchor": "left", "xshift": 8,
            "showarrow": False, "font": {"size": 14, "color": "@muted"},
            "text": f"{number(100 * row['first_order'])} / {number(100 * row['total_order'])}",
        }
        for name, row in zip(names, rows, strict=True)
    ]  # fmt: skip
    return Plot(
        data=tuple(traces),
        layout={
            "barmode": "overlay",
            "xaxis": {"range": [0, 112], "tickvals": [0, 25, 50, 75, 100]},
            "yaxis": {"autorange": "reversed", "tickfont": {"color": "@ink"}, "ticksuffix": " ",
                      "showgrid": False},
            "annotations": notes,
        },
        height=110 + 46 * len(rows),
    )  # fmt: skip
