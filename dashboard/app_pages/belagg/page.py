"""Belägg: every passage behind the figures, word for word, with page and source."""

import streamlit as st

from dashboard.app_pages.belagg import cards
from dashboard.app_pages.belagg.finding import evidence_today
from dashboard.parts import page
from dashboard.parts.card import note
from dashboard.parts.view import current_view

view = current_view()

heading = st.container()
search = cards.search_row(view)
found = cards.find(view, search)
with heading:
    page.opening(evidence_today(found.passages, (found.own, found.others), search.text))

if found.passages:
    cards.passages(view, search, found)
else:
    cards.nothing_found(view, search)
if found.own or found.others:
    cards.summaries(view, search, found.own, found.others)
note(view, "")
