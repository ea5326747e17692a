"""The bank of wordings: grouped, marked, with source, a button that copies, and legal reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import htpy as h
import polars as pl
import streamlit as st

from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.filter_bar import keep_in_link
from dashboard.parts.legal_reach import FLAG, IN_SHORT
from dashboard.parts.markup import badges, show
from dashboard.parts.municipality import SIMILAR, own_municipality
from dashboard.parts.page import text_links
from dashboard.parts.quotation import no_evidence, wording
from dashboard.parts.view import View
from dashboard.queries.municipality import nearest
from dashboard.queries.wordings import Order, wordings
from dashboard.text import count, number
from pipelines.model.codes import DOCUMENT_KIND, INSTRUMENT, THEME, CodeList
from pipelines.model.tables import PASSAGE

SHOWN = 3
_LISTS: dict[Order, CodeList] = {
    "instrument": INSTRUMENT,
    "theme": THEME,
    "document_kind": DOCUMENT_KIND,
}
_FILTER = {"instrument": "instruments", "theme": "themes"}


class Choice(NamedTuple):
    """How the bank is ordered, whose likes come first, and their names."""

    order: Order
    near: tuple[str, ...]
    home: str
    names: tuple[str, ...]


def choice(view: View) -> Choice:
    """Draw the two choices of the page; *Min kommun* is chosen where the address names none."""
    if "hemma" not in st.session_state and "hemma" not in st.query_params:
        st.session_state["hemma"] = own_municipality(view.places)
    with st.container(horizontal=True, key="bankval", vertical_alignment="bottom", gap="medium"):
        home = st.selectbox(
            "Din kommun",
            list(view.places),
            index=None,
            format_func=lambda each: view.places.get(each, each),
            placeholder="Välj för att få liknande kommuner först",
            key="hemma",
            bind="query-params",
            width=340,
        )
        order: Order = st.segmented_control(
            "Ordna efter",
            list(_LISTS),
            format_func=lambda each: _LISTS[each].label,
            default="instrument",
            required=True,
            key="ordna",
            bind="query-params",
        )
        keep_in_link("ordna", _LISTS[order].label)
    if home not in view.places:
        return Choice(order, (), "", ())
    alike = view.ask(nearest, home).slice(1, SIMILAR)
    near = alike.select("municipality_code", "municipality_name").rows()
    return Choice(order, tuple(code for code, _ in near), home, tuple(name for _, name in near))


def found(view: View, chosen: Choice) -> pl.DataFrame:
    """The wordings of all groups."""
    return view.ask(wordings, view.filters, chosen.order, chosen.near, SHOWN)


def bank(view: View, frame: pl.DataFrame, chosen: Choice) -> None:
    """Every group as a card with its strongest wordings."""
    if not frame.height:
        with card("bank-tom", "Så länge: vad andra har läst"):
            no_evidence(view)
        return
    codes = _LISTS[chosen.order]
    present = set(frame["grp"])
    with st.container(key="bank"):
        for code in codes.codes:
            if code.code in present:
                rows = frame.filter(pl.col("grp") == code.code)
                _group(view, chosen, code.code, code.label, code.meaning, rows.to_dicts())
    with st.container(horizontal=True, gap="medium", key="filer-bank"):
        once = frame.unique("passage_id", keep="first", maintain_order=True)
        download(view, "formuleringsbank", once, PASSAGE.columns, key="bank")


def _group(
    view: View, chosen: Choice, code: str, label: str, meaning: str, rows: list[dict[str, Any]]
) -> None:
    total = rows[0]["of_all"]
    title = f"{label}: {count(total, 'skrivning', 'skrivningar')}"
    with card(f"bank-{code}", title, meaning):
        for row in rows:
            show(wording(view, row, _badges(row)))
        if total > len(rows) and chosen.order in _FILTER:
            href = view.link("belagg", **{_FILTER[chosen.order]: (code,)})
            text_links("", [(f"Läs alla {number(total)}", href)], name=label)
        note(view, f"{number(len(rows))} av {number(total)} visas")


def _badges(row: Mapping[str, Any]) -> list[h.Element]:
    plain = [IN_SHORT[row["object_type"]]] if row["object_type"] in IN_SHORT else []
    flagged = [FLAG] if row["legal_flag"] else []
    proviso = [f"Förbehåll: {row['condition']}"] if row["condition"] else []
    alike = ["Liknande kommun"] if row["nearness"] is not None else []
    return [
        *badges(alike, "lik"),
        *(badges(flagged, "varm") or badges(plain)),
        *badges(proviso, "varm"),
    ]
