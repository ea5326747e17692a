"""Check a delivery in the browser: errors by row, column, value and remedy; nothing is kept."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import streamlit as st

from dashboard.access import demand
from dashboard.parts.card import card
from dashboard.parts.downloads import download
from dashboard.parts.failure import explain
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import View
from dashboard.text import DASH, count, number
from pipelines.errors import SourceError
from pipelines.model.codes import SEVERITY
from pipelines.model.columns import COLUMN
from pipelines.model.tables import ISSUE, REGISTERS, Table
from pipelines.sources.check import check_file
from pipelines.sources.issues import REJECTED, issue_frame
from pipelines.sources.template import write_template

MEGABYTES = 5
_ROWS = 60
_KINDS = {"csv": "text/csv",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


class Checked(NamedTuple):
    """What a check found: the register, rows in and loaded, and the issues as a frame."""

    file_name: str
    register: str
    rows_in: int
    rows_loaded: int
    issues: pl.DataFrame


def choose(view: View) -> Checked | SourceError | None:
    """Draw the drop zone and the register; return the result, the reason why not, or nothing."""
    with card("slapp", "Släpp filen här", "CSV eller XLSX. Filen läses, kontrolleras och glöms."):
        register = st.selectbox(
            "Register",
            [table.name for table in REGISTERS],
            index=None,
            format_func=lambda name: next(t.label for t in REGISTERS if t.name == name),
            placeholder="Känns igen på filnamn eller rubriker",
            key="kontrollregister",
        )
        file = st.file_uploader(
            "Dra filen hit eller välj den",
            type=list(_KINDS),
            max_upload_size=MEGABYTES,
            key="leverans",
        )
        st.html(
            f'<p class="fot">Koder jämförs med {view.region.label}. Högst {MEGABYTES} MB. '
            "Inget sparas och ingen annan ser filen.</p>"
        )
        if file is None:
            return None
        with st.spinner("Kontrollerar …"):
            try:
                return _check(view, file.name, file.getvalue(), register)
            except SourceError as error:
                return error


def _check(view: View, name: str, content: bytes, register: str | None) -> Checked:
    """Check the bytes through a file of its own that is gone when the check is done."""
    demand("hand_in", f"kontroll av en fil för {view.region.name}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(content)
        delivery = check_file(file, view.region, register)
    return Checked(
        delivery.file_name,
        delivery.table_name,
        delivery.rows_in,
        delivery.rows_loaded,
        issue_frame(list(delivery.issues)),
    )


def outcome(view: View, result: Checked | SourceError | None) -> None:
    """Draw the errors, or why the file could not be checked at all."""
    if isinstance(result, SourceError):
        explain(result)
    elif result is not None and result.issues.height:
        rejected = result.issues.filter(pl.col("severity") == REJECTED)
        title = f"{count(rejected.height, 'fel', 'fel')}, {_doubts(result)}"
        with card(
            "fel",
            title,
            "Raderna har samma nummer som i Excel. Fel avvisar raden; övrigt bör ses över.",
        ):
            _error_table(result.issues.head(_ROWS))
            if result.issues.height > _ROWS:
                more = number(result.issues.height - _ROWS)
                st.html(f'<p class="fot">{more} till står i fellistan.</p>')
            with st.container(horizontal=True, gap="medium"):
                download(view, "fellista", result.issues, ISSUE.columns, key="fellista")


def _doubts(result: Checked) -> str:
    doubts = result.issues.filter(pl.col("severity") != REJECTED).height
    return f"{number(doubts)} att se över"


def _error_table(issues: pl.DataFrame) -> None:
    show_table(
        ["Rad", "Kolumn", "Värde", "Fel", "Väntat", "Åtgärd"],
        [_error_row(row) for row in issues.to_dicts()],
        caption="Fel i filen",
        numeric=frozenset(),
    )


def _error_row(row: dict[str, Any]) -> list[Cell]:
    column = COLUMN.get(row["column_name"])
    return [
        Cell(str(row["row_number"]) if row["row_number"] else "Hela filen"),
        Cell(column.label if column else row["column_name"] or DASH),
        Cell(row["found_value"] or "tomt"),
        Cell(row["message"], second=SEVERITY.labels[row["severity"]]),
        Cell(row["expected"] or DASH),
        Cell(row["remedy"] or DASH),
    ]


def templates() -> None:
    """Draw one line a register with its two empty templates."""
    subtitle = "Rätta rubriker, rullistor med tillåtna värden och hjälp vid varje kolumn"
    with card("mallar", "Mallar att fylla i", subtitle):
        for table in REGISTERS:
            with st.container(
                horizontal=True, key=f"mall-{table.file}", vertical_alignment="center"
            ):
                st.html(
                    f'<p class="filrad"><b>{table.label}</b> '
                    f'<span class="tyst">en rad är {table.row}</span></p>'
                )
                for ending, label in (("xlsx", "Excel"), ("csv", "CSV")):
                    st.download_button(
                        label,
                        data=partial(template, table, ending),
                        file_name=f"{table.file}.{ending}",
                        mime=_KINDS[ending],
                        on_click="ignore",
                        key=f"mall-{table.file}-{ending}",
                        type="tertiary",
                    )


def template(table: Table, ending: str) -> bytes:
    """Return an empty template of a register as ``xlsx`` or ``csv``."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{table.file}.{ending}"
        write_template(table, file)
        return file.read_bytes()
