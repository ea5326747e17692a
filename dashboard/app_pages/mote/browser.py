"""What a meeting needs from the browser: its memory, a clock, full screen.

The script is served as a file of our own. Streamlit would hand an inline script over as a ``blob:``
address, which the Content-Security-Policy rightly refuses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import htpy as h
import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from dashboard import meeting
from dashboard.access import demand
from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.notes import Minutes, from_json, to_json

FOLDER = Path(meeting.__file__).parent
_OWNER, _SCRIPT = "planinnovation", "mote.js"
_CLOCK = h.p(".klocka")[
    h.span(role="timer", aria_label="Tid på punkten", data_klocka=True),
    h.button(".lank", type="button", data_paus=True)["Pausa klockan"],
    h.button(".lank", type="button", data_helskarm=True)["Helskärm"],
]


def held_minutes(agenda: Agenda) -> Minutes:
    """Return the meeting's minutes, fetched from the browser's memory and kept there.

    Called once a run on each page of a meeting. Another tab of the same browser is followed.
    """
    key, heard_key = _minutes_key(agenda), f"hort-{agenda.meeting_id}"
    minutes: Minutes | None = st.session_state.get(key)
    result = _component("protokoll")(
        key=f"minne-{agenda.meeting_id}",
        data={
            "part": "protokoll",
            "id": agenda.meeting_id,
            "text": None if minutes is None else to_json(minutes),
        },
        height=1,
        on_text_change=lambda: None,
        on_full_change=lambda: None,
    )
    heard = result.text
    if heard is not None and heard != st.session_state.get(heard_key):
        st.session_state[heard_key] = heard
        minutes = from_json(heard)
        st.session_state[key] = minutes
    if result.full:
        st.warning("Webbläsaren sparar inget. Ladda ned protokollet innan du stänger sidan.")
    return minutes or Minutes()


def keep_minutes(agenda: Agenda, minutes: Minutes) -> None:
    """Hold changed minutes; the browser stores them when the page has run."""
    demand("meet", f"protokoll {agenda.meeting_id}")
    st.session_state[_minutes_key(agenda)] = minutes


def now_minutes(agenda: Agenda) -> Minutes:
    """Return the minutes as they are held in this session."""
    minutes: Minutes | None = st.session_state.get(_minutes_key(agenda))
    return minutes or Minutes()


def clock(agenda: Agenda, item: Item) -> None:
    """Draw the clock of a point with its pause, and the button for full screen."""
    _component("klocka")(
        key=f"klocka-{agenda.meeting_id}-{item.number}",
        data={
            "part": "klocka",
            "id": agenda.meeting_id,
            "point": item.number,
            "minutes": item.minutes,
        },
        width="content",
    )


def _minutes_key(agenda: Agenda) -> str:
    return f"protokoll-{agenda.meeting_id}"


def _component(part: str) -> Any:
    """Mount one of the two parts; the folder of scripts is made known once a server."""
    name = f"{_OWNER}.{part}"
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(name) is None:
        known = ComponentManifest(_OWNER, "1", [ComponentConfig(part, "browser")])
        manager.register_from_manifest(known, FOLDER)
    html = str(_CLOCK) if part == "klocka" else None
    return st.components.v2.component(name, html=html, js=_SCRIPT, isolate_styles=False)
