"""Cards about how allocations are decided: what price weighs, and how a demand is worded."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import polars as pl
import streamlit as st

from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
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
        st.html(
            '<p class="fot">Som pris räknas kriterier vars namn innehåller pris, köpeskilling '
            "eller tomträttsavgäld.</p>"
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
    rows = "".join(
        f'<tr><th scope="row" data-rubrik="Markanvisning">{escape(row["allocation_name"])}<br>'
        f'<span class="tyst">{escape(row["municipality_name"])} · '
        f"{escape((row['decision_date'] or DASH)[:4])}</span></th>"
        f'<td data-rubrik="Pris"><span class="vikt"><i style="width:{row["price"]:.0f}%"></i>'
        f"</span> {number(row['price'])}{NBSP}%</td>"
        f'<td data-rubrik="Tyngst" class="tyst">{escape(", ".join(row["criteria"][:3]))}</td></tr>'
        for row in frame.to_dicts()
    )
    st.html(
        '<table class="rader"><caption>Prisets vikt i markanvisningar</caption><thead><tr>'
        '<th scope="col">Markanvisning</th><th scope="col">Pris</th>'
        f'<th scope="col">Tyngsta kriterier med vikt</th></tr></thead><tbody>{rows}</tbody></table>'
    )


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
