"""The sentence that opens *Belägg*."""

from __future__ import annotations

from dashboard.parts.findings import Finding
from dashboard.text import count, number


def evidence_today(found: int, excerpts: tuple[int, int], words: str) -> Finding:
    """Open *Belägg*: how many passages the choice and the words leave.

    ``excerpts`` are those in a municipality's own voice and all others.
    """
    about = f" med orden ”{words}”" if words else ""
    headline = (
        f"{count(found, 'belägg', 'belägg')} i urvalet{about}"
        if found
        else f"Inga belägg i urvalet{about}"
    )
    lead = "Varje belägg är planens egna ord. Markerade ord avgör förpliktelsegraden."
    own, others = excerpts
    if own or others:
        lead += (
            f" Dessutom {count(own + others, 'referat', 'referat')} ur sidor och dokument, "
            f"återgivna med andra ord: {number(own)} i kommunens eget namn, {number(others)} med "
            "andras röst. De räknas för sig."
        )
    return Finding(headline, lead)
