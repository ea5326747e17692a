"""Which municipality a page is about: the filter's, else *Min kommun*, else the best known."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.link_values import keep_in_link
from dashboard.components.own_municipality import own_municipality
from dashboard.components.view import View
from dashboard.queries.municipality import side_by_side

_KEY = "enkommun"


def chosen_municipality(view: View) -> str:
    """Draw the choice and return the municipality's code.

    The choice is the shared filter *Kommuner*, so that it stays in the address and follows to
    other pages; with several chosen the first is shown. A copied link names the municipality that
    is shown, because those who get it have another *Min kommun*, or none.
    """
    codes = list(view.places)
    chosen = [code for code in view.filters.municipalities if code in view.places]
    st.session_state[_KEY] = (
        chosen[0] if chosen else own_municipality(view.places) or _best_known(view)
    )
    code: str = st.selectbox(
        "Kommun",
        codes,
        format_func=lambda each: view.places[each],
        key=_KEY,
        on_change=lambda: st.session_state.update(kommun=[st.session_state[_KEY]]),
        width=320,
    )
    keep_in_link("kommun", view.places[code])
    return code


def only(view: View, *codes: str) -> View:
    """The same view of just these municipalities, which the page is about."""
    filters = replace(view.filters, municipalities=codes)
    return replace(view, filters=filters, fixed=("kommun",))


def _best_known(view: View) -> str:
    """The municipality with most passages, else with most known documents."""
    everywhere = replace(view.filters, municipalities=())
    frame = view.ask(side_by_side, everywhere)
    if not frame.height:
        return next(iter(view.places))
    best = frame.sort(
        ["passages", "known", "municipality_code"], descending=[True, True, False]
    ).row(0, named=True)
    return str(best["municipality_code"])
