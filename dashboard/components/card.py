"""A card: finding, what is measured, drawing, n and coverage, source, table and file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any
from urllib.parse import urlencode

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.charts.drawn import Data
from dashboard.charts.html import drawn_html
from dashboard.charts.html_parts import Lead
from dashboard.components.follow import EVIDENCE, follow_point
from dashboard.components.terms import with_terms
from dashboard.components.unfold import table_and_files
from dashboard.components.view import PLANS, View
from dashboard.filters import FREE

_PLOTLY = {
    "displaylogo": False,
    "locale": "sv",
    "locales": {
        "sv": {
            "dictionary": {
                "Download plot as a PNG": "Spara som bild",
                "Download plot": "Spara som bild",
            },
            "format": {"decimal": ",", "thousands": "\u00a0"},
        }
    },
    "modeBarButtonsToRemove": [
        "zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d",
        "resetScale2d",
    ],
    "scrollZoom": False,
    "doubleClick": False,
}  # fmt: skip


@contextmanager
def card(key: str, title: str, subtitle: str = "") -> Iterator[None]:
    """A bordered box with a finding as its heading."""
    with st.container(border=True, key=f"kort-{key}", gap="small"):
        below = f'<p class="under">{with_terms(subtitle)}</p>' if subtitle else ""
        st.html(f"<h2>{escape(title)}</h2>{below}")
        yield


def chart_card(
    view: View,
    chart: Chart,
    *,
    key: str,
    follow: Callable[[list[Any]], dict[str, Any] | None] | None = None,
    leads_to: str = EVIDENCE,
    below: Callable[[], None] | None = None,
    source: str = PLANS,
) -> None:
    """Draw a chart as a card.

    ``follow`` turns the clicked part's data into filter values and leads to *Belägg*, or to the
    page that ``leads_to`` names; ``below`` draws what belongs under the chart, as a quotation.
    """
    with card(key, chart.title, chart.subtitle):
        if chart.figure is not None:
            draw(view, chart, key=key, follow=follow, leads_to=leads_to)
        if below:
            below()
        foot(view, chart, key=key, source=source)


def draw(
    view: View,
    chart: Chart,
    *,
    key: str,
    follow: Callable[[list[Any]], dict[str, Any] | None] | None = None,
    leads_to: str = EVIDENCE,
) -> None:
    """Draw only the figure, with its text alternative and a saved image that names itself."""
    if not isinstance(chart.figure, go.Figure):
        assert chart.figure is not None
        lead = _lead(view, follow, leads_to)
        palette, mark = view.style.palette, view.style.mark
        st.html(drawn_html(chart.figure, lead, alt=chart.alt, palette=palette, mark=mark))
        return
    mark = "exempeldata_" if view.region.is_example else ""
    image = {"filename": f"{mark}{chart.name}_{view.edition_day}", "scale": 2}
    config = {**_PLOTLY, "toImageButtonOptions": image}
    common: dict[str, Any] = {"theme": None, "config": config, "alt": chart.alt}
    if follow is None:
        st.plotly_chart(chart.figure, key=f"fig-{key}", **common)
        return
    turn = st.session_state.setdefault("foljda", 0)
    name = f"fig-{key}-{turn}"
    st.plotly_chart(
        chart.figure,
        key=name,
        on_select=lambda: follow_point(name, follow, leads_to),
        selection_mode="points",
        **common,
    )


def _lead(
    view: View, follow: Callable[[list[Any]], dict[str, Any] | None] | None, page: str
) -> Lead:
    """What a part leads to, as an address of that page with the choice narrowed to the part.

    Values that no filter has are parameters of the page itself.
    """

    def lead(data: Data) -> str:
        values = follow(list(data)) if follow else None
        if values is None:
            return ""
        changes = {
            FREE[name].field: tuple(each) if isinstance(each, list) else each
            for name, each in values.items()
            if name in FREE
        }
        own = {name: each for name, each in values.items() if name not in FREE}
        return view.link(page, **changes) + (f"&{urlencode(own)}" if own else "")

    return lead


def foot(view: View, chart: Chart, *, key: str, source: str = PLANS) -> None:
    """The quiet line: n, coverage, source; then the table and the files."""
    note(view, chart.note, source)
    table_and_files(view, chart.name, chart.table, chart.columns, caption=chart.title, key=key)


def note(view: View, text: str, source: str = PLANS) -> None:
    """Say in small type how many and how much is covered, from which source and edition."""
    parts = [part for part in (text, view.source(source)) if part]
    st.html(f'<p class="fot">{escape(" · ".join(parts))}</p>')
