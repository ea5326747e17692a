"""What *Kopiera länk* spells out beside the filters: values that the page itself chose.

An address leaves out a widget's default, and some defaults follow the data or the reader's own
browser; such a page says here what it shows.
"""

from __future__ import annotations

import streamlit as st

_KEY = "i_lanken"


def begin_page() -> None:
    """Forget the values of the page that ran before."""
    st.session_state[_KEY] = {}


def keep_in_link(name: str, *values: str) -> None:
    """Spell out a parameter of the address, in the words that its widget shows."""
    st.session_state.setdefault(_KEY, {})[name] = list(values)


def link_values(filters: set[str]) -> dict[str, list[str]]:
    """Return what the address says beside the named filters, and what the page has added."""
    params = st.query_params
    given = {name: params.get_all(name) for name in params if name not in filters}
    return given | dict(st.session_state.get(_KEY, {}))
