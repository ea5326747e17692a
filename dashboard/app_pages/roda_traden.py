"""Röda tråden: does it carry through from comprehensive plan to test on site, and where not."""

import streamlit as st

from dashboard.components import page, thread_pair, thread_panels, thread_table
from dashboard.components.thread_finding import finding
from dashboard.components.view import current_view

view = current_view()

thread_panels.style()
heading = st.container()
choices = st.container(horizontal=True, key="tradval", vertical_alignment="bottom", gap="medium")
years, lowest = thread_panels.choice(view, choices)
frames = thread_panels.traced(view, years)
found, values = frames["carry_through"], frames["values"]
with heading:
    page.opening(finding(view, found, values, years))
thread_panels.not_used(view)

if found.height:
    municipality, theme = thread_pair.choice(view, choices, found)
    with st.container(key="tvaspalt"):
        left, right = st.columns([58, 42], gap="medium")
    with left:
        thread_panels.themes(view, found, lowest)
        thread_panels.steps(view, found, values, years)
    with right:
        thread_pair.thread_card(view, found, municipality, theme)
    thread_table.table(view, found, years)
else:
    thread_panels.instead(view, years)
