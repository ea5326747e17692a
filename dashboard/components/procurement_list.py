"""The list of procurements: every chosen one, those with a tool first."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.indicator_words import millions
from dashboard.components.page import FIRST_ROWS, nothing
from dashboard.components.procurement_panels import SOURCE, chosen_of, said_of_columns
from dashboard.components.tables import Cell, never_known, show_table, without
from dashboard.components.unfold import rest_of
from dashboard.components.view import View
from dashboard.text import DASH, count
from pipelines.model.codes import THEME
from pipelines.model.columns import COLUMN
from pipelines.model.common_codes import CERTAINTY
from pipelines.model.market_codes import PROCUREMENT_KIND

_LIST_HEADERS = ("Upphandling", "Verktyg", "År", "Värde", "Leverantör", "Teman", "Säkerhet")
_LIST_COLUMNS = tuple(
    COLUMN[name]
    for name in (
        "procurement_id", "procurement_title", "buyer", "buyer_type", "municipality_name",
        "procurement_kind", "procurement_year", "value_sek", "winner", "winner_sme", "themes",
        "cpv", "source_url", "as_of", "certainty", "note",
    )
)  # fmt: skip


def procurement_list(view: View, frame: pl.DataFrame) -> None:
    """Every chosen procurement, those with a tool first."""
    title = "Alla kända upphandlingar"
    unknown = never_known([_list_row(row) for row in frame.to_dicts()])
    dashes = "Med innovationsverktyg först. Uppgifter som källan inte ger är streck."
    subtitle = said_of_columns(dashes, dashes, _LIST_HEADERS, unknown)
    with card("upphandlingar", title, subtitle):
        if not frame.height:
            nothing(
                view,
                "Inga upphandlingar i urvalet.",
                lambda chosen: chosen_of(view.under(chosen)).height,
            )
            return
        _list_table(frame.head(FIRST_ROWS), title, unknown)
        rest_of(
            frame,
            FIRST_ROWS,
            ("upphandling", "upphandlingar"),
            lambda rows: _list_table(rows, f"{title}, fortsättning", unknown),
            key="upphandlingar",
        )
        note(view, count(frame.height, "upphandling", "upphandlingar"), SOURCE)
        with st.container(horizontal=True, gap="medium"):
            download(view, "upphandlingar", frame, _LIST_COLUMNS, key="upphandlingar")


def _list_table(frame: pl.DataFrame, caption: str, unknown: frozenset[int]) -> None:
    rows = [_list_row(row) for row in frame.to_dicts()]
    headers, told = without(_LIST_HEADERS, rows, unknown)
    numeric = frozenset(i for i, text in enumerate(headers) if text == "Värde")
    show_table(headers, told, caption=caption, numeric=numeric)


def _list_row(row: dict[str, Any]) -> list[Cell]:
    themes = [THEME.labels[each] for each in row["themes"] or []]
    size = {"ja": "mindre företag", "nej": "större företag"}.get(row["winner_sme"] or "", "")
    return [
        Cell(row["procurement_title"], row["source_url"] or "", row["buyer"]),
        Cell(PROCUREMENT_KIND.labels[row["procurement_kind"]]),
        Cell(str(row["procurement_year"] or DASH)),
        Cell(millions(row["value_sek"])),
        Cell(row["winner"] or DASH, second=size),
        Cell(", ".join(themes) or DASH),
        Cell(CERTAINTY.labels.get(row["certainty"] or "", DASH)),
    ]
