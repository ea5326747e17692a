"""Parts that are made when the reader opens them: what is closed costs neither query nor bytes.

Each is a fragment, so that opening one runs that part and not the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import streamlit as st

from dashboard.components.downloads import download
from dashboard.components.tables import show_frame
from dashboard.components.view import View
from dashboard.text import count, number
from pipelines.model.column import Column

MOST = 100
"""Rows that a list unfolds; the file holds them all."""


@st.fragment
def unfold(label: str, draw: Callable[[], None], *, key: str) -> None:
    """Draw a closed section; ``draw`` fills it when it is opened."""
    with st.expander(label, key=f"mer-{key}", on_change="rerun") as part:
        if part.open:
            draw()


def rest_of(
    frame: pl.DataFrame,
    first: int,
    forms: tuple[str, str],
    draw: Callable[[pl.DataFrame], None],
    *,
    key: str,
) -> None:
    """Unfold the rows after the first ones; ``forms`` are one and several of what they are."""
    left = frame.height - first
    if left > 0:
        unfold(rest_label(left, forms), lambda: draw(frame.slice(first, MOST)), key=key)


def rest_label(left: int, forms: tuple[str, str]) -> str:
    """*Visa 85 handlingar till*, and how many there are when not all of them are shown."""
    if left <= MOST:
        return f"Visa {count(left, *forms)} till"
    return f"Visa {MOST} till av {count(left, *forms)}; filen har alla"


@st.fragment
def table_and_files(
    view: View,
    name: str,
    frame: pl.DataFrame,
    columns: Sequence[Column],
    *,
    caption: str,
    key: str,
    label: str = "Visa som tabell",
) -> None:
    """Draw the two quiet buttons under a figure: its numbers as a table, and as files."""
    with st.container(horizontal=True, key=f"fot-{key}", gap="medium"):
        with st.popover(label, type="tertiary", key=f"tabell-{key}", on_change="rerun") as table:
            if table.open:
                show_frame(frame.head(MOST), columns, caption=caption)
                if frame.height > MOST:
                    st.html(f'<p class="fot">{_not_all(frame.height)}</p>')
        with st.popover("CSV", type="tertiary", key=f"filer-{key}", on_change="rerun") as files:
            if files.open:
                download(view, name, frame, columns, key=key)


def _not_all(rows: int) -> str:
    return f"De första {MOST} av {number(rows)} rader. Filen har alla."
