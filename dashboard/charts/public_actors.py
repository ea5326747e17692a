"""Doors that have been opened: shares of 3.1–3.3, and public actors active in a year (3.4, 3.5)."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.share_lines import (
    COLUMNS,
    Line,
    count_bars,
    share_figure,
    share_rows,
    share_table,
)
from dashboard.charts.values import Row, counted, reason, whole
from dashboard.draw.chart import Chart
from dashboard.text import capital, count, number, part, word
from pipelines.indicators.values import FEWEST
from pipelines.model.columns import Column

_BUY = ("upphandling", "upphandlingar")
_LINES = (
    Line("3.2", "andel", "Upphandlingar med innovationsverktyg", *_BUY),
    Line("3.3", "smf", "Med verktyg och vunna av mindre företag", *_BUY),
    Line("3.3", "nya", "Vunna av en leverantör som är ny för köparen", *_BUY),
    Line("3.1", "alla", "Mark anvisad efter innovation eller klimat",
         "markanvisning", "markanvisningar"),
)  # fmt: skip
_ROLES = ("kopare", "markanvisare", "vard")
_COLUMNS = (
    Column(name="label", label="Aktörer", meaning="Rollen; en aktör kan ha flera."),
    Column(name="active", label="Aktiva", meaning="De senaste tolv månaderna.", kind="integer"),
    Column(name="n", label="Med känt datum", meaning="Aktörer.", kind="integer"),
    Column(name="known", label="Kända", meaning="Alla kända aktörer.", kind="integer"),
    Column(name="absence", label="Därför saknas värdet", meaning="Skälet i ord."),
)


def doors(values: pl.DataFrame) -> Chart:
    """Four shares of 3.1–3.3, each with n and 95 % interval, or why there is none."""
    rows = share_rows(values, _LINES)
    title = _doors_title(rows)
    known = any(row["known"] for row in rows)
    return Chart(
        name="oppna_dorrar",
        title=title,
        subtitle="Andel av dem där uppgiften är känd, med 95 procents intervall",
        alt=f"{title}. " + "; ".join(f"{row['label']}: {row['words']}" for row in rows) + ".",
        note=f"{count(rows[0]['known'], 'känd upphandling', 'kända upphandlingar')}, "
        f"{count(rows[3]['known'], 'känd markanvisning', 'kända markanvisningar')}",
        table=share_table(rows),
        columns=COLUMNS,
        figure=share_figure(rows) if known else None,
    )


def _doors_title(rows: list[dict[str, Any]]) -> str:
    """How many suppliers are new, else how many allocations choose by criteria."""
    new, allocated = rows[2], rows[3]
    if new["n"] >= FEWEST:
        return (
            f"{capital(part(new['hits'], new['n']))} upphandlingar som kan jämföras vanns av en "
            "ny leverantör"
        )
    if allocated["n"] >= FEWEST:
        return (
            f"{capital(part(allocated['hits'], allocated['n']))} markanvisningar med uppgift har "
            "kriterier för innovation eller klimat"
        )
    known = any(row["known"] for row in rows)
    return "För lite är känt för andelar" if known else "Inga upphandlingar eller markanvisningar"


def public_actors(values: pl.DataFrame) -> Chart:
    """Bars of buyers, allocating municipalities and test hosts with an act in twelve months."""
    parts = whole(values, "3.4")
    everyone, pilots = parts["alla"], whole(values, "3.5")["alla"]
    rows = [
        {"label": parts[role]["part_label"], "activities": counted(parts[role])}
        for role in _ROLES
        if parts[role]["n"]
    ]
    title = _actors_title(everyone)
    words = ", ".join(f"{row['label']} {row['activities']}" for row in rows)
    return Chart(
        name="offentliga_aktorer",
        title=title,
        subtitle="De senaste tolv månaderna, oavsett valda år; en aktör kan ha flera roller. "
        f"{_pilots(pilots)}",
        alt=f"{title}. {words or 'Inget går att rita'}.",
        note=f"Datum känt för {number(everyone['n'])} av "
        f"{count(everyone['known'], 'känd aktör', 'kända aktörer')}"
        if everyone["known"]
        else "",
        table=_table(parts),
        columns=_COLUMNS,
        figure=count_bars(rows) if rows else None,
    )


def _table(parts: dict[str, Row]) -> pl.DataFrame:
    rows = [
        {
            "label": row["part_label"],
            "active": None if row["value"] is None else int(row["value"]),
            "n": row["n"],
            "known": row["known"],
            "absence": row["absence"],
        }
        for row in parts.values()
    ]
    return pl.DataFrame(rows, schema_overrides={"active": pl.Int64, "absence": pl.String})


def _actors_title(everyone: Row) -> str:
    if everyone["value"] is None:
        if not everyone["known"]:
            return "Ingen offentlig aktör är känd i urvalet"
        return f"Det går inte att säga vilka aktörer som är aktiva: {reason(everyone)}"
    active = counted(everyone)
    actors = "offentlig aktör" if active == 1 else "offentliga aktörer"
    many = word(active) if active else "ingen"
    return f"{capital(many)} {actors if active else 'offentlig aktör'} har öppnat en dörr på ett år"


def _pilots(row: Row) -> str:
    """Pilots that several run (3.5), as a sentence."""
    if row["value"] is None:
        return "" if not row["known"] else "Hur många piloter som drivs av flera är inte insamlat."
    pilots = "pilot drivs" if counted(row) == 1 else "piloter drivs"
    return f"{capital(word(counted(row)))} {pilots} av två eller fler."
