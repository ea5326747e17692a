"""The finding that opens the page about procurements."""

from __future__ import annotations

import polars as pl

from dashboard.findings import Finding
from dashboard.text import capital, count, listing, number, part, word
from pipelines.indicators.share import FEWEST
from pipelines.model.market_codes import PROCUREMENT_KIND


def finding(kinds: pl.DataFrame, buyers: pl.DataFrame) -> Finding:
    """How many use a tool, whether SMEs win them, and who buys."""
    total = int(kinds["procurements"].sum()) if kinds.height else 0
    tools = kinds.filter(pl.col("procurement_kind") != "ordinary")
    used = int(tools["procurements"].sum()) if tools.height else 0
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
    won, n = int(tools["won_by_sme"].sum()), int(tools["size_known"].sum())
    if n >= FEWEST:
        headline += f" – mindre företag vann {part(won, n)}"
    return Finding(headline, f"{_most(tools)} {_buyers(buyers)}{_missing(total, used, n)}")


def _most(tools: pl.DataFrame) -> str:
    top = tools["procurements"].max()
    names = tools.filter(pl.col("procurements") == top)["procurement_kind"].to_list()
    labels = listing(PROCUREMENT_KIND.labels[each].lower() for each in names[:2])
    return f"Vanligast är {labels} ({number(float(str(top)))})."


def _buyers(buyers: pl.DataFrame) -> str:
    kind = "offentlig köpare" if buyers.height == 1 else "offentliga köpare"
    return f"{capital(word(buyers.height))} {kind} har använt något av verktygen."


def _missing(total: int, used: int, known_size: int) -> str:
    parts = []
    if total == used:
        parts.append("hur många andra upphandlingar som gjorts")
    if not known_size:
        parts.append("vem som vann")
    return f" Det är inte insamlat {listing(parts)}, så andelar saknas." if parts else ""
