"""Cards of *Innovationsindex*: the reader's weights, scores, components, sensitivity, absence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import htpy as h
import polars as pl
import streamlit as st

from dashboard import measures
from dashboard.charts.innovation_index import (
    PART_LABELS,
    interval_chart,
    place_words,
    scored,
    sensitivity_chart,
)
from dashboard.parts.card import card, chart_card, draw, foot, municipality, note
from dashboard.parts.filter_bar import keep_in_link
from dashboard.parts.markup import between, link, reasons, show, small_table, weight_bar
from dashboard.parts.measure_words import reason_words
from dashboard.parts.unfold import rest_of
from dashboard.parts.view import View
from dashboard.text import NBSP, apportioned, capital, number, word
from pipelines.indicators import innovation_index
from pipelines.indicators.innovation_index import COMPONENTS, EQUAL

_SOURCE = "kommunernas planhandlingar och registret över testverksamhet"
_FIRST = 30
"""Municipalities whose components are shown at once; the others unfold."""
_ORDERS = {"namn": "Namn", "index": "Index"}
_EVEN = 5
_MOST = 10
_MEANINGS = {
    "depth": "Hur starkt handlingarna binder: medel av deras högsta förpliktelsegrad.",
    "breadth": "Hur många teman och styrmedel som finns, av 22.",
    "density": "Hur tätt beläggen står: tio per tio sidor ger 100.",
    "carry": "Hur stor andel av leden som håller, från översiktsplan till test på plats.",
}
_KEYS = {
    "depth": "vikt_djup",
    "breadth": "vikt_bredd",
    "density": "vikt_tathet",
    "carry": "vikt_genomslag",
}
"""Address parameter of each component's weight."""


def any_index(view: View) -> bool:
    """Whether any municipality in the choice has what an index needs; weights do not matter."""
    return bool(measured(view, EQUAL)[0]["score"].count())


def measured(view: View, weights: Mapping[str, float]) -> tuple[pl.DataFrame, int]:
    """Return the table ``index_rank`` in order of name, and how many documents are read.

    Both under the reader's choice and weights.
    """
    found = view.measure(measures.index, dict(weights))
    read = found["values"].filter(pl.col("part") == "index")["n"].sum()
    code = pl.col("municipality_code")
    order = {each: place for place, each in enumerate(view.places)}
    named = found["index_rank"].with_columns(
        code.replace_strict(view.places, return_dtype=pl.String).alias("municipality_name")
    )
    return named.sort(code.replace_strict(order, return_dtype=pl.Int64)), int(read)


def scores(view: View, ranks: pl.DataFrame) -> None:
    """Every index with its interval; a click leads to the municipality's passages."""
    order = st.session_state.get("ordning", "namn")
    rows = scored(ranks, by_score=order == "index")
    chart = interval_chart(rows, ranks)
    with card("index", chart.title, chart.subtitle):
        if chart.figure is not None:
            _order_choice()
            draw(view, chart, follow=municipality)
            show(
                h.p(".under")[
                    "Står ett intervall i stället för en plats går platsen inte att skilja från en "
                    "annan kommuns: deras intervall överlappar."
                ]
            )
        foot(view, chart, key="index", source=_SOURCE)


def _order_choice() -> None:
    """Draw the choice of order: by name, or highest first."""
    chosen = st.segmented_control(
        "Ordning",
        list(_ORDERS),
        format_func=_ORDERS.__getitem__,
        default="namn",
        required=True,
        key="ordning",
        bind="query-params",
    )
    keep_in_link("ordning", _ORDERS[chosen])


def components(view: View, ranks: pl.DataFrame) -> None:
    """The four components of each municipality that has an index."""
    have = ranks.filter(pl.col("score").is_not_null())
    if not have.height:
        return
    with card(
        "indexdelar",
        "Ett index döljer vad det består av: här är delarna",
        "Delarna på skalan 0–100. Kommunens namn leder till dess sida.",
    ):
        _component_table(view, have.head(_FIRST))
        rest_of(
            have,
            _FIRST,
            ("kommun", "kommuner"),
            lambda rows: _component_table(view, rows),
            key="indexdelar",
        )
        note(view, f"{number(have.height)} av {number(ranks.height)} kommuner har index", _SOURCE)


def _component_table(view: View, rows: pl.DataFrame) -> None:
    heads = ("Kommun", "Index", *PART_LABELS.values(), "Plats", "Belägg")
    body = [_component_row(view, row) for row in rows.to_dicts()]
    show(small_table("Indexets delar", heads, body, "rader indexdelar"))


