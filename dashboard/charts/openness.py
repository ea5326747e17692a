"""How open running tests are: shares on one scale, each with its interval or its reason."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis, label
from dashboard.charts.values import Row, reason, share_words, whole
from dashboard.text import TOO_FEW, capital, count, listing, number, part
from dashboard.theme import SMALL_SIZE
from pipelines.indicators.share import FEWEST
from pipelines.model.column import Column

_LINES = (
    ("2.2", "alla", "Går att hitta och kontakta", "går att kontakta"),
    ("2.3", "smf", "Öppna för små och medelstora företag", "är öppna för mindre företag"),
    ("2.3", "partnerslag", "Minst två slag av partner", "har minst två slag av partner"),
    ("2.3", "kommuner", "Kommuner som testar med en annan kommun", ""),
)
"""Indicator, part, what it says in the drawing and in the title; the last counts municipalities."""
_COLUMNS = (
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


def openness(values: pl.DataFrame, style: Style) -> Chart:
    """Four shares of 2.2 and 2.3, each with n and 95 % interval, or why there is none."""
    rows = [_row(whole(values, each[0])[each[1]], *each[2:]) for each in _LINES]
    title = _title(rows)
    running = rows[0]["known"]
    return Chart(
        name="oppenhet",
        title=title,
        subtitle="Andel av pågående tester där uppgiften är känd, med 95 procents intervall",
        alt=f"{title}. " + "; ".join(f"{row['label']}: {_words(row)}" for row in rows) + ".",
        note=f"{count(running, 'pågående test', 'pågående tester')} i urvalet" if running else "",
        table=pl.DataFrame(
            [{each.name: row[each.name] for each in _COLUMNS} for row in rows],
            schema_overrides=dict.fromkeys(("share", "low", "high"), pl.Float64)
            | dict.fromkeys(("hits", "n", "known"), pl.Int64)
            | {"absence": pl.String},
        ),
        columns=_COLUMNS,
        figure=_figure(rows, style) if running else None,
    )


def _row(row: Row, name: str, of_tests: str) -> dict[str, Any]:
    forms = ("test", "tester") if of_tests else ("kommun", "kommuner")
    percent_of = {
        new: None if row[old] is None else 100 * row[old]
        for new, old in (("share", "value"), ("low", "low"), ("high", "high"))
    }
    hits = None if row["numerator"] is None else int(row["numerator"])
    return {"label": name, "hits": hits, "n": row["n"], "known": row["known"]} | percent_of | {
        "absence": row["absence"], "words": share_words(row), "reason": reason(row),
        "asked": count(row["known"], *forms),
    }  # fmt: skip


def _words(row: dict[str, Any]) -> str:
    if row["share"] is not None:
        return f"{row['words']}, {number(row['hits'])} av {number(row['n'])}"
    if row["n"]:
        return f"{TOO_FEW}, {number(row['n'])} med uppgift"
    if row["known"]:
        return f"uppgiften saknas för {row['asked']}"
    return str(row["reason"])


def _title(rows: list[dict[str, Any]]) -> str:
    if not rows[0]["known"]:
        return "Inget pågående test att fråga om öppenhet"
    said = [
        (part(row["hits"], row["n"], neuter=True), row["n"] < row["known"], words)
        for row, (_, _, _, words) in zip(rows, _LINES, strict=True)
        if words and row["n"] >= FEWEST
    ][:2]
    missing = [
        short
        for row, short in zip(rows, ("kontaktväg", "öppenhet", "partner"), strict=False)
        if not row["n"]
    ]
    form = "insamlad" if len(missing) == 1 and missing != ["partner"] else "insamlade"
    lacks = f"{listing(missing)} är inte {form}" if missing else ""
    if not said:
        return capital(lacks) or "För få tester med uppgift för en andel"
    asked = [" med uppgift" if partly else "" for _, partly, _ in said]
    finding = f"{capital(said[0][0])} pågående tester{asked[0]} {said[0][2]}"
    finding += "".join(f", {each[0]}{asked[1]} {each[2]}" for each in said[1:])
    return f"{finding}; {lacks}" if lacks else finding


def _figure(rows: list[dict[str, Any]], style: Style) -> object:
    palette = style.palette
    shown = [(place, row) for place, row in enumerate(rows) if row["share"] is not None]
    track: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _ in shown for x in (0, 100, None)],
        "y": [y for place, _ in shown for y in (place, place, None)],
        "line": {"color": palette.line, "width": 8},
        "hoverinfo": "skip",
    }
    interval: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _, row in shown for x in (row["low"], row["high"], None)],
        "y": [y for place, _ in shown for y in (place, place, None)],
        "line": {"color": palette.test, "width": 8},
        "opacity": 0.42,
        "hoverinfo": "skip",
    }
    dots: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [row["share"] for _, row in shown],
        "y": [place for place, _ in shown],
        "marker": {"size": 15, "color": palette.test, "line": {"color": palette.card, "width": 2}},
        "hovertext": [f"{row['label']}<br>{_words(row)}" for _, row in shown],
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
    """The name above the line; below it the value and its basis, or why there is none."""
    quiet = {"size": SMALL_SIZE, "color": style.palette.muted}
    left: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "align": "left"}
    name = label(row["label"], style, y=place - 0.3, **left)
    if row["share"] is None:
        return [name, label(capital(_words(row)), style, y=place, font=quiet, **left)]
    basis = f"{number(row['hits'])} av {number(row['n'])} med uppgift"
    ink = style.palette.ink
    words = f"<span style='color:{ink}'><b>{row['words']}</b></span> · {basis}"
    return [name, label(words, style, y=place + 0.27, font=quiet, **left)]
