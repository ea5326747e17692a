"""Log in and out, and the page that somebody sees who may not see another."""

from __future__ import annotations

import htpy as h
import streamlit as st

from dashboard.access import Person, refusal
from dashboard.pages import Page
from dashboard.parts.markup import link, show
from dashboard.roles import Action
from dashboard.web.login import FAILED


def login_button(asking: Person) -> None:
    """Draw *Logga in*, or the role and *Logga ut*; nothing where login is off."""
    if asking.state == "off":
        return
    with st.container(
        horizontal=True, key="konto", width="content", vertical_alignment="center", gap="small"
    ):
        if asking.state == "in":
            show(h.p(".roll")[asking.role_words.capitalize()])
            st.button("Logga ut", key="konto-ut", type="tertiary", on_click=st.logout)
        else:
            st.button("Logga in", key="konto-in", type="tertiary", on_click=st.login)


def login_failed(asking: Person) -> None:
    """Say that a login failed, as the address tells after one."""
    if asking.state in ("out", "stale") and st.query_params.get(FAILED):
        st.warning(
            "**Inloggningen gick inte att slutföra.** Försök igen. Kommer felet tillbaka, meddela "
            "den som driver panelen."
        )


def refused(page: Page, action: Action, asking: Person) -> None:
    """Say in place of a page who may see it, with the way in."""
    if not asking.may("read"):
        _closed(asking)
        return
    words = refusal(asking, action)
    text = f"{words.found} Det får {words.expected[:1].lower()}{words.expected[1:]} {words.do}"
    _instead(f"{page.title} visas inte för dig", text)
    show(h.p[link("./", "Till Läget")])


def _closed(asking: Person) -> None:
    """The whole panel is closed to somebody."""
    if asking.state == "off":
        _instead("Panelen är stängd", "Be den som driver panelen om tillgång.")
        return
    gone = "Inloggningen har gått ut. " if asking.state == "stale" else ""
    _instead("Logga in för att läsa panelen", f"{gone}Panelen är öppen för dem som har ett konto.")
    st.button("Logga in", key="konto-sida", type="primary", on_click=st.login)


def _instead(heading: str, text: str) -> None:
    """Draw a heading and a sentence; no tour begins at them."""
    show(h.h1(".fynd.nekad")[heading], h.p(".ingress")[text])
