"""Cards of *Tänk om*: the choice of rules, and every number under them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import htpy as h
import polars as pl
import streamlit as st

from dashboard.charts.what_if import (
    difference_chart,
    difference_words,
    name_of,
    ordered,
)
from dashboard.parts.card import card, draw, foot, note, object_type
from dashboard.parts.filter_bar import keep_in_link
from dashboard.parts.markup import copy_button, reasons, show
from dashboard.parts.measure_words import basis_words, value_words
from dashboard.parts.table import Cell, show_table
from dashboard.parts.unfold import rest_of
from dashboard.parts.view import View
from dashboard.queries import method
from dashboard.rules import PARAMETER, query, to_params
from dashboard.text import DASH, capital, count, number, part
from pipelines.indicators import catalog
from pipelines.indicators.innovation_index import INDEX
from pipelines.indicators.scope import AS_PUBLISHED, WhatIf
from pipelines.indicators.what_if import SWITCHABLE
from pipelines.model.codes import ABSENCE, COMMITMENT, INSTRUMENT, THEME

_FIRST = 12
_HEADS = ("Mått", "Publicerat", "Om", "Skillnad", "Underlag")
_EXPLAINED = (
    "Ett avstängt ord tar med sig passager som inget annat ord öppnar och koder som inget annat "
    "ord talar för, räknat på utgåvans egna passager – en minsta ändring, för en ny kodning "
    "skulle också väga om orden som är kvar."
)


def numbers(view: View, rules: WhatIf) -> pl.DataFrame:
    """Every text number of the choice under the rules, what moves most first."""
    return ordered(view.measure(catalog.what_if, rules))


def differences(view: View, rows: pl.DataFrame) -> None:
    """The shares that move, drawn."""
    chart = difference_chart(rows)
    with card("skillnader", chart.title, chart.subtitle):
        if chart.figure is not None:
            draw(view, chart, follow=object_type)
        foot(view, chart, key="skillnader")


def table(view: View, rows: pl.DataFrame, rules: WhatIf) -> None:
    """The headline numbers first, what moves most at the top; the others unfold.

    Numbers without a value stand under the table, by what they wait for.
    """
    headline, others = rows.filter("is_headline"), rows.filter(~pl.col("is_headline"))
    has_value = pl.any_horizontal(pl.col("value", "value_if").is_not_null())
    shown, silent = headline.filter(has_value), headline.filter(~has_value)
    told = shown.filter(pl.col("value").is_not_null())
    moved = told.filter(pl.col("moves") > 0).height
    title = (
        "Huvudtalen som de är publicerade"
        if rules.is_published
        else f"{capital(part(moved, told.height, neuter=True))} huvudtal flyttar sig"
    )
    with card("talen", title, "Publicerat tal, talet med ändrade regler och skillnaden"):
        if shown.height:
            _rows(shown.head(_FIRST), title)
        if silent.height:
            show(h.p(".under")["Huvudtal utan underlag"], _waiting(silent))
        rest_of(
            pl.concat([shown, others]),
            min(_FIRST, shown.height),
            ("tal", "tal"),
            lambda rest: _rows(rest, f"{title}, fortsättning"),
            key="talen",
        )
        note(view, f"{number(rows.height)} tal ur lästa texter")


def _waiting(silent: pl.DataFrame) -> h.Element:
    """Which numbers have no value, each reason once."""
    groups = silent.group_by("absence_kind", maintain_order=True)
    return reasons((ABSENCE.labels[kind], "; ".join(_names(rows))) for (kind,), rows in groups)


def _names(rows: pl.DataFrame) -> list[str]:
    """Each measure by name; the index, which has a row a municipality, once with how many."""
    is_index = pl.col("indicator_id") == INDEX.id
    names = [name_of(row) for row in rows.filter(~is_index).to_dicts()]
    places = rows.filter(is_index).height
    return [*names, f"{INDEX.label} för {count(places, 'kommun', 'kommuner')}"] if places else names


def _rows(rows: pl.DataFrame, caption: str) -> None:
    show_table(
        _HEADS,
        [_row(row) for row in rows.to_dicts()],
        caption=caption,
        numeric=frozenset({1, 2, 3}),
    )


def _row(row: dict[str, Any]) -> list[Cell]:
    other = {**row, "value": row["value_if"], "absence": row["absence_if"]}
    moved = row["moves"] > 0
    return [
        Cell(name_of(row)),
        Cell(value_words(row)),
        Cell(DASH if row["value"] is None and row["value_if"] is None else value_words(other)),
        Cell(difference_words(row) or DASH, kind="flyttar" if moved else "tyst"),
        Cell(basis_words(row) or DASH),
    ]


def entries_of(view: View) -> dict[str, str]:
    """Codebook entry → label, of those that can be switched off, in the codebook's order."""
    codebook = view.ask(method.codebook).filter(pl.col("kind").is_in(SWITCHABLE))
    return dict(codebook.select("entry_id", "label").rows())


def reset() -> None:
    """Give back the published rules."""
    for field, key in PARAMETER.items():
        value = getattr(AS_PUBLISHED, field)
        st.session_state[key] = list(value) if isinstance(value, tuple) else value


def choice(view: View, entries: Mapping[str, str]) -> WhatIf:
    """Draw the rules and return them; the link spells out every one."""
    with card("regler", "Ändra reglerna", "Talen räknas om direkt. Inget publicerat ändras."):
        rules = WhatIf(
            off_entries=_off("Ord i kodboken att stänga av", "off_entries", entries),
            off_themes=_off("Teman att stänga av", "off_themes", THEME.labels),
            off_instruments=_off("Styrmedel att stänga av", "off_instruments", INSTRUMENT.labels),
            counts_from=_level("Räknas som belägg från", "counts_from"),
            carries_from=_level("Börjar en tråd från", "carries_from"),
            requires_from=_level("Kallas krav från", "requires_from"),
        )
        for name, values in to_params(rules, entries).items():
            keep_in_link(name, *values)
        _buttons(view, rules, entries)
        show(h.details(".fot")[h.summary["Vad händer när ett ord stängs av?"], h.p[_EXPLAINED]])
    return rules


def _buttons(view: View, rules: WhatIf, entries: Mapping[str, str]) -> None:
    address = f"{view.link('')}&{query(rules, entries)}"
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        show(copy_button("Kopiera länk till reglerna", address), width="content")
        st.button(
            "Återställ reglerna",
            key="aterstall-regler",
            on_click=reset,
            type="tertiary",
            disabled=rules.is_published,
        )


def _off(label: str, field: str, options: Mapping[str, str]) -> tuple[str, ...]:
    chosen: list[str] = st.multiselect(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        placeholder="Inget avstängt",
        select_all=False,
        key=PARAMETER[field],
        bind="query-params",
    )
    return tuple(code for code in chosen if code in options)


def _level(label: str, field: str) -> str:
    published: str = getattr(AS_PUBLISHED, field)
    chosen = st.segmented_control(
        label,
        COMMITMENT.values[1:],
        format_func=COMMITMENT.labels.__getitem__,
        default=published,
        required=True,
        key=PARAMETER[field],
        bind="query-params",
    )
    return chosen or published
