"""The PowerPoint's pages of numbers: a table in as few pages as its rows need."""

from __future__ import annotations

from typing import Any

from dashboard.meeting.numbers import Numbers
from dashboard.meeting.pack import PRINT, Pack
from dashboard.meeting.pptx_page import BODY, foot, new_page
from dashboard.meeting.pptx_parts import Box, Run, text
from dashboard.meeting.pptx_tables import natural_width, page_rows, table
from dashboard.meeting.slide import Slide

_MOST_PAGES, _FEW_PAGES, _MOST_BESIDE = 3, 2, 3
_SIZES = (18, 16, 14, 13)
_SMALLER = (12, 11, 10)
_GAP, _AIRY = 0.5, 1.15
"""Between tables that stand beside each other, and how much wider than its words a table is."""
_SAME = 0.4


def add_numbers(deck: Any, pack: Pack, over: str, slide: Slide, own: Numbers) -> None:
    """Add the pages of a slide's numbers; none where they are already printed."""
    if not own.rows or own.as_before:
        return
    body = (
        BODY if not own.same else Box(BODY.left, BODY.top + _SAME, BODY.width, BODY.height - _SAME)
    )
    size, columns, pages = _laid_out(own, body)
    shown = pages if len(pages) <= columns * _MOST_PAGES else pages[: columns * _FEW_PAGES]
    count = sum(len(rows) for rows in shown)
    left_out = f"Visar {count} av {len(own.rows)} rader; alla står i PDF-filen. "
    wide = _width(own, size, columns, body)
    for start in range(0, len(shown), columns):
        page = new_page(deck, pack, f"Siffrorna bakom: {slide.heading}", over)
        if own.same:
            place = Box(BODY.left, BODY.top, BODY.width, _SAME)
            text(page, place, [Run(own.same, color=PRINT.muted)], 16)
        for place_of, rows in enumerate(shown[start : start + columns]):
            box = Box(body.left + place_of * (wide + _GAP), body.top, wide, body.height)
            table(page, box, own.headers, rows, numeric=own.numeric, size=size, like=own.rows)
        more = left_out if count < len(own.rows) else ""
        foot(page, more + slide.source, f"Urval: {slide.choice}. Utgåva {pack.edition_id}.")


def _laid_out(own: Numbers, body: Box) -> tuple[float, int, list[Any]]:
    """Type size, how many tables stand beside each other, and the rows of each table."""

    def cut(size: float, columns: int) -> list[Any]:
        wide = _width(own, size, columns, body)
        return page_rows(own.headers, own.rows, width=wide, height=body.height, size=size)

    sizes = [size for size in (*_SIZES, *_SMALLER) if _holds_words(own, size, body)]
    for size in sizes:
        if size in _SIZES and len(cut(size, 1)) == 1:
            return size, 1, cut(size, 1)
    size = next((size for size in sizes if size <= _SIZES[-1]), _SMALLER[-1])
    natural = natural_width(own.headers, own.rows, size)
    beside = max(1, min(_MOST_BESIDE, int((body.width + _GAP) / (natural + _GAP))))
    pages = cut(size, beside)
    return size, min(beside, len(pages)), pages


def _holds_words(own: Numbers, size: float, body: Box) -> bool:
    """Whether a table of this size breaks no word."""
    words = [[max(text.split(" "), key=len) for text in row] for row in (own.headers, *own.rows)]
    return natural_width(words[0], words[1:], size) <= body.width


def _width(own: Numbers, size: float, columns: int, body: Box) -> float:
    room = (body.width - (columns - 1) * _GAP) / columns
    return min(room, _AIRY * natural_width(own.headers, own.rows, size))
