"""What a pack holds: the meeting, its slides in order, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.pdfbase.pdfmetrics import stringWidth

from dashboard.handling.address import passage_address
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.kinds import build_slides
from dashboard.meeting.notes import Minutes
from dashboard.meeting.slide import Slide
from dashboard.parts.view import View
from dashboard.theme import LIGHT, Palette
from pipelines.indicators.values import FEWEST
from pipelines.model.codes import COMMITMENT, COVERAGE

PRINT: Palette = LIGHT
LINK = "#1F5E99"
OPENS = "Visa på sidan"
"""Files are read on white paper whatever the screen shows."""

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
_SHORT_HEAD = 9
_GAP = 14.0
"""Points between a column's longest text and the next column."""


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


def column_widths(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, room: float, size: float
) -> list[float]:
    """Widths in points that let every column be as wide as its longest text.

    Where ``room`` does not hold that, texts of several words wrap, never the words themselves.
    """
    wide, least = [], []
    for head, *cells in zip(headers, *rows, strict=True):
        words = [word for text in (head, *cells) for word in text.split(" ")]
        wide.append(max(_head_width(head, size), *(text_width(t, size) for t in cells)) + _GAP)
        least.append(max(text_width(word, size) for word in words) + _GAP)
    spare = room - sum(least)
    wanted = sum(wide) - sum(least)
    if wanted <= max(spare, 0.0):
        return wide
    share = max(spare, 0.0) / wanted
    return [low + share * (high - low) for low, high in zip(least, wide, strict=True)]


def _head_width(head: str, size: float) -> float:
    """A long heading stands in two lines: numbers under it need not be as far apart."""
    whole = text_width(head, size)
    longest = max(text_width(word, size) for word in head.split(" "))
    return whole if len(head) <= _SHORT_HEAD else max(longest, 0.62 * whole)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in points; Helvetica and Arial have the same widths."""
    return float(stringWidth(text, "Helvetica-Bold" if bold else "Helvetica", size))
