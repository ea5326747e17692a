"""Since the last meeting, or the last edition: one share's change, split into what caused it."""

from __future__ import annotations

from html import escape
from pathlib import Path

import duckdb
import polars as pl
import streamlit as st

from dashboard.charts.change import COLUMNS, documents_words, points
from dashboard.components.card import card, note
from dashboard.components.meeting_state import last_meeting
from dashboard.components.unfold import table_and_files
from dashboard.components.view import View
from dashboard.meeting.compare import Earlier, compare_documents, edition_before, edition_of_day
from dashboard.meeting.why import from_to, most_moved, split
from dashboard.text import NOTHING, capital

_UNREADABLE = "Den tidigare utgåvan kan inte läsas av dagens program."
_EXPLAINED = (
    '<details class="fot"><summary>Så räknas förändringen</summary>Talet räknas om som om bara en '
    "del av orsakerna hade inträffat. Varje orsaks del är dess effekt i medel över alla ordningar, "
    "så delarna summerar till hela förändringen.</details>"
)
_SAME = "Andelarna har inte ändrats"


def since_last(view: View) -> bool:
    """Draw the card; where there is nothing to compare with, one quiet line and False."""
    meeting = last_meeting(view)
    earlier = (
        edition_of_day(view.region.name, meeting, view.edition)
        if meeting
        else edition_before(view.region.name, view.edition)
    )
    since = f"Sedan mötet {meeting}" if meeting else f"Sedan förra utgåvan {earlier.day}"
    if earlier.file is None or not _card(view, earlier.file, since):
        _quiet(earlier)
        return False
    return True


def _quiet(earlier: Earlier) -> None:
    st.html(f'<p class="fot">{escape(earlier.absence or _UNREADABLE)}</p>')


def _card(view: View, earlier: Path, since: str) -> bool:
    try:
        rows = split(earlier, view.edition, view.filters)
        new, revised, gone = compare_documents(view, earlier)
    except (duckdb.Error, pl.exceptions.PolarsError):
        return False
    told = most_moved(rows)
    documents = documents_words(new.height, revised.height, gone.height)
    title = from_to(told.row(0, named=True)) if told.height else _SAME
    about = f"{since}: {documents or 'samma dokument'}"
    with card("forandring", title, f"{about}. Procentenheter." if told.height else f"{about}."):
        if told.height:
            _causes(told)
            st.html(_EXPLAINED)
        note(view, "")
        table_and_files(view, "sedan_forra_utgavan", rows, COLUMNS, caption=title, key="forandring")
    return True


def _causes(told: pl.DataFrame) -> None:
    """One line a cause that has moved it, one for the others, and the sum; the sign is in words."""
    *causes, total = points(told)
    moved = [each for each in causes if each[1] != NOTHING]
    still = [cause for cause, shown in causes if shown == NOTHING]
    others = [(capital(", ".join(each.lower() for each in still)), NOTHING)] if still else []
    items = "".join(
        f'<div class="{_kind(shown)}"><dt>{escape(cause)}</dt><dd>{escape(shown)}</dd></div>'
        for cause, shown in [*moved, *others, total]
    )
    st.html(f'<dl class="orsaker">{items}</dl>')


def _kind(shown: str) -> str:
    return "upp" if shown.startswith("+") else "ingen" if shown == NOTHING else "ned"
