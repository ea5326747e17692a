"""The shared shape of the three pages about plans: spread, themes and tools, growth, list."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import findings
from dashboard.charts import ladder, ladder_rows, region_map, trend
from dashboard.components import follows, page, panels
from dashboard.components.card import card, chart_card
from dashboard.components.coverage_table import theme_instrument_table
from dashboard.components.quotation import best_quotation
from dashboard.components.type_measures import measures_card
from dashboard.components.view import View
from dashboard.queries.passages import count_passages
from dashboard.text import TYPE_PLURAL
from pipelines.indicators import breakdown, planning

FEW_BARS = 4
"""With no more bars than this the left column is the shorter one, and takes the measures."""


def draw(view: View, object_type: str) -> None:
    """The whole page about one type (``op``, ``dp`` or ``ma``)."""
    opening(view, object_type)
    with st.container(key="tvaspalt"):
        left, right = st.columns([58, 42], gap="medium")
    with left:
        bars = spread(view, object_type)
        themes(view, object_type)
        growth(view, object_type)
    with right:
        proof(view, object_type)
        region(view, object_type)
    with left if bars <= FEW_BARS else right:
        measures_card(view, object_type)
    everything(view, object_type)


def opening(view: View, object_type: str) -> None:
    """The page's finding and so-what."""
    values = view.only(object_type).measure(planning.ladder)
    places = ladder_rows.highest(values, view.places)
    page.opening(findings.type_today(object_type, ladder_rows.by_type(values), places))


def spread(view: View, object_type: str) -> int:
    """The ladder, one bar a municipality; returns how many have something read to show."""
    values = view.only(object_type).measure(planning.ladder)
    wide = ladder_rows.read_first(ladder_rows.by_municipality(values, view.places))
    chart = ladder.ladder(
        wide,
        name=f"forpliktelse_per_kommun_{object_type}",
        title=findings.by_municipality_title(object_type, wide),
        subtitle=f"Antal {TYPE_PLURAL[object_type]} efter högsta förpliktelsegrad, per kommun. "
        "Klicka på en del för att läsa beläggen.",
        unit_label="Kommun",
    )
    chart_card(
        view,
        chart,
        key=f"kommuner-{object_type}",
        follow=follows.municipality_and_level(object_type),
        below=lambda: page.level_links(view, wide, object_types=(object_type,)),
    )
    return wide.filter(pl.col("read") > 0).height


def region(view: View, object_type: str) -> None:
    """The map of the highest level."""
    places = ladder_rows.highest(view.only(object_type).measure(planning.ladder), view.places)
    chart = region_map.commitment_map(
        places,
        view.geo,
        height=430,
        name=f"karta_{object_type}",
        title=findings.map_title(places),
        subtitle=f"Högsta förpliktelsegrad i {TYPE_PLURAL[object_type]}, per kommun",
    )
    chart_card(view, chart, key=f"karta-{object_type}", follow=follows.municipality_of(object_type))


def proof(view: View, object_type: str, number: int = 2) -> None:
    """The strongest passages, at most one a municipality; else why there are none."""
    chosen = view.filters.only(object_type)
    found = view.ask(count_passages, chosen)
    title = "Så står det" if found else "Inget att citera"
    subtitle = "Starkaste beläggen i urvalet, ordagrant" if found else ""
    with card(f"citat-{object_type}", title, subtitle):
        if found:
            best_quotation(view, number, object_type=object_type)
            page.all_evidence(view, object_type, found)
        else:
            page.no_evidence(view.only(object_type))
            panels.summary_instead(view, object_type)


def growth(view: View, object_type: str) -> None:
    """Year by year, as soon as there are years to compare."""
    frame = view.only(object_type).measure(breakdown.ladder_by_year)
    chart = trend.trend(frame, object_type=object_type)
    if chart.figure is not None:
        follow = follows.level_in_year(object_type)
        chart_card(view, chart, key=f"ar-{object_type}", follow=follow)


def themes(view: View, object_type: str) -> None:
    """Themes against instruments, as soon as there is evidence."""
    if view.ask(count_passages, view.filters.only(object_type)):
        theme_instrument_table(view, object_type)


def everything(view: View, object_type: str) -> None:
    """The list of plans."""
    title = f"Alla {TYPE_PLURAL[object_type]}"
    page.object_card(view, object_type, key=f"lista-{object_type}", title=title)
