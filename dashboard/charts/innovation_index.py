"""The innovation index: scores with intervals, places that hold, and what places depend on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import htpy as h
import polars as pl

from dashboard.draw.chart import Chart, Plot
from dashboard.draw.plotly import rich
from dashboard.text import capital, count, listing, number, part
from pipelines.indicators.index_draws import CHOICES, DRAWS
from pipelines.indicators.innovation_index import COMPONENTS, EVERYWHERE, PARTS
from pipelines.model.columns import COLUMN, Column
from pipelines.model.tables import INDEX_RANK

PART_LABELS = dict(zip(COMPONENTS, (text for _, text in PARTS[1:-1]), strict=True))
"""Component → its Swedish name."""
_ROW = 40
"""Height of a municipality in pixels."""
RANK_COLUMNS = (
    COLUMN["municipality_name"],
    *(COLUMN[name] for name in INDEX_RANK.computed if name != "municipality_code"),
)


def scored(ranks: pl.DataFrame, *, by_score: bool) -> pl.DataFrame:
    """The municipalities with an index, by name (as they come) or highest first."""
    rows = ranks.filter(pl.col("score").is_not_null())
    return rows.sort("score", descending=True, maintain_order=True) if by_score else rows


def place_words(row: Mapping[str, Any]) -> str:
    """``plats 2``; where it cannot be told from another's, the interval: ``plats 2–4``."""
    if not row["is_withheld"]:
        return f"plats {row['rank']}"
    low, high = row["rank_low"], row["rank_high"]
    return f"plats {low}–{high}" if low != high else f"plats {low}, delad"


def interval_chart(rows: pl.DataFrame, ranks: pl.DataFrame) -> Chart:
    """One line a municipality: the index as a dot, its 95 % interval, and the place.

    Args:
        rows: rows of ``index_rank`` with a score, in the order to draw them.
        ranks: all rows with ``municipality_name``, for table and file: those without a score
            have their reason there.
    """
    title = _title(rows)
    lines = [
        f"{row['municipality_name']} {number(row['score'])} "
        f"({number(row['low'])}–{number(row['high'])}), {place_words(row)}"
        for row in rows.to_dicts()
    ]
    return Chart(
        name="innovationsindex",
        title=title,
        subtitle="Index 0–100 (punkt) med 95-procentigt intervall (linje) från "
        f"{number(DRAWS)} dragningar av vikter, normering och sammanvägning",
        alt=f"{title}. {'; '.join(lines)}.",
        note=f"{number(rows.height)} av {count(ranks.height, 'kommun', 'kommuner')} har underlag",
        table=ranks,
        columns=RANK_COLUMNS,
        figure=_intervals(rows.to_dicts()) if rows.height else None,
    )


def _title(rows: pl.DataFrame) -> str:
    if not rows.height:
        return "Ingen kommun har underlag för ett index"
    if rows.height == 1:
        row = rows.row(0, named=True)
        return f"Bara {row['municipality_name']} har underlag: {number(row['score'])} av 100"
    told = rows.filter(~pl.col("is_withheld")).height
    if told == 0:
        return "Ingen plats går att skilja från de andra"
    if told == rows.height:
        places = "platserna" if told == 2 else "platser"
        return f"{capital(part(told, rows.height))} {places} går att skilja åt"
    return f"{capital(part(told, rows.height))} platser går att skilja från de andra"


def _intervals(rows: list[dict[str, Any]]) -> Plot:
    """A dot at each index within its interval; names to the left and places to the right."""
    names = [row["municipality_name"] for row in rows]
    scores = [row["score"] for row in rows]
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": scores,
        "y": names,
        "text": [number(score) for score in scores],
        "textposition": "top center",
        "textfont": {"size": 14},
        "marker": {"color": "@ink", "size": 11},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [row["high"] - row["score"] for row in rows],
            "arrayminus": [row["score"] - row["low"] for row in rows],
            "color": "@muted",
            "thickness": 5,
            "width": 0,
        },
        "hovertext": [_said(row) for row in rows],
        "hoverinfo": "text",
        "customdata": [[(row["municipality_code"],)] for row in rows],
    }
    places = [
        {
            "text": capital(place_words(row)), "x": 1, "xref": "paper", "xanchor": "left",
            "xshift": 10, "y": row["municipality_name"], "showarrow": False,
            "font": {"color": "@muted", "size": 14},
        }
        for row in rows
    ]  # fmt: skip
    return Plot(
        data=(dots,),
        layout={
            "xaxis": {"range": [-2, 102], "tickvals": [0, 25, 50, 75, 100]},
            "yaxis": {
                "range": [len(rows) - 0.4, -0.7],
                "type": "category",
                "tickfont": {"color": "@ink"},
                "ticksuffix": " ",
            },
            "margin": {"r": 84},
            "annotations": places,
        },
        height=80 + _ROW * len(rows),
        leads=True,
    )


def _said(row: dict[str, Any]) -> str:
    parts = ", ".join(f"{text.lower()} {number(row[name])}" for name, text in PART_LABELS.items())
    span = f": {number(row['score'])} ({number(row['low'])}–{number(row['high'])})"
    return rich(h.b[row["municipality_name"]], span, h.br, capital(parts))


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
