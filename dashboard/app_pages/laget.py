"""Läget: the region on one screen – five findings, map, ladder, what has changed."""

import streamlit as st

from dashboard import findings
from dashboard.charts import ladder, ladder_rows, region_map
from dashboard.components import follows, index_panels, overview_cards, page, panels
from dashboard.components.card import chart_card
from dashboard.components.view import current_view
from pipelines.indicators import pages, planning

view = current_view()
index_panels.style()
values = view.measure(pages.overview)["values"]
types = ladder_rows.by_type(view.measure(planning.ladder))
places = ladder_rows.highest(view.only("op").measure(planning.ladder), view.places)

page.opening(findings.region_today(types, places))
overview_cards.five_findings(view, values)

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
        follow=follows.municipality_of("op"),
    )

with middle:
    chart_card(
        view,
        ladder.ladder(
            types,
            name="forpliktelse_per_handlingstyp",
            title=findings.ladder_title(types),
            subtitle="Antal handlingar efter högsta förpliktelsegrad. "
            "Klicka på en del för att läsa beläggen.",
            unit_label="Handlingstyp",
        ),
        key="stege",
        follow=follows.type_and_level,
        below=lambda: panels.proof(view, types),
    )

with right:
    overview_cards.beside(view)
