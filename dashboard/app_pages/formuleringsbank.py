"""Formuleringsbank: strong wordings to borrow, with source, and what the law leaves open."""

import streamlit as st

from dashboard.components import page, wording_panels
from dashboard.components.legal_reach import reach
from dashboard.components.view import current_view

view = current_view()

heading = st.container()
chosen = wording_panels.choice(view)
found = wording_panels.found(view, chosen)
with heading:
    page.opening(wording_panels.finding(found, chosen, view.places.get(chosen.home, "")))

wording_panels.bank(view, found, chosen)
reach(view)
