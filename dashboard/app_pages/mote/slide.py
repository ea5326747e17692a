"""The slide view: one finding, one drawing, one quotation; a quiet row of controls below."""

from __future__ import annotations

import re

import htpy as h
import streamlit as st

from dashboard.access import may
from dashboard.app_pages.mote import minutes
from dashboard.app_pages.mote.browser import FOLDER, clock
from dashboard.app_pages.mote.minutes import entries_in_short, entry_form, written
from dashboard.draw.chart import Heat, Rows
from dashboard.draw.html import figure_html
from dashboard.handling.marks import marked
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.held import AGENDA_PAGE, SLIDE_PAGE, link
from dashboard.meeting.notes import Minutes
from dashboard.meeting.slide import Row, Slide
from dashboard.pages import PAGES
from dashboard.parts.markup import level_mark, show
from dashboard.parts.quotation import page_link, source_line, summary_source
from dashboard.parts.view import View

PLACE = "bild"


def place_of(agenda: Agenda) -> int:
    """Which slide the address names, from 1; the nearest that exists."""
    text = st.query_params.get(PLACE, "1")
    wanted = int(text) if text.isdecimal() else 1
    return min(max(wanted, 1), len(agenda.items))


def stage() -> None:
    """Take away everything round the slide; the filters stay drawn, or their address would go."""
    for name in ("mote.css", "bild.css"):
        st.html(FOLDER / "browser" / name)


def show_slide(view: View, slide: Slide, *, replaced: str) -> None:
    """Draw the slide itself. Only a quotation leads on, to its page."""
    proof: list[h.Node] = [_quotation(view, row) for row in slide.quotations]
    proof = proof or [_summary(row) for row in slide.summaries]
    proof = proof or [h.p(".skal")[_whole(each)] for each in slide.told]
    chart, drawing = slide.chart, None
    if slide.empty:
        drawing = h.p(".bildtom")[slide.empty]
    elif chart.figure is not None:
        palette = view.style.palette
        drawing = figure_html(chart.figure, alt=chart.alt, palette=palette, is_far=True)
    kind = "ensam" if not proof else "bara-citat" if not drawing else ""
    kind = kind or ("bred" if isinstance(chart.figure, Heat | Rows) else "")
    warm = [h.span(".tag.varm")[each] for each in (replaced, view.region.mark) if each]
    show(
        h.section(".bild", aria_label=slide.heading)[
            h.p(".overrad")[h.span[slide.heading], h.span[warm]],
            h.h1[_whole(slide.finding)],
            h.p(".bildmatt")[_whole(slide.measured)],
            h.div(class_=f"innehall {kind}")[
                drawing and h.div(".vanster")[drawing], proof and h.div(".hoger")[proof]
            ],
            h.p(".bildfot")[_whole(slide.foot), h.br, _whole(slide.choice)],
        ]
    )


def _whole(text: str) -> h.Node:
    """The text with its dates never cut at a hyphen."""
    parts = re.split(r"(\d{4}-\d\d-\d\d)", text)
    return [h.span(".hel")[part] if i % 2 else part for i, part in enumerate(parts)]


def controls(agenda: Agenda, minutes: Minutes, place: int) -> None:
    """Draw the row of controls: steps, place, clock, minutes, leave."""
    item = agenda.items[place - 1]
    last = len(agenda.items)
    with st.container(horizontal=True, key="bildrad", vertical_alignment="center", gap="small"):
        st.button(
            "Föregående",
            key="bild-forra",
            shortcut="Left",
            disabled=place == 1,
            on_click=_go,
            args=(place - 1,),
        )
        words = f"{place} av {last}"
        show(h.p(".plats", role="status")[h.span(".sr")["Bild "], words], width="content")
        st.button(
            "Nästa",
            key="bild-nasta",
            shortcut="Right",
            disabled=place == last,
            on_click=_go,
            args=(place + 1,),
        )
        clock(agenda, item)
        leads = may("meet")
        words = entries_in_short(minutes, item)
        label = f"Beslut ({words})" if words else "Skriv beslut"
        if leads and st.button(label, key="bild-beslut"):
            _minutes_dialog(agenda, minutes, item)
        if st.button("Följ med", key="bild-lank"):
            _link_dialog(agenda, place)
        if leads and st.button("Dagordning", key="bild-slut"):
            st.switch_page(PAGES[AGENDA_PAGE].script, query_params={})


def _go(place: int) -> None:
    st.query_params[PLACE] = str(place)


@st.dialog("Beslut och uppföljning", width="medium")
def _minutes_dialog(agenda: Agenda, minutes: Minutes, item: Item) -> None:
    from dashboard.meeting.kinds import heading

    show(h.p(".under")[heading(item)])
    written(agenda, minutes, item, where="bild")
    if entry_form(agenda, item, where="bild"):
        st.rerun()


@st.dialog("Följ med på egen skärm", width="medium")
def _link_dialog(agenda: Agenda, place: int) -> None:
    minutes.link_and_code(link(agenda, SLIDE_PAGE, place))


def _quotation(view: View, row: Row) -> h.Element:
    return h.blockquote(class_=f"citat stort n{row['level']}")[
        h.p[marked(row["quote"], row["spans"])],
        h.footer[
            level_mark(row["level"]),
            " ",
            _whole(source_line({**row, "instruments": [], "themes": []})),
            page_link(view, row),
        ],
    ]


def _summary(row: Row) -> h.Element:
    return h.blockquote(".citat.stort.referat")[
        h.p[h.b["Referat:"], " ", row["summary"]], h.footer[summary_source(row)]
    ]
