"""Pieces of text that know where they were set, or that stay together in columns."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from reportlab.platypus import Flowable, Paragraph

_LEAST_LINES = 3


class Noted(Paragraph):  # type: ignore[misc] # ReportLab has no types
    """A paragraph that tells on which page it was set."""

    def __init__(self, text: str, style: Any, tell: Callable[[int], None]) -> None:
        super().__init__(text, style)
        self.tell = tell

    def draw(self) -> None:
        """Draw, and tell the page number."""
        self.tell(self.canv.getPageNumber())
        super().draw()


class Headed(Flowable):  # type: ignore[misc] # ReportLab has no types
    """Headings with what follows them.

    ReportLab's columns of equal length know neither *keep with next* nor the frame breaks by which
    it is otherwise kept, so a heading would be left alone at the foot of a column.
    """

    def __init__(self, headings: list[Flowable], text: Flowable) -> None:
        super().__init__()
        self.headings, self.text = headings, text

    def _pieces(self) -> list[Flowable]:
        return [*self.headings, self.text]

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the space above the first heading."""
        return float(self.headings[0].getSpaceBefore())

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the space below the text."""
        return float(self.text.getSpaceAfter())

    def _gaps(self) -> list[float]:
        """Return the space above each piece; the first piece's stands outside."""
        pieces = self._pieces()
        between = [
            max(above.getSpaceAfter(), below.getSpaceBefore()) for above, below in pairwise(pieces)
        ]
        return [0.0, *between]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size that all pieces take."""
        sizes = [piece.wrapOn(self.canv, width, height) for piece in self._pieces()]
        self.heights = [size[1] for size in sizes]
        self.width, self.height = width, sum(self.heights) + sum(self._gaps())
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Divide the text when some lines of it fit below the headings, else nothing."""
        self.wrap(width, height)
        left = height - (self.height - self.heights[-1])
        if left < _LEAST_LINES * getattr(getattr(self.text, "style", None), "leading", left):
            return []
        parts = self.text.splitOn(self.canv, width, left)
        return [Headed(self.headings, parts[0]), *parts[1:]] if len(parts) > 1 else []

    def draw(self) -> None:
        """Draw the pieces from the top."""
        y = self.height
        for piece, high, gap in zip(self._pieces(), self.heights, self._gaps(), strict=True):
            y -= gap + high
            piece.drawOn(self.canv, 0, y)


def keep_headings(flowables: list[Flowable]) -> list[Flowable]:
    """Bind headings to what follows them."""
    kept: list[Flowable] = []
    waiting: list[Flowable] = []
    for flowable in flowables:
        if flowable.getKeepWithNext():
            waiting.append(flowable)
        else:
            kept.append(Headed(waiting, flowable) if waiting else flowable)
            waiting = []
    return kept + waiting