def _component_row(view: View, row: dict[str, Any]) -> h.Element:
    own, read = (
        view.link(page, municipalities=(row["municipality_code"],)) for page in ("kommun", "belagg")
    )
    name = row["municipality_name"]
    return h.tr[
        h.th(scope="row")[link(own, name)],
        h.td(data_rubrik="Index")[h.b[number(row["score"])]],
        (
            h.td(data_rubrik=text)[weight_bar(row[code]), number(row[code])]
            for code, text in PART_LABELS.items()
        ),
        h.td(data_rubrik="")[capital(place_words(row))],
        h.td(data_rubrik="Belägg")[link(read, "Läs", label=f"Läs beläggen i {name}")],
    ]


def absent(view: View, ranks: pl.DataFrame) -> None:
    """Those without an index, each with its reason: too little is not zero."""
    rows = ranks.filter(pl.col("score").is_null())
    if not rows.height:
        return
    by_reason: dict[str, list[h.Element]] = {}
    for row in rows.to_dicts():
        href = view.link("kommun", municipalities=(row["municipality_code"],))
        by_reason.setdefault(row["absence"], []).append(link(href, row["municipality_name"]))
    what = "kommun saknar" if rows.height == 1 else "kommuner saknar"
    with card(
        "utanindex",
        f"{capital(word(rows.height))} {what} underlag för ett index",
        "Skälet står i stället för ett tal: för lite läst är inte noll.",
    ):
        show(
            reasons(
                (capital(reason_words(reason)), between(names, ", "))
                for reason, names in sorted(by_reason.items())
            )
        )
        if rows.height == ranks.height:
            foot(view, interval_chart(rows.clear(), ranks), key="utanindex")


def sensitivity(view: View, weights: Mapping[str, float]) -> None:
    """What the places depend on most."""
    found = view.measure(innovation_index.sensitivity_table, dict(weights))
    chart = sensitivity_chart(found, view.places)
    chart_card(view, chart, key="kanslighet", source=_SOURCE)


def reset() -> None:
    """Give the four components the same weight."""
    for key in _KEYS.values():
        st.session_state[key] = _EVEN


def scaled(points: Mapping[str, int]) -> dict[str, float]:
    """Weights that sum to one; four zeros say nothing, so all count equally then.

    >>> scaled({"depth": 6, "breadth": 2, "density": 2, "carry": 0})
    {'depth': 0.6, 'breadth': 0.2, 'density': 0.2, 'carry': 0.0}
    """
    total = sum(points.values())
    return {name: points[name] / total for name in COMPONENTS} if total else dict(EQUAL)


def whole_percent(weights: Mapping[str, float]) -> dict[str, int]:
    """Weights in whole percent that sum to 100.

    >>> whole_percent({"depth": 1 / 3, "breadth": 1 / 3, "density": 1 / 3, "carry": 0.0})
    {'depth': 34, 'breadth': 33, 'density': 33, 'carry': 0}
    """
    shares = apportioned([100 * weight for weight in weights.values()])
    return {name: int(share) for name, share in zip(weights, shares, strict=True)}


def choice() -> dict[str, float]:
    """Draw one slider a component and return the weights."""
    with card("vikter", "Vad ska väga mest?", "Dra i reglagen: index och platser räknas om direkt"):
        points = {}
        for pair in (COMPONENTS[:2], COMPONENTS[2:]):
            # A row for each pair, so that a phone keeps the order of the components.
            for name, column in zip(pair, st.columns(2, gap="medium"), strict=True):
                points[name] = column.slider(
                    PART_LABELS[name],
                    0,
                    _MOST,
                    _EVEN,
                    key=_KEYS[name],
                    bind="query-params",
                    help=_MEANINGS[name],
                )
        for name, value in points.items():
            keep_in_link(_KEYS[name], str(value))
        weights = scaled(points)
        shares = " · ".join(
            f"{PART_LABELS[name].lower()} {number(share)}{NBSP}%"
            for name, share in whole_percent(weights).items()
        )
        empty = "" if any(points.values()) else "Alla reglage står på noll: delarna väger lika. "
        show(h.p(".under", role="status")[f"{empty}Vikterna räknas om till 100 procent: {shares}."])
        st.button(
            "Återställ vikter",
            key="aterstall-vikter",
            on_click=reset,
            type="tertiary",
            disabled=is_even(weights),
        )
    return weights


def is_even(weights: Mapping[str, float]) -> bool:
    """Whether these are the published weights."""
    return dict(weights) == dict(EQUAL)
