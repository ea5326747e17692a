"""Pieces that all HTML drawings share: the legend, and a part that may be a link."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from dashboard.charts.drawn import Data

Lead = Callable[[Data], str]
"""A part's data → the address behind it; empty leads nowhere."""


def legend_html(legend: tuple[tuple[str, str], ...]) -> str:
    """Coloured squares with words, in one line where there is room."""
    keys = "".join(f'<span><i class="{kind}"></i>{escape(word)}</span>' for kind, word in legend)
    return f'<p class="teckenforklaring" aria-hidden="true">{keys}</p>' if keys else ""


def linked(inner: str, *, kind: str, style: str, words: str, href: str) -> str:
    """A piece of a drawing: a link with a name where it leads somewhere, else with a tooltip.

    In the browser a link's name becomes its tooltip; it is sent once, for a page has hundreds.
    """
    said = escape(words, quote=True)
    if not href:
        return f'<span class="{kind}" style="{style}" title="{said}">{inner}</span>'
    target = escape(href, quote=True)
    return f'<a class="{kind}" style="{style}" href="{target}" aria-label="{said}">{inner}</a>'
