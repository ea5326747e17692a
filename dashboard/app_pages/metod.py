"""Metod och kvalitet: how the figures come about, how good they are, what they do not prove."""

import streamlit as st

from dashboard.components import (
    codebook_panels,
    data_panels,
    glossary_panel,
    method_panels,
    page,
    reader_quality,
)
from dashboard.components.view import current_view
from dashboard.queries import method

view = current_view()
measures = view.ask(method.indicators)
quality = view.ask(method.quality, view.region.name)

page.opening(method_panels.finding(quality, measures.height))

left, right = st.columns(2, gap="medium")
with left:
    method_panels.ladder(view)
    method_panels.limits()
    method_panels.absence(view)
with right:
    method_panels.quality(view, quality)
    reader_quality.measured(view)
    data_panels.facts(view)

glossary_panel.terms()
method_panels.indicators(view, measures)
codebook_panels.browser(view, view.ask(method.codebook))
