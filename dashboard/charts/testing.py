"""Counts of test activities: year by year, by phase, and what stands in the way."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.share_lines import count_bars
from dashboard.charts.values import Row, counted, group, whole
from dashboard.charts.year_columns import Series, year_columns
from dashboard.draw.chart import Chart, Plot
from dashboard.text import capital, count, listing, number, part, word
from pipelines.model.columns import COLUMN, Column

LIST_COLUMNS = tuple(
    COLUMN[name]
    for name in (
        "activity_name",
        "municipality_name",
        "core_name",
        "host",
        "partners",
        "testing_kind",
        "testing_phase",
        "is_running",
        "status_per",
        "is_stale",
        "start_year",
        "end_year",
        "scaled_year",
        "themes",
        "open_to_smes",
        "contact_published",
        "funders",
        "barriers",
        "source_url",
        "certainty",
    )
)
_YEARS_BACK = 5
_YEAR_COLUMNS = (
    Column(name="year", label="År", meaning="Kalenderåret.", kind="integer"),
    Column(name="running", label="Pågick", meaning="Tester som pågick då.", kind="integer"),
    Column(name="started", label="Började", meaning="Tester som började då.", kind="integer"),
)
_PHASE_COLUMNS = (
    Column(name="label", label="Fas", meaning="Var verksamheten befinner sig."),
    Column(name="activities", label="Antal", meaning="Testverksamheter.", kind="integer"),
)
_BARRIER_COLUMNS = (
    Column(name="label", label="Slag av hinder", meaning="Vad som hindrar uppskalning."),
    Column(name="activities", label="Antal", meaning="Tester som nämner det.", kind="integer"),
)


def year_bars(values: pl.DataFrame) -> Chart:
    """One bar a year: tests that ran then, those that began then at the foot (2.1)."""
    parts = whole(values, "2.1")
    running, started = group(parts, "ar"), group(parts, "start")
    rows = [
        {"year": int(year), "running": counted(row), "started": counted(started.get(year))}
        for year, row in running.items()
        if row["n"]
    ]
    any_year = next(iter(running.values()), {"n": 0, "known": 0})
    n, known = any_year["n"], any_year["known"]
    title = _years_title(rows, n, known)
    steps = "; ".join(f"{r['year']}: {r['running']} pågick, {r['started']} började" for r in rows)
    return Chart(
        name="tester_per_ar",
        title=title,
        subtitle="Tester som pågick varje år; den mörka delen började det året",
        alt=f"{title}. {f'Staplar per år. {steps}' if rows else 'Inget går att rita'}.",
        note=f"Startår känt för {number(n)} av {count(known, 'test', 'tester')}, idéer oräknade"
        if known
        else "",
        table=pl.DataFrame(rows, schema={each.name: pl.Int64 for each in _YEAR_COLUMNS}),
        columns=_YEAR_COLUMNS,
        figure=_years_figure(rows) if rows else None,
    )


def phase_bars(values: pl.DataFrame) -> Chart:
    """One bar a phase, from idea to ended (2.1)."""
    rows = _counts(group(whole(values, "2.1"), "fas"))
    total = sum(row["activities"] for row in rows)
    title = _phase_title(values, total)
    return Chart(
        name="testfaser",
        title=title,
        subtitle="Antal testverksamheter i varje fas",
        alt=f"{title}. {_in_words(rows)}.",
        note=count(total, "känd testverksamhet", "kända testverksamheter"),
        table=_table(rows, _PHASE_COLUMNS),
        columns=_PHASE_COLUMNS,
        figure=count_bars(rows, "testverksamheter") if total else None,
    )


def barrier_bars(values: pl.DataFrame) -> Chart:
    """One bar a kind of barrier, the most named first (2.5)."""
    parts = group(whole(values, "2.5"), "hinder")
    rows = sorted(_counts(parts), key=lambda row: -row["activities"])
    first = next(iter(parts.values()))
    title = _barrier_title(rows, first)
    return Chart(
        name="hinder",
        title=title,
        subtitle="Antal tester som nämner varje slag av hinder; ett test kan nämna flera",
        alt=f"{title}. {_in_words(rows) if rows else 'Inget går att rita'}.",
        note=f"Hinder angivna för {number(first['n'])} av {count(first['known'], 'test', 'tester')}"
        if first["known"]
        else "",
        table=_table(rows, _BARRIER_COLUMNS),
        columns=_BARRIER_COLUMNS,
        figure=count_bars(rows) if rows else None,
    )


def _counts(parts: dict[str, Row]) -> list[dict[str, Any]]:
    return [
        {"code": code, "label": row["part_label"], "activities": counted(row)}
        for code, row in parts.items()
        if row["n"]
    ]


def _table(rows: list[dict[str, Any]], columns: tuple[Column, ...]) -> pl.DataFrame:
    schema = {each.name: pl.Int64 if each.is_number else pl.String for each in columns}
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)


def _in_words(rows: list[dict[str, Any]]) -> str:
    return ", ".join(f"{row['label']} {row['activities']}" for row in rows)


def _years_title(rows: list[dict[str, Any]], n: int, known: int) -> str:
    if not rows:
        return "Startår saknas, så utvecklingen går inte att visa" if known else (
            "Ingen testverksamhet har börjat i urvalet"
        )  # fmt: skip
    last, before = rows[-1], rows[max(len(rows) - 1 - _YEARS_BACK, 0)]
    dated = "" if n == known else " med känt startår"
    tests = "test" if last["running"] == 1 else "tester"
    now = capital(word(last["running"], neuter=True) if last["running"] else "inga")
    earlier = f"{word(last['year'] - before['year'])} år tidigare"
    then = word(before["running"]) if before["running"] else "inga"
    return f"{now} {tests}{dated} pågick {last['year']} – {earlier} var de {then}"


def _years_figure(rows: list[dict[str, Any]]) -> Plot:
    """From the foot: those that began that year, then the others that went on."""
    years, totals = [row["year"] for row in rows], [row["running"] for row in rows]
    began = [row["started"] for row in rows]
    went_on = [row["running"] - row["started"] for row in rows]
    return year_columns(
        years,
        [
            Series("Började", "test", began,
                   [f"{row['year']}, började: {row['started']}" for row in rows]),
            Series("Pågick", "test-ljus", went_on,
                   [f"{row['year']}, pågick: {row['running']}" for row in rows]),
        ],
        totals=totals,
    )  # fmt: skip


def _phase_title(values: pl.DataFrame, total: int) -> str:
    if not total:
        return "Ingen testverksamhet är känd i urvalet"
    scaled = counted(whole(values, "2.1")["fas:uppskalning"])
    if total == 1:
        return f"Den enda kända testverksamheten skalas {'' if scaled else 'inte '}upp"
    return f"{capital(part(scaled, total))} testverksamheter skalas upp"


def _barrier_title(rows: list[dict[str, Any]], first: Row) -> str:
    if not rows:
        if not first["known"]:
            return "Ingen testverksamhet är känd i urvalet"
        return "Hinder mot uppskalning är inte insamlade"
    most = [row["label"].lower() for row in rows if row["activities"] == rows[0]["activities"]]
    if first["n"] == 1:
        return f"Det enda test som nämner hinder pekar på {listing(most)}"
    named = f"{capital(part(rows[0]['activities'], first['n'], neuter=True))} tester"
    others = f", lika många på {' och på '.join(most[1:])}" if len(most) > 1 else ""
    return f"{named} som nämner hinder pekar på {most[0]}{others}"
