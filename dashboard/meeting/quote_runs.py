"""A quotation as stretches of text, with the words that decide its level told apart."""

from __future__ import annotations

import json
from typing import NamedTuple

from dashboard.meeting.slide import Row


class Stretch(NamedTuple):
    """A piece of the quote; ``decides`` where it sets the level."""

    text: str
    decides: bool


def stretches(row: Row) -> list[Stretch]:
    """Cut the quote at its deciding words; spans outside the quote or overlapping are left out."""
    quote = str(row["quote"])
    spans = sorted(
        (int(each["start"]), int(each["end"]))
        for each in json.loads(row["spans"] or "[]")
        if each.get("role") == "deciding"
    )
    pieces, at = [], 0
    for start, end in spans:
        if at <= start < end <= len(quote):
            pieces += [Stretch(quote[at:start], False), Stretch(quote[start:end], True)]
            at = end
    pieces.append(Stretch(quote[at:], False))
    return [piece for piece in pieces if piece.text]
