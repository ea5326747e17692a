"""The finding that opens *Upphandling och SMF*."""

from __future__ import annotations

import polars as pl

from dashboard.charts.values import Row, counted, group, whole
from dashboard.parts.findings import Finding
from dashboard.text import capital, count, listing, number, part, word
from pipelines.indicators.values import FEWEST


def finding(values: pl.DataFrame, buyers: int) -> Finding:
    """How many use a tool, whether SMEs win them, and who buys; from 3.2 and 3.3."""
    parts = whole(values, "3.2")
    used, total = counted(parts["alla"]), parts["alla"]["n"]
    if not used:
        known = count(total, "känd upphandling", "kända upphandlingar") if total else ""
        lead = f"{known} utan innovationsverktyg." if known else ""
        return Finding(
            "Inga upphandlingar med innovationsverktyg i urvalet",
            f"{lead} Lätta på ett filter för att se fler.".strip(),
        )
    if total > used:
        headline = f"{capital(part(used, total))} kända upphandlingar har ett innovationsverktyg"
    else:
        kind = "känd upphandling har" if used == 1 else "kända upphandlingar har"
        headline = f"{capital(word(used))} {kind} ett innovationsverktyg"
    won = whole(values, "3.3")["smf"]
    if won["n"] >= FEWEST:
        headline += f" – mindre företag vann {part(int(won['numerator']), won['n'])}"
    missing = _missing(total, used, won["n"])
    return Finding(headline, f"{_most(group(parts, 'slag'))} {_buyers(buyers)}{missing}")


def _most(kinds: dict[str, Row]) -> str:
    top = max(counted(row) for row in kinds.values())
    names = [row["part_label"].lower() for row in kinds.values() if counted(row) == top]
    return f"Vanligast är {listing(names[:2])} ({number(top)})."


def _buyers(buyers: int) -> str:
    kind = "offentlig köpare" if buyers == 1 else "offentliga köpare"
    return f"{capital(word(buyers))} {kind} har använt något av verktygen."


def _missing(total: int, used: int, known_size: int) -> str:
    parts = []
    if total == used:
        parts.append("hur många andra upphandlingar som gjorts")
    if not known_size:
        parts.append("vem som vann")
    return f" Det är inte insamlat {listing(parts)}, så andelar saknas." if parts else ""
