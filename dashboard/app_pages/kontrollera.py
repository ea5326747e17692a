"""Kontrollera fil: drop a delivery and get its errors before it is sent; nothing is kept."""

import streamlit as st

from dashboard.components import file_check, page
from dashboard.components.view import current_view

view = current_view()

top = st.container(key="kontrollrubrik")
with st.container(key="tvaspalt"):
    left, right = st.columns([44, 56], gap="medium")
with left:
    result = file_check.choose(view)
with top:
    page.opening(file_check.finding(result))
with right:
    if result is None:
        file_check.templates()
    else:
        file_check.outcome(view, result)
if result is not None:
    file_check.templates()
