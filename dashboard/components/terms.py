"""Explains each term once on a page: where it first stands."""

from __future__ import annotations

import streamlit as st

from dashboard.glossary import Term, explained

_SEEN = "forklarade"


def begin_page() -> None:
    """Forget what the page that ran before has explained."""
    st.session_state[_SEEN] = set()


def with_terms(text: str) -> str:
    """Return a text as HTML; terms that the page has not explained yet carry their meaning."""
    return explained(text, _is_first)


def _is_first(term: Term) -> bool:
    seen: set[str] = st.session_state.setdefault(_SEEN, set())
    if term.name in seen:
        return False
    seen.add(term.name)
    return True
