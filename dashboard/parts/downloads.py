"""A table as a file: Excel's CSV and the standard one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import polars as pl
import streamlit as st

from dashboard.filters import to_params
from dashboard.parts.view import View
from pipelines.model.columns import Column, plain_name
from pipelines.warehouse.delimited import DIALECT_LABELS, Dialect, write_csv

_LONGEST_CHOICE = 60
_PREFIXED = {"fran": "fran", "till": "till", "minst": "minst", "hogst": "hogst"}
"""Filters whose value alone does not say what is chosen."""


def file_name(view: View, name: str, dialect: Dialect, *, filtered: bool = True) -> str:
    """``exempeldata_karta_op_2026-11-23_askhamn_excel.csv``: mark, what, edition, choice, dialect.

    ``filtered`` is false where the file holds everything whatever is chosen.
    """
    first = "exempeldata" if view.region.is_example else view.region.name
    parts = [first, name, view.edition_day, choice_name(view) if filtered else "", dialect]
    return "_".join(part for part in parts if part) + ".csv"


def choice_name(view: View) -> str:
    """The reader's choice in a few plain words for a file's name; empty where all is chosen."""
    chosen = to_params(view.filters, regions=view.regions, places=view.places)
    values = [
        (name, [f"{_PREFIXED.get(name, '')} {each}" for each in chosen[name]])
        for name in view.filters.chosen
        if name in chosen
    ]
    words = "_".join(_plain(each) for _, several in values for each in several)
    if len(words) <= _LONGEST_CHOICE:
        return words
    short = [
        f"{len(several)}-{name}" if len(several) > 1 else _plain(several[0])
        for name, several in values
    ]
    return "_".join(short)


def download(
    view: View,
    name: str,
    frame: pl.DataFrame | Callable[[], pl.DataFrame],
    columns: Sequence[Column],
    *,
    key: str,
    filtered: bool = True,
) -> None:
    """Draw one button a dialect; the file is made when it is asked for.

    ``frame`` holds the rows, or fetches them then, where they are too many to fetch for a page.
    """
    for dialect, label in DIALECT_LABELS.items():
        st.download_button(
            f"CSV {label}",
            data=partial(_file, frame, columns, dialect, view.region.mark),
            file_name=file_name(view, name, dialect, filtered=filtered),
            mime="text/csv",
            on_click="ignore",
            key=f"csv-{key}-{dialect}",
            type="tertiary",
        )


def _file(
    frame: pl.DataFrame | Callable[[], pl.DataFrame],
    columns: Sequence[Column],
    dialect: Dialect,
    mark: str,
) -> bytes:
    rows = frame if isinstance(frame, pl.DataFrame) else frame()
    shown = [column for column in columns if column.name in rows.columns]
    return write_csv(rows, shown, dialect, mark)


def _plain(text: str) -> str:
    return re.sub("_+", "-", plain_name(text))
