"""Kontrollera fil: drop a delivery, get its errors before it is sent, and hand it in."""

import streamlit as st

from dashboard.app_pages.kontrollera import cards, handing_in
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
        handing_in.handed(view)
        cards.templates(view)
    else:
        cards.outcome(view, result)
        handing_in.offer(view, result)
if result is not None:
    handing_in.handed(view)
    cards.templates(view)
