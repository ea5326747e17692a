"""The last PowerPoint pages: decisions, and how the pack is read."""

from __future__ import annotations

from typing import Any

from dashboard.meeting.notes import ENTRY_LABELS
from dashboard.meeting.pack import READING, Pack
from dashboard.meeting.pptx_page import EDGE, WIDE, foot, new_page
from dashboard.meeting.pptx_parts import Box, Run, table, text, write_runs
from dashboard.text import DASH


def add_decisions(deck: Any, pack: Pack) -> None:
    """Add the pages of decisions and follow-ups."""
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
    headers = ("Punkt", "Slag", "Vad", "Ansvarig", "Senast")
    for start in range(0, max(len(rows), 1), 8):
        page = new_page(deck, pack, "Beslut och uppföljning", pack.subtitle)
        if rows:
            table(
                page,
                Box(EDGE, 1.7, WIDE - 2 * EDGE, 4.7),
                headers,
                rows[start : start + 8],
                shares=(2, 1.1, 5, 2.2, 1.1),
                size=16,
            )
        else:
            text(page, Box(EDGE, 1.8, 10, 0.5), [Run("Inga beslut är antecknade.")], 20)
        foot(page, f"Utgåva {pack.edition_id}, {pack.held_on}.")


def add_reading(deck: Any, pack: Pack) -> None:
    """Add the page that says how the pack is read."""
    page = new_page(deck, pack, "Så läser du underlaget", pack.subtitle)
    shape = text(page, Box(EDGE, 1.75, 11.2, 4.6), [Run(READING[0])], 18)
    for sentence in READING[1:]:
        paragraph = shape.text_frame.add_paragraph()
        paragraph.space_before = 100000
        write_runs(paragraph, [Run(sentence)], 18)
    foot(page, f"Utgåva {pack.edition_id}, byggd {pack.edition_day}.", pack.attribution)
