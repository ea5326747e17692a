"""The innovation index: scores with intervals, places that hold, and what places depend on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis, label
from dashboard.charts.html_bars import COMPACT_FROM
from dashboard.text import capital, count, number, part
from dashboard.theme import SMALL_SIZE
from pipelines.indicators.index_draws import DRAWS
from pipelines.indicators.innovation_index import COMPONENTS, PARTS
from pipelines.model.columns import COLUMN
from pipelines.model.derived_tables import INDEX_RANK

PART_LABELS = dict(zip(COMPONENTS, (text for _, text in PARTS[1:-1]), strict=True))
"""Component → its Swedish name."""
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


def interval_chart(rows: pl.DataFrame, ranks: pl.DataFrame, style: Style) -> Chart:
    """One line a municipality: the index as a dot, its 95 % interval, and the place.

    Args:
        rows: rows of ``index_rank`` with a score, in the order to draw them.
        ranks: all rows with ``municipality_name``, for table and file: those without a score
            have their reason there.
        style: colours and mark.
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
        figure=_intervals(rows.to_dicts(), style) if rows.height else None,
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


def _intervals(rows: list[dict[str, Any]], style: Style) -> object:
    compact = len(rows) >= COMPACT_FROM
    step = 34 if compact else 62
    left, right = (118, 104) if compact else (6, 10)
    places = list(range(len(rows)))
    whiskers: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [each for row in rows for each in (row["low"], row["high"], None)],
        "y": [each for place in places for each in (place, place, None)],
        "line": {"color": style.palette.muted, "width": 5},
        "opacity": 0.55,
        "hoverinfo": "skip",
    }
    dots: Trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [row["score"] for row in rows],
        "y": places,
        "marker": {"color": style.palette.ink, "size": 15},
        "text": [number(row["score"]) for row in rows],
        "textposition": "bottom center" if not compact else "top center",
        "textfont": {"size": SMALL_SIZE, "color": style.palette.ink},
        "cliponaxis": False,
        "customdata": [[row["municipality_code"]] for row in rows],
        "hovertext": [_hover(row) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }
    return figure(
        [whiskers, dots],
        style,
        height=step * len(rows) + 62,
        xaxis={
            "range": [0, 100], "tickvals": [0, 25, 50, 75, 100], "fixedrange": True,
            "gridcolor": style.palette.line, "zeroline": False, "showline": False, "ticks": "",
            "tickfont": {"size": SMALL_SIZE, "color": style.palette.muted},
        },
        yaxis=hidden_axis(range=[len(rows) - 0.4, -0.7]),
        annotations=_row_words(rows, style, compact=compact),
        margin={"l": left, "r": right, "t": 6, "b": 46},
    )  # fmt: skip


def _row_words(rows: list[dict[str, Any]], style: Style, *, compact: bool) -> list[dict[str, Any]]:
    quiet = {"size": SMALL_SIZE, "color": style.palette.muted}
    found = []
    for place, row in enumerate(rows):
        words = capital(place_words(row))
        if compact:
            found += [
                label(row["municipality_name"], style, x=0, y=place, xshift=-8, xanchor="right"),
                label(words, style, x=100, y=place, xshift=10, xanchor="left", font=quiet),
            ]
        else:
            above = {"yshift": 22}
            found += [
                label(row["municipality_name"], style, x=0, y=place, xanchor="left", **above),
                label(words, style, x=100, y=place, xanchor="right", font=quiet, **above),
            ]
    return found


def _hover(row: dict[str, Any]) -> str:
    parts = ", ".join(f"{text.lower()} {number(row[name])}" for name, text in PART_LABELS.items())
    return (
        f"<b>{row['municipality_name']}</b>: {number(row['score'])} "
        f"({number(row['low'])}–{number(row['high'])})<br>{capital(parts)}"
        "<br>Klicka för att läsa beläggen"
    )
