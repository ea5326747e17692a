"""The sentence that opens *Utforska*: how many units have both numbers."""

from __future__ import annotations

import polars as pl

from dashboard.charts.explore import Measure
from dashboard.parts.findings import Finding
from dashboard.text import capital, part

_CAUTION = "Ett mönster i bilden säger inte vad som orsakar vad."


def finding(
    table: pl.DataFrame, x: Measure | None, y: Measure | None, forms: tuple[str, str]
) -> Finding:
    """Say how many have both numbers; what lacks one is listed and never counted as zero.

    Args:
        table: rows of ``wide_table``.
        x: the measure along the picture.
        y: the measure up the picture.
        forms: one and several of what the units are.
    """
    if x is None or y is None or not table.height:
        return Finding(f"Inga {forms[1]} i urvalet att utforska", "Lätta på ett filter.")
    both = table.drop_nulls(["x", "y"]).height
    one, many = forms
    have = f"{capital(part(both, table.height))} {one if table.height == 1 else many}"
    names = f"{x.label.lower()} och {y.label.lower()}"
    if x == y:
        names = x.label.lower()
    lead = f"{_CAUTION} De som saknar ett tal står under bilden, med skälet."
    return Finding(f"{have} har tal för {names}", lead if both < table.height else _CAUTION)
