"""Shares on one scale from 0 to 100, or the reason why there is none; counts as lying bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.charts.values import reason, share_words, whole
from dashboard.draw.chart import Mark, Scale, ScaleRow
from dashboard.text import TOO_FEW, capital, count, number
from pipelines.model.columns import Column

COLUMNS = (
    Column(name="label", label="Andel", meaning="Vad andelen gäller."),
    Column(name="hits", label="Antal", meaning="De som uppfyller villkoret.", kind="integer"),
    Column(name="n", label="Med uppgift", meaning="De där uppgiften är känd.", kind="integer"),
    Column(name="known", label="Kända", meaning="Alla kända.", kind="integer"),
    Column(name="share", label="Procent", meaning="Av dem med uppgift.", kind="decimal"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
    Column(name="absence", label="Därför saknas värdet", meaning="Skälet i ord."),
)
Shown = list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One share: which part of which measure, what it is called, and what one and many are."""

    indicator: str
    part: str
    name: str
    one: str
    many: str


def share_rows(values: pl.DataFrame, lines: tuple[Line, ...]) -> Shown:
    """The lines with their numbers: ``COLUMNS``, and ``words`` for the drawing and the text."""
    return [_row(values, line) for line in lines]


def share_table(rows: Shown) -> pl.DataFrame:
    """The numbers behind the lines; shares in percent."""
    kinds = {"integer": pl.Int64, "decimal": pl.Float64}
    schema = {each.name: kinds.get(each.kind, pl.String) for each in COLUMNS}
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)


def _row(values: pl.DataFrame, line: Line) -> dict[str, Any]:
    row = whole(values, line.indicator)[line.part]
    percent_of = {
        new: None if row[old] is None else 100 * row[old]
        for new, old in (("share", "value"), ("low", "low"), ("high", "high"))
    }
    hits = None if row["numerator"] is None else int(row["numerator"])
    if row["value"] is not None:
        words = f"{share_words(row)}, {number(hits)} av {number(row['n'])}"
    elif row["n"]:
        words = f"{TOO_FEW}, {number(row['n'])} med uppgift"
    elif row["known"]:
        words = f"uppgiften saknas för {count(row['known'], line.one, line.many)}"
    else:
        words = reason(row)
    return {
        "label": line.name,
        "hits": hits,
        "n": row["n"],
        "known": row["known"],
        "absence": row["absence"],
        "words": words,
        "estimate": share_words(row),
    } | percent_of


def share_figure(rows: Shown) -> Scale:
    """The lines under each other, each with its name above and its value below."""
    return Scale(
        rows=tuple(_line(row) for row in rows), low=0, high=100, is_beside=False, has_track=True
    )


def _line(row: dict[str, Any]) -> ScaleRow:
    if row["share"] is None:
        return ScaleRow(row["label"], instead=capital(row["words"]))
    said = f"{row['label']}: {row['words']}"
    return ScaleRow(
        row["label"],
        (
            Mark("span", "test", row["low"], row["high"], said),
            Mark("dot", "test", row["share"], row["share"], said),
        ),
        below=f"{number(row['hits'])} av {number(row['n'])} med uppgift",
        estimate=row["estimate"],
    )


def count_bars(rows: list[dict[str, Any]], unit: str = "") -> Scale:
    """Draw ``label, activities``, the first on top; ``unit`` says what is counted."""
    top = max([row["activities"] for row in rows] + [1])
    return Scale(
        rows=tuple(
            ScaleRow(
                row["label"],
                (Mark("bar", "test", 0, row["activities"], f"{row['label']}: {row['activities']}",
                      text=number(row["activities"])),),
            )
            for row in rows
        ),
        low=0,
        high=top,
        unit=unit,
    )  # fmt: skip
