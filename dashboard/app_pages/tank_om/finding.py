"""The sentence that opens *Tänk om*."""

from __future__ import annotations

import polars as pl

from dashboard.charts.what_if import (
    SHARE,
    from_to,
    name_of,
)
from dashboard.parts.findings import Finding
from dashboard.text import capital, part
from pipelines.indicators.planning import INCLUSION
from pipelines.indicators.scope import WhatIf

_NOTHING_PUBLISHED = (
    "Inget publicerat ändras: reglerna finns bara i adressen, och länken visar samma sak för den "
    "som får den."
)


def finding(rows: pl.DataFrame, rules: WhatIf) -> Finding:
    """How many headline numbers move, and which share moves most."""
    headline = rows.filter("is_headline", pl.col("value").is_not_null())
    if not rows.filter(pl.col("indicator_id") == INCLUSION.id)["n"].sum():
        return Finding(
            "Inget är läst, så inget tal kan flytta sig",
            "När handlingar är lästa visar sidan hur talen rör sig med andra regler. Ej insamlad "
            "betyder inte noll.",
        )
    if rules.is_published:
        return Finding(
            "Tänk om andra ord eller gränser hade räknats?",
            f"Reglerna är de publicerade. Stäng av ord eller flytta en gräns. {_NOTHING_PUBLISHED}",
        )
    moved = headline.filter(pl.col("moves") > 0)
    if not moved.height:
        return Finding("Inget tal flyttar sig med de ändrade reglerna", _NOTHING_PUBLISHED)
    many = f"{capital(part(moved.height, headline.height, neuter=True))} tal flyttar sig"
    shares = moved.filter(pl.col("value_unit") == SHARE, pl.col("difference").is_not_null())
    return Finding(f"{many}{_most(shares)}", _NOTHING_PUBLISHED)


def _most(shares: pl.DataFrame) -> str:
    if not shares.height:
        return ""
    row = shares.row(0, named=True)
    before, after = from_to(row)
    name = name_of(row)
    return f" – mest {name[:1].lower()}{name[1:]}: från {before} till {after} procent"
