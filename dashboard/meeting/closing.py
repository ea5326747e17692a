"""The last pages of the pack, drawn alike in PowerPoint and PDF: decisions, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.meeting.notes import ENTRY_LABELS
from dashboard.meeting.pack import READING, Pack
from dashboard.text import DASH

_HEADERS = ("Punkt", "Slag", "Vad", "Ansvarig", "Senast")
_NOTHING_DECIDED = "Inga beslut är antecknade."


@dataclass(frozen=True)
class Closing:
    """One closing page: running text, or ``rows`` under ``headers``; small lines at its foot."""

    title: str
    foot: tuple[str, ...]
    sentences: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def closing_pages(pack: Pack) -> tuple[Closing, ...]:
    """Return the pages that end a pack, in order."""
    return _decisions(pack), _reading(pack)


def _decisions(pack: Pack) -> Closing:
    """Decisions and follow-ups, point by point."""
    rows = tuple(
        (
            f"{place}. {slide.heading}",
            ENTRY_LABELS[entry.kind],
            entry.text,
            entry.responsible or DASH,
            entry.due or DASH,
        )
        for place, (item, slide) in enumerate(pack.points, start=1)
        for entry in pack.minutes.of(item.number).entries
    )
    return Closing(
        "Beslut och uppföljning",
        (f"Utgåva {pack.edition_id}, {pack.held_on}.",),
        sentences=() if rows else (_NOTHING_DECIDED,),
        headers=_HEADERS if rows else (),
        rows=rows,
    )


def _reading(pack: Pack) -> Closing:
    return Closing(
        "Så läser du underlaget",
        (f"Utgåva {pack.edition_id}, byggd {pack.edition_day}.", pack.attribution),
        sentences=READING,
    )
