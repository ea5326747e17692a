"""Help on a page: its question and how to read it, and its hardest words explained in place.

One word is explained in a text and two on a page. More marks than that make a sentence harder to
read than the words do; the rest is in the list of terms that *Så läser du sidan* leads to. That
button opens a native popover: it closes with Escape or a click beside it and needs no script.
"""

from __future__ import annotations

import htpy as h
import streamlit as st

from dashboard.glossary import Term, explained, hard_words
from dashboard.pages import Page
from dashboard.parts.markup import link, show
from dashboard.parts.view import View

_SEEN = "forklarade"
MOST = 2
"""Words that carry their meaning on one page."""


def begin_page() -> None:
    """Forget what the page that ran before has explained."""
    st.session_state[_SEEN] = set()


def with_terms(text: str) -> h.Fragment:
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


def help_button(view: View, page: Page) -> None:
    """Draw the button for a page; a page without a question of its own gets none."""
    if not page.question:
        return
    name = "Så läser du sidan"
    show(
        h.button(".hjalpknapp", type="button", popovertarget="sidhjalp")[name],
        h.div("#sidhjalp", popover="", role="dialog", aria_label=name)[
            h.p(".fraga")[page.question],
            h.p[page.reading],
            h.p(".mer")[
                h.button(".lank", type="button", data_rundtur=True)["Rundtur i tre steg"],
                link(view.link("metod"), "Alla begrepp och mått"),
            ],
        ],
        width="content",
    )
