"""What a pack holds: the meeting, its slides in order, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.handling.address import passage_address
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.kinds import build_slides
from dashboard.meeting.notes import ENTRY_LABELS, Minutes
from dashboard.meeting.slide import Slide
from dashboard.parts.view import View
from dashboard.text import DASH
from pipelines.indicators.values import FEWEST
from pipelines.model.codes import COMMITMENT, COVERAGE

OPENS = "Visa på sidan"

READING = (
    f"{COMMITMENT.label} visar hur starkt en handling binder sig: "
    + ", ".join(f"{code.label} ({code.meaning.rstrip('.').lower()})" for code in COMMITMENT.codes)
    + ".",
    "En handling står på den högsta nivå som något av dess belägg når. Ordet som avgör nivån är "
    "fetstilt i citaten.",
    f"Bara lästa handlingar räknas. {COVERAGE.labels['not_collected']} betyder inte noll. "
    f"Färre än {FEWEST} lästa ger ingen andel.",
    "Filter och utgåva är frysta, så att bilderna går att återskapa.",
)
"""How to read the pack, in sentences."""

_HEADERS = ("Punkt", "Slag", "Vad", "Ansvarig", "Senast")
_NOTHING_DECIDED = "Inga beslut är antecknade."


@dataclass(frozen=True)
class Pack:
    """What PowerPoint and PDF hold.

    ``points`` are the agenda's items with their slides, ``addresses`` where each quotation opens by
    its passage's id, in full because the file leaves the dashboard; ``mark`` is empty for a real
    region.
    """

    title: str
    held_on: date
    region: str
    mark: str
    edition_id: str
    edition_day: str
    attribution: str
    points: tuple[tuple[Item, Slide], ...]
    minutes: Minutes
    total_minutes: int
    addresses: Mapping[str, str]

    @property
    def subtitle(self) -> str:
        """Region, day and edition in one line."""
        return f"{self.region} · {self.held_on} · utgåva {self.edition_day} ({self.edition_id})"


def make_pack(whole: View, agenda: Agenda, minutes: Minutes, held_on: date, base: str = "") -> Pack:
    """Gather a pack from the meeting's view; ``base`` is the dashboard's own address."""
    points = tuple(zip(agenda.items, build_slides(whole, agenda), strict=True))
    return Pack(
        title=agenda.title or "Innovation i planeringen",
        held_on=held_on,
        region=whole.region.label,
        mark=whole.region.mark,
        edition_id=whole.edition.stem,
        edition_day=whole.edition_day,
        attribution=str(whole.facts["attribution"]),
        points=points,
        minutes=minutes,
        total_minutes=agenda.minutes,
        addresses=_addresses(whole, (slide for _, slide in points), base),
    )


def _addresses(whole: View, slides: Iterable[Slide], base: str) -> dict[str, str]:
    """Where the quotations open; without the dashboard's address only those at their source do."""
    if whole.region.show_documents and not base:
        return {}
    found = {
        row["passage_id"]: passage_address(
            whole.region, whole.edition.stem, row, base=f"{base}/" if base else ""
        )
        for slide in slides
        for row in slide.quotations
    }
    return {passage_id: address for passage_id, address in found.items() if address}


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
