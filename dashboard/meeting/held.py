"""The agenda of this session: the address is the truth, the session keeps it between pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

from dashboard.meeting.agenda import KEYS, Agenda, from_params, new_agenda, to_params
from dashboard.meeting.frozen import Frozen, find_edition, meeting_view
from dashboard.meeting.kinds import KINDS
from dashboard.parts.failure import explain
from dashboard.parts.view import View
from pipelines.errors import PlanInnovationError
from pipelines.model.region import load_region, region_names

AGENDA_PAGE, SLIDE_PAGE = "mote", "bild"
_HELD = "dagordning"


def current_agenda(view: View) -> Agenda:
    """Return the agenda of the address, else of the session, else an empty one of this region."""
    given = {name: st.query_params.get_all(name) for name in KEYS}
    agenda = from_params(given, KINDS)
    if agenda is not None and agenda.region in region_names():
        st.session_state[_HELD] = agenda
        return agenda
    held: Agenda | None = st.session_state.get(_HELD)
    if held is None:
        held = new_agenda(view.region.name, view.edition.stem)
        st.session_state[_HELD] = held
    elif held.items:
        _write(held)
    elif held.region != view.region.name:
        held = new_agenda(view.region.name, view.edition.stem)
        st.session_state[_HELD] = held
    return held


def held_agenda() -> Agenda:
    """Return the agenda as the last run left it; for callbacks, which run before the page."""
    agenda: Agenda = st.session_state[_HELD]
    return agenda


def last_meeting(view: View) -> date | None:
    """Return the day of the last meeting, where this session holds an agenda of the region."""
    held: Agenda | None = st.session_state.get(_HELD)
    return held.since if held is not None and held.region == view.region.name else None


def keep(agenda: Agenda) -> None:
    """Hold a changed agenda and write it to the address."""
    st.session_state[_HELD] = agenda
    _write(agenda)


def changed(edit: Callable[..., Agenda], *values: Any, **named: Any) -> None:
    """Edit the agenda in a callback."""
    keep(edit(held_agenda(), *values, **named))


def start_over(view: View) -> None:
    """Begin a new meeting with the page's region and edition."""
    keep(new_agenda(view.region.name, view.edition.stem))


def whole_view(view: View, agenda: Agenda) -> tuple[View, Frozen] | None:
    """Return the meeting's view and its edition; None, with the reason shown, when it has none."""
    try:
        frozen = find_edition(agenda)
    except PlanInnovationError as error:
        explain(error)
        return None
    return meeting_view(view, agenda, frozen.file), frozen


def link(agenda: Agenda, page: str, place: int | None = None) -> str:
    """The address that opens the same view elsewhere, every value spelled out."""
    values = {"region": [load_region(agenda.region).label], **to_params(agenda)}
    if place is not None:
        values["bild"] = [str(place)]
    return f"{base_address()}/{page}?{urlencode(values, doseq=True, quote_via=quote)}"


def base_address() -> str:
    """The dashboard's own address without a page; empty where nobody asked through a browser."""
    base = str(st.context.url or "").split("?")[0]
    folder = (
        base.rsplit("/", 1)[0] if base.rsplit("/", 1)[-1] in (AGENDA_PAGE, SLIDE_PAGE) else base
    )
    return folder.rstrip("/")


def today() -> date:
    """The reader's day, for file names and the minutes' heading."""
    return date.today()


def _write(agenda: Agenda) -> None:
    params = to_params(agenda)
    for name in KEYS:
        if name in params:
            st.query_params[name] = params[name] if name == "punkt" else params[name][0]
        elif name in st.query_params:
            del st.query_params[name]
