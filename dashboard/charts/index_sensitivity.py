"""What the places of the innovation index depend on: weights, normalisation, aggregation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis, label
from dashboard.text import capital, listing, number
from dashboard.theme import SMALL_SIZE
from pipelines.indicators.index_draws import CHOICES, DRAWS
from pipelines.indicators.innovation_index import EVERYWHERE
from pipelines.model.column import Column

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


def sensitivity_chart(table: pl.DataFrame, style: Style, places: Mapping[str, str]) -> Chart:
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
        figure=_bars(rows, style) if rows else None,
    )


def _sensitivity_title(rows: list[dict[str, Any]], any_ranked: bool) -> str:
    if not any_ranked:
        return "Ingen plats att pröva"
    if not rows:
        return f"Platserna är desamma i alla {number(DRAWS)} dragningar"
    top = rows[0]["total_order"]
    most = [_CHOICE_WORDS[row["choice"]] for row in rows if top - row["total_order"] < 0.005]
    return f"Mest betyder {listing(most)}"


def _bars(rows: list[dict[str, Any]], style: Style) -> object:
    places = list(range(len(rows)))

    def bars(order: str, color: str, width: float) -> Trace:
        return {
            "type": "bar",
            "orientation": "h",
            "x": [100 * row[order] for row in rows],
            "y": places,
            "width": width,
            "marker": {"color": color},
            "hoverinfo": "skip",
        }

    words = []
    for place, row in enumerate(rows):
        shares = f"{number(100 * row['first_order'])} / {number(100 * row['total_order'])}"
        quiet = {"size": SMALL_SIZE, "color": style.palette.muted}
        named = capital(_CHOICE_WORDS[row["choice"]])
        words += [
            label(named, style, x=0, y=place, xanchor="left", yshift=21),
            label(shares, style, x=100, y=place, xanchor="right", yshift=21, font=quiet),
        ]
    return figure(
        [
            bars("total_order", style.palette.hatch, 0.34),
            bars("first_order", style.palette.muted, 0.34),
        ],
        style,
        height=56 * len(rows) + 34,
        barmode="overlay",
        xaxis=hidden_axis(range=[0, 100]),
        yaxis=hidden_axis(range=[len(rows) - 0.6, -0.75]),
        annotations=words,
        margin={"b": 24},
    )
