"""Cards about test activities: cores against themes, and the list."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts.testing import LIST_COLUMNS
from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.heat_table import HeatCell, heat_table, used
from dashboard.components.page import FIRST_ROWS, nothing
from dashboard.components.tables import Cell, show_table
from dashboard.components.view import TESTS, View
from dashboard.queries.testing import core_theme
from dashboard.text import DASH, capital, count, part
from pipelines.model.codes import THEME
from pipelines.model.column import Column
from pipelines.model.common_codes import CERTAINTY
from pipelines.model.market_codes import TESTING_KIND, TESTING_PHASE

_CORE_COLUMNS = (
    Column(name="core_name", label="Stadskärna", meaning="Den regionala stadskärnan."),
    Column(name="theme", label="Tema", meaning="Temat.", kind="code", codes=THEME),
    Column(name="activities", label="Pågående tester", meaning="Antal tester.", kind="integer"),
)


def cores_and_themes(view: View) -> None:
    """Draw which themes are tested in which regional core."""
    frame = view.ask(core_theme, view.filters)
    cores = dict(frame.select("core_id", "core_name").unique(maintain_order=True).rows())
    active = frame.filter(pl.col("activities") > 0)
    having = active["core_id"].n_unique()
    title = f"{capital(part(having, len(cores)))} regionala stadskärnor har minst ett pågående test"
    with card("karnor", title, "Antal pågående tester per stadskärna och tema"):
        if not active.height:
            nothing(view, "Inget pågående test i någon stadskärna.")
            return
        cells = {(row["core_id"], row["theme"]): row["activities"] for row in active.to_dicts()}
        heat_table(
            cores,
            used(THEME.labels, active["theme"].to_list()),
            lambda core, theme: _core_cell(cells.get((core, theme))),
            caption=title,
            corner="Stadskärna",
        )
        note(view, "Ett test kan gälla flera teman", TESTS)
        with st.container(horizontal=True, gap="medium"):
            download(view, "stadskarnor_teman", active, _CORE_COLUMNS, key="karnor")


def activity_list(view: View, activities: pl.DataFrame) -> None:
    """Draw the list of activities, running ones first."""
    title = "Alla kända testverksamheter"
    with card("testlista", title, "Pågående först. Uppgifter som källan inte ger är streck."):
        if not activities.height:
            nothing(view, "Ingen testverksamhet i urvalet.")
            return
        _table(activities.head(FIRST_ROWS), title)
        if activities.height > FIRST_ROWS:
            rest = activities.height - FIRST_ROWS
            with st.expander(f"Visa {count(rest, 'testverksamhet', 'testverksamheter')} till"):
                _table(activities.slice(FIRST_ROWS), f"{title}, fortsättning")
        note(view, count(activities.height, "testverksamhet", "testverksamheter"), TESTS)
        with st.container(horizontal=True, gap="medium"):
            download(view, "testverksamhet", activities, LIST_COLUMNS, key="testlista")


def _core_cell(number: int | None) -> HeatCell | None:
    if not number:
        return None
    return HeatCell(number, f"t{min(number, 3)}")


def _table(activities: pl.DataFrame, caption: str) -> None:
    show_table(
        ["Testverksamhet", "Värd", "Slag och fas", "År", "Teman", "Öppen för SMF", "Säkerhet"],
        [_row(row) for row in activities.to_dicts()],
        caption=caption,
        numeric=frozenset(),
    )


def _row(row: dict[str, Any]) -> list[Cell]:
    place = " · ".join(each for each in (row["municipality_name"], row["core_name"]) if each)
    years = f"{row['start_year'] or ''}–{row['end_year'] or ''}"
    themes = [THEME.labels[each] for each in row["themes"] or []]
    open_to = {"ja": "ja", "nej": "nej"}.get(row["open_to_smes"] or "", DASH)
    return [
        Cell(row["activity_name"], row["source_url"] or "", place),
        Cell(row["host"] or DASH),
        Cell(
            TESTING_KIND.labels[row["testing_kind"]],
            second=TESTING_PHASE.labels[row["testing_phase"]],
        ),
        Cell(years if years != "–" else DASH),
        Cell(", ".join(themes[:3]) + (" m.fl." if len(themes) > 3 else "") or DASH),
        Cell(open_to),
        Cell(CERTAINTY.labels.get(row["certainty"] or "", DASH)),
    ]
