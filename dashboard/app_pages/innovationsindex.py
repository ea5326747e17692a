"""Innovationsindex: how strong, broad, dense and consistent, and how sure each place is."""

import streamlit as st

from dashboard.components import index_panels, index_weights, page
from dashboard.components.index_finding import finding
from dashboard.components.view import current_view
from pipelines.indicators.innovation_index import EQUAL

view = current_view()
index_panels.style()

heading = st.container()
if index_panels.any_index(view):
    with st.container(key="tvaspalt"):
        left, right = st.columns([62, 38], gap="medium")
    with right:
        weights = index_weights.choice()
    ranks, read = index_panels.measured(view, weights)
    with left:
        index_panels.scores(view, ranks)
        index_panels.components(view, ranks)
    with right:
        index_panels.sensitivity(view, weights)
        index_panels.absent(view, ranks)
else:
    weights = dict(EQUAL)
    ranks, read = index_panels.measured(view, weights)
    index_panels.absent(view, ranks)
with heading:
    page.opening(finding(ranks, read, own_weights=not index_weights.is_even(weights)))
    page.nothing_known(view)
