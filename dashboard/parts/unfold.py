"""The rest of a card on demand: table and files, more rows, pages of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import htpy as h
import polars as pl
import streamlit as st

from dashboard.parts.downloads import download
from dashboard.parts.markup import show
from dashboard.parts.table import show_frame
from dashboard.parts.view import View
from dashboard.text import count, number
from pipelines.model.columns import Column

MOST = 50
"""Rows at a time of what is unfolded, and of a table under a figure; the file holds them all."""


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
    in_pieces(
        frame.height - first,
        forms,
        lambda start, number: draw(frame.slice(first + start, number)),
        key=key,
    )


def in_pieces(
    left: int,
    forms: tuple[str, str],
    draw: Callable[[int, int], None],
    *,
    key: str,
    most: int = MOST,
) -> None:
    """Unfold what is left of a list, a piece at a time.

    Args:
        left: how many there are; nothing is drawn for none.
        forms: one and several of what they are.
        draw: draws a piece, from where it starts among the left, and how many it holds at most.
        key: the part's.
        most: how many a piece holds, by how many bytes each takes.
    """

    def piece() -> None:
        page = page_number(left, most, key=f"sida-{key}")
        draw((page - 1) * most, most)

    if left > 0:
        unfold(rest_label(left, forms, most), piece, key=key)


def rest_label(left: int, forms: tuple[str, str], most: int = MOST) -> str:
    """*Visa 45 handlingar till*, and how many at a time where they come in pieces."""
    whole = f"Visa {count(left, *forms)} till"
    return whole if left <= most else f"{whole}, {most} i taget"


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
                show_frame(frame.head(MOST), columns, caption=caption, scrolled=True)
                if frame.height > MOST:
                    rows = number(frame.height)
                    show(h.p(".fot")[f"De första {MOST} av {rows} rader. Filen har alla."])
        with st.popover("CSV", type="tertiary", key=f"filer-{key}", on_change="rerun") as files:
            if files.open:
                download(view, name, frame, columns, key=key)


def page_number(
    total: int, each: int, *, key: str, bind: Literal["query-params"] | None = None
) -> int:
    """Draw page numbers and return the chosen page; nothing to choose on a single page.

    Args:
        total: how many there are.
        each: how many a page shows.
        key: the widget's, and its name in the address where it is bound.
        bind: whether the page stands in the address.
    """
    pages = -(-total // each)
    if pages < 2:
        return 1
    with st.container(horizontal=True, key=f"rad-{key}", vertical_alignment="center"):
        page = min(st.pagination(pages, key=key, bind=bind), pages)
        first = (page - 1) * each + 1
        last = min(page * each, total)
        show(h.p(".underlagsrad", role="status")[f"Visar {first}–{last} av {total}"])
    return page
