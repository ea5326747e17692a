"""The sentence that opens *Metod och kvalitet*."""

from __future__ import annotations

import polars as pl

from dashboard.parts.findings import Finding
from dashboard.text import capital, number, part


def finding(quality: pl.DataFrame, measures: int) -> Finding:
    """How much of what is known is read, and how well the rest of the page can be trusted."""
    rows = quality.filter(pl.col("indicator_id") == "K.1").to_dicts()
    read, known = (int(sum(row[name] or 0 for row in rows)) for name in ("numerator", "known"))
    if not known:
        headline = "Inga handlingar är kända i den här utgåvan"
    elif not read:
        headline = f"Ingen av {number(known)} kända handlingar är läst ännu"
    else:
        headline = f"{capital(part(read, known))} kända handlingar är lästa"
    return Finding(
        headline,
        f"Här står hur {number(measures)} mått räknas, vilka ord som avgör och vad talen inte "
        "visar. Sidan gäller hela utgåvan; filtret påverkar den inte.",
    )
