"""Tänk om: every number under other rules of counting, as a link; nothing published changes."""

import streamlit as st

from dashboard.components import index_panels, page, rule_choice, what_if_panels
from dashboard.components.view import current_view

view = current_view()
index_panels.style()

heading = st.container()
with st.container(key="tankom"):
    left, right = st.columns([34, 66], gap="medium")
with left:
    rules = rule_choice.choice(view, rule_choice.entries_of(view))
rows = what_if_panels.numbers(view, rules)
with heading:
    page.opening(what_if_panels.finding(rows, rules))
    page.nothing_known(view)
with right:
    if not rules.is_published:
        what_if_panels.differences(view, rows)
    what_if_panels.table(view, rows, rules)
