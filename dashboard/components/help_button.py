"""The quiet button that opens the page's question and how to read it.

A native popover: it closes with Escape or a click beside it, needs no script, and what it holds
comes next in the tab order.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.components.view import View
from dashboard.page_help import PAGE_HELP


def help_button(view: View, page: str) -> None:
    """Draw the button for a page; pages without help of their own get none."""
    help_ = PAGE_HELP.get(page)
    if help_ is None:
        return
    terms = escape(view.link("metod"), quote=True)
    st.html(
        '<button type="button" class="hjalpknapp" popovertarget="sidhjalp">Så läser du sidan'
        "</button>"
        '<div id="sidhjalp" popover role="dialog" aria-label="Så läser du sidan">'
        f'<p class="fraga">{escape(help_.question)}</p><p>{escape(help_.reading)}</p>'
        '<p class="mer"><button type="button" class="lank" data-rundtur>Rundtur i tre steg</button>'
        f'<a href="{terms}" target="_self">Alla begrepp och mått</a></p></div>',
        width="content",
    )
