"""Data: every table as a file, what the edition was made of, and what was turned away."""

import streamlit as st

from dashboard.components import data_panels, page
from dashboard.components.view import current_view
from dashboard.queries import edition

view = current_view()
tables = view.ask(edition.row_counts)
deliveries = view.ask(edition.deliveries)
issues = view.ask(edition.issues)

page.opening(data_panels.finding(deliveries, issues))

with st.container(key="tvaspalt"):
    left, right = st.columns([58, 42], gap="medium")
with left:
    data_panels.files(view, tables)
with right:
    data_panels.facts(view)
    data_panels.delivered(view, deliveries)

data_panels.turned_away(view, issues)
data_panels.dictionary(view)
