"""Every explained word in one list."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.components.card import card
from dashboard.glossary import GLOSSARY


def terms() -> None:
    """Draw the words of planning and of the method with their meanings."""
    items = "".join(
        f"<div><dt>{escape(term.name)}</dt><dd>{escape(term.meaning)}</dd></div>"
        for term in GLOSSARY
    )
    about = "De svåraste har en prickad linje på sidorna, första gången de står där"
    with card("begrepp", f"{len(GLOSSARY)} begrepp i planering och metod", about):
        st.html(f'<dl class="begreppslista">{items}</dl>')
