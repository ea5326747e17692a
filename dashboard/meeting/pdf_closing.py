"""Draws the closing pages of the pack in the PDF, and the places of its outline."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from dashboard.meeting.closing import Closing
from dashboard.meeting.pack import column_widths
from dashboard.meeting.pdf_parts import CELL_SIZE, WIDTH, paragraph, table

_LEAST_ROOM = 200.0


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


def closing_parts(closing: Closing) -> list[Any]:
    """Return what a closing page flows into the document."""
    parts: list[Any] = [
        CondPageBreak(_LEAST_ROOM),
        Spacer(0, 18),
        Bookmark(closing.title),
        paragraph(closing.title, "finding"),
    ]
    if closing.rows:
        shares = column_widths(closing.headers, closing.rows, room=WIDTH, size=CELL_SIZE)
        parts.append(table(closing.headers, closing.rows, shares=shares))
    parts += [paragraph(sentence, "body") for sentence in closing.sentences]
    return [*parts, Spacer(0, 4), *(paragraph(line, "muted") for line in closing.foot)]
