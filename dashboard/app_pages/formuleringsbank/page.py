"""Formuleringsbank: strong wordings to borrow, with source, and what the law leaves open."""

import streamlit as st

from dashboard.app_pages.formuleringsbank import cards
from dashboard.app_pages.formuleringsbank.finding import finding
from dashboard.parts import page
from dashboard.parts.legal_reach import reach
from dashboard.parts.view import current_view

view = current_view()

heading = st.container()
chosen = cards.choice(view)
found = cards.found(view, chosen)
with heading:
    page.opening(finding(found, chosen, view.places.get(chosen.home, "")))

cards.bank(view, found, chosen)
reach(view)
