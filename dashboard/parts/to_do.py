"""The to-do list as pages show it: its rows, and the card with the most pressing of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import htpy as h
import polars as pl

from dashboard.parts.card import card, note
from dashboard.parts.markup import show
from dashboard.parts.page import text_links
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import REGISTERS, View
from dashboard.queries.excerpts import to_check
from dashboard.text import DASH, count, number
from pipelines.model.codes import CHECK_REASON, CHECK_SUBJECT

REASON = "skal"
"""The address parameter that narrows *Att kontrollera* to one reason."""


def tasks_card(view: View, shown: int) -> None:
    """Draw what to find out first within the choice, and the way to the whole list."""
    rows = view.ask(to_check, view.filters)
    title = tasks_title(rows)
    with card("attgora", title, "Det svar som ändrar mest i figurerna är överst."):
        if not rows.height:
            show(h.p(".tomt")["Allt känt är färskt och läst i urvalet."])
            return
        to_do_table(rows.head(shown), title, brief=True)
        text_links("", [("Hela listan", view.link("att_kontrollera"))], name="Att kontrollera")
        note(view, "", REGISTERS)


def unknown_link(view: View, stale: int) -> None:
    """Lead from a number to what has an unknown state beside it; nothing where all is known."""
    if stale:
        link = (f"{number(stale)} med okänt läge att kontrollera", unknown_address(view))
        text_links("", [link], name="Okänt läge")


def unknown_address(view: View) -> str:
    """Where everything with an unknown state is listed."""
    return f"{view.link('att_kontrollera')}&{urlencode({REASON: CHECK_REASON.labels['stale']})}"


def tasks_title(rows: pl.DataFrame) -> str:
    """How much there is to check or collect."""
    return f"{count(rows.height, 'uppgift', 'uppgifter')} att kontrollera eller samla in"


def to_do_table(rows: pl.DataFrame, caption: str, *, brief: bool = False) -> None:
    """Draw rows of the list; ``brief`` leaves out why it is there and what an answer changes."""
    headers = ["Vad", "Senast känt", "Att göra", "Svaret ändrar"]
    cells = [_row(row) for row in rows.to_dicts()]
    if brief:
        headers, cells = headers[:2], [row[:2] for row in cells]
    show_table(headers, cells, caption=caption, numeric=frozenset())


def _row(row: dict[str, Any]) -> list[Cell]:
    kind = CHECK_SUBJECT.labels[row["check_subject"]].lower()
    when = f"per {row['status_per']}" if row["status_per"] else "utan datum"
    return [
        Cell(
            row["subject_name"] or DASH,
            row["look_at"] or "",
            f"{row['municipality_name']} · {kind}",
        ),
        Cell(
            row["last_step"] or DASH, second=when if row["last_step"] or row["status_per"] else ""
        ),
        Cell(reasons_words(row["check_reasons"])),
        Cell(row["would_change"]),
    ]


def reasons_words(reasons: list[str]) -> str:
    """``Läget okänt, ej insamlad``."""
    first, *rest = (CHECK_REASON.labels[each] for each in reasons)
    return ", ".join([first, *(each.lower() for each in rest)])
