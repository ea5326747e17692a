"""The last pages of the PDF: decisions, and how the pack is read; and the places of its outline."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from dashboard.meeting.notes import ENTRY_LABELS
from dashboard.meeting.pack import READING, Pack
from dashboard.meeting.pdf_parts import paragraph, table
from dashboard.text import DASH


class Bookmark(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A place in the outline that readers and screen readers jump between."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.width = self.height = 0

    def draw(self) -> None:
        """Put the bookmark where the text has come to."""
        mark = f"p{id(self)}"
        self.canv.bookmarkHorizontal(mark, 0, 30)
        self.canv.addOutlineEntry(self.name, mark, 0)


def decisions(pack: Pack) -> list[Any]:
    """Decisions and follow-ups, point by point."""
    rows = [
        (
            f"{place}. {slide.heading}",
            ENTRY_LABELS[entry.kind],
            entry.text,
            entry.responsible or DASH,
            entry.due or DASH,
        )
        for place, (item, slide) in enumerate(pack.points, start=1)
        for entry in pack.minutes.of(item.number).entries
    ]
    heads = ("Punkt", "Slag", "Vad", "Ansvarig", "Senast")
    title = "Beslut och uppföljning"
    parts: list[Any] = [
        CondPageBreak(200),
        Spacer(0, 18),
        Bookmark(title),
        paragraph(title, "finding"),
    ]
    if not rows:
        return [*parts, paragraph("Inga beslut är antecknade.", "body")]
    return [*parts, table(heads, rows, shares=(1.6, 1.1, 3.3, 1.6, 1.2))]


def reading(pack: Pack) -> list[Any]:
    """How the pack is read."""
    title = "Så läser du underlaget"
    parts: list[Any] = [
        CondPageBreak(200),
        Spacer(0, 18),
        Bookmark(title),
        paragraph(title, "finding"),
    ]
    parts += [paragraph(sentence, "body") for sentence in READING]
    return [*parts, paragraph(pack.attribution, "muted")]
