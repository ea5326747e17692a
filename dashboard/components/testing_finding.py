"""The finding that opens the page about test activities."""

from __future__ import annotations

import polars as pl

from dashboard.charts.values import counted, whole
from dashboard.findings import Finding, tests_title
from dashboard.text import capital, number, part, word
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.indicators.share import FEWEST


def testing_today(values: pl.DataFrame) -> Finding:
    """How many run and where, how open they are, how many scale up; from 2.1 and 2.3."""
    parts = whole(values, "2.1")
    running = counted(parts["alla"])
    if not running:
        return Finding(
            "Ingen pågående testverksamhet i urvalet", "Lätta på ett filter för att se fler."
        )
    open_to = whole(values, "2.3")["smf"]
    headline = tests_title(running, _places(values))
    if open_to["n"] >= FEWEST:
        some = part(int(open_to["numerator"]), open_to["n"], neuter=True)
        headline += f" – {some} med uppgift är öppna för mindre företag"
    scaled, ended = (counted(parts[f"fas:{phase}"]) for phase in ("uppskalning", "avslutad"))
    verb = "är avslutad" if ended == 1 else "är avslutade"
    lead = [f"{_many(scaled)} skalas upp och {_many(ended).lower()} {verb}."]
    unknown = running - open_to["n"]
    if unknown:
        lead.append(f"För {number(unknown)} säger källan inte om mindre företag får delta.")
    return Finding(headline, " ".join(lead))


def _many(tests: int) -> str:
    return capital(word(tests, neuter=True)) if tests else "Inget"


def _places(values: pl.DataFrame) -> int:
    """Municipalities with a running test."""
    return values.filter(
        pl.col("indicator_id") == "2.1",
        pl.col("unit_kind") == MUNICIPALITY,
        pl.col("part") == "alla",
        pl.col("value") > 0,
    ).height
