"""Testverksamhet: where testing goes on, how open it is, and whether it scales up."""

import streamlit as st

from dashboard import measures
from dashboard.app_pages.testverksamhet import cards
from dashboard.charts.cooperation import network
from dashboard.charts.openness import openness
from dashboard.charts.scaling import group_times, scaling_curve
from dashboard.charts.testing import barrier_bars, phase_bars, year_bars
from dashboard.charts.testing_map import testing_map
from dashboard.parts import page, testing, to_do
from dashboard.parts.card import chart_card, municipality
from dashboard.parts.findings import testing_today, unknown
from dashboard.parts.view import TESTS, current_view

view = current_view()
frames = view.measure(measures.testing_activities)
values, activities = frames["values"], frames["activities"]

page.opening(testing_today(values))
to_do.unknown_link(view, unknown(values, "2.1"))

# One flow of two columns: cards keep the height of their content, and only the ends differ.
left, right = st.columns(2, gap="medium")
with left:
    places = testing_map(values, activities, view.borders, height=470)
    chart_card(
        view,
        places,
        key="testkarta",
        source=TESTS,
        follow=municipality,
        leads_to=cards.PAGE,
        below=lambda: cards.place_links(view, places.table),
    )
    chart_card(view, phase_bars(values), key="testfaser", source=TESTS)
    curve = scaling_curve(frames["survival"], values)
    chart_card(view, curve, key="uppskalning", source=TESTS)
with right:
    chart_card(view, year_bars(values), key="testar", source=TESTS)
    chart_card(view, openness(values), key="oppenhet", source=TESTS)
    cards.network_card(view, network(frames))
    cards.barrier_card(view, barrier_bars(values), activities)
times = group_times(values)
# Without a drawing the cards of the right column are the short ones.
with right if times.figure is None else left:
    chart_card(view, times, key="mediantid", source=TESTS)

cards.cores_and_themes(view, frames)
testing.activity_list(view, testing.listed(view, activities))
