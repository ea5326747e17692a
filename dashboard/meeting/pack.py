"""What a pack holds: the meeting, its slides in order, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.components.view import View
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.kinds import build_slides
from dashboard.meeting.notes import Minutes
from dashboard.meeting.slide import Slide
from dashboard.theme import LIGHT, Palette
from pipelines.indicators.share import FEWEST
from pipelines.model.codes import COMMITMENT, COVERAGE

PRINT: Palette = LIGHT
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


@dataclass(frozen=True)
class Pack:
    """``points`` are the agenda's items with their slides; ``mark`` is empty for a real region."""

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

    @property
    def subtitle(self) -> str:
        """Region, day and edition in one line."""
        return f"{self.region} · {self.held_on} · utgåva {self.edition_day} ({self.edition_id})"


def make_pack(whole: View, agenda: Agenda, minutes: Minutes, held_on: date) -> Pack:
    """Gather a pack from the meeting's view."""
    return Pack(
        title=agenda.title or "Innovation i planeringen",
        held_on=held_on,
        region=whole.region.label,
        mark=whole.region.mark,
        edition_id=whole.edition.stem,
        edition_day=whole.edition_day,
        attribution=str(whole.facts["attribution"]),
        points=tuple(zip(agenda.items, build_slides(whole, agenda), strict=True)),
        minutes=minutes,
        total_minutes=agenda.minutes,
    )


def column_shares(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths after the longest text of each column, within limits."""
    longest = [max(len(text) for text in column) for column in zip(headers, *rows, strict=True)]
    return [float(min(max(length, 7), 40)) for length in longest]
