"""Lying bars and standing columns as HTML."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from dashboard.charts.drawn import Bar, Bars, Column, Columns, Part
from dashboard.charts.html_parts import Lead, linked
from dashboard.charts.levels import UNREAD, UNREAD_KIND

COMPACT_FROM = 5
"""From this many bars the names stand to the left of the bars, else above them."""
_FOLD_FROM = 4
"""So many bars of unread alone become one line of names."""
_MOST_TICKS = 12
_LEAST_OF_HEIGHT = 0.075
"""A part that is lower than this share of the drawing has no room for its number."""


def bars_html(drawn: Bars, lead: Lead) -> str:
    """Bars under each other, long lists closer together."""
    unread = [bar for bar in drawn.bars if _is_unread(bar)]
    folded = unread if len(unread) >= _FOLD_FROM else []
    shown = [bar for bar in drawn.bars if bar not in folded]
    longest = max((_length(bar) for bar in shown), default=0)
    rows = "".join(_bar(bar, lead, 0 if drawn.is_share else longest) for bar in shown)
    close = " tat" if len(drawn.bars) >= COMPACT_FROM else ""
    bars = f'<div class="rader{close}">{rows}</div>' if rows else ""
    return bars + _folded(folded)


def _is_unread(bar: Bar) -> bool:
    return all(part.kind == UNREAD_KIND for part in bar.parts if part.amount)


def _length(bar: Bar) -> float:
    return sum(part.amount for part in bar.parts)


def _bar(bar: Bar, lead: Lead, longest: float) -> str:
    parts = "".join(_part(part, lead) for part in bar.parts if part.amount)
    if longest:
        parts += f'<span style="flex:{longest - _length(bar):g}"></span>'
    thin = " olast" if _is_unread(bar) else ""
    return (
        f'<div class="rad{thin}"><p><span>{escape(bar.label)}</span>'
        f'<span class="tyst">{escape(bar.note)}</span></p><div class="stapel">{parts}</div></div>'
    )


def _part(part: Part, lead: Lead) -> str:
    return linked(
        _inside(part),
        kind=part.kind,
        style=f"flex:{part.amount:g}",
        words=part.words,
        href=lead(part.data) if part.data else "",
    )


def _inside(part: Part) -> str:
    if not part.text or not part.name:
        return f"<b>{escape(part.text)}</b>" if part.text else ""
    name, text = escape(part.name), escape(part.text)
    return f'<b class="medord"><span>{name}&nbsp;</span><span>{text}</span></b>'


def _folded(bars: list[Bar]) -> str:
    """The unread in one line: every name with how many it has."""
    if not bars:
        return ""
    names = ", ".join(f"{escape(bar.label)}&nbsp;{_length(bar):g}" for bar in bars)
    return f'<p class="olasta"><i class="{UNREAD_KIND}"></i><b>{UNREAD}:</b> {names}</p>'


def columns_html(drawn: Columns, lead: Lead) -> str:
    """Columns to one scale, with every so many labels where they are many."""
    highest = max((_height(column) for column in drawn.columns), default=0)
    step = 1 if len(drawn.columns) <= _MOST_TICKS else 1 + len(drawn.columns) // 8
    columns = "".join(
        _column(column, lead, highest, is_labelled=place % step == 0)
        for place, column in enumerate(drawn.columns)
    )
    sums = " summor" if any(column.total for column in drawn.columns) else ""
    return f'<div class="pelarrad{sums}">{columns}</div>'


def _height(column: Column) -> float:
    return sum(part.amount for part in column.parts)


def _column(column: Column, lead: Lead, highest: float, *, is_labelled: bool) -> str:
    fewest = _LEAST_OF_HEIGHT * highest
    parts = "".join(
        _part(part if part.amount >= fewest else replace(part, text=""), lead)
        for part in reversed(column.parts)
        if part.amount
    )
    free = highest - _height(column)
    total = f'<b class="summa">{escape(column.total)}</b>' if column.total else ""
    label = escape(column.label) if is_labelled else ""
    air = f'<span class="luft" style="flex:{free:g}">{total}</span>'
    return (
        f'<div class="pelare-en"><div class="hojd">{air}{parts}</div>'
        f'<span class="etikett">{label}</span></div>'
    )
