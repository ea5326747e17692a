"""Parties in two columns with lines between those that share something."""

from __future__ import annotations

from html import escape

from dashboard.charts.drawn import Network, Node, Tie
from dashboard.charts.html_parts import Lead, linked
from dashboard.charts.svg import stretched
from dashboard.theme import Palette

_ROW = 31
"""Pixels for a name."""


def network_html(drawn: Network, lead: Lead, palette: Palette) -> str:
    """Names to the left and right, the lines as an image between them."""
    height = _ROW * max(len(drawn.left), len(drawn.right), 3)
    lines = "".join(_line(tie, drawn, palette) for tie in drawn.ties)
    dots = "".join(
        _dot(node, lead, x=x, y=_height(place, side))
        for x, side in ((0, drawn.left), (100, drawn.right))
        for place, node in enumerate(side)
    )
    middles = "".join(_middle(tie, drawn) for tie in drawn.ties)
    return (
        f'<div class="natverk" style="height:{height}px">{_names(drawn.left, "till-vanster")}'
        f'<div class="yta">{stretched(lines)}{middles}{dots}</div>'
        f"{_names(drawn.right, 'till-hoger')}</div>"
    )


def _names(nodes: tuple[Node, ...], side: str) -> str:
    names = "".join(
        f'<span>{escape(node.name)} <span class="tyst">{node.number}</span></span>'
        for node in nodes
    )
    return f'<div class="{side}">{names}</div>'


def _height(place: int, side: tuple[Node, ...]) -> float:
    """Percent from the top: each column is spread evenly."""
    return 100 * (place + 0.5) / len(side)


def _line(tie: Tie, drawn: Network, palette: Palette) -> str:
    start = 10 * _height(tie.left, drawn.left)
    if tie.right is None:  # two to the left: a bow out from their side and back
        end = 10 * _height(tie.other, drawn.left)
        bow = f"M0 {start:.0f}C260 {start:.0f} 260 {end:.0f} 0 {end:.0f}"
    else:
        end = 10 * _height(tie.right, drawn.right)
        bow = f"M0 {start:.0f}C400 {start:.0f} 600 {end:.0f} 1000 {end:.0f}"
    colour, strength = (palette.test, 0.75) if tie.width > 1.2 else (palette.hatch, 0.9)
    return (
        f'<path d="{bow}" stroke="{colour}" stroke-width="{tie.width:g}" '
        f'opacity="{strength}" fill="none"/>'
    )


def _middle(tie: Tie, drawn: Network) -> str:
    """An unseen mark in the middle of a line that says what the two share."""
    if tie.right is None:
        x, y = 19.5, (_height(tie.left, drawn.left) + _height(tie.other, drawn.left)) / 2
    else:
        x, y = 50.0, (_height(tie.left, drawn.left) + _height(tie.right, drawn.right)) / 2
    said = escape(tie.words, quote=True)
    return f'<span class="mitt" style="left:{x}%;top:{y:.1f}%" title="{said}"></span>'


def _dot(node: Node, lead: Lead, *, x: float, y: float) -> str:
    style = f"left:{x}%;top:{y:.2f}%;width:{node.size:.0f}px;height:{node.size:.0f}px"
    href = lead(node.data) if node.data else ""
    return linked("", kind="prick", style=style, words=node.words, href=href)
