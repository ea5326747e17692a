"""The sentence that opens *Röda tråden*: how much of what comprehensive plans say is carried on."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.thread import by_step
from dashboard.filters import Filters
from dashboard.parts.findings import Finding
from dashboard.parts.view import View
from dashboard.queries.objects import coverage_counts
from dashboard.text import NBSP, capital, count, listing, number, word
from pipelines.model.codes import COVERAGE, STEP

_READ = ("read_found", "read_none")
_AT = {"dp": "i detaljplan", "ma": "i markanvisning", "test": "prövas på plats"}


def finding(view: View, traced: pl.DataFrame, values: pl.DataFrame, years: int) -> Finding:
    """How many threads start, how many hold in each step, and what is not known."""
    if not traced.height:
        return _nothing(coverage(view))
    steps = by_step(traced, values)
    pairs = traced.filter(pl.col("step") == "op").height
    starts = "en tråd börjar" if pairs == 1 else f"{word(pairs)} trådar börjar"
    follows = listing(_step(row) for row in steps.to_dicts())
    unknown = int(steps["unknown"].sum())
    lead = (
        "En tråd är ett tema som en kommun tar upp i översiktsplanen med minst Avsikt. "
        "Den håller när en senare handling binder lika starkt eller starkare inom "
        f"{word(years)} år."
    )
    if unknown:
        lead += (
            f" {capital(count(unknown, 'led är okänt', 'led är okända'))}: inget är läst där, "
            "och det räknas inte som läckage."
        )
    return Finding(f"{capital(starts)} i översiktsplanen – {follows}", lead)


def _step(row: dict[str, Any]) -> str:
    if not row["judged"]:
        return f"okänt {_AT[row['step']]}" if row["step"] != "test" else "tester är inte kartlagda"
    verb = "håller " if row["step"] == STEP.values[1] else ""
    return f"{number(row['held'])}{NBSP}av{NBSP}{number(row['judged'])} {verb}{_AT[row['step']]}"


def coverage(view: View) -> dict[str, dict[str, int]]:
    """Documents by type and coverage, whatever type, year or level the reader has chosen."""
    chosen = Filters(region=view.filters.region, municipalities=view.filters.municipalities)
    found: dict[str, dict[str, int]] = {}
    for kind, state, objects in view.ask(coverage_counts, chosen).rows():
        found.setdefault(kind, {})[state] = objects
    return found


def read_of(states: dict[str, int]) -> int:
    """How many of a type are read."""
    return sum(states.get(each, 0) for each in _READ)


def why_unread(states: dict[str, int]) -> str:
    """``37 ej insamlade, 2 oläsbara``: the reasons, most common first."""
    rest = {state: n for state, n in states.items() if state not in _READ}
    order = sorted(rest, key=lambda state: (-rest[state], state))
    return ", ".join(f"{number(rest[each])} {_reason(each, rest[each])}" for each in order)


def _reason(state: str, objects: int) -> str:
    plural = {
        "not_collected": "ej insamlade",
        "unreadable": "oläsbara",
        "not_understood": "ej förstådda",
        "superseded": "ersatta",
    }
    one = COVERAGE.labels[state].lower()
    return plural.get(state, one) if objects > 1 else one


def _nothing(states: dict[str, dict[str, int]]) -> Finding:
    plans = states.get("op", {})
    known, read = sum(plans.values()), read_of(plans)
    if not known:
        return Finding(
            "Ingen översiktsplan i urvalet att följa",
            "Röda tråden börjar i en antagen översiktsplan. Lätta på ett filter för att se fler.",
        )
    if not read:
        one = "den kända översiktsplanen är inte läst"
        many = f"ingen av {number(known)} kända översiktsplaner är läst"
        return Finding(
            f"Röda tråden går inte att följa ännu: {one if known == 1 else many}",
            "Ej insamlad betyder inte noll, och ett oläst led är inget läckage. Nedan står vad "
            f"som är känt i varje led från {STEP.labels['op'].lower()} till test på plats.",
        )
    many = f"någon av {number(read)} lästa översiktsplaner"
    return Finding(
        f"Ingen tråd börjar i {'den lästa översiktsplanen' if read == 1 else many}",
        "Ingen antagen översiktsplan i urvalet tar upp ett valt tema med minst Avsikt.",
    )
