"""Läget: how much innovation is written in, where, how bindingly, and what can be done now."""

import streamlit as st

from dashboard import findings
from dashboard.charts import ladder, ladder_rows, region_map
from dashboard.components import follows, page, panels
from dashboard.components.card import chart_card
from dashboard.components.view import current_view
from pipelines.indicators import planning

view = current_view()
types = ladder_rows.by_type(view.measure(planning.ladder))
places = ladder_rows.highest(view.only("op").measure(planning.ladder), view.places)

page.opening(findings.region_today(types, places))

with st.container(key="trespalt"):
    left, middle, right = st.columns([29, 42, 29], gap="medium")

with left:
    chart_card(
        view,
        region_map.commitment_map(
            places,
            view.geo,
            view.style,
            height=420,
            name="karta_op",
            title=findings.map_title(places),
            subtitle="Högsta förpliktelsegrad i översiktsplan, per kommun",
        ),
        key="karta",
        follow=follows.municipality_of("op"),
    )
    panels.tests_in_short(view)

with middle:
    chart_card(
        view,
        ladder.ladder(
            types,
            view.style,
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
    panels.open_windows(view)
    panels.chain(view)
