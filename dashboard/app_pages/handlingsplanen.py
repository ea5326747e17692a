"""Handlingsplanen: which of the thirteen activities move, and what the measures say beside them."""

import streamlit as st

from dashboard.components import action_plan_panels, page
from dashboard.components.view import current_view
from dashboard.queries import action_plan

view = current_view()
activities = view.ask(action_plan.activities)

page.opening(action_plan_panels.finding(activities))

with st.container(key="tvaspalt"):
    left, right = st.columns([50, 50], gap="medium")
with left:
    action_plan_panels.overview(view, activities)
with right:
    action_plan_panels.proof(view)

action_plan_panels.goals(view, activities)
