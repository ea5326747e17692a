"""Röda tråden: does it carry through from comprehensive plan to test on site, and where not."""

import streamlit as st

from dashboard.components import page, thread_pair, thread_panels, thread_table
from dashboard.components.thread_finding import finding
from dashboard.components.view import current_view

view = current_view()

thread_panels.style()
heading = st.container()
years, lowest = thread_panels.choice(view)
frames = thread_panels.traced(view, years)
found, values = frames["carry_through"], frames["values"]
with heading:
    page.opening(finding(view, found, values, years))

if found.height:
    with st.container(key="tvaspalt"):
        left, right = st.columns([58, 42], gap="medium")
    with left:
        thread_panels.themes(view, found, lowest)
        thread_panels.steps(view, found, values, years)
    with right:
        thread_pair.pair(view, found)
    thread_table.table(view, found, years)
else:
    if view.filters.chosen:
        page.nothing(view, "Ingen tråd i urvalet.")
    thread_panels.known(view)
