"""Att kontrollera: what to look up or collect, what the answer would change, and where to look."""

import streamlit as st

from dashboard.app_pages.att_kontrollera import cards
from dashboard.app_pages.att_kontrollera.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view
from dashboard.queries.excerpts import to_check

view = current_view()
page.follow_up_style()
rows = view.ask(to_check, view.filters)

page.opening(finding(rows))

chosen = cards.choice(rows)
if rows.height:
    with st.container(key="tvaspalt"):
        left, right = st.columns([70, 30], gap="medium")
    with left:
        cards.to_do(view, cards.within(rows, chosen))
    with right:
        cards.by_reason(view, rows)
        cards.by_municipality(view, rows)
