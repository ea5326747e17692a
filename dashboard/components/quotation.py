"""A quotation: the passage word for word, deciding words marked, and where it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard.components.view import View
from dashboard.filters import level_label
from dashboard.queries.passages import best_quotations
from pipelines.model.codes import INSTRUMENT, THEME
from pipelines.model.plan_codes import DOCUMENT_KIND

Row = Mapping[str, Any]
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


def source_line(row: Row) -> str:
    """Document, municipality, page, date, instruments and themes, as far as they are known."""
    date = row.get("document_date") or row.get("year")
    codes = [INSTRUMENT.labels[code].lower() for code in row["instruments"] or []]
    codes += [THEME.labels[code].lower() for code in row["themes"] or []]
    where = [row["document_title"] or row["object_name"], row["municipality_name"]]
    parts = [", ".join(str(each) for each in where if each), f"s. {row['page']}"]
    return " · ".join([*parts, *([str(date)] if date else []), *codes[:3]])


def quotation(row: Row, *, large: bool = False) -> None:
    """Draw a passage as proof, with its level in the colour of the ladder."""
    size = " stort" if large else ""
    st.html(
        f'<blockquote class="citat{size} n{row["level"]}"><p>{marked(row["quote"], row["spans"])}'
        f'</p><footer><span class="niva n{row["level"]}">{level_label(row["level"])}</span> '
        f"{escape(source_line(row))}</footer></blockquote>"
    )


def best_quotation(view: View, number: int = 1, *, object_type: str | None = None) -> None:
    """Draw the strongest passages of the choice; nothing where there is none."""
    chosen = view.filters.only(object_type) if object_type else view.filters
    for row in view.ask(best_quotations, chosen, number).to_dicts():
        quotation(row)


def summary(row: Row) -> None:
    """Draw a summary in other words: said to be one, with its link, never as a quotation."""
    codes = [INSTRUMENT.labels[each] for each in row["instruments"] or []]
    codes += [THEME.labels[each] for each in row["themes"] or []]
    badges = [f'<span class="bricka">{escape(each)}</span>' for each in codes]
    if row["is_unsure"]:
        badges.append('<span class="bricka varm">Osäker kodning</span>')
    kind = DOCUMENT_KIND.labels[row["document_kind"]].lower()
    href = escape(row["source_url"], quote=True)
    st.html(
        f'<article class="referat"><p class="ord"><b>Referat:</b> {escape(row["summary"])}</p>'
        f'<p class="marken"><span class="niva n{row["level"]}">{level_label(row["level"])}</span> '
        f"{' '.join(badges)}</p>"
        f'<p class="kalla">{escape(row["municipality_name"])} · {escape(kind)}'
        f' · endast utdrag · <a href="{href}" target="_blank" rel="noopener">Till källan</a>'
        "</p></article>"
    )
