"""The slide view of a meeting: one point at a time, in large type, with keyboard steps."""

import streamlit as st

from dashboard.app_pages.mote import slide
from dashboard.app_pages.mote.browser import held_minutes
from dashboard.meeting.held import AGENDA_PAGE, current_agenda, whole_view
from dashboard.meeting.kinds import build_slides
from dashboard.pages import PAGES
from dashboard.parts.view import current_view

view = current_view()
agenda = current_agenda(view)

if not agenda.items:
    st.switch_page(PAGES[AGENDA_PAGE].script, query_params={})

found = whole_view(view, agenda)
if found is not None:
    whole, frozen = found
    place = slide.place_of(agenda)
    replaced = f"Utgåva {agenda.edition_id} finns inte kvar" if frozen.is_replaced else ""
    slide.stage()
    slide.show_slide(whole, build_slides(whole, agenda)[place - 1], replaced=replaced)
    slide.controls(agenda, held_minutes(agenda), place)
