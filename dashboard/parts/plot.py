"""Figures with an axis on a page: Plotly in Swedish, with pictures to save and points that lead.

The library is asked for only where a page draws such a figure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.draw.chart import Data, Plot
from dashboard.draw.plotly import filled, led
from dashboard.parts.view import View
from dashboard.text import NBSP

_WORDS = {
    "Autoscale": "Visa allt",
    "Box Select": "Markera med ruta",
    "Double-click on legend to isolate one trace": "Dubbelklicka för att visa bara en",
    "Double-click to zoom back out": "Dubbelklicka för att visa allt",
    "Download plot": "Hämta bild (SVG)",
    "Download plot as a PNG": "Hämta bild (PNG)",
    "Image download succeeded": "Bilden är hämtad",
    "Lasso Select": "Markera med lasso",
    "Pan": "Flytta",
    "Preparing image - this may take a few seconds": "Bilden görs",
    "Reset axes": "Visa allt",
    "Sorry, there was a problem downloading your image!": "Bilden gick inte att hämta",
    "Zoom": "Zooma",
    "Zoom in": "Zooma in",
    "Zoom out": "Zooma ut",
}
"""Plotly's own words and the Swedish ones: every one that its tools show here."""
_FORMAT = {
    "decimal": ",",
    "thousands": NBSP,
    "grouping": [3],
    "date": "%Y-%m-%d",
    "days": ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"],
    "shortDays": ["sön", "mån", "tis", "ons", "tors", "fre", "lör"],
    "months": [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
        "oktober", "november", "december",
    ],
    "shortMonths": [
        "jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec",
    ],
}  # fmt: skip
_ZOOM = ["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d"]
_UNUSED = ["autoScale2d", "toggleSpikelines", "hoverClosestCartesian", "hoverCompareCartesian"]
Selected = Callable[[list[Any]], None]


def draw_plot(
    view: View,
    plot: Plot,
    *,
    name: str,
    alt: str,
    lead: Callable[[Data], str] | None = None,
    key: str | None = None,
    selected: Selected | None = None,
) -> None:
    """Draw the figure with its text alternative.

    Args:
        view: the reader's choice.
        plot: the figure.
        name: the stem of the picture's file.
        alt: the same in words.
        lead: the address that a part's data leads to, or an empty text; the page's script goes
            there when the point is pressed.
        key: names the figure where points can be marked.
        selected: takes the first custom value of every marked point, as a reader marks them with
            box, lasso or a press.
    """
    figure = filled(led(plot, lead) if lead else plot, view.style.palette, view.style.mark)
    settings = config(view, name, has_zoom=plot.has_zoom)
    if selected is None or key is None:
        st.plotly_chart(figure, theme=None, alt=alt, config=settings, key=key)
        return

    def told() -> None:
        points = st.session_state[key]["selection"]["points"]
        selected([point["customdata"][0] for point in points if point.get("customdata")])

    st.plotly_chart(
        figure, theme=None, alt=alt, config=settings, key=key, on_select=told,
        selection_mode=("points", "box", "lasso"),
    )  # fmt: skip


def config(view: View, name: str, *, has_zoom: bool) -> dict[str, Any]:
    """Plotly's settings: Swedish, no address outside, and only the tools that do something."""
    first = "exempeldata" if view.region.is_example else view.region.name
    return {
        "locale": "sv",
        "locales": {"sv": {"dictionary": _WORDS, "format": _FORMAT}},
        "displaylogo": False,
        "displayModeBar": True,
        "scrollZoom": False,
        "modeBarButtonsToRemove": _UNUSED if has_zoom else [*_UNUSED, *_ZOOM],
        "toImageButtonOptions": {
            "format": "png", "scale": 2, "filename": f"{first}_{name}_{view.edition_day}",
        },
    }  # fmt: skip
