"""Help on a page: its question and how to read it, and its hardest words explained in place.

One word is explained in a text and two on a page. More marks than that make a sentence harder to
read than the words do; the rest is in the list of terms that *Så läser du sidan* leads to. That
button opens a native popover: it closes with Escape or a click beside it and needs no script.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.glossary import Term, explained, hard_words
from dashboard.pages import Page
from dashboard.parts.view import View

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


def help_button(view: View, page: Page) -> None:
    """Draw the button for a page; a page without a question of its own gets none."""
    if not page.question:
        return
    terms = escape(view.link("metod"), quote=True)
    st.html(
        '<button type="button" class="hjalpknapp" popovertarget="sidhjalp">Så läser du sidan'
        "</button>"
        '<div id="sidhjalp" popover role="dialog" aria-label="Så läser du sidan">'
        f'<p class="fraga">{escape(page.question)}</p><p>{escape(page.reading)}</p>'
        '<p class="mer"><button type="button" class="lank" data-rundtur>Rundtur i tre steg</button>'
        f'<a href="{terms}" target="_self">Alla begrepp och mått</a></p></div>',
        width="content",
    )
