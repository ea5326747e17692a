"""Tänk om: every number under other rules of counting, as a link; nothing published changes."""

import streamlit as st

from dashboard.app_pages.tank_om import cards
from dashboard.app_pages.tank_om.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view

view = current_view()
page.follow_up_style()

heading = st.container()
with st.container(key="tankom"):
    left, right = st.columns([34, 66], gap="medium")
with left:
    rules = cards.choice(view, cards.entries_of(view))
rows = cards.numbers(view, rules)
with heading:
    page.opening(finding(rows, rules))
    page.nothing_known(view)
with right:
    if not rules.is_published:
        cards.differences(view, rows)
    cards.table(view, rows, rules)
