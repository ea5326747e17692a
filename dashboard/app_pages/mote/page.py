"""Möte: build the agenda, write the minutes, take the pack home."""

from functools import partial

import streamlit as st

from dashboard.app_pages.mote import cards, minutes
from dashboard.app_pages.mote.browser import held_minutes
from dashboard.app_pages.mote.finding import finding
from dashboard.meeting.compare import earlier_edition
from dashboard.meeting.held import base_address, current_agenda, today, whole_view
from dashboard.meeting.pack import make_pack
from dashboard.parts import page
from dashboard.parts.view import current_view

view = current_view()
agenda = current_agenda(view)
found = whole_view(view, agenda)

if found is not None:
    whole, frozen = found
    written = held_minutes(agenda)
    cards.style_sheet()
    page.opening(finding(whole, agenda))
    cards.warnings(view, agenda, frozen)
    cards.start_button(agenda)
    with st.container(key="motesspalter"):
        left, right = st.columns([60, 40], gap="medium")
    with left:
        if agenda.items:
            cards.points(whole, agenda, written)
            cards.add_card(view, agenda)
        else:
            cards.proposal_card(view, whole, agenda)
    with right:
        cards.facts_card(agenda, earlier_edition(agenda))
        if not agenda.items:
            cards.add_card(view, agenda)
        else:
            pack = partial(make_pack, whole, agenda, written, today(), base_address())
            minutes.pack_card(whole, pack)
            minutes.minutes_card(whole, pack, written)
            minutes.link_card(agenda)
