"""The sentence that opens *Att kontrollera*: how much is unknown, and what would change most."""

from __future__ import annotations

import polars as pl

from dashboard.parts.findings import Finding
from dashboard.text import capital, count, listing, number, word

WINDOW, RUNNING, UNREAD, UNCOLLECTED, UNREGISTERED = 1, 2, 3, 4, 6
"""Priorities of the table ``to_check``."""
_FIRST = {
    WINDOW: ("handling kan vara ett öppet tidsfönster", "handlingar kan vara öppna tidsfönster"),
    RUNNING: ("test kan fortfarande pågå", "tester kan fortfarande pågå"),
    UNREAD: ("text går inte att läsa eller visa", "texter går inte att läsa eller visa"),
    UNCOLLECTED: ("handling är inte insamlad", "handlingar är inte insamlade"),
    UNREGISTERED: ("lucka finns i registren", "luckor finns i registren"),
}


def finding(rows: pl.DataFrame) -> Finding:
    """Say how many things are to be done, and what the most pressing of them would settle."""
    if not rows.height:
        return Finding(
            "Inget att kontrollera i urvalet",
            "Varje känt läge är färskt och varje känd handling är läst. Lätta på ett filter för "
            "att se hela regionen.",
        )
    places = rows["municipality_code"].n_unique()
    things = count(rows.height, "uppgift", "uppgifter")
    where = "en kommun" if places == 1 else f"{word(places)} kommuner"
    first = min(rows["priority"].to_list())
    parts = []
    for priority, (one, many) in _FIRST.items():
        n = rows.filter(pl.col("priority") == priority).height
        if n:
            parts.append(f"{number(n)} {one if n == 1 else many}")
    lead = f"{capital(listing(parts))}. " if parts else ""
    begin = "Börja överst: " if first in _FIRST else ""
    end = (
        "svaret ändrar mest i figurerna. En rad försvinner när nästa leverans har svaret."
        if begin
        else "En rad försvinner när nästa leverans har svaret."
    )
    return Finding(f"{things} att kontrollera eller samla in i {where}", f"{lead}{begin}{end}")
