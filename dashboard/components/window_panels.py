"""Cards of *Tidsfönster*: the timeline and the list of what is open."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from dashboard.charts.window_timeline import WINDOW_COLUMNS, left_words, long_waiting, timeline
from dashboard.components.card import card, chart_card, note
from dashboard.components.page import STAGES, nothing
from dashboard.components.tables import Cell, show_table
from dashboard.components.unfold import rest_of, table_and_files
from dashboard.components.view import View
from dashboard.measures import measure, selection_of
from dashboard.queries.windows import window_list
from dashboard.text import DASH, TYPE_SHORT, capital, count, number, part
from pipelines.indicators.scope import Scope
from pipelines.model.codes import COVERAGE, THEME

WINDOW = "fonster"
"""The address parameter that names one open plan."""
_FIRST = 8
SOURCE = "kommunernas planregister och planhandlingar"


def measuring_day(view: View) -> str:
    """The latest day that the edition's facts hold."""
    return str(measure(view.edition, view.region, _as_of, selection_of(view.filters)))


def _as_of(scope: Scope) -> str:
    return scope.facts.as_of.isoformat()


def open_now(view: View) -> pl.DataFrame:
    """Everything in the choice that can still be influenced, what closes first first."""
    return view.ask(window_list, view.filters, measuring_day(view))


def none_open(view: View) -> None:
    """Say that nothing in the choice can be influenced, and which filter hides what can."""
    nothing(
        view,
        "Inga öppna planer eller markanvisningar i urvalet.",
        lambda chosen: view.ask(window_list, chosen, measuring_day(view)).height,
    )


def window_name(row: dict[str, Any]) -> str:
    """``Detaljplan för Hamnen, Askhamn``."""
    return f"{row['object_name']}, {row['municipality_name']}"


def link_to(view: View, row: dict[str, Any]) -> str:
    """Where one open plan is explained."""
    return f"{view.link('tidsfonster')}&{urlencode({WINDOW: window_name(row)})}"


def time_line(view: View, windows: pl.DataFrame) -> None:
    """Draw the timeline."""
    chart = timeline(with_stage_words(windows), measuring_day(view))
    chart_card(
        view, chart, key="tidslinje", follow=_one, leads_to="tidsfonster", source=SOURCE,
        below=lambda: _undrawn(windows),
    )  # fmt: skip


def _one(data: list[Any]) -> dict[str, Any]:
    """``[object_name, municipality_name]``: the same page with that plan explained."""
    return {WINDOW: window_name(dict(zip(("object_name", "municipality_name"), data, strict=True)))}


def _undrawn(windows: pl.DataFrame) -> None:
    """Say why some have no time left, each reason once."""
    reasons = (
        windows.filter(pl.col("months_left").is_null())
        .group_by("basis").len("n").sort("n", "basis", descending=[True, False])
    )  # fmt: skip
    if reasons.height:
        words = "; ".join(f"{number(n)}: {basis}" for basis, n in reasons.head(3).rows())
        st.html(f'<p class="under">Utan beräknad tid – {words}.</p>')
    waiting = long_waiting(windows)
    if waiting:
        what = count(waiting, "handling har", "handlingar har")
        st.html(
            f'<p class="under">{what} stått i skedet i mer än tre år: kontrollera att registret '
            "stämmer.</p>"
        )


def window_table(view: View, windows: pl.DataFrame) -> None:
    """List what is open, which is something; each name leads to what it lacks and what fits."""
    matched = windows.filter((pl.col("tests") + pl.col("clauses")) > 0).height
    title = f"{capital(part(matched, windows.height))} har något som passar"
    subtitle = (
        "Det som stänger först står först, sedan det som senast kom i sitt skede. "
        "Välj en handling för förslag och rådighet."
    )
    with card("fonsterlista", title, subtitle):
        _rows(view, windows.head(_FIRST), title)
        rest_of(
            windows,
            _FIRST,
            ("handling", "handlingar"),
            lambda rows: _rows(view, rows, f"{title}, fortsättning"),
            key="fonsterlista",
        )
        read = windows.filter("is_read").height
        note(view, f"{number(read)} av {number(windows.height)} lästa", SOURCE)
        frame = with_stage_words(windows)
        table_and_files(
            view, "tidsfonster", frame, WINDOW_COLUMNS, caption=title, key="fonsterlista"
        )


def with_stage_words(windows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the stage in words: its code belongs to one of two lists."""
    return windows.with_columns(pl.col("object_stage").replace(STAGES))


def _rows(view: View, windows: pl.DataFrame, caption: str) -> None:
    show_table(
        ["Handling", "Skede", "Kvar", "Saknar", "Passar"],
        [_row(view, row) for row in windows.to_dicts()],
        caption=caption,
        numeric=frozenset(),
    )


def _row(view: View, row: dict[str, Any]) -> list[Cell]:
    left, interval = left_words(row)
    href = link_to(view, row)
    where = f"{row['municipality_name']} · {TYPE_SHORT[row['object_type']]}"
    return [
        Cell(row["object_name"], href, where),
        Cell(stage_words(row), second=f"sedan {row['since']}" if row["since"] else ""),
        Cell(f"kvar {left}" if row["months_left"] is not None else "okänd tid", second=interval),
        Cell(_lacking(row), second=_reading(row)),
        Cell(_fits(row)),
    ]


def stage_words(row: dict[str, Any]) -> str:
    """The stage as a reader meets it."""
    return STAGES.get(row["object_stage"], row["object_stage"] or DASH)


def _lacking(row: dict[str, Any]) -> str:
    names = [THEME.labels[each].lower() for each in row["lacks"] or []]
    more = f" och {number(len(names) - 2)} till" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more if names else DASH


def _reading(row: dict[str, Any]) -> str:
    """What is read; an unread plan may hold what it is said to lack."""
    state = COVERAGE.labels[row["coverage"]].lower()
    return state if row["is_read"] else f"osäkert: {state}"


def _fits(row: dict[str, Any]) -> str:
    parts = [
        count(row[name], one, many)
        for name, one, many in (
            ("tests", "test", "tester"),
            ("clauses", "skrivning", "skrivningar"),
        )
        if row[name]
    ]
    return ", ".join(parts) or DASH
