"""An agenda to start from: the points of a meeting of forty minutes with today's findings."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.card import card
from dashboard.components.meeting_state import held_agenda, keep
from dashboard.components.tables import Cell, show_table
from dashboard.components.view import View
from dashboard.filters import Filters
from dashboard.meeting import agenda as agendas
from dashboard.meeting.agenda import Agenda
from dashboard.meeting.kinds import PROPOSAL, build_slides


def proposed(agenda: Agenda, filters: Filters) -> Agenda:
    """Return the agenda with the points of the proposal, each with the reader's choice."""
    for kind, length in PROPOSAL:
        agenda = agendas.add(agenda, kind, filters, length)
    return agenda


def filters_for(view: View, agenda: Agenda) -> Filters:
    """The choice that a new point takes with it; places of another region stay behind."""
    if view.region.name == agenda.region:
        return view.filters
    return replace(view.filters, municipalities=())


def proposal_card(view: View, whole: View, agenda: Agenda) -> None:
    """Draw the proposal as it would be held now, with the button that takes it over."""
    wanted = proposed(agenda, filters_for(view, agenda))
    slides = build_slides(whole, wanted)
    rows = [
        [
            Cell(f"{place}. {slide.heading}", second=slide.finding),
            Cell(f"{item.minutes} min"),
        ]
        for place, (item, slide) in enumerate(zip(wanted.items, slides, strict=True), start=1)
    ]
    about = "Punkterna med vad de visar i dag, med filtren i raden ovan"
    with card("forslag", "Förslag till dagordning", about):
        show_table(
            ["Punkt", "Tid"], rows, caption="Förslag till dagordning", numeric=frozenset({1})
        )
        st.button(
            "Använd förslaget",
            key="foresla",
            type="primary",
            on_click=_take,
            args=(view,),
            width="content",
        )


def _take(view: View) -> None:
    agenda = held_agenda()
    keep(proposed(agenda, filters_for(view, agenda)))
