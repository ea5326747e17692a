"""Rows of marks on one scale as HTML: bars, intervals and values, with names that can be read."""

from __future__ import annotations

from html import escape

from dashboard.charts.drawn import Mark, Scale, ScaleRow
from dashboard.charts.html_parts import Lead, linked

_LETTER = 7.6
"""Pixels of a letter, about."""
_NARROW = 150
"""Pixels of marks on a phone, about: what a text there has to itself beyond its mark."""
_GAP = 12


def scale_html(drawn: Scale, lead: Lead) -> str:
    """The rows, the word of the line above them and the ticks under them."""
    rows = "".join(_row(row, drawn, lead) for row in drawn.rows)
    if drawn.zero is not None and drawn.zero[1]:
        rows = _axis((drawn.zero,), drawn) + rows
    step = _tick_step(drawn)
    style = f"--steg:{step:.3f}%;" if step else ""
    style += f"--fore:{_room(drawn, 'before')}px;--efter:{_room(drawn, 'after')}px"
    noted = " mednot" if any(row.note for row in drawn.rows) else ""
    place = f"bredvid{noted}" if drawn.is_beside else "ovanfor"
    lines = " streckad" if step else ""
    rows += _axis(drawn.ticks, drawn)
    return f'<div class="skalrader {place}{lines}" style="{style}">{rows}</div>'


def _room(drawn: Scale, side: str) -> int:
    """Pixels beside the marks that their texts need where the marks have least room."""
    needed = 0.0
    for mark in (mark for row in drawn.rows for mark in row.marks):
        if mark.text and mark.text_at == side:
            ends = [_at(each, drawn) for each in (mark.start, mark.end)]
            own = min(ends) if side == "before" else 100 - max(ends)
            needed = max(needed, _GAP + _LETTER * len(mark.text) - _NARROW * own / 100)
    return round(needed)


def _row(row: ScaleRow, drawn: Scale, lead: Lead) -> str:
    marks = "".join(_mark(mark, drawn, lead) for mark in row.marks)
    if drawn.zero is not None:
        marks = f'<i class="noll" style="left:{_at(drawn.zero[0], drawn):.2f}%"></i>{marks}'
    track = '<i class="spar"></i>' if drawn.has_track and row.marks else ""
    if row.instead:
        marks, track = f'<span class="tyst istallet">{escape(row.instead)}</span>', ""
    quiet = f' <span class="tyst">{escape(row.quiet)}</span>' if row.quiet else ""
    note = f'<span class="tyst not">{escape(row.note)}</span>'
    href = escape(lead(row.data), quote=True) if row.data else ""
    name = f'<a href="{href}">{escape(row.label)}</a>' if href else escape(row.label)
    return (
        f'<div class="skalrad"><p class="namn">{name}{quiet}</p>'
        f'<div class="bana">{track}{marks}</div>{note if row.note else ""}{_below(row)}</div>'
    )


def _below(row: ScaleRow) -> str:
    if not (row.below or row.estimate):
        return ""
    bold = f"<b>{escape(row.estimate)}</b>" if row.estimate else ""
    join = " · " if bold and row.below else ""
    return f'<p class="tyst under">{bold}{join}{escape(row.below)}</p>'


def _mark(mark: Mark, drawn: Scale, lead: Lead) -> str:
    start, end = (_at(each, drawn) for each in (mark.start, mark.end))
    text = _text(mark, min(start, end), max(start, end))
    if mark.shape == "text":
        return text
    href = lead(mark.data) if mark.data else ""
    kind = f"{mark.shape} {mark.kind}{' oppen' if mark.is_open else ''}"
    if mark.shape in ("dot", "ring"):
        style = f"left:{end:.2f}%"
    else:
        style = f"left:{min(start, end):.2f}%;width:{abs(end - start):.2f}%"
    return linked("", kind=kind, style=style, words=mark.words, href=href) + text


def _text(mark: Mark, left: float, right: float) -> str:
    """What stands beside a mark, or over a value."""
    if not mark.text:
        return ""
    place = {"before": "varde fore", "over": "varde over", "after": "varde"}[mark.text_at]
    style = f"right:{100 - left:.2f}%" if mark.text_at == "before" else f"left:{right:.2f}%"
    look = {"strong": " stark", "quiet": " tyst"}.get(mark.kind, "") if mark.shape == "text" else ""
    value = " vid" if mark.shape in ("dot", "ring") else ""
    return f'<span class="{place}{value}{look}" style="{style}">{escape(mark.text)}</span>'


def _at(value: float, drawn: Scale) -> float:
    """A value as percent of the scale's length, within it."""
    share = (value - drawn.low) / (drawn.high - drawn.low)
    return 100 * min(max(share, 0.0), 1.0)


def _tick_step(drawn: Scale) -> float:
    if len(drawn.ticks) < 2:
        return 0.0
    return _at(drawn.ticks[1][0], drawn) - _at(drawn.ticks[0][0], drawn)


def _axis(words: tuple[tuple[float, str], ...], drawn: Scale) -> str:
    """Words at their values."""
    if not words:
        return ""
    spans = "".join(
        f'<span style="left:{_at(value, drawn):.2f}%">{escape(word)}</span>'
        for value, word in words
    )
    return f'<div class="skalrad axel"><p class="namn"></p><div class="bana">{spans}</div></div>'
