"""Notes and decisions of a meeting, and what is taken home: pack, minutes, link."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import partial

import htpy as h
import segno
import streamlit as st

from dashboard.app_pages.mote.browser import keep_minutes, now_minutes
from dashboard.draw.svg import data_address
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.held import SLIDE_PAGE, link, today
from dashboard.meeting.minutes_files import minutes_csv, minutes_markdown
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
from dashboard.meeting.pack import Pack
from dashboard.meeting.pack_pdf import write_pdf
from dashboard.meeting.pack_pptx import write_pptx
from dashboard.parts.card import card
from dashboard.parts.markup import copy_button, show
from dashboard.parts.view import View
from dashboard.text import count
from pipelines.warehouse.delimited import DIALECT_LABELS, Dialect

_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


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
            about = " · ".join(each for each in facts if each)
            show(h.p(".post")[h.b[entry.text], h.br, h.span(".tyst")[about]])
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


def qr_image(address: str) -> str:
    """Return the address as a QR code: SVG, dark on light in both modes, with a quiet zone."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        target, kind="svg", xmldecl=False, svgns=True, border=3, light="#FFFFFF", dark="#16212E",
        omitsize=True, title="QR-kod", lineclass=None, svgclass=None,
    )  # fmt: skip
    return data_address(target.getvalue().decode("utf-8"))


def link_card(agenda: Agenda) -> None:
    """Draw the QR code and the link that open the same slides on another screen."""
    about = "Samma bilder, filter och utgåva. Protokollet följer inte med."
    with card("lank", "Följ med på egen skärm", about):
        link_and_code(link(agenda, SLIDE_PAGE))


def link_and_code(address: str) -> None:
    """Draw an address as a QR code, as a link, and as a button that copies it."""
    show(
        h.img(".qr", alt="QR-kod med länken nedan", src=qr_image(address)),
        h.p(".lanktext")[h.a(href=address, target="_blank", rel="noopener")[address]],
        copy_button("Kopiera länk", address),
    )


def pack_card(view: View, pack: Callable[[], Pack]) -> None:
    """Draw the buttons of the meeting pack; each file is made when it is asked for."""
    about = "Dagordningens bilder med tabeller, källor, citat och beslut"
    with card("underlag", "Mötesunderlag", about), st.container(horizontal=True, gap="medium"):
        _file(view, "PowerPoint", lambda: write_pptx(pack()), "underlag", "pptx", _PPTX)
        _file(view, "PDF", lambda: write_pdf(pack()), "underlag", "pdf", "application/pdf")


def minutes_card(view: View, pack: Callable[[], Pack], minutes: Minutes) -> None:
    """Draw the files of the minutes, and where they are kept meanwhile."""
    written = count(minutes.entries, "post", "poster") if minutes.entries else "Inga beslut ännu"
    about = (
        f"{written}. Sparas i den här webbläsaren tills du "
        "laddar ned dem; de skickas inte med i länken."
    )
    with card("protokoll", "Protokoll", about), st.container(horizontal=True, gap="medium"):
        _file(
            view,
            "Markdown",
            lambda: minutes_markdown(pack()).encode("utf-8"),
            "protokoll",
            "md",
            "text/markdown",
        )
        for dialect, label in DIALECT_LABELS.items():
            _file(
                view,
                f"CSV {label}",
                partial(_csv, pack, dialect),
                f"protokoll_{dialect}",
                "csv",
                "text/csv",
            )


def _csv(pack: Callable[[], Pack], dialect: Dialect) -> bytes:
    return minutes_csv(pack(), dialect)


def _file(
    view: View, label: str, make: Callable[[], bytes], name: str, kind: str, mime: str
) -> None:
    first = "exempeldata" if view.region.is_example else view.region.name
    st.download_button(
        label,
        data=make,
        file_name=f"{first}_{name}_{today()}.{kind}",
        mime=mime,
        on_click="ignore",
        key=f"fil-{name}-{kind}",
        type="tertiary",
    )
