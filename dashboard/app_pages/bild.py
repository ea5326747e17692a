"""The slide view of a meeting: one point at a time, in large type, with keyboard steps."""

import streamlit as st

from dashboard.components import meeting_slide
from dashboard.components.meeting_browser import held_minutes
from dashboard.components.meeting_state import AGENDA_PAGE, current_agenda, whole_view
from dashboard.components.view import current_view
from dashboard.meeting.kinds import build_slides

view = current_view()
agenda = current_agenda(view)

if not agenda.items:
    st.switch_page(f"app_pages/{AGENDA_PAGE}.py", query_params={})

found = whole_view(view, agenda)
if found is not None:
    whole, frozen = found
    place = meeting_slide.place_of(agenda)
    replaced = f"Utgåva {agenda.edition_id} finns inte kvar" if frozen.is_replaced else ""
    meeting_slide.stage()
    meeting_slide.show(whole, build_slides(whole, agenda)[place - 1], replaced=replaced)
    meeting_slide.controls(agenda, held_minutes(agenda), place)
