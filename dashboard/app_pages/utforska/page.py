"""Utforska: any measure against any other, marked by hand, with rows, passages and a link."""

import streamlit as st

from dashboard.app_pages.utforska import cards
from dashboard.app_pages.utforska.choice import choose
from dashboard.app_pages.utforska.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view

view = current_view()
page.follow_up_style()

heading = st.container()
with st.container(key="utforskaspalter"):
    left, right = st.columns([27, 73], gap="medium")
with left:
    choice = choose(view)
x, y = choice.measures["x"], choice.measures["y"]
has_axes = x is not None and y is not None
table = cards.table_of(choice) if has_axes else choice.values
with heading:
    page.opening(finding(table, x, y, choice.forms))
    page.nothing_known(view)
if has_axes:
    with right:
        chart, marked = cards.picture(view, choice, table)
        cards.rows_of(view, choice, chart, marked)
        cards.without(choice, table)
