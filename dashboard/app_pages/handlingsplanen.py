"""Handlingsplanen: which of the thirteen activities move, and what the measures say beside them."""

from dashboard.components import action_plan_panels, page
from dashboard.components.action_plan_finding import finding
from dashboard.components.action_plan_overview import overview
from dashboard.components.view import current_view
from dashboard.queries import action_plan

view = current_view()
activities = view.ask(action_plan.activities)

page.opening(finding(activities))
overview(view, activities)
action_plan_panels.goals(view, activities)
action_plan_panels.proof(view)
