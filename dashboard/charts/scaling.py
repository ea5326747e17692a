"""From test to scaling up: the share that has got there year by year, and how long it takes."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.drawn import StepCurve
from dashboard.charts.values import Row, reason, whole, years_words
from dashboard.text import NBSP, capital, number, part, word
from pipelines.model.columns import COLUMN
from pipelines.model.tables import SURVIVAL

EVERYONE = "alla"
_MOST_YEARS = 8
"""With more years than this every second is named."""
_CURVE_COLUMNS = tuple(COLUMN[name] for name in SURVIVAL.computed if name != "survival_group")


def scaling_curve(survival: pl.DataFrame, values: pl.DataFrame) -> Chart:
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
        figure=_curve(table, median) if drawn else None,
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


def _curve(table: pl.DataFrame, median: Row) -> StepCurve:
    rows = table.to_dicts()
    years = int(rows[-1]["time_years"])
    ticks = range(0, years + 1, 2 if years > _MOST_YEARS else 1)
    half = median["value"]
    return StepCurve(
        points=tuple((row["time_years"], 100 * row["share_scaled"], _said(row)) for row in rows),
        band=tuple(
            (row["time_years"], 100 * row["low"], 100 * row["high"])
            for row in table.drop_nulls(["low", "high"]).to_dicts()
        ),
        last=rows[-1]["time_years"],
        ticks=tuple((each, f"{each}{NBSP}år") for each in ticks),
        counts=tuple((row["time_years"], number(row["at_risk"])) for row in rows),
        counts_word="Kvar:",
        half=None if half is None else (half, f"hälften: {number(half)} år"),
    )


def _said(row: dict[str, Any]) -> str:
    share = f"{number(row['time_years'])} år: {number(100 * row['share_scaled'])} %"
    return f"{share}, {number(row['at_risk'])} kvar att följa"
