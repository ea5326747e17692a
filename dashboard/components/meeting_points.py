"""The points of an agenda in order, each with what is decided and what may be changed."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.components.meeting_minutes import (
    entries_in_short,
    entry_form,
    note_field,
    written,
)
from dashboard.components.meeting_state import changed, start_over
from dashboard.components.view import View
from dashboard.meeting import agenda as agendas
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.frozen import choice_words, point_view
from dashboard.meeting.kinds import KINDS, heading
from dashboard.meeting.notes import Minutes

LENGTHS = (1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60)


def points(view: View, agenda: Agenda, minutes: Minutes) -> None:
    """Draw the points in order, each with its minutes, its place and what is decided."""
    for place, item in enumerate(agenda.items, start=1):
        _point(view, agenda, minutes, item, place)
    if agenda.items:
        st.button(
            "Börja ett nytt möte", key="nytt", type="tertiary", on_click=start_over, args=(view,)
        )


def is_one_choice(agenda: Agenda) -> bool:
    """Whether all points have the same filters; then they are said once, above the points."""
    return len({item.filters for item in agenda.items}) == 1


def _point(view: View, agenda: Agenda, minutes: Minutes, item: Item, place: int) -> None:
    name = heading(item)
    with st.container(border=True, key=f"kort-punkt-{item.number}", gap="small"):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"punktrad-{item.number}"
        ):
            short = entries_in_short(minutes, item)
            decided = f" · <b>{short}</b>" if short else ""
            own = "" if is_one_choice(agenda) else choice_words(point_view(view, item))
            choice = f" · {escape(own)}" if own else ""
            st.html(
                f'<h2><span class="ordning">{place}</span> {escape(name)}</h2>'
                f'<p class="under">{item.minutes} min{choice}{decided}</p>'
            )
            _point_buttons(agenda, item, place, name)
        written(agenda, minutes, item, where="sida")
        with st.expander(
            "Beslut, anteckningar, rubrik och minuter", key=f"protokoll-{item.number}"
        ):
            if entry_form(agenda, item, where="sida"):
                st.rerun()
            note_field(agenda, minutes, item)
            _edit(item)


def _point_buttons(agenda: Agenda, item: Item, place: int, name: str) -> None:
    last = len(agenda.items)
    for label, key, steps, off in (
        ("Upp", "upp", -1, place == 1),
        ("Ned", "ned", 1, place == last),
    ):
        st.button(
            label,
            key=f"{key}-{item.number}",
            type="tertiary",
            disabled=off,
            help=f"Flytta {name} {label.lower()}",
            on_click=changed,
            args=(agendas.move, item.number, steps),
        )
    st.button(
        "Ta bort",
        key=f"tabort-{item.number}",
        type="tertiary",
        help=f"Ta bort {name} ur dagordningen",
        on_click=changed,
        args=(agendas.remove, item.number),
    )


def _edit(item: Item) -> None:
    title_key, length_key = f"titel-{item.number}", f"langd-{item.number}"
    seed(title_key, item.title)
    seed(length_key, item.minutes)
    lengths = sorted({*LENGTHS, item.minutes})
    st.text_input(
        "Rubrik",
        key=title_key,
        placeholder=KINDS[item.kind].label,
        max_chars=agendas.LONGEST_TITLE,
        on_change=_edited,
        args=(item.number,),
    )
    st.selectbox(
        "Minuter", lengths, key=length_key, width=120, on_change=_edited, args=(item.number,)
    )


def seed(key: str, value: object) -> None:
    """Give a field the agenda's value when the agenda, not the reader, has changed it."""
    if st.session_state.get(f"{key}-kant") != value or key not in st.session_state:
        st.session_state[key] = st.session_state[f"{key}-kant"] = value


def _edited(number: int) -> None:
    title = st.session_state[f"titel-{number}"] or ""
    length = st.session_state[f"langd-{number}"]
    changed(agendas.change, number, title=title, minutes=length)
