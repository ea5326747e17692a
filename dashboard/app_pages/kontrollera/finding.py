"""The sentence that opens *Kontrollera fil*."""

from __future__ import annotations

import polars as pl

from dashboard.app_pages.kontrollera.cards import Checked
from dashboard.parts.findings import Finding
from dashboard.text import capital, count, number, word
from pipelines.errors import SourceError
from pipelines.model.tables import REGISTERS
from pipelines.sources.issues import REJECTED


def finding(result: Checked | SourceError | None) -> Finding:
    """How many rows can be loaded, or what the page is for."""
    if result is None:
        return Finding(
            f"{capital(word(len(REGISTERS)))} slags leveranser kan kontrolleras här",
            "Felen visas med rad, kolumn, värde och åtgärd, precis som vid inläsningen. "
            "Av filtret används bara regionen.",
        )
    if isinstance(result, SourceError):
        return Finding("Filen kunde inte kontrolleras", result.found)
    bad = result.rows_in - result.rows_loaded
    doubts = result.issues.filter(pl.col("severity") != REJECTED).height
    if not result.issues.height:
        rows = count(result.rows_in, "rad", "rader")
        return Finding(f"Inga fel: {rows} kan läsas in", f"{_about(result)} Filen är redo.")
    headline = f"{number(result.rows_loaded)} av {number(result.rows_in)} rader kan läsas in"
    if bad:
        headline += f", {number(bad)} avvisas"
    seen = f" {capital(word(doubts))} att se över." if doubts else ""
    return Finding(headline, f"{_about(result)}{seen} Rätta i din fil och släpp den igen.")


def _about(result: Checked) -> str:
    label = next(table.label for table in REGISTERS if table.name == result.register)
    return f"{result.file_name} är kontrollerad som {label.lower()}."
