"""CSV from every table and chart, in two dialects, marked when the region is fictional."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from dashboard.components.view import View
from pipelines.model.column import Column
from pipelines.warehouse.delimited import DIALECT_LABELS, Dialect, write_csv


def file_name(view: View, name: str, dialect: Dialect) -> str:
    """``exempeldata_karta_2026-11-23_excel.csv``: mark, what, edition, dialect."""
    first = "exempeldata" if view.region.is_example else view.region.name
    return f"{first}_{name}_{view.edition_day}_{dialect}.csv"


def download(
    view: View, name: str, frame: pl.DataFrame, columns: Sequence[Column], *, key: str
) -> None:
    """Draw one button a dialect; the file is made when it is asked for."""
    shown = [column for column in columns if column.name in frame.columns]
    for dialect, label in DIALECT_LABELS.items():
        st.download_button(
            f"CSV {label}",
            data=partial(write_csv, frame, shown, dialect, view.region.mark),
            file_name=file_name(view, name, dialect),
            mime="text/csv",
            on_click="ignore",
            key=f"csv-{key}-{dialect}",
            type="tertiary",
        )
