"""Belägg: every passage behind the figures, word for word, with page and source."""

import streamlit as st

from dashboard import findings
from dashboard.components import evidence, page
from dashboard.components.card import note
from dashboard.components.view import current_view

view = current_view()

heading = st.container()
search = evidence.search_row(view)
found = evidence.find(view, search)
with heading:
    page.opening(findings.evidence_today(found.passages, found.summaries, search.text))

if found.passages:
    evidence.passages(view, search, found)
else:
    evidence.nothing_found(view, search)
if found.summaries:
    evidence.summaries(view, search, found.summaries)
note(view, "")
