"""Innovationsindex: how strong, broad, dense and consistent, and how sure each place is."""

import streamlit as st

from dashboard.app_pages.innovationsindex import cards
from dashboard.app_pages.innovationsindex.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view
from pipelines.indicators.innovation_index import EQUAL

view = current_view()
page.follow_up_style()

heading = st.container()
if cards.any_index(view):
    with st.container(key="tvaspalt"):
        left, right = st.columns([62, 38], gap="medium")
    with right:
        weights = cards.choice()
    ranks, read = cards.measured(view, weights)
    with left:
        cards.scores(view, ranks)
        cards.components(view, ranks)
    with right:
        cards.sensitivity(view, weights)
        cards.absent(view, ranks)
else:
    weights = dict(EQUAL)
    ranks, read = cards.measured(view, weights)
    cards.absent(view, ranks)
with heading:
    page.opening(finding(ranks, read, own_weights=not cards.is_even(weights)))
    if ranks["score"].count():
        page.how_well_read(view)
    page.nothing_known(view)
