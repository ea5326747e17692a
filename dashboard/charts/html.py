"""Drawings of pages as HTML. What leads somewhere is a link: by mouse, by keyboard, in print."""

from __future__ import annotations

from html import escape

from dashboard.charts.drawn import Bars, Columns, Drawn, Network, Scale
from dashboard.charts.html_bars import bars_html, columns_html
from dashboard.charts.html_map import map_html
from dashboard.charts.html_network import network_html
from dashboard.charts.html_parts import Lead, legend_html
from dashboard.charts.html_scale import scale_html
from dashboard.theme import Palette


def drawn_html(drawn: Drawn, lead: Lead, *, alt: str, palette: Palette, mark: str = "") -> str:
    """Return the drawing; ``alt`` says the same in words, ``mark`` that the region is fictional.

    ``lead`` gives the address that a part's data leads to, or an empty text.
    """
    if isinstance(drawn, Bars):
        kind, body = "staplar", legend_html(drawn.legend) + bars_html(drawn, lead)
    elif isinstance(drawn, Columns):
        kind, body = "pelare", columns_html(drawn, lead)
    elif isinstance(drawn, Scale):
        kind, body = "skala", legend_html(drawn.legend) + scale_html(drawn, lead)
    elif isinstance(drawn, Network):
        kind, body = "natbild", network_html(drawn, lead, palette)
    else:
        kind, body = "kartbild", map_html(drawn, lead, palette)
    stamp = f'<p class="exempelmark">{escape(mark)}</p>' if mark else ""
    return (
        f'<div class="diagram {kind}" role="group" aria-label="{escape(alt, quote=True)}">'
        f"{body}{stamp}</div>"
    )
