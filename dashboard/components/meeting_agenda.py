"""The agenda on its page: what it holds, what is frozen, and how a point is added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.components.card import card
from dashboard.components.meeting_browser import style
from dashboard.components.meeting_points import LENGTHS, is_one_choice, seed
from dashboard.components.meeting_proposal import filters_for
from dashboard.components.meeting_state import (
    SLIDE_PAGE,
    changed,
    held_agenda,
    keep,
)
from dashboard.components.view import View
from dashboard.database import current_edition
from dashboard.findings import Finding
from dashboard.meeting import agenda as agendas
from dashboard.meeting.agenda import Agenda
from dashboard.meeting.compare import Earlier
from dashboard.meeting.frozen import Frozen, choice_words, point_view
from dashboard.meeting.kinds import KINDS, PROPOSAL
from dashboard.text import capital, count, word


def finding(view: View, agenda: Agenda) -> Finding:
    """Open the page: how many points, how long, and what is frozen."""
    if not agenda.items:
        return Finding(
            f"Förslag till möte: {word(len(PROPOSAL))} punkter på "
            f"{sum(minutes for _, minutes in PROPOSAL)} minuter",
            "Använd förslaget eller bygg en egen dagordning av vyer. Varje punkt blir en bild i "
            "stor text; filter och utgåva fryses, så att alla ser samma siffror hela mötet.",
        )
    points = word(len(agenda.items)) if len(agenda.items) > 1 else "en"
    many = "punkter" if len(agenda.items) > 1 else "punkt"
    name = agenda.title or "Mötet"
    return Finding(
        f"{name} har {points} {many} och tar {agenda.minutes} minuter",
        f"Utgåva {view.edition_day} ({agenda.edition_id}). {_choice_of_all(view, agenda)}"
        "Filter och utgåva är frysta: nya leveranser ändrar inget förrän du byter utgåva.",
    )


def style_sheet() -> None:
    """Give the page the meeting's own style."""
    st.html(f"<style>{style()}</style>")


def start_button(agenda: Agenda) -> None:
    """Draw the button that opens the first slide, as soon as there is one."""
    if agenda.items and st.button("Starta mötet", key="starta", type="primary", width="content"):
        st.switch_page(f"app_pages/{SLIDE_PAGE}.py", query_params={})


def warnings(view: View, agenda: Agenda, frozen: Frozen) -> None:
    """Say what in the agenda is not as its maker left it, and what to do."""
    if agenda.unknown:
        points = count(agenda.unknown, "punkt", "punkter")
        st.warning(f"{capital(points)} i länken kändes inte igen och är borttagna.")
    if frozen.is_replaced:
        st.warning(
            f"Utgåvan {agenda.edition_id} finns inte kvar. Bilderna visar den senaste i stället, "
            f"{frozen.file.stem}."
        )
    if frozen.is_replaced or not frozen.is_newest:
        if not frozen.is_replaced:
            st.html('<p class="varfor">Det finns en nyare utgåva än mötets.</p>')
        st.button("Byt till den senaste utgåvan", key="ny-utgava", on_click=_newest)
    if view.region.name != agenda.region and agenda.items:
        st.html(
            '<p class="varfor">Mötet gäller en annan region än filterraden. Filter för kommuner '
            "tas därför inte med i nya punkter.</p>"
        )


def add_card(view: View, agenda: Agenda) -> None:
    """Draw the choice of a new point; the filters of the row above go with it."""
    title = "Lägg till en punkt" if agenda.items else "Eller börja med en egen punkt"
    with card("ny-punkt", title, "Med filtren i raden ovan, så som de är nu"):
        kind = st.selectbox(
            "Bild",
            list(KINDS),
            format_func=lambda code: f"{KINDS[code].label} – {KINDS[code].about}",
            key="ny-bild",
        )
        length = st.selectbox(
            "Minuter",
            LENGTHS,
            index=LENGTHS.index(agendas.DEFAULT_MINUTES),
            key="ny-minuter",
            width=120,
        )
        full = len(agenda.items) >= agendas.MOST_ITEMS
        with st.container(horizontal=True, gap="medium"):
            st.button(
                "Lägg till",
                key="lagg-till",
                type="primary" if agenda.items else "secondary",
                disabled=full,
                on_click=changed,
                args=(agendas.add, kind, filters_for(view, agenda), length),
            )
        if full:
            st.html(f'<p class="under">En dagordning rymmer {agendas.MOST_ITEMS} punkter.</p>')


def facts_card(agenda: Agenda, earlier: Earlier) -> None:
    """Draw the meeting's name and the day of the one before."""
    below = earlier.absence if agenda.since else "Utgåvan från den dagen jämförs med mötets."
    if agenda.since and earlier.file:
        below = f"Jämförs med utgåvan från {earlier.day}."
    with card("motet", "Mötet", below):
        seed("moteNamn", agenda.title)
        seed("moteFore", agenda.since)
        st.text_input("Namn", key="moteNamn", max_chars=agendas.LONGEST_TITLE, on_change=_rename)
        st.date_input(
            "Förra mötet",
            key="moteFore",
            format="YYYY-MM-DD",
            max_value=date.today(),
            on_change=_since,
            width=200,
        )


def _choice_of_all(view: View, agenda: Agenda) -> str:
    if not is_one_choice(agenda):
        return ""
    return f"Alla punkter: {choice_words(point_view(view, agenda.items[0]))}. "


def _rename() -> None:
    title = agendas.plain_title(st.session_state["moteNamn"] or "")
    keep(replace(held_agenda(), title=title))


def _since() -> None:
    keep(replace(held_agenda(), since=st.session_state["moteFore"]))


def _newest() -> None:
    agenda = held_agenda()
    keep(replace(agenda, edition_id=current_edition(agenda.region).stem))
