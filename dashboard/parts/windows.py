"""What can still be influenced: the rows, their words and the card that lists them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl

from dashboard.charts.window_timeline import WINDOW_COLUMNS, left_words
from dashboard.measures import measure, selection_of
from dashboard.parts import findings
from dashboard.parts.card import card, note
from dashboard.parts.page import STAGES
from dashboard.parts.table import Cell, show_table
from dashboard.parts.unfold import table_and_files
from dashboard.parts.view import View
from dashboard.queries.windows import window_list
from dashboard.text import DASH, TYPE_SHORT, count
from pipelines.indicators import windows
from pipelines.indicators.scope import Scope

SHOWN_WINDOWS = 3
WINDOW = "fonster"
"""The address parameter that names one open plan."""


def open_windows(view: View, shown: int = SHOWN_WINDOWS) -> None:
    """What can still be influenced, what closes first at the top."""
    rows = open_now(view)
    title = findings.windows_title(view.measure(windows.windows))
    with card("fonster", title, "Före granskning eller beslut. Det som stänger först står först."):
        if rows.height:
            show_table(
                ["Handling", "Skede", "Kvar"],
                [_window_row(view, row) for row in rows.head(shown).to_dicts()],
                caption=title,
                numeric=frozenset(),
            )
        more = rows.height - shown
        note(view, f"{count(more, 'handling', 'handlingar')} till i filen" if more > 0 else "")
        frame = with_stage_words(rows)
        table_and_files(view, "kan_paverkas", frame, WINDOW_COLUMNS, caption=title, key="fonster")


def _window_row(view: View, row: dict[str, Any]) -> list[Cell]:
    left, _ = left_words(row)
    where = f"{row['municipality_name']} · {TYPE_SHORT[row['object_type']]}"
    return [
        Cell(row["object_name"], link_to(view, row), where),
        Cell(stage_words(row)),
        Cell(left),
    ]


def measuring_day(view: View) -> str:
    """The latest day that the edition's facts hold."""
    return str(measure(view.edition, view.region, _as_of, selection_of(view.filters)))


def _as_of(scope: Scope) -> str:
    return scope.facts.as_of.isoformat()


def open_now(view: View) -> pl.DataFrame:
    """Everything in the choice that can still be influenced, what closes first first."""
    return view.ask(window_list, view.filters, measuring_day(view))


def window_name(row: dict[str, Any]) -> str:
    """``Detaljplan för Hamnen, Askhamn``."""
    return f"{row['object_name']}, {row['municipality_name']}"


def link_to(view: View, row: dict[str, Any]) -> str:
    """Where one open plan is explained."""
    return f"{view.link('tidsfonster')}&{urlencode({WINDOW: window_name(row)})}"


def with_stage_words(windows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the stage in words: its code belongs to one of two lists."""
    return windows.with_columns(pl.col("object_stage").replace(STAGES))


def stage_words(row: dict[str, Any]) -> str:
    """The stage as a reader meets it."""
    return STAGES.get(row["object_stage"], row["object_stage"] or DASH)
