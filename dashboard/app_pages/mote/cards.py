"""Cards of *Möte*: the agenda, its points, a proposal, what to add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import htpy as h
import streamlit as st

from dashboard.app_pages.mote.browser import FOLDER
from dashboard.app_pages.mote.minutes import entries_in_short, entry_form, note_field, written
from dashboard.charts import ladder_rows
from dashboard.database import current_edition
from dashboard.filters import Filters
from dashboard.meeting import agenda as agendas
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.compare import Earlier
from dashboard.meeting.frozen import Frozen, choice_words, point_view
from dashboard.meeting.held import SLIDE_PAGE, changed, held_agenda, keep, start_over
from dashboard.meeting.kinds import KINDS, PROPOSAL, PROPOSAL_UNREAD, build_slides, heading
from dashboard.meeting.notes import Minutes
from dashboard.pages import PAGES
from dashboard.parts.card import card
from dashboard.parts.findings import is_little_read
from dashboard.parts.markup import show
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import View
from dashboard.queries.excerpts import excerpt_counts
from dashboard.text import capital, count
from pipelines.indicators import planning

LENGTHS = (1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60)


def style_sheet() -> None:
    """Give the page the meeting's own style."""
    st.html(FOLDER / "browser" / "mote.css")


def start_button(agenda: Agenda) -> None:
    """Draw the button that opens the first slide, as soon as there is one."""
    if agenda.items and st.button("Starta mötet", key="starta", type="primary", width="content"):
        st.switch_page(PAGES[SLIDE_PAGE].script, query_params={})


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
            show(h.p(".varfor")["Det finns en nyare utgåva än mötets."])
        st.button("Byt till den senaste utgåvan", key="ny-utgava", on_click=_newest)
    if view.region.name != agenda.region and agenda.items:
        show(
            h.p(".varfor")[
                "Mötet gäller en annan region än filterraden. Filter för kommuner tas därför inte "
                "med i nya punkter."
            ]
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
            show(h.p(".under")[f"En dagordning rymmer {agendas.MOST_ITEMS} punkter."])


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


def _rename() -> None:
    title = agendas.plain_title(st.session_state["moteNamn"] or "")
    keep(replace(held_agenda(), title=title))


def _since() -> None:
    keep(replace(held_agenda(), since=st.session_state["moteFore"]))


def _newest() -> None:
    agenda = held_agenda()
    keep(replace(agenda, edition_id=current_edition(agenda.region).stem))


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
            own = "" if is_one_choice(agenda) else choice_words(point_view(view, item))
            show(
                h.h2[h.span(".ordning")[place], " ", name],
                h.p(".under")[
                    f"{item.minutes} min",
                    own and f" · {own}",
                    short and [" · ", h.b[short]],
                ],
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


def proposal(view: View) -> tuple[tuple[str, int], ...]:
    """Return kinds and minutes of the proposed points, by how much of the choice is read."""
    types = ladder_rows.by_type(view.measure(planning.ladder))
    counts = view.ask(excerpt_counts, view.filters)
    return PROPOSAL_UNREAD if counts.height and is_little_read(types) else PROPOSAL


def proposed(view: View, agenda: Agenda, filters: Filters) -> Agenda:
    """Return the agenda with the points of the proposal, each with the reader's choice."""
    for kind, length in proposal(view):
        agenda = agendas.add(agenda, kind, filters, length)
    return agenda


def filters_for(view: View, agenda: Agenda) -> Filters:
    """The choice that a new point takes with it; places of another region stay behind."""
    if view.region.name == agenda.region:
        return view.filters
    return replace(view.filters, municipalities=())


def proposal_card(view: View, whole: View, agenda: Agenda) -> None:
    """Draw the proposal as it would be held now, with the button that takes it over."""
    wanted = proposed(view, agenda, filters_for(view, agenda))
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
    keep(proposed(view, agenda, filters_for(view, agenda)))
