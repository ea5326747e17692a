"""A card: finding, drawing, n, source, table and file; and where each part of it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import htpy as h
import streamlit as st

from dashboard.draw.chart import Chart, Data, Plot
from dashboard.draw.html import Lead, figure_html
from dashboard.filters import FREE
from dashboard.parts.markup import show
from dashboard.parts.plot import draw_plot
from dashboard.parts.terms import with_terms
from dashboard.parts.unfold import table_and_files
from dashboard.parts.view import PLANS, View
from pipelines.model.codes import OBJECT_TYPE

EVIDENCE = "belagg"
"""The page of passages, where most parts lead."""
Follow = Callable[[list[Any]], dict[str, Any] | None]


@contextmanager
def card(key: str, title: str, subtitle: str = "") -> Iterator[None]:
    """A bordered box with a finding as its heading."""
    with st.container(border=True, key=f"kort-{key}", gap="small"):
        show(h.h2[title], subtitle and h.p(".under")[with_terms(subtitle)])
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
    if isinstance(chart.figure, Plot):
        draw_plot(view, chart.figure, name=chart.name, alt=chart.alt, lead=lead)
        return
    show(figure_html(chart.figure, lead, alt=chart.alt, palette=palette, mark=mark))


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
    show(h.p(".fot")[" · ".join(part for part in (text, view.source(source)) if part)])


def type_and_level(data: list[Any]) -> dict[str, Any] | None:
    """``[object_type, level]``; what is not read or holds nothing has no passages."""
    object_type, level = data
    return {"typ": [object_type], "hogst": level} if level > 0 else None


def municipality_and_level(object_type: str) -> Follow:
    """``[municipality_code, level]`` within one document type."""

    def follow(data: list[Any]) -> dict[str, Any] | None:
        code, level = data
        values = {"kommun": [code], "typ": [object_type], "hogst": level}
        return values if level > 0 else None

    return follow


def municipality_of(object_type: str) -> Follow:
    """``[municipality_code, level]`` on a map: all passages of that municipality."""

    def follow(data: list[Any]) -> dict[str, Any] | None:
        code, level = data
        return {"kommun": [code], "typ": [object_type]} if level else None

    return follow


def municipality(data: list[Any]) -> dict[str, Any] | None:
    """``[municipality_code]``: all of its own; a party that is no municipality has none."""
    (code,) = data
    return {"kommun": [code]} if code else None


def object_type(data: list[Any]) -> dict[str, Any] | None:
    """``[part]`` of a measure; parts that are no document type have no passages of their own."""
    return {"typ": [data[0]]} if data[0] in OBJECT_TYPE.values else None


def level_in_year(object_type: str) -> Follow:
    """``[level, year]`` of a trend; what is not read or holds nothing has no passages."""

    def follow(data: list[Any]) -> dict[str, Any] | None:
        level, year = data
        values = {"typ": [object_type], "hogst": level, "fran": year, "till": year}
        return values if level > 0 else None

    return follow
