"""*Min kommun*: remembered in the reader's own browser, as a cookie that only they can set.

The browser's script writes the cookie when a button whose key begins with ``minkommun-`` is
pressed; the server reads it when a session begins and stores nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

COOKIE = "min_kommun"
_HELD = "min_kommun"
_FORGET = "glom"
SIMILAR = 4


def own_municipality(places: Mapping[str, str]) -> str | None:
    """Return the code of *Min kommun* if it is one of these places (code → name)."""
    if _HELD not in st.session_state:
        st.session_state[_HELD] = st.context.cookies.get(COOKIE)
    held: str | None = st.session_state[_HELD]
    return held if held in places else None


def only_own(places: Mapping[str, str], chosen: tuple[str, ...]) -> None:
    """Draw the one-click filter; once it is on, the same place gives every municipality back."""
    own = own_municipality(places)
    if own is None:
        return
    is_on = chosen == (own,)
    st.button(
        "Alla kommuner" if is_on else f"Min kommun: {places[own]}",
        key="bara-min-kommun",
        on_click=_choose,
        args=([] if is_on else [own],),
        width="content",
    )


def remember_button(places: Mapping[str, str], code: str, *, where: str) -> None:
    """Draw the button that makes a municipality *Min kommun*, or forgets that it is."""
    is_own = own_municipality(places) == code
    name = places[code]
    st.button(
        "Glöm min kommun" if is_own else f"Gör {name} till min kommun",
        key=f"minkommun-{_FORGET if is_own else code}-{where}",
        on_click=_remember,
        args=(None if is_own else code,),
        type="tertiary",
        width="content",
    )


def _choose(codes: list[Any]) -> None:
    st.session_state["kommun"] = codes


def _remember(code: str | None) -> None:
    st.session_state[_HELD] = code
