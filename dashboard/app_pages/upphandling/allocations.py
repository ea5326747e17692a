"""Cards about how allocations are decided: what price weighs, and how a demand is worded."""

from __future__ import annotations

from dataclasses import replace

import htpy as h
import polars as pl
import streamlit as st

from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.markup import show, small_table, weight_bar
from dashboard.parts.page import nothing, text_links
from dashboard.parts.quotation import no_evidence, quotation
from dashboard.parts.unfold import rest_of
from dashboard.parts.view import View
from dashboard.queries import procurement
from dashboard.queries.passages import best_quotations
from dashboard.text import DASH, NBSP, capital, number, part, word
from pipelines.indicators.values import FEWEST
from pipelines.model.columns import COLUMN, Column

ALLOCATIONS = "registret över markanvisningar"
_FIRST = 8
_LEVERS = ("markanvisning_kriterier", "tavling", "funktionskrav", "innovationsupphandling")
_CRITERIA_COLUMNS = (
    COLUMN["allocation_name"],
    COLUMN["municipality_name"],
    COLUMN["allocation_kind"],
    COLUMN["decision_date"],
    Column(name="price", label="Prisets vikt, procent", meaning="Vikt för pris.", kind="decimal"),
    Column(name="other", label="Övrigas vikt, procent", meaning="Vikt för annat.", kind="decimal"),
    Column(name="criteria", label="Kriterier", meaning="Kriterier med vikt.", kind="texts"),
)


def criteria(view: View) -> None:
    """What price weighs in allocations that publish their weights."""
    frame = view.ask(procurement.allocation_criteria, view.filters)
    known, named = view.ask(procurement.count_allocations, view.filters)
    with card("kriterier", _criteria_title(frame), "Prisets andel av vikterna, lägst först"):
        if frame.height:
            _criteria_table(frame.head(_FIRST))
            rest_of(frame, _FIRST, ("rad", "rader"), _criteria_table, key="kriterier")
        elif known:
            nothing(
                view,
                "Inga kända vikter i urvalet.",
                lambda chosen: view.ask(procurement.allocation_criteria, chosen).height,
            )
        else:
            nothing(
                view,
                "Inga markanvisningar i urvalet.",
                lambda chosen: view.ask(procurement.count_allocations, chosen)[0],
            )
        coverage = f"Vikter kända för {number(frame.height)} av {number(known)}"
        note(view, f"{coverage} · {number(named)} anger kriterier", ALLOCATIONS)
        show(
            h.p(".fot")[
                "Som pris räknas kriterier vars namn innehåller pris, köpeskilling eller "
                "tomträttsavgäld."
            ]
        )
        with st.container(horizontal=True, gap="medium"):
            download(view, "markanvisningskriterier", frame, _CRITERIA_COLUMNS, key="kriterier")


def _criteria_title(frame: pl.DataFrame) -> str:
    if not frame.height:
        return "Inga markanvisningar med kända vikter"
    if frame.height < FEWEST:
        return f"För få markanvisningar med kända vikter: {number(frame.height)}"
    without = frame.filter(pl.col("price") == 0).height
    half = frame.filter(pl.col("price") >= 50).height
    return (
        f"{capital(part(without, frame.height))} markanvisningar väljer helt utan pris, "
        f"{word(half) if half else 'ingen'} låter pris väga minst hälften"
    )


def _criteria_table(frame: pl.DataFrame) -> None:
    body = [
        h.tr[
            h.th(scope="row", data_rubrik="Markanvisning")[
                row["allocation_name"],
                h.br,
                h.span(".tyst")[
                    f"{row['municipality_name']} · {(row['decision_date'] or DASH)[:4]}"
                ],
            ],
            h.td(data_rubrik="Pris")[weight_bar(row["price"]), f" {number(row['price'])}{NBSP}%"],
            h.td(".tyst", data_rubrik="Tyngst")[", ".join(row["criteria"][:3])],
        ]
        for row in frame.to_dicts()
    ]
    heads = ("Markanvisning", "Pris", "Tyngsta kriterier med vikt")
    show(small_table("Prisets vikt i markanvisningar", heads, body, "rader"))


def proof(view: View) -> None:
    """The strongest words about choosing developers or buying something new."""
    chosen = replace(view.filters, instruments=view.filters.instruments or _LEVERS)
    rows = view.ask(best_quotations, chosen, 2).to_dicts()
    with card("kopcitat", "Så skrivs kraven", "Starkaste beläggen om kriterier, tävling och krav"):
        if not rows:
            fixed = view.fixed if view.filters.instruments else (*view.fixed, "styrmedel")
            no_evidence(replace(view, filters=chosen, fixed=fixed))
            return
        for row in rows:
            quotation(view, row)
        href = view.link("belagg", instruments=chosen.instruments)
        text_links("", [("Läs alla belägg om kriterier, tävling och krav", href)], name="Belägg")
        note(view, "")
