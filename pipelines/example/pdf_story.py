"""The order of a PDF document: blocks → what ReportLab sets, in one or two columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import (
    BalancedColumns,
    CondPageBreak,
    Flowable,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage

from pipelines.example import blocks as b
from pipelines.example.look import Look
from pipelines.example.map_figure import MapFigure
from pipelines.example.pdf_flow import Noted, keep_headings
from pipelines.example.pdf_pages import (
    BOTTOM,
    GUTTER,
    HEIGHT,
    INDENT,
    MARGIN,
    TOP,
    WIDTH,
    Furniture,
)
from pipelines.example.pdf_styles import Styles, fits, make_table, typeset
from pipelines.example.source import Source

_HAIR = 0.1  # keeps the rounded sum of column widths inside the frame
_MAP_NOTE = "¹ Kartan är schematisk. Underlag: Exempelregionens påhittade grundkarta."
_SHORT_CHAPTER = 900
"""Characters below which a chapter in two columns gets no opening page of its own."""


class Story:
    """Turns blocks into what ReportLab sets."""

    def __init__(
        self, source: Source, look: Look, furniture: Furniture, styles: Styles, *, two: bool
    ) -> None:
        self.source, self.look, self.furniture = source, look, furniture
        self.styles, self.two = styles, two
        width = WIDTH - 2 * MARGIN
        self.width: float = (width - GUTTER) / 2 if two else width - 2 * INDENT
        self.plates: list[b.Figure] = []

    def flow(self, blocks: list[b.Block]) -> Iterator[Flowable]:
        """Yield the whole document in order."""
        yield Spacer(1, 1)
        for _ in range(self.furniture.contents_pages):
            yield NextPageTemplate("plain")
            yield NewPage()
            yield Spacer(1, 1)
        yield NextPageTemplate("text")
        if not self.two:
            yield NewPage()
        for number, (heading, content) in enumerate(_chapters(blocks)):
            if self.two:
                yield from self._chapter_in_columns(heading, content, first=number == 0)
            else:
                yield from self._chapter(heading, content)

    def _chapter(self, heading: b.Heading, content: list[b.Block]) -> Iterator[Flowable]:
        # A long chapter of a plan for the whole area is not begun low on a page.
        share = 0.36 if self.source.slag in ("op", "fop", "tavling") else 0.22
        yield CondPageBreak((HEIGHT - TOP - BOTTOM) * share)
        yield self._heading(heading, self.styles.headings[1])
        for block in content:
            yield from self._block(block)

    def _chapter_in_columns(
        self, heading: b.Heading, content: list[b.Block], *, first: bool
    ) -> Iterator[Flowable]:
        """A chapter in two columns of equal length, then its maps on pages of their own."""
        if first or _length(content) >= _SHORT_CHAPTER:
            yield NextPageTemplate("opening")
            yield NewPage()
            yield self._heading(heading, self.styles.opening)
            yield NextPageTemplate("plain")
            yield FrameBreak()
        else:
            yield CondPageBreak(80 * mm)
            yield self._heading(heading, self.styles.headings[1])
        waiting: list[b.Block] = []
        for block in content:
            if isinstance(block, b.PageBreak):
                yield from self._columns(waiting)
                yield NewPage()
                waiting = []
            elif isinstance(block, b.Grid) and not fits(block, self.styles, self.width):
                # A wide table goes across both columns, with the heading that belongs to it.
                kept = waiting.pop() if waiting and isinstance(waiting[-1], b.Heading) else None
                yield from self._columns(waiting)
                if kept:
                    yield from self._block(kept)
                yield make_table(block, self.look, self.styles, WIDTH - 2 * MARGIN)
                waiting = []
            else:
                waiting.append(block)
        yield from self._columns(waiting)
        yield from self._plates()

    def _columns(self, content: list[b.Block]) -> Iterator[Flowable]:
        text = keep_headings([flowable for block in content for flowable in self._block(block)])
        if text:
            yield BalancedColumns(
                text,
                leftPadding=0,
                rightPadding=0,
                innerPadding=GUTTER,
                topPadding=0,
                bottomPadding=0,
                name="spalter",
            )

    def _block(self, block: b.Block) -> Iterator[Flowable]:
        match block:
            case b.Heading():
                if not self.two:
                    yield CondPageBreak(26 * mm)
                yield self._heading(block, self.styles.headings[block.level])
            case b.Paragraph():
                yield Paragraph(typeset(block.text), self.styles.body)
            case b.Listing():
                for position, item in enumerate(block.items):
                    mark = block.mark(position, self.look.bullet)
                    yield Paragraph(typeset(item), self.styles.item, bulletText=mark)
                yield Spacer(1, self.styles.body.leading * 0.4)
            case b.Grid():
                yield make_table(block, self.look, self.styles, self.width - _HAIR)
            case b.Figure() if self.two:
                self.plates.append(block)
            case b.Figure():
                yield self._figure(block)
            case b.PageBreak():
                yield NewPage()

    def _plates(self) -> Iterator[Flowable]:
        """Large maps across both columns, which stand at the end of their chapter."""
        tallest = HEIGHT - TOP - BOTTOM - 22 * mm
        for figure in self.plates:
            yield Spacer(1, self.styles.body.leading)
            yield MapFigure(
                self.source, figure, self.look, WIDTH - 2 * MARGIN, tallest, least=0.55 * tallest
            )
            yield self._caption(figure)
        self.plates.clear()

    def _figure(self, figure: b.Figure) -> Flowable:
        share = 0.98 if self.source.slag in ("op", "fop") else 0.82
        area = MapFigure(self.source, figure, self.look, self.width, self.width * share)
        space = Spacer(1, self.styles.body.leading * 0.4)
        return KeepTogether([space, area, self._caption(figure)])

    def _caption(self, figure: b.Figure) -> Flowable:
        mark = "¹" if figure.number == 1 else ""
        return Noted(typeset(figure.caption) + mark, self.styles.caption, self._note(figure))

    def _note(self, figure: b.Figure) -> Any:
        def tell(page: int) -> None:
            if figure.number == 1:
                self.furniture.notes.setdefault(page, []).append(_MAP_NOTE)

        return tell

    def _heading(self, heading: b.Heading, style: Any) -> Flowable:
        def tell(page: int) -> None:
            self.furniture.entries.append((heading, page))

        return Noted(typeset(heading.shown), style, tell)


def _chapters(blocks: list[b.Block]) -> Iterator[tuple[b.Heading, list[b.Block]]]:
    """Yield each chapter's heading with what stands under it."""
    starts = [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, b.Heading) and (block.level == 1 or place == 0)
    ]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        heading = blocks[start]
        assert isinstance(heading, b.Heading)
        yield heading, blocks[start + 1 : end]


def _length(content: list[b.Block]) -> int:
    """Return how many characters of running text a chapter holds."""
    return sum(
        len(block.text) if isinstance(block, b.Paragraph) else sum(map(len, block.items))
        for block in content
        if isinstance(block, b.Paragraph | b.Listing)
    )
