"""Kontrollera fil: drop a delivery and get its errors before it is sent; nothing is kept."""

import streamlit as st

from dashboard.app_pages.kontrollera import cards
from dashboard.app_pages.kontrollera.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view

view = current_view()

top = st.container(key="kontrollrubrik")
with st.container(key="tvaspalt"):
    left, right = st.columns([44, 56], gap="medium")
with left:
    result = cards.choose(view)
with top:
    page.opening(finding(result))
with right:
    if result is None:
        cards.templates()
    else:
        cards.outcome(view, result)
if result is not None:
    cards.templates()
