"""A card: finding, what is measured, drawing, n and coverage, source, table and file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.charts.chart import Chart
from dashboard.charts.drawn import Data
from dashboard.charts.html import drawn_html
from dashboard.charts.html_parts import Lead
from dashboard.components.follows import EVIDENCE, Follow
from dashboard.components.terms import with_terms
from dashboard.components.unfold import table_and_files
from dashboard.components.view import PLANS, View
from dashboard.filters import FREE


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
    follow: Follow | None = None,
    leads_to: str = EVIDENCE,
    below: Callable[[], None] | None = None,
    source: str = PLANS,
) -> None:
    """Draw a chart as a card.

    ``follow`` turns the clicked part's data into filter values and leads to *Belägg*, or to the
    page that ``leads_to`` names; ``below`` draws what belongs under the chart, as a quotation.
    """
    with card(key, chart.title, chart.subtitle):
        draw(view, chart, follow=follow, leads_to=leads_to)
        if below:
            below()
        foot(view, chart, key=key, source=source)


def draw(
    view: View, chart: Chart, *, follow: Follow | None = None, leads_to: str = EVIDENCE
) -> None:
    """Draw only the figure, with its text alternative and the mark of a fictional region."""
    if chart.figure is None:
        return
    palette, mark = view.style.palette, view.style.mark
    lead = _lead(view, follow, leads_to)
    st.html(drawn_html(chart.figure, lead, alt=chart.alt, palette=palette, mark=mark))


def _lead(view: View, follow: Follow | None, page: str) -> Lead:
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
