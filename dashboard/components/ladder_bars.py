"""The commitment ladder as HTML: bars that can be reached by keyboard and printed in any width."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts.ladder import LEVEL_COLUMNS, LEVELS, UNREAD
from dashboard.text import count

Href = Callable[[str, int], str]
"""Unit id and level → the address of its passages; empty leads nowhere."""


def ladder_bars(wide: pl.DataFrame, href: Href, *, alt: str) -> None:
    """Draw one bar a row of the widened ladder; ``alt`` says the same in words."""
    legend = "".join(
        f'<span><i class="n{level}"></i>{label}</span>' for level, label in enumerate(LEVELS)
    )
    bars = "".join(_bar(row, href) for row in wide.to_dicts())
    st.html(
        f'<div class="trappa" role="group" aria-label="{escape(alt, quote=True)}">'
        f'<p class="teckenforklaring" aria-hidden="true">{legend}'
        f'<span><i class="ejlast"></i>{UNREAD}</span></p>{bars}</div>'
    )


def _bar(row: dict[str, Any], href: Href) -> str:
    parts = [
        _part(row, level, href(row["unit_id"], level) if level else "")
        for level, name in enumerate(LEVEL_COLUMNS)
        if row[name]
    ]
    if row["unread"]:
        words = f"{UNREAD}: {row['unread']}"
        parts.append(f'<span class="ejlast" style="flex:{row["unread"]}" title="{words}"></span>')
    return (
        f'<div class="trad"><p><span>{escape(row["unit_name"])}</span>'
        f'<span class="tyst">{row["read"]} av {row["known"]} lästa</span></p>'
        f'<div class="stapel">{"".join(parts)}</div></div>'
    )


def _part(row: dict[str, Any], level: int, href: str) -> str:
    number = row[LEVEL_COLUMNS[level]]
    words = f"{row['unit_name']}, {LEVELS[level]}: {count(number, 'handling', 'handlingar')}"
    common = f'class="n{level}" style="flex:{number}" title="{escape(words, quote=True)}"'
    if not href:
        return f"<span {common}>{number}</span>"
    label = escape(f"{words}. Läs beläggen", quote=True)
    target = escape(href, quote=True)
    return f'<a {common} href="{target}" target="_self" aria-label="{label}">{number}</a>'
