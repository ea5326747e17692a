"""Tidsfönster: what can still be influenced, what it lacks, what fits and what the law allows."""

import streamlit as st

from dashboard.app_pages.tidsfonster import cards
from dashboard.app_pages.tidsfonster.finding import finding
from dashboard.parts import findings, page, to_do
from dashboard.parts.legal_reach import reach
from dashboard.parts.view import current_view
from dashboard.parts.windows import open_now
from pipelines.indicators import windows

view = current_view()
page.chain_style()
found = open_now(view)

stale = findings.unknown(view.measure(windows.windows), "1.8")
page.opening(finding(found, stale))
to_do.unknown_link(view, stale)

if found.height:
    chosen = cards.choice(found)
    with st.container(key="tvaspalt"):
        left, right = st.columns([56, 44], gap="medium")
    with left:
        cards.time_line(view, found)
        cards.window_table(view, found)
    with right:
        cards.detail(view, chosen)
        cards.calls(view)
        cards.planning_times(view)
else:
    cards.none_open(view)
    cards.calls(view)
    cards.planning_times(view)
reach(view)
