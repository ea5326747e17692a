"""Data: every table as a file, what the edition was made of, and what was turned away."""

import streamlit as st

from dashboard.app_pages.data import cards
from dashboard.app_pages.data.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view
from dashboard.queries import edition

view = current_view()
tables = view.ask(edition.row_counts)
deliveries = view.ask(edition.deliveries)
issues = view.ask(edition.issues)

page.opening(finding(deliveries, issues))

with st.container(key="tvaspalt"):
    left, right = st.columns([58, 42], gap="medium")
with left:
    cards.files(view, tables)
with right:
    page.facts(view)
    cards.delivered(view, deliveries)
    cards.accepted(view.ask(edition.accepted_losses))

cards.turned_away(view, issues)
cards.dictionary(view)
