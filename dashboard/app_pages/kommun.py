"""Kommun: one municipality's whole picture beside similar ones, made to be printed."""

import streamlit as st

from dashboard.components import (
    municipality_panels,
    municipality_themes,
    overview_cards,
    page,
    testing_panels,
)
from dashboard.components.municipality_choice import chosen_municipality, only
from dashboard.components.municipality_documents import documents
from dashboard.components.own_municipality import remember_button
from dashboard.components.view import current_view
from pipelines.indicators.chosen_activities import named_activities

view = current_view()

heading = st.container()
with st.container(horizontal=True, key="kommunval", vertical_alignment="bottom", gap="medium"):
    code = chosen_municipality(view)
    remember_button(view.places, code, where="sidan")
    st.html('<button type="button" class="lank" data-print>Skriv ut</button>', width="content")
mine = only(view, code)

with heading:
    page.opening(municipality_panels.finding(view, code))
municipality_panels.facts(view, code)

with st.container(key="tvaspalt"):
    left, right = st.columns([52, 48], gap="medium")
with left:
    municipality_panels.ladder_card(view, code)
    municipality_themes.themes_by_step(view, code)
with right:
    municipality_themes.words(view, code)
    municipality_panels.beside_similar(view, code)

overview_cards.open_windows(mine)
tests = testing_panels.listed(mine, mine.measure(named_activities))
testing_panels.activity_list(mine, tests)
documents(mine)
