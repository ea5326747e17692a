"""What stands on every PDF page: running head and foot with page number, and the contents page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from pipelines.example.blocks import Heading
from pipelines.example.look import Look
from pipelines.example.pdf_cover import EXAMPLE_WORD
from pipelines.example.source import Source

WIDTH, HEIGHT = A4
MARGIN, TOP, BOTTOM = 24 * mm, 25 * mm, 27 * mm
INDENT = 11 * mm  # of text in one column, on both sides
GUTTER = 8 * mm
_ENTRIES_A_PAGE = 50
_LOOSE_ENTRIES = 42
_GREY = "#5A5A5A"


@dataclass(slots=True)
class Furniture:
    """Everything on the pages of one document that is not the text itself.

    ``entries`` are filled while the pages are set: heading and page. ``notes`` maps a page to the
    notes at its foot. Page 1 is the cover, then come ``contents_pages`` pages of contents.
    """

    source: Source
    look: Look
    contents_pages: int
    entries: list[tuple[Heading, int]] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)

    def head(self, canvas: Any) -> None:
        """Draw the running head."""
        canvas.saveState()
        canvas.setFont(self.look.text.regular, 8)
        canvas.setFillColor(HexColor(_GREY))
        canvas.drawString(MARGIN, HEIGHT - 14 * mm, self.source.sidhuvud)
        canvas.setStrokeColor(HexColor(self.look.accent))
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, HEIGHT - 16.2 * mm, WIDTH - MARGIN, HEIGHT - 16.2 * mm)
        canvas.restoreState()

    def finish(self, canvas: Any, page: int, total: int) -> None:
        """Draw what can only be known when all pages are set."""
        for heading, at in self.entries:
            if at == page and heading.level <= 2:
                key = f"rubrik-{self.entries.index((heading, at))}"
                canvas.bookmarkPage(key)
                canvas.addOutlineEntry(heading.shown, key, heading.level - 1, closed=True)
        if page == 1:
            return
        if page <= 1 + self.contents_pages:
            self._contents(canvas, page - 2)
        self._notes(canvas, page)
        self._foot(canvas, page, total)

    def _foot(self, canvas: Any, page: int, total: int) -> None:
        number = self.look.page_number.format(page=page, total=total)
        words = f"{self.source.sidfot} · {EXAMPLE_WORD}"
        canvas.saveState()
        canvas.setFont(self.look.text.regular, 8)
        canvas.setFillColor(HexColor(_GREY))
        if self.look.centred_foot:
            canvas.drawCentredString(WIDTH / 2, 15 * mm, words)
            canvas.drawCentredString(WIDTH / 2, 10.5 * mm, number)
        else:
            canvas.drawString(MARGIN, 12 * mm, words)
            canvas.drawRightString(WIDTH - MARGIN, 12 * mm, number)
        canvas.restoreState()

    def _notes(self, canvas: Any, page: int) -> None:
        notes = self.notes.get(page, [])
        if not notes:
            return
        size = 7.5
        lines = [
            line
            for note in notes
            for line in simpleSplit(note, self.look.text.regular, size, WIDTH - 2 * MARGIN)
        ]
        y = 20.5 * mm + (len(lines) - 1) * 9
        canvas.saveState()
        canvas.setStrokeColor(HexColor(_GREY))
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, y + 10, MARGIN + 40 * mm, y + 10)
        canvas.setFont(self.look.text.regular, size)
        canvas.setFillColor(HexColor("#333333"))
        for line in lines:
            canvas.drawString(MARGIN, y, line)
            y -= 9
        canvas.restoreState()

    def _contents(self, canvas: Any, part: int) -> None:
        canvas.saveState()
        y = HEIGHT - 38 * mm
        if part == 0:
            canvas.setFillColor(HexColor(self.look.dark))
            canvas.setFont(self.look.display.bold, 20)
            canvas.drawString(MARGIN, y, "Innehåll")
        y -= 30
        shown = [entry for entry in self.entries if entry[0].level <= 2]
        step = 13.0 if len(shown) <= _LOOSE_ENTRIES else 11.2
        for heading, page in shown[part * _ENTRIES_A_PAGE : (part + 1) * _ENTRIES_A_PAGE]:
            y = self._entry(canvas, heading, page, y, step)
        canvas.restoreState()

    def _entry(self, canvas: Any, heading: Heading, page: int, y: float, step: float) -> float:
        """Draw one line of contents with dot leaders; return where the next line begins."""
        chapter = heading.level == 1
        family = self.look.text
        font, size = (family.bold, 10) if chapter else (family.regular, 9.5)
        left = MARGIN + (0 if chapter else 6 * mm)
        right = WIDTH - MARGIN
        canvas.setFillColor(HexColor(self.look.dark if chapter else "#222222"))
        canvas.setFont(font, size)
        y -= 4 if chapter else 0
        words = simpleSplit(heading.shown, font, size, right - left - 14 * mm)
        for line in words[:-1]:
            canvas.drawString(left, y, line)
            y -= step
        start = left + canvas.stringWidth(f"{words[-1]} ", font, size)
        dot = canvas.stringWidth(".", font, size)
        dots = max(3, int((right - 8 * mm - start) // dot))
        canvas.drawString(left, y, f"{words[-1]} {'.' * dots}")
        canvas.drawRightString(right, y, str(page))
        return y - step


def contents_pages(headings: list[Heading]) -> int:
    """Return how many pages a list of contents takes."""
    count = sum(1 for heading in headings if heading.level <= 2)
    return -(-count // _ENTRIES_A_PAGE)


class PagedCanvas(Canvas):  # type: ignore[misc] # ReportLab has no types
    """A canvas that keeps its pages until the last is known, then finishes each.

    So the documents are set once, and the page total and contents are still right.
    """

    def __init__(self, *args: Any, furniture: Furniture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._furniture = furniture
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep the page."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Finish every page and write the file."""
        pages, furniture = self._pages, self._furniture
        for number, state in enumerate(pages, start=1):
            self.__dict__.update(state)
            furniture.finish(self, number, len(pages))
            super().showPage()
        super().save()
