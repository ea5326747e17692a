"""The slide view: one finding, one drawing, one quotation; a quiet row of controls below."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from dashboard.access import may
from dashboard.app_pages.mote import minutes
from dashboard.app_pages.mote.browser import clock, style
from dashboard.app_pages.mote.minutes import entries_in_short, entry_form, written
from dashboard.draw.chart import Heat, Rows
from dashboard.draw.html import figure_html
from dashboard.filters import level_label
from dashboard.handling.marks import marked
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.held import AGENDA_PAGE, SLIDE_PAGE, link
from dashboard.meeting.notes import Minutes
from dashboard.meeting.slide import Row, Slide
from dashboard.pages import PAGES
from dashboard.parts.quotation import page_link, source_line, summary_source
from dashboard.parts.view import View

PLACE = "bild"
_STAGE = """
[data-testid="stHeader"], .st-key-filterrad, .varfor, .st-key-marken { display: none !important; }
[data-testid="stMainBlockContainer"] { padding: 4px 48px 76px !important; }
@media (max-width: 900px) {
  [data-testid="stMainBlockContainer"] { padding: 12px 16px 24px !important; }
}
"""


def place_of(agenda: Agenda) -> int:
    """Which slide the address names, from 1; the nearest that exists."""
    text = st.query_params.get(PLACE, "1")
    wanted = int(text) if text.isdecimal() else 1
    return min(max(wanted, 1), len(agenda.items))


def stage() -> None:
    """Take away everything round the slide; the filters stay drawn, or their address would go."""
    st.html(f"<style>{style()}{_STAGE}</style>")


def show(view: View, slide: Slide, *, replaced: str) -> None:
    """Draw the slide itself. Only a quotation leads on, to its page."""
    mark = f'<span class="tag varm">{escape(view.region.mark)}</span>' if view.region.mark else ""
    warning = f'<span class="tag varm">{escape(replaced)}</span>' if replaced else ""
    proof = "".join(_quotation(view, row) for row in slide.quotations)
    proof = proof or "".join(_summary(row) for row in slide.summaries)
    proof = proof or "".join(f'<p class="skal">{_whole(each)}</p>' for each in slide.told)
    chart, palette = slide.chart, view.style.palette
    drawing = ""
    if chart.figure is not None:
        drawing = str(figure_html(chart.figure, alt=chart.alt, palette=palette, is_far=True))
    if slide.empty:
        drawing = f'<p class="bildtom">{escape(slide.empty)}</p>'
    kind = "ensam" if not proof else "bara-citat" if not drawing else ""
    kind = kind or ("bred" if isinstance(chart.figure, Heat | Rows) else "")
    left = f'<div class="vanster">{drawing}</div>' if drawing else ""
    right = f'<div class="hoger">{proof}</div>' if proof else ""
    st.html(
        f'<section class="bild" aria-label="{escape(slide.heading, quote=True)}">'
        f'<p class="overrad"><span>{escape(slide.heading)}</span><span>{warning}{mark}</span></p>'
        f"<h1>{_whole(slide.finding)}</h1>"
        f'<p class="bildmatt">{_whole(slide.measured)}</p>'
        f'<div class="innehall {kind}">{left}{right}</div>'
        f'<p class="bildfot">{_whole(slide.foot)}<br>{_whole(slide.choice)}</p></section>'
    )


def _whole(text: str) -> str:
    """The text as HTML, its dates never cut at a hyphen."""
    return re.sub(r"\d{4}-\d\d-\d\d", r'<span class="hel">\g<0></span>', escape(text))


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
        st.html(
            f'<p class="plats" role="status"><span class="sr">Bild </span>{place} av {last}</p>',
            width="content",
        )
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

    st.html(f'<p class="under">{escape(heading(item))}</p>')
    written(agenda, minutes, item, where="bild")
    if entry_form(agenda, item, where="bild"):
        st.rerun()


@st.dialog("Följ med på egen skärm", width="medium")
def _link_dialog(agenda: Agenda, place: int) -> None:
    minutes.link_and_code(link(agenda, SLIDE_PAGE, place))


def _quotation(view: View, row: Row) -> str:
    return (
        f'<blockquote class="citat stort n{row["level"]}">'
        f"<p>{marked(row['quote'], row['spans'])}</p>"
        f'<footer><span class="niva n{row["level"]}">{level_label(row["level"])}</span> '
        f"{_whole(source_line({**row, 'instruments': [], 'themes': []}))}"
        f"{page_link(view, row)}</footer></blockquote>"
    )


def _summary(row: Row) -> str:
    return (
        f'<blockquote class="citat stort referat"><p><b>Referat:</b> {escape(row["summary"])}</p>'
        f"<footer>{escape(summary_source(row))}</footer></blockquote>"
    )
