"""Läget: the region on one screen – five findings, map, ladder, what has changed."""

import streamlit as st

from dashboard.app_pages.laget import cards
from dashboard.app_pages.laget.finding import ladder_title
from dashboard.charts import ladder, ladder_rows, region_map
from dashboard.parts import findings, page
from dashboard.parts.card import chart_card, municipality_of, type_and_level
from dashboard.parts.view import current_view
from pipelines.indicators import pages, planning

view = current_view()
page.follow_up_style()
values = view.measure(pages.overview)["values"]
types = ladder_rows.by_type(view.measure(planning.ladder))
places = ladder_rows.highest(view.only("op").measure(planning.ladder), view.places)

page.opening(findings.region_today(types, places))
cards.five_findings(view, values)

with st.container(key="trespalt"):
    left, middle, right = st.columns([29, 42, 29], gap="medium")

with left:
    chart_card(
        view,
        region_map.commitment_map(
            places,
            view.geo,
            height=440,
            name="karta_op",
            title=findings.map_title(places),
            subtitle="Högsta förpliktelsegrad i översiktsplan, per kommun",
        ),
        key="karta",
        follow=municipality_of("op"),
    )

with middle:
    chart_card(
        view,
        ladder.ladder(
            types,
            name="forpliktelse_per_handlingstyp",
            title=ladder_title(types),
            subtitle="Antal handlingar efter högsta förpliktelsegrad. "
            "Klicka på en del för att läsa beläggen.",
            unit_label="Handlingstyp",
        ),
        key="stege",
        follow=type_and_level,
        below=lambda: cards.proof(view, types),
    )

with right:
    cards.beside(view)
