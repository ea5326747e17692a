"""What every PowerPoint page has: title, mark of a fictional region, number, foot."""

from __future__ import annotations

from typing import Any

from dashboard.meeting.pack import PRINT, Pack, text_width
from dashboard.meeting.pptx_parts import Box, Run, describe, panel, text, write_runs

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6
BODY = Box(EDGE, 1.65, WIDE - 2 * EDGE, 4.85)
"""What title and foot leave of a page."""
_TITLE_ONLY = 5


def new_page(deck: Any, pack: Pack, title: str, over: str) -> Any:
    """A page with what every page has: title, mark, edition, number."""
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    heading = page.shapes.title
    heading.left, heading.top, heading.width, heading.height = Box(
        EDGE, 0.62, WIDE - 2 * EDGE, 0.95
    ).emu
    frame = heading.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.paragraphs[0].alignment = 1
    write_runs(frame.paragraphs[0], [Run(title, bold=True)], _title_size(title))
    text(page, Box(EDGE, 0.3, 7.5, 0.3), [Run(over, color=PRINT.muted)], 14)
    if pack.mark:
        mark = text(
            page, Box(WIDE - EDGE - 4.5, 0.3, 4.5, 0.3), [Run(pack.mark, True, PRINT.attention)],
            14, right=True,
        )  # fmt: skip
        describe(mark, "Exempelmärke", "")
    panel(page, Box(EDGE, 6.62, WIDE - 2 * EDGE, 0.01), "Linje", PRINT.line)
    place = text(
        page,
        Box(WIDE - EDGE - 1, 6.7, 1, 0.3),
        [Run(str(len(deck.slides)), color=PRINT.muted)],
        12,
        right=True,
    )
    describe(place, "Sidnummer", "")
    return page


def _title_size(title: str) -> float:
    """The largest size that keeps a title on one line, or the size of two lines."""
    room = 0.95 * 72 * (WIDE - 2 * EDGE)  # office suites set type a little wider
    fits = [size for size in (28, 26, 24) if text_width(title, size, bold=True) <= room]
    return fits[0] if fits else 25


def foot(page: Any, *lines: str) -> None:
    """Small lines under a page: what it rests on."""
    shape = text(page, Box(EDGE, 6.7, 11.2, 0.6), [Run(lines[0], color=PRINT.muted)], 11)
    for line in lines[1:]:
        write_runs(shape.text_frame.add_paragraph(), [Run(line, color=PRINT.muted)], 11)
    describe(shape, "Underlag", "")
