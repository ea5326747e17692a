"""The words of a passage that decide its level, marked."""

from __future__ import annotations

import json

import htpy as h

_SHOWN_ROLES = {"deciding": "avgor", "negation": "nekad", "condition": "villkor"}


def marked(quote: str, spans: str | None) -> h.Fragment:
    """Return the quote as HTML with deciding, negating and conditional words marked.

    ``spans`` is a JSON list of ``start, end, role`` in characters of the quote. Spans that overlap
    one already marked, or fall outside the quote, are left unmarked.
    """
    wanted = sorted(
        (each for each in json.loads(spans or "[]") if each.get("role") in _SHOWN_ROLES),
        key=lambda each: (each["start"], -each["end"]),
    )
    parts: list[h.Node] = []
    at = 0
    for each in wanted:
        start, end = int(each["start"]), int(each["end"])
        if start < at or end > len(quote) or end <= start:
            continue
        parts += [quote[at:start], h.mark(class_=_SHOWN_ROLES[each["role"]])[quote[start:end]]]
        at = end
    return h.fragment[parts, quote[at:]]
