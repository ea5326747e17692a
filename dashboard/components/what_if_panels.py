"""Cards of *Tänk om*: the finding, what moves, and every number beside the published one."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts.what_if import (
    SHARE,
    difference_chart,
    difference_words,
    from_to,
    name_of,
    ordered,
)
from dashboard.components import follows
from dashboard.components.card import card, draw, foot, note
from dashboard.components.indicator_words import basis_words, value_words
from dashboard.components.tables import Cell, show_table
from dashboard.components.unfold import rest_of
from dashboard.components.view import View
from dashboard.findings import Finding
from dashboard.text import DASH, capital, count, number, part
from pipelines.indicators import pages
from pipelines.indicators.innovation_index import INDEX
from pipelines.indicators.planning import INCLUSION
from pipelines.indicators.selection import WhatIf
from pipelines.model.measure_codes import ABSENCE

_FIRST = 12
_HEADS = ("Mått", "Publicerat", "Om", "Skillnad", "Underlag")
_NOTHING_PUBLISHED = (
    "Inget publicerat ändras: reglerna finns bara i adressen, och länken visar samma sak för den "
    "som får den."
)


def numbers(view: View, rules: WhatIf) -> pl.DataFrame:
    """Every text number of the choice under the rules, what moves most first."""
    return ordered(view.measure(pages.what_if, rules))


def finding(rows: pl.DataFrame, rules: WhatIf) -> Finding:
    """How many headline numbers move, and which share moves most."""
    headline = rows.filter("is_headline", pl.col("value").is_not_null())
    if not rows.filter(pl.col("indicator_id") == INCLUSION.id)["n"].sum():
        return Finding(
            "Inget är läst, så inget tal kan flytta sig",
            "När handlingar är lästa visar sidan hur talen rör sig med andra regler. Ej insamlad "
            "betyder inte noll.",
        )
    if rules.is_published:
        return Finding(
            "Tänk om andra ord eller gränser hade räknats?",
            f"Reglerna är de publicerade. Stäng av ord eller flytta en gräns. {_NOTHING_PUBLISHED}",
        )
    moved = headline.filter(pl.col("moves") > 0)
    if not moved.height:
        return Finding("Inget tal flyttar sig med de ändrade reglerna", _NOTHING_PUBLISHED)
    many = f"{capital(part(moved.height, headline.height, neuter=True))} tal flyttar sig"
    shares = moved.filter(pl.col("value_unit") == SHARE, pl.col("difference").is_not_null())
    return Finding(f"{many}{_most(shares)}", _NOTHING_PUBLISHED)


def _most(shares: pl.DataFrame) -> str:
    if not shares.height:
        return ""
    row = shares.row(0, named=True)
    before, after = from_to(row)
    name = name_of(row)
    return f" – mest {name[:1].lower()}{name[1:]}: från {before} till {after} procent"


def differences(view: View, rows: pl.DataFrame) -> None:
    """The shares that move, drawn."""
    chart = difference_chart(rows)
    with card("skillnader", chart.title, chart.subtitle):
        if chart.figure is not None:
            draw(view, chart, follow=follows.object_type)
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
            st.html(_waiting(silent))
        rest_of(
            pl.concat([shown, others]),
            min(_FIRST, shown.height),
            ("tal", "tal"),
            lambda rest: _rows(rest, f"{title}, fortsättning"),
            key="talen",
        )
        note(view, f"{number(rows.height)} tal ur lästa texter")


def _waiting(silent: pl.DataFrame) -> str:
    """Which numbers have no value, each reason once, as HTML."""
    items = "".join(
        f"<li><span>{escape(ABSENCE.labels[kind])}</span>"
        f"<p>{escape('; '.join(_names(rows)))}</p></li>"
        for (kind,), rows in silent.group_by("absence_kind", maintain_order=True)
    )
    return f'<p class="under">Huvudtal utan underlag</p><ul class="utanindex">{items}</ul>'


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
