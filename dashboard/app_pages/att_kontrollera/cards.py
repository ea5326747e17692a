"""Cards of *Att kontrollera*: the list to work off, by reason and by municipality."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.table import Cell, show_table
from dashboard.parts.to_do import REASON, to_do_table
from dashboard.parts.unfold import rest_of
from dashboard.parts.view import REGISTERS, View
from dashboard.text import count, number
from pipelines.model.codes import CHECK_REASON
from pipelines.model.columns import COLUMN
from pipelines.model.tables import TABLE

FIRST_ROWS = 25
ALL = "Allt"
_PRIORITY_WORDS = {
    1: "Tidsfönster",
    2: "Pågående test",
    3: "Text som finns",
    4: "Ej insamlat",
    5: "Övrigt",
    6: "Ej registrerat",
}
COLUMNS = (*TABLE["to_check"].columns, COLUMN["municipality_name"])


def choice(rows: pl.DataFrame) -> str:
    """Let the reader narrow the list to one reason; kept in the address as ``skal``."""
    present = {reason for reasons in rows["check_reasons"].to_list() for reason in reasons}
    options = [ALL, *(CHECK_REASON.labels[code] for code in CHECK_REASON.values if code in present)]
    chosen = st.segmented_control(
        "Skäl", options, default=ALL, key=REASON, bind="query-params", label_visibility="collapsed"
    )
    return chosen or ALL


def within(rows: pl.DataFrame, chosen: str) -> pl.DataFrame:
    """Return the rows of one reason, by its label; all of them for *Allt*."""
    codes = {label: code for code, label in CHECK_REASON.labels.items()}
    if chosen not in codes:
        return rows
    return rows.filter(pl.col("check_reasons").list.contains(codes[chosen]))


def to_do(view: View, rows: pl.DataFrame) -> None:
    """Draw the list: what it is, why, the last known step, what the answer changes, where."""
    title = f"{count(rows.height, 'rad', 'rader')}, det som kan ändra mest först"
    with card("attgora", title, "Namnet leder till sidan där svaret finns."):
        to_do_table(rows.head(FIRST_ROWS), title)
        rest_of(
            rows,
            FIRST_ROWS,
            ("rad", "rader"),
            lambda more: to_do_table(more, f"{title}, fortsättning"),
            key="attgora",
        )
        note(view, "Ordning: tidsfönster, pågående tester, texter som finns, texter som saknas",
             REGISTERS)  # fmt: skip
        with st.container(horizontal=True, gap="medium"):
            download(view, "att_kontrollera", rows, COLUMNS, key="attgora")


def by_reason(view: View, rows: pl.DataFrame) -> None:
    """Count what the answers would settle, in the order of the list."""
    counted = rows.group_by("priority").len().sort("priority")
    title = "Vad svaren avgör"
    with card("skal", title):
        show_table(
            ["Svaren avgör", "Rader"],
            [[Cell(_PRIORITY_WORDS[priority]), Cell(number(n))] for priority, n in counted.rows()],
            caption=title,
            numeric=frozenset({1}),
        )
        note(view, "En rad räknas under det viktigaste som svaret avgör", REGISTERS)


def by_municipality(view: View, rows: pl.DataFrame) -> None:
    """Count rows by municipality; each leads to its own list."""
    counted = rows.group_by("municipality_code", "municipality_name").len().sort(
        "len", "municipality_name", descending=[True, False]
    )  # fmt: skip
    title = "Per kommun"
    with card("attgora-kommun", title):
        show_table(
            ["Kommun", "Rader"],
            [
                [Cell(name, view.link("att_kontrollera", municipalities=(code,))), Cell(number(n))]
                for code, name, n in counted.rows()
            ],
            caption=title,
            numeric=frozenset({1}),
        )
