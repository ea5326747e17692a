"""The words of a passage that decide its level, marked."""

from __future__ import annotations

import json
from html import escape

_SHOWN_ROLES = {"deciding": "avgor", "negation": "nekad", "condition": "villkor"}


def marked(quote: str, spans: str | None) -> str:
    """Return the quote as HTML with deciding, negating and conditional words marked.

    ``spans`` is a JSON list of ``start, end, role`` in characters of the quote. Spans that overlap
    one already marked, or fall outside the quote, are left unmarked.
    """
    wanted = sorted(
        (each for each in json.loads(spans or "[]") if each.get("role") in _SHOWN_ROLES),
        key=lambda each: (each["start"], -each["end"]),
    )
    parts: list[str] = []
    at = 0
    for each in wanted:
        start, end = int(each["start"]), int(each["end"])
        if start < at or end > len(quote) or end <= start:
            continue
        kind = _SHOWN_ROLES[each["role"]]
        parts.append(escape(quote[at:start]))
        parts.append(f'<mark class="{kind}">{escape(quote[start:end])}</mark>')
        at = end
    parts.append(escape(quote[at:]))
    return "".join(parts)
