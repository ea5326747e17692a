"""The list of test activities, for *Testverksamhet* and *Kommun*."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts.testing import LIST_COLUMNS
from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.page import FIRST_ROWS, nothing
from dashboard.parts.table import Cell, show_table
from dashboard.parts.unfold import rest_of
from dashboard.parts.view import TESTS, View
from dashboard.queries.testing import testing_list
from dashboard.text import DASH, count, unknown_since
from pipelines.indicators.testing import named_activities
from pipelines.model.codes import CERTAINTY, TESTING_KIND, TESTING_PHASE, THEME


def listed(view: View, activities: pl.DataFrame) -> pl.DataFrame:
    """The activities that the measures count, in the order of the list."""
    return view.ask(testing_list, view.filters).join(
        activities.select("activity_id"), on="activity_id", how="semi", maintain_order="left"
    )


def running_now(view: View) -> pl.DataFrame:
    """The chosen test activities that run today as far as is known, latest seen first."""
    return (
        view.ask(testing_list, view.filters)
        .filter("is_running")
        .sort("status_per", descending=True, nulls_last=True, maintain_order=True)
    )


def activity_list(view: View, activities: pl.DataFrame) -> None:
    """Draw the list of activities, running ones first."""
    title = "Alla kända testverksamheter"
    with card("testlista", title, "Pågående först. Uppgifter som källan inte ger är streck."):
        if not activities.height:
            nothing(
                view,
                "Ingen testverksamhet i urvalet.",
                lambda chosen: view.under(chosen).measure(named_activities).height,
            )
            return
        _table(activities.head(FIRST_ROWS), title)
        rest_of(
            activities,
            FIRST_ROWS,
            ("testverksamhet", "testverksamheter"),
            lambda rows: _table(rows, f"{title}, fortsättning"),
            key="testlista",
        )
        note(view, count(activities.height, "testverksamhet", "testverksamheter"), TESTS)
        with st.container(horizontal=True, gap="medium"):
            download(view, "testverksamhet", activities, LIST_COLUMNS, key="testlista")


def _table(activities: pl.DataFrame, caption: str) -> None:
    show_table(
        ["Testverksamhet", "Värd", "Slag och fas", "År", "Teman", "Öppen för SMF", "Säkerhet"],
        [_row(row) for row in activities.to_dicts()],
        caption=caption,
        numeric=frozenset(),
    )


def _phase_words(row: dict[str, Any]) -> str:
    """The phase, with since when it is unknown where its status is too old or undated."""
    phase = TESTING_PHASE.labels[row["testing_phase"]]
    if not row["is_stale"]:
        return phase
    return f"{phase}, {unknown_since(row['status_per'])}"


def _row(row: dict[str, Any]) -> list[Cell]:
    place = " · ".join(each for each in (row["municipality_name"], row["core_name"]) if each)
    years = f"{row['start_year'] or ''}–{row['end_year'] or ''}"
    themes = [THEME.labels[each] for each in row["themes"] or []]
    open_to = {"ja": "ja", "nej": "nej"}.get(row["open_to_smes"] or "", DASH)
    return [
        Cell(row["activity_name"], row["source_url"] or "", place),
        Cell(row["host"] or DASH),
        Cell(TESTING_KIND.labels[row["testing_kind"]], second=_phase_words(row)),
        Cell(years if years != "–" else DASH),
        Cell(", ".join(themes[:3]) + (" m.fl." if len(themes) > 3 else "") or DASH),
        Cell(open_to),
        Cell(CERTAINTY.labels.get(row["certainty"] or "", DASH)),
    ]
