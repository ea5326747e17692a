"""Testverksamhet: where testing goes on, how open it is, and whether it scales up."""

import streamlit as st

from dashboard import findings
from dashboard.charts import testing as charts
from dashboard.components import page, testing_panels
from dashboard.components.card import chart_card
from dashboard.components.view import TESTS, current_view
from dashboard.queries import testing

view = current_view()
activities = view.ask(testing.testing_list, view.filters)

page.opening(findings.testing_today(activities))

with st.container(key="tvaspalt"):
    left, right = st.columns([45, 55], gap="medium")
with left:
    testing_map = charts.testing_map(activities, view.geo, view.style, height=500)
    chart_card(view, testing_map, key="testkarta", source=TESTS)
with right:
    testing_panels.cores_and_themes(view)
    phases = view.ask(testing.phases, view.filters)
    chart_card(view, charts.phase_bars(phases, view.style), key="testfaser", source=TESTS)

testing_panels.activity_list(view, activities)
