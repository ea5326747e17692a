"""Draws the closing pages of the pack in PowerPoint."""

from __future__ import annotations

from typing import Any

from dashboard.meeting.closing import Closing
from dashboard.meeting.pack import Pack
from dashboard.meeting.pptx_page import BODY, foot, new_page
from dashboard.meeting.pptx_parts import Run, text, write_runs
from dashboard.meeting.pptx_tables import page_rows, table

_SIZE = 18


def add_closing(deck: Any, pack: Pack, closing: Closing) -> None:
    """Add a closing page; a long table takes as many as it needs."""
    pages = (
        page_rows(closing.headers, closing.rows, width=BODY.width, height=BODY.height, size=_SIZE)
        if closing.rows
        else [()]
    )
    for rows in pages:
        page = new_page(deck, pack, closing.title, pack.subtitle)
        if rows:
            table(page, BODY, closing.headers, rows, size=_SIZE, like=closing.rows)
        if closing.sentences:
            _sentences(page, closing.sentences)
        foot(page, *closing.foot)


def _sentences(page: Any, sentences: tuple[str, ...]) -> None:
    shape = text(page, BODY, [Run(sentences[0])], _SIZE)
    for sentence in sentences[1:]:
        paragraph = shape.text_frame.add_paragraph()
        paragraph.space_before = 100000
        write_runs(paragraph, [Run(sentence)], _SIZE)
