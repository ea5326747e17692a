"""The sentence that opens *Data*."""

from __future__ import annotations

import polars as pl

from dashboard.parts.findings import Finding
from dashboard.text import capital, count, number, word


def finding(deliveries: pl.DataFrame, issues: pl.DataFrame) -> Finding:
    """How much came in and how much was turned away."""
    into, loaded = int(deliveries["rows_in"].sum()), int(deliveries["rows_loaded"].sum())
    rejected = int(deliveries["rows_rejected"].sum())
    headline = f"{number(loaded)} av {number(into)} levererade rader är inlästa"
    if rejected:
        headline += f", {number(rejected)} är avvisade"
    files = count(deliveries.height, "levererad fil", "levererade filer")
    doubts = issues.filter(pl.col("severity") == "warning").height
    verb = "rad eller fil bör" if doubts == 1 else "rader eller filer bör"
    extra = f" {capital(word(doubts))} {verb} ses över." if doubts else ""
    return Finding(
        headline, f"Ur {files}. Varje avvisad rad står nedan med skäl och åtgärd.{extra}"
    )
