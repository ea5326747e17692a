"""Handlingsplanen: which of the thirteen activities move, and what the measures say beside them."""

from dashboard.app_pages.handlingsplanen import cards
from dashboard.app_pages.handlingsplanen.cards import overview
from dashboard.app_pages.handlingsplanen.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view
from dashboard.queries import action_plan

view = current_view()
activities = view.ask(action_plan.activities)

page.opening(finding(activities))
overview(view, activities)
cards.goals(view, activities)
cards.proof(view)
