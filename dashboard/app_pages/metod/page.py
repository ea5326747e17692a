"""Metod och kvalitet: how the figures come about, how good they are, what they do not prove."""

import streamlit as st

from dashboard.app_pages.metod import cards, codebook
from dashboard.app_pages.metod.finding import finding
from dashboard.parts import page
from dashboard.parts.view import current_view
from dashboard.queries import method

view = current_view()
measures = view.ask(method.indicators)
quality = view.ask(method.quality, view.region.name)

page.opening(finding(quality, measures.height))

left, right = st.columns(2, gap="medium")
with left:
    cards.ladder(view)
    cards.limits()
    cards.absence(view)
with right:
    cards.quality(view, quality)
    cards.measured(view)
    page.facts(view)

cards.terms()
cards.indicators(view, measures)
codebook.browser(view, view.ask(method.codebook))
