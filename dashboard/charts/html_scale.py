"""Rows of marks on one scale as HTML: bars, intervals and values, with names that can be read."""

from __future__ import annotations

from html import escape

from dashboard.charts.drawn import Mark, Scale, ScaleRow
from dashboard.charts.html_parts import Lead, linked


def scale_html(drawn: Scale, lead: Lead) -> str:
    """The rows, and the ticks under them."""
    rows = "".join(_row(row, drawn, lead) for row in drawn.rows)
    step = _tick_step(drawn)
    style = f"--steg:{step:.3f}%" if step else ""
    place = "bredvid" if drawn.is_beside else "ovanfor"
    lines = " streckad" if step else ""
    return f'<div class="skalrader {place}{lines}" style="{style}">{rows}{_ticks(drawn)}</div>'


def _row(row: ScaleRow, drawn: Scale, lead: Lead) -> str:
    marks = "".join(_mark(mark, drawn, lead) for mark in row.marks)
    if drawn.zero is not None:
        marks = f'<i class="noll" style="left:{_at(drawn.zero[0], drawn):.2f}%"></i>{marks}'
    track = '<i class="spar"></i>' if drawn.has_track and row.marks else ""
    if row.instead:
        marks, track = f'<span class="tyst istallet">{escape(row.instead)}</span>', ""
    quiet = f' <span class="tyst">{escape(row.quiet)}</span>' if row.quiet else ""
    note = f'<span class="tyst not">{escape(row.note)}</span>'
    return (
        f'<div class="skalrad"><p class="namn">{escape(row.label)}{quiet}</p>'
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
    href = lead(mark.data) if mark.data else ""
    kind = f"{mark.shape} {mark.kind}{' oppen' if mark.is_open else ''}"
    if mark.shape in ("dot", "ring"):
        style = f"left:{end:.2f}%"
    else:
        style = f"left:{min(start, end):.2f}%;width:{abs(end - start):.2f}%"
    body = linked("", kind=kind, style=style, words=mark.words, href=href)
    return body + _text(mark, min(start, end), max(start, end))


def _text(mark: Mark, left: float, right: float) -> str:
    """What stands beside a bar, or above a value."""
    if not mark.text:
        return ""
    if mark.is_text_before:
        place, style = "varde fore", f"right:{100 - left:.2f}%"
    else:
        is_value = mark.shape in ("dot", "ring")
        place, style = "varde over" if is_value else "varde", f"left:{right:.2f}%"
    return f'<span class="{place}" style="{style}">{escape(mark.text)}</span>'


def _at(value: float, drawn: Scale) -> float:
    """A value as percent of the scale's length, within it."""
    share = (value - drawn.low) / (drawn.high - drawn.low)
    return 100 * min(max(share, 0.0), 1.0)


def _tick_step(drawn: Scale) -> float:
    if len(drawn.ticks) < 2:
        return 0.0
    return _at(drawn.ticks[1][0], drawn) - _at(drawn.ticks[0][0], drawn)


def _ticks(drawn: Scale) -> str:
    """The words of the ticks under the marks."""
    words = [*drawn.ticks, *([drawn.zero] if drawn.zero and drawn.zero[1] else [])]
    if not words:
        return ""
    spans = "".join(
        f'<span style="left:{_at(value, drawn):.2f}%">{escape(word)}</span>'
        for value, word in words
    )
    return f'<div class="skalrad axel"><p class="namn"></p><div class="bana">{spans}</div></div>'
