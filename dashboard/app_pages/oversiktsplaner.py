"""Översiktsplaner: how far they bind, with which tools and themes, where, and whether it grows."""

import streamlit as st

from dashboard.components import type_page
from dashboard.components.type_measures import measures_card
from dashboard.components.view import current_view

TYPE = "op"
view = current_view()

type_page.opening(view, TYPE)

with st.container(key="tvaspalt"):
    left, right = st.columns([58, 42], gap="medium")
with left:
    type_page.spread(view, TYPE)
    type_page.themes(view, TYPE)
    type_page.growth(view, TYPE)
with right:
    type_page.proof(view, TYPE)
    type_page.region(view, TYPE)
    measures_card(view, TYPE)

type_page.everything(view, TYPE)
