"""Tidsfönster: what can still be influenced, what it lacks, what fits and what the law allows."""

import streamlit as st

from dashboard.components import page, thread_panels, window_detail, window_panels
from dashboard.components.legal_reach import reach
from dashboard.components.view import current_view
from dashboard.components.window_finding import finding

view = current_view()
thread_panels.style()
windows = window_panels.open_now(view)

page.opening(finding(windows))

if windows.height:
    chosen = window_detail.choice(windows)
    with st.container(key="tvaspalt"):
        left, right = st.columns([56, 44], gap="medium")
    with left:
        window_panels.time_line(view, windows)
        window_panels.window_table(view, windows)
    with right:
        window_detail.detail(view, chosen)
else:
    window_panels.none_open(view)
reach(view)
