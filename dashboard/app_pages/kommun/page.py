"""Kommun: one municipality's whole picture beside similar ones, made to be printed."""

import htpy as h
import streamlit as st

from dashboard.app_pages.kommun import cards, themes
from dashboard.app_pages.kommun.cards import chosen_municipality, only
from dashboard.app_pages.kommun.documents import documents
from dashboard.app_pages.kommun.finding import finding
from dashboard.charts import ladder_rows
from dashboard.parts import page, testing, to_do, windows
from dashboard.parts.markup import show
from dashboard.parts.municipality import remember_button
from dashboard.parts.view import current_view
from pipelines.indicators import planning
from pipelines.indicators.testing import named_activities

TASKS = 8

view = current_view()

heading = st.container()
with st.container(horizontal=True, key="kommunval", vertical_alignment="bottom", gap="medium"):
    code = chosen_municipality(view)
    remember_button(view.places, code, where="sidan")
    show(h.button(".lank", type="button", data_print=True)["Skriv ut"], width="content")
mine = only(view, code)

with heading:
    page.opening(finding(view, code))
    page.how_well_read(view, ladder_rows.by_type(only(view, code).measure(planning.ladder)))
cards.facts(view, code)

with st.container(key="tvaspalt"):
    left, right = st.columns([52, 48], gap="medium")
with left:
    is_drawn = cards.ladder_card(view, code)
    if not is_drawn:
        to_do.tasks_card(mine, TASKS)
    themes.themes_by_step(view, code)
with right:
    themes.words(view, code)
    cards.beside_similar(view, code)

windows.open_windows(mine)
if is_drawn:
    to_do.tasks_card(mine, TASKS)
tests = testing.listed(mine, mine.measure(named_activities))
testing.activity_list(mine, tests)
documents(mine)
