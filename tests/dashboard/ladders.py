"""Ladders by hand: how many stand on each level, laid out as indicator 1.2 gives them."""

from __future__ import annotations

import polars as pl

from dashboard.charts import ladder_rows
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.model.codes import COMMITMENT

Row = tuple[str, int | None, int]
"""A unit, a level (None is not read) and how many."""


def values(*rows: Row) -> pl.DataFrame:
    """The rows of the indicator, one a unit and level."""
    made = []
    for unit in dict.fromkeys(unit for unit, _, _ in rows):
        own = {level: n for each, level, n in rows if each == unit}
        known = sum(own.values())
        read = known - own.get(None, 0)
        absence = None if read >= 5 else "För få." if read else "Ej insamlat."
        for step, code in enumerate(COMMITMENT.values):
            hits = own.get(step, 0) if read else None
            made.append((MUNICIPALITY, unit, unit, f"op:{code}", hits, read, known, absence))
    names = {
        "unit_kind": pl.String, "unit_id": pl.String, "unit_name": pl.String, "part": pl.String,
        "numerator": pl.Float64, "n": pl.Int64, "known": pl.Int64, "absence": pl.String,
    }  # fmt: skip
    return pl.DataFrame(made, schema=names, orient="row")


def wide(*rows: Row) -> pl.DataFrame:
    """One row a unit, in the order given."""
    order = {unit: unit for unit, _, _ in rows}
    return ladder_rows.by_municipality(values(*rows), order)
