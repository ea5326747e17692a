"""The sentence that opens *Kommun*."""

from __future__ import annotations

from typing import Any

from dashboard.app_pages.kommun.cards import only, similar
from dashboard.filters import level_label
from dashboard.parts.findings import SHALL, Finding
from dashboard.parts.view import View
from dashboard.queries import municipality
from dashboard.queries.excerpts import count_summaries
from dashboard.text import (
    TYPE_SHORT,
    count,
    listing,
    part,
)


def finding(view: View, code: str) -> Finding:
    """How much of what is read writes innovation, where it is strongest, who is alike."""
    name = view.places[code]
    rows = view.ask(municipality.side_by_side, only(view, code).filters).to_dicts()
    near = [row["municipality_name"] for row in similar(view, code).to_dicts()]
    alike = f"Mest lika: {listing(near)}." if near else ""
    if not rows:
        return Finding(
            f"{name}: inga kända handlingar i urvalet",
            f"Ta bort ett filter för att se fler. {alike}",
        )
    row = rows[0]
    if not row["read"]:
        known = count(row["known"], "känd handling", "kända handlingar")
        own, others = view.ask(count_summaries, only(view, code).filters)
        return Finding(
            f"{name}: {known}, ingen är läst ännu",
            f"{_in_excerpts(own, others)}Ej insamlad betyder inte noll. {alike}",
        )
    found = sum(row[f"{each}_found"] for each in TYPE_SHORT)
    headline = f"{name} skriver in innovation i {part(found, row['read'])} lästa handlingar"
    if row["read"] == 1:
        headline = f"{name}: en läst handling" + (" med belägg" if found else " utan belägg")
    return Finding(headline + _strongest(row), alike)


def _in_excerpts(own: int, others: int) -> str:
    """What excerpts hold of the municipality; that none is seen says nothing about its plans."""
    if own:
        return f"I utdrag talar kommunen i eget namn i {count(own, 'referat', 'referat')}. "
    if others:
        return f"I utdrag talar bara andra om kommunen, i {count(others, 'referat', 'referat')}. "
    return "Inget utdrag är sett, vilket inte säger något om planerna. "


def _strongest(row: dict[str, Any]) -> str:
    levels = {each: row[f"{each}_level"] or 0 for each in TYPE_SHORT}
    top = max(levels.values())
    if not top:
        return ""
    names = {"op": "översiktsplan", "dp": "detaljplan", "ma": "markanvisning"}
    where = listing(names[each] for each in levels if levels[each] == top)
    return f" – {'krav' if top == SHALL else level_label(top).lower()} i {where}"
