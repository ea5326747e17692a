"""Decisions and follow-ups of a point: the form, and what is written."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from dashboard.components.meeting_browser import keep_minutes, now_minutes
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.notes import (
    ENTRY_LABELS,
    LONGEST_ENTRY,
    LONGEST_NOTE,
    Entry,
    EntryKind,
    Minutes,
    add_entry,
    drop_entry,
    set_note,
)
from dashboard.text import count


def entries_in_short(minutes: Minutes, item: Item) -> str:
    """``2 beslut, 1 uppföljning``; empty where nothing is written."""
    kinds = [entry.kind for entry in minutes.of(item.number).entries]
    decided, followed = kinds.count("beslut"), kinds.count("uppfoljning")
    parts = [count(decided, "beslut", "beslut")] if decided else []
    parts += [count(followed, "uppföljning", "uppföljningar")] if followed else []
    return ", ".join(parts)


def written(agenda: Agenda, minutes: Minutes, item: Item, *, where: str) -> None:
    """Draw the entries of a point, each with its own button to take it away."""
    for place, entry in enumerate(minutes.of(item.number).entries):
        facts = [
            ENTRY_LABELS[entry.kind],
            entry.responsible,
            f"senast {entry.due}" if entry.due else "",
        ]
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"post-{where}-{item.number}-{place}"
        ):
            st.html(
                f'<p class="post"><b>{escape(entry.text)}</b><br><span class="tyst">'
                f"{escape(' · '.join(each for each in facts if each))}</span></p>"
            )
            st.button(
                "Ta bort",
                key=f"bort-{where}-{item.number}-{place}",
                type="tertiary",
                help=f"Ta bort: {entry.text[:60]}",
                on_click=_drop,
                args=(agenda, item.number, place),
            )


def entry_form(agenda: Agenda, item: Item, *, where: str) -> bool:
    """Draw the form for one entry and return whether one was just added."""
    key = f"{where}-{item.number}"
    with st.form(f"beslut-{key}", clear_on_submit=True, border=False):
        kind = st.radio(
            "Slag", list(ENTRY_LABELS), format_func=ENTRY_LABELS.__getitem__, horizontal=True
        )
        text = st.text_area("Beslut eller uppföljning", max_chars=LONGEST_ENTRY, height=110)
        with st.container(horizontal=True, gap="medium"):
            responsible = st.text_input("Ansvarig organisation", max_chars=120, width=320)
            due = st.date_input("Senast", value=None, format="YYYY-MM-DD", width=180)
        sent = st.form_submit_button("Spara i protokollet", type="primary")
    if not sent:
        return False
    return _add(agenda, item, kind, text, responsible, due)


def note_field(agenda: Agenda, minutes: Minutes, item: Item) -> None:
    """Draw the free text of a point; it is kept when the field is left."""
    key = f"anteckning-{agenda.meeting_id}-{item.number}"
    kept = minutes.of(item.number).note
    if st.session_state.get(f"{key}-sparad") != kept:
        st.session_state[key] = st.session_state[f"{key}-sparad"] = kept
    st.text_area(
        "Anteckningar",
        key=key,
        max_chars=LONGEST_NOTE,
        height=90,
        on_change=_note,
        args=(agenda, item.number, key),
    )


def _add(
    agenda: Agenda,
    item: Item,
    kind: EntryKind,
    text: str,
    responsible: str,
    due: date | None,
) -> bool:
    if not text.strip():
        st.warning("Skriv vad som beslutades innan du sparar.")
        return False
    entry = Entry(kind, text, responsible, due.isoformat() if due else "")
    keep_minutes(agenda, add_entry(now_minutes(agenda), item.number, entry))
    return True


def _drop(agenda: Agenda, number: int, place: int) -> None:
    keep_minutes(agenda, drop_entry(now_minutes(agenda), number, place))


def _note(agenda: Agenda, number: int, key: str) -> None:
    text = st.session_state[key]
    keep_minutes(agenda, set_note(now_minutes(agenda), number, text))
    st.session_state[f"{key}-sparad"] = now_minutes(agenda).of(number).note
