"""Log in and out, and the page that somebody sees who may not see another."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.access import Person, refusal
from dashboard.pages import Page
from dashboard.roles import Action
from dashboard.web.login import FAILED


def login_button(asking: Person, *, key: str = "konto") -> None:
    """Draw *Logga in*, or the role and *Logga ut*; nothing where login is off."""
    if asking.state == "off":
        return
    with st.container(
        horizontal=True, key=key, width="content", vertical_alignment="center", gap="small"
    ):
        if asking.state == "in":
            st.html(f'<p class="roll">{escape(asking.role_words.capitalize())}</p>')
            st.button("Logga ut", key=f"{key}-ut", type="tertiary", on_click=st.logout)
        else:
            st.button("Logga in", key=f"{key}-in", type="tertiary", on_click=st.login)


def login_failed(asking: Person) -> None:
    """Say that a login failed, as the address tells after one."""
    if asking.state in ("out", "stale") and st.query_params.get(FAILED):
        st.warning(
            "**Inloggningen gick inte att slutföra.** Försök igen. Kommer felet tillbaka, meddela "
            "den som driver panelen."
        )


def refused(page: Page, action: Action, asking: Person) -> None:
    """Say in place of a page who may see it, with the way in."""
    words = refusal(asking, action)
    st.html(
        f'<h1 class="fynd">{escape(page.title)} visas inte för dig</h1>'
        f'<p class="ingress">{escape(words.found)} {escape(words.do)}</p>'
    )
    if not asking.may("read"):
        login_button(asking, key="konto-sida")
