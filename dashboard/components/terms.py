"""Explains the hardest words of a page where they first stand: one in a text, two on a page.

More marks than that make a sentence harder to read than the words do; the rest is one click away,
in the list of terms that *Så läser du sidan* leads to.
"""

from __future__ import annotations

import streamlit as st

from dashboard.glossary import Term, explained, hard_words

_SEEN = "forklarade"
MOST = 2
"""Words that carry their meaning on one page."""


def begin_page() -> None:
    """Forget what the page that ran before has explained."""
    st.session_state[_SEEN] = set()


def with_terms(text: str) -> str:
    """Return a text as HTML; its hardest word that is new to the page carries its meaning."""
    seen: set[str] = st.session_state.setdefault(_SEEN, set())
    new = [name for name in hard_words(text) if name not in seen]
    if not new or len(seen) >= MOST:
        return explained(text, lambda _: False)

    def is_first(term: Term) -> bool:
        if term.name != new[0] or term.name in seen:
            return False
        seen.add(term.name)
        return True

    return explained(text, is_first)
