"""Check a delivery in the browser: errors by row, column, value and remedy.

Nothing is kept of a checked file; :mod:`~dashboard.app_pages.kontrollera.handing_in` hands it in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import htpy as h
import polars as pl
import streamlit as st

from dashboard.access import demand, may
from dashboard.parts.card import card
from dashboard.parts.downloads import download
from dashboard.parts.failure import explain
from dashboard.parts.markup import file_line, show
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import View
from dashboard.text import DASH, count, number
from pipelines.errors import SourceError
from pipelines.model.codes import SEVERITY
from pipelines.model.columns import COLUMN
from pipelines.model.region import Region
from pipelines.model.tables import ISSUE, REGISTERS, Table
from pipelines.sources.check import allowed_in, read_and_check
from pipelines.sources.issues import REJECTED, issue_frame
from pipelines.sources.marked import mark
from pipelines.sources.template import write_template

Answer = TypeVar("Answer")
MEGABYTES = 5
_ROWS = 60
_KINDS = {"csv": "text/csv",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip

_CHECKED = "kontrollerad"


class Checked(NamedTuple):
    """What a check found: the register, rows in and loaded, and the issues as a frame.

    ``content`` and ``chosen`` are the file and the register as given, ``rows`` the rows that hold
    by register.
    """

    file_name: str
    register: str
    rows_in: int
    rows_loaded: int
    issues: pl.DataFrame
    content: bytes
    chosen: str | None
    rows: dict[str, pl.DataFrame]


def takes_files(view: View) -> bool:
    """Whether the region takes files here, and from this reader."""
    return view.region.hand_in and may("hand_in")


def choose(view: View) -> Checked | SourceError | None:
    """Draw the drop zone and the register; return the result, the reason why not, or nothing."""
    with card("slapp", "Släpp filen här", "CSV eller XLSX. Filen läses och kontrolleras."):
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
        until = " förrän du lämnar in filen" if takes_files(view) else ""
        show(
            h.p(".fot")[
                f"Koder jämförs med {view.region.label}. Högst {MEGABYTES} MB. "
                f"Inget sparas{until} och ingen annan ser den."
            ]
        )
        if file is None:
            st.session_state.pop(_CHECKED, None)
            return None
        asked = (file.file_id, register, view.edition)
        held = st.session_state.get(_CHECKED)
        if held is None or held[0] != asked:  # once a file, however often the page is drawn
            with st.spinner("Kontrollerar …"):
                held = asked, _check_or_error(view, file.name, file.getvalue(), register)
            st.session_state[_CHECKED] = held
        found: Checked | SourceError = held[1]
        return found


def _check_or_error(
    view: View, name: str, content: bytes, register: str | None
) -> Checked | SourceError:
    try:
        return _check(view, name, content, register)
    except SourceError as error:
        return error


def _check(view: View, name: str, content: bytes, register: str | None) -> Checked:
    """Check the bytes through a file of its own that is gone when the check is done."""
    demand("hand_in", f"kontroll av en fil för {view.region.name}")
    checked = _through_a_file(
        name, content, lambda file: read_and_check(file, view.region, register)
    )
    delivery = checked.delivery
    return Checked(
        delivery.file_name,
        delivery.table_name,
        delivery.rows_in,
        delivery.rows_loaded,
        issue_frame(list(delivery.issues)),
        content,
        register,
        checked.rows,
    )


def _through_a_file(name: str, content: bytes, use: Callable[[Path], Answer]) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(content)
        return use(file)


def marked_file(view: View, name: str, result: Checked) -> bytes:
    """Return the file as XLSX with its errors in the cells."""
    demand("hand_in", f"rättningsunderlag för {view.region.name}")
    return _through_a_file(
        name,
        result.content,
        lambda file: mark(read_and_check(file, view.region, result.chosen)),
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
                show(h.p(".fot")[f"{more} till står i fellistan."])
            with st.container(horizontal=True, gap="medium"):
                name = Path(result.file_name.partition(", bladet ")[0]).name
                st.download_button(
                    "Filen med felen i cellerna (XLSX)",
                    data=partial(marked_file, view, name, result),
                    file_name=f"{Path(name).stem}_med_fel.xlsx",
                    mime=_KINDS["xlsx"],
                    on_click="ignore",
                    key="markerad",
                )
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


def templates(view: View) -> None:
    """Draw one line a register with its two empty templates."""
    subtitle = "Rätta rubriker, rullistor med tillåtna värden och hjälp vid varje kolumn"
    with card("mallar", "Mallar att fylla i", subtitle):
        for table in REGISTERS:
            with st.container(
                horizontal=True, key=f"mall-{table.file}", vertical_alignment="center"
            ):
                show(file_line(table.label, f"en rad är {table.row}"))
                for ending, label in (("xlsx", "Excel"), ("csv", "CSV")):
                    st.download_button(
                        label,
                        data=partial(template, table, ending, view.region),
                        file_name=f"{table.file}.{ending}",
                        mime=_KINDS[ending],
                        on_click="ignore",
                        key=f"mall-{table.file}-{ending}",
                        type="tertiary",
                    )


def template(table: Table, ending: str, region: Region | None = None) -> bytes:
    """Return an empty template as ``xlsx``, with a region's municipalities, or ``csv``."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{table.file}.{ending}"
        write_template(table, file, allowed_in(region) if region else {})
        return file.read_bytes()
