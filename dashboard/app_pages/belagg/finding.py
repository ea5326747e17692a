"""The sentence that opens *Belägg*."""

from __future__ import annotations

from dashboard.parts.findings import Finding
from dashboard.text import (
    count,
)


def evidence_today(found: int, summaries: int, words: str) -> Finding:
    """Open *Belägg*: how many passages the choice and the words leave."""
    about = f" med orden ”{words}”" if words else ""
    headline = (
        f"{count(found, 'belägg', 'belägg')} i urvalet{about}"
        if found
        else f"Inga belägg i urvalet{about}"
    )
    lead = "Varje belägg är planens egna ord. Markerade ord avgör förpliktelsegraden."
    if summaries:
        lead += (
            f" Dessutom {count(summaries, 'referat', 'referat')}: andras läsning av utdrag, "
            "återgiven med andra ord. De räknas inte."
        )
    return Finding(headline, lead)
