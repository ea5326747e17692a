"""Cards of *Utforska*: the picture, the marked units with their passages, and those without."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import htpy as h
import polars as pl
import streamlit as st

from dashboard.app_pages.utforska import choice as choices
from dashboard.app_pages.utforska import units
from dashboard.app_pages.utforska.choice import Choice
from dashboard.charts.explore import explore_chart, explore_figure, said, wide_table
from dashboard.draw.chart import Chart, Plot
from dashboard.parts.card import card, foot
from dashboard.parts.downloads import download
from dashboard.parts.markup import reasons, show
from dashboard.parts.page import text_links
from dashboard.parts.plot import draw_plot
from dashboard.parts.table import Cell, show_table
from dashboard.parts.unfold import in_pieces
from dashboard.parts.view import CHAIN, View
from dashboard.text import capital, count, number, word

_FIRST = 30
"""Units of a list that are shown at once; the others unfold."""


def table_of(choice: Choice) -> pl.DataFrame:
    """One row a unit with what stands on axes, colour and size."""
    return wide_table(choice.values, choice.measures)


def picture(view: View, choice: Choice, table: pl.DataFrame) -> tuple[Chart, list[str]]:
    """Draw the picture, where a box, a lasso or a press marks points; return what is marked."""
    words = explore_chart(table, choice.measures, forms=choice.forms)
    with card("utforska", words.title, words.subtitle):
        place = st.container()
        marked = choices.marks(table, choice.kind)
        chart = (
            replace(words, figure=explore_figure(table, choice.measures, marked))
            if marked
            else words
        )
        with place:
            if isinstance(chart.figure, Plot):
                draw_plot(
                    view, chart.figure, name=chart.name, alt=chart.alt, key="utforskabild",
                    selected=choices.mark,
                )  # fmt: skip
            else:
                advice = " Välj ett annat mått, eller läs skälen nedan."
                show(h.p(".tomt")[h.strong["Inget går att rita."], advice])
        foot(view, chart, key="utforska", source=CHAIN)
    return chart, marked


def rows_of(view: View, choice: Choice, chart: Chart, marked: list[str]) -> None:
    """The marked units with their numbers, passages and files."""
    if not marked:
        return
    rows = chart.table.filter(pl.col("unit_id").is_in(marked))
    one, many = choice.forms
    title = f"{capital(word(rows.height))} {one if rows.height == 1 else many} markerade"
    with card("markerade", title, "Samma tal som i bilden, med underlag"):
        if not choices.is_in_link(marked):
            words = "Länken bär högst 40 markeringar, så den visar bilden utan dem."
            show(h.p(".under")[words])
        _all_passages(view, choice, rows)
        _table(view, choice, rows.head(_FIRST))
        in_pieces(
            rows.height - _FIRST,
            choice.forms,
            lambda start, length: _table(view, choice, rows.slice(_FIRST + start, length)),
            key="markerade",
        )
        with st.container(horizontal=True, key="fot-markerade", gap="medium"):
            download(view, "utforska_markerade", rows, chart.columns, key="markerade")


def _all_passages(view: View, choice: Choice, rows: pl.DataFrame) -> None:
    """One link to the passages of all marked municipalities, and one to each plan's."""
    codes = tuple(rows["municipality_code"].drop_nulls().unique(maintain_order=True))
    if choice.kind == units.MUNICIPALITIES and codes:
        narrowed = units.until(view, choice.year)
        href = narrowed.link("belagg", municipalities=codes)
        places = count(len(codes), "kommun", "kommuner")
        text_links("Läs vad som står:", [(f"belägg i {places}", href)], name="Läs beläggen")


def _table(view: View, choice: Choice, rows: pl.DataFrame) -> None:
    used = {role: each for role, each in choice.measures.items() if each is not None}
    heads = [capital(choice.forms[0]), *(each.label for each in used.values()), "Belägg"]
    lines = []
    for row in rows.to_dicts():
        cells = [
            Cell(
                said(row[role], measure),
                second=f"n = {number(row[f'{role}_n'])}" if row[f"{role}_n"] else "",
            )
            for role, measure in used.items()
        ]
        href = _passages(view, choice, row)
        lines.append([Cell(row["unit_name"]), *cells, Cell("Läs" if href else "–", href)])
    numeric = frozenset(range(1, len(heads) - 1))
    show_table(heads, lines, caption="Markerade", numeric=numeric)


def _passages(view: View, choice: Choice, row: dict[str, Any]) -> str:
    """Where the passages of a unit are; a core has none of its own."""
    code = row["municipality_code"]
    if not code:
        return ""
    narrowed = units.until(view, choice.year)
    href = narrowed.link("belagg", municipalities=(code,))
    if choice.kind == units.PLANS:
        name = row["unit_name"].rpartition(f", {row['municipality_name']}")[0]
        href += f"&{urlencode({'ord': name})}"
    return href


def without(choice: Choice, table: pl.DataFrame) -> None:
    """The units that lack a number, by the reason: too little and not read are not zero."""
    rows = table.filter(pl.col("x").is_null() | pl.col("y").is_null())
    if not rows.height:
        return
    axes = {role: choice.measures[role] for role in ("x", "y")}
    lacking = wide_table(choice.values, axes).filter(pl.col("absence").is_not_null())
    by_reason: dict[str, list[str]] = {}
    for row in lacking.to_dicts():
        by_reason.setdefault(row["absence"] or "Ej beräknat.", []).append(row["unit_name"])
    one, many = choice.forms
    is_one = rows.height == 1
    drawn = "ritad" if is_one else "ritade"
    title = f"{capital(word(rows.height))} {one if is_one else many} är inte {drawn}"
    with card("utforskautan", title, "Det som saknas är inte noll: skälet står här"):
        show(
            reasons(
                (
                    capital(reason),
                    [
                        "; ".join(names[:_FIRST]),
                        f" och {number(len(names) - _FIRST)} till" if len(names) > _FIRST else None,
                    ],
                )
                for reason, names in sorted(by_reason.items())
            )
        )
