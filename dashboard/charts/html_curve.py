"""A curve of steps with its band, as an image under axes of text."""

from __future__ import annotations

from html import escape

from dashboard.charts.drawn import StepCurve
from dashboard.charts.svg import stretched
from dashboard.text import NBSP
from dashboard.theme import Palette

_SHARES = (0, 25, 50, 75, 100)


def curve_html(drawn: StepCurve, palette: Palette) -> str:
    """The curve; every step says its number when it is pointed at."""
    up = "".join(f'<span style="bottom:{each}%">{each}{NBSP}%</span>' for each in _SHARES)
    steps = "".join(_step(drawn, place) for place in range(len(drawn.points)))
    return (
        f'<div class="kurva"><div class="lodrat">{up}</div>'
        f'<div class="yta">{stretched(_svg(drawn, palette))}{steps}{_half(drawn)}</div></div>'
        f'<div class="kurva under"><span class="lodrat"></span>{_along(drawn, drawn.ticks)}</div>'
        f'<div class="kurva under"><span class="lodrat">{escape(drawn.counts_word)}</span>'
        f"{_along(drawn, drawn.counts)}</div>"
    )


def _across(drawn: StepCurve, time: float) -> float:
    return 1000 * time / drawn.last


def _svg(drawn: StepCurve, palette: Palette) -> str:
    grid = "".join(f"M0 {1000 - 10 * each}H1000" for each in _SHARES)
    parts = [f'<path d="{grid}" stroke="{palette.line}" fill="none"/>']
    if drawn.band:
        low = _steps(drawn, [(time, low) for time, low, _ in drawn.band])
        high = _steps(drawn, [(time, high) for time, _, high in drawn.band])
        outline = " ".join([*high, *reversed(low)])
        parts.append(f'<polygon points="{outline}" fill="{palette.test}" opacity=".18"/>')
    line = "L".join(_steps(drawn, [(time, share) for time, share, _ in drawn.points]))
    parts.append(f'<path d="M{line}" stroke="{palette.test}" stroke-width="3" fill="none"/>')
    if drawn.half is not None:
        x = _across(drawn, drawn.half[0])
        dots = 'stroke-width="1.2" stroke-dasharray="2 3" fill="none"'
        parts.append(f'<path d="M0 500H{x:.0f}V1000" stroke="{palette.ink}" {dots}/>')
    return "".join(parts)


def _steps(drawn: StepCurve, points: list[tuple[float, float]]) -> list[str]:
    """Corners of a line that keeps its height until the next point, and to the end."""
    corners: list[str] = []
    for place, (time, share) in enumerate(points):
        following = points[place + 1][0] if place + 1 < len(points) else drawn.last
        y = 1000 - 10 * share
        corners += [f"{_across(drawn, each):.1f} {y:.1f}" for each in (time, following)]
    return corners


def _step(drawn: StepCurve, place: int) -> str:
    time, _, words = drawn.points[place]
    ends = drawn.points[place + 1][0] if place + 1 < len(drawn.points) else drawn.last
    left, wide = (_across(drawn, each) / 10 for each in (time, ends - time))
    said = escape(words, quote=True)
    return f'<span class="steg" style="left:{left:.2f}%;width:{wide:.2f}%" title="{said}"></span>'


def _half(drawn: StepCurve) -> str:
    if drawn.half is None:
        return ""
    time, word = drawn.half
    share = _across(drawn, time) / 10
    side = "fore" if share > 60 else ""
    return f'<b class="halften {side}" style="left:{share:.2f}%">{escape(word)}</b>'


def _along(drawn: StepCurve, words: tuple[tuple[float, str], ...]) -> str:
    spans = "".join(
        f'<span style="left:{_across(drawn, time) / 10:.2f}%">{escape(word)}</span>'
        for time, word in words
    )
    return f'<div class="yta">{spans}</div>'
