"""The finding that opens the page about the action plan."""

from __future__ import annotations

import polars as pl

from dashboard.parts.findings import Finding
from dashboard.text import capital, listing, word

_FORMS = {
    "not_started": ("ej påbörjad", "ej påbörjade"),
    "paused": ("pausad", "pausade"),
    "unknown": ("utan insamlad status", "utan insamlad status"),
}


def finding(activities: pl.DataFrame) -> Finding:
    """How many move, how many lack status, and what the measures can say."""
    if not activities.height:
        return Finding(
            "Handlingsplanens aktiviteter är inte inlästa",
            "Leverera registret aktiviteter, så visas status, milstolpar och underlag här.",
        )
    counts = dict(activities["action_status"].value_counts().rows())
    known = activities.height - counts.get("unknown", 0)
    if not known:
        return Finding(
            f"Status är inte insamlad för någon av {word(activities.height)} aktiviteter",
            "Inte heller vem som ansvarar, milstolpar eller underlag. Måtten nedan visar vad som "
            "syns i planer, tester och upphandlingar, inte vad aktiviteterna har åstadkommit.",
        )
    moving = counts.get("ongoing", 0)
    headline = f"{capital(word(moving))} av {word(activities.height)} aktiviteter pågår"
    if counts.get("done"):
        headline += f", {word(counts['done'])} är genomförd{'a' if counts['done'] > 1 else ''}"
    return Finding(headline, f"{_standing_still(counts)}{_without_evidence(activities)}")


def _standing_still(counts: dict[str, int]) -> str:
    parts = [
        f"{word(counts[code])} är {_FORMS[code][counts[code] > 1]}"
        for code in _FORMS
        if counts.get(code)
    ]
    return f"{capital(listing(parts))}. " if parts else ""


def _without_evidence(activities: pl.DataFrame) -> str:
    bare = activities.filter(
        pl.col("evidence").list.len().fill_null(0) == 0, pl.col("action_status") != "unknown"
    ).height
    if not bare:
        return "Alla med status har underlag."
    verb = "saknar underlag som styrker sin status"
    return f"{capital(word(bare))} {verb}."
