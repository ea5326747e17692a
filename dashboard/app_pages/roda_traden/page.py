"""Röda tråden: does it carry through from comprehensive plan to test on site, and where not."""

import streamlit as st

from dashboard import measures
from dashboard.app_pages.roda_traden import cards, pair, table
from dashboard.app_pages.roda_traden.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view

view = current_view()

page.chain_style()
heading = st.container()
choices = st.container(horizontal=True, key="tradval", vertical_alignment="bottom", gap="medium")
years, lowest = cards.choice(view, choices)
frames = view.measure(measures.red_thread, years=years)
found, values = frames["carry_through"], frames["values"]
with heading:
    page.opening(finding(view, found, values, years))
    if found.height:
        page.how_well_read(view)
cards.not_used(view)

if found.height:
    municipality, theme = pair.choice(view, choices, found)
    with st.container(key="tvaspalt"):
        left, right = st.columns([58, 42], gap="medium")
    with left:
        cards.themes(view, found, lowest)
        cards.steps(view, found, values, years)
    with right:
        pair.thread_card(view, found, municipality, theme)
    table.table(view, found, years)
else:
    cards.instead(view, years)
