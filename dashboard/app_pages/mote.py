"""Möte: build the agenda, write the minutes, take the pack home."""

from functools import partial

import streamlit as st

from dashboard.components import (
    meeting_agenda,
    meeting_points,
    meeting_proposal,
    meeting_share,
    page,
)
from dashboard.components.meeting_browser import held_minutes
from dashboard.components.meeting_state import current_agenda, today, whole_view
from dashboard.components.view import current_view
from dashboard.meeting.compare import earlier_edition
from dashboard.meeting.pack import make_pack

view = current_view()
agenda = current_agenda(view)
found = whole_view(view, agenda)

if found is not None:
    whole, frozen = found
    minutes = held_minutes(agenda)
    meeting_agenda.style_sheet()
    page.opening(meeting_agenda.finding(whole, agenda))
    meeting_agenda.warnings(view, agenda, frozen)
    meeting_agenda.start_button(agenda)
    with st.container(key="motesspalter"):
        left, right = st.columns([60, 40], gap="medium")
    with left:
        if agenda.items:
            meeting_points.points(whole, agenda, minutes)
            meeting_agenda.add_card(view, agenda)
        else:
            meeting_proposal.proposal_card(view, whole, agenda)
    with right:
        meeting_agenda.facts_card(agenda, earlier_edition(agenda))
        if not agenda.items:
            meeting_agenda.add_card(view, agenda)
        else:
            pack = partial(make_pack, whole, agenda, minutes, today())
            meeting_share.pack_card(whole, pack)
            meeting_share.minutes_card(whole, pack, minutes)
            meeting_share.link_card(agenda)
