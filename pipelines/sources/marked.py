"""A checked file back as XLSX with its errors marked in the cells, and a sheet that lists them.

A workbook is opened in a process of its own with the limits of :mod:`pipelines.sources.workbook`,
keeps what it holds, and gets fills, comments and the sheet *Fel*. A CSV becomes a workbook in which
every cell is text, so that nothing in it is run as a formula.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pipelines.errors import SourceError
from pipelines.model.codes import SEVERITY
from pipelines.model.columns import COLUMN
from pipelines.sources.check import Checked
from pipelines.sources.issues import REJECTED, Issue
from pipelines.sources.raw_table import RawTable, matches
from pipelines.sources.template import ERROR_SHEET
from pipelines.sources.workbook import AT_A_TIME, SECONDS, limit_memory

_AUTHOR = "Kontrollera fil"
_FILLS = {"rejected": "FFFFC7CE", "warning": "FFFFEB9C"}
"""Excel's own colours of bad and doubtful cells."""
_HEADINGS = ("Blad", "Rad", "Kolumn", "Värde", "Fel", "Väntat", "Åtgärd", "Allvar")
_WIDTHS = (20, 7, 24, 28, 56, 44, 56, 12)


def mark(checked: Checked) -> bytes:
    """Return the checked file as XLSX with every issue marked.

    Raises:
        SourceError: the workbook is too large to be written anew.
    """
    order = {
        "marks": [_mark(issue, checked.raws) for issue in checked.delivery.issues],
        "errors": [_row(issue, checked.raws) for issue in checked.delivery.issues],
    }
    first = checked.raws[0]
    if not first.sheet:
        order["headers"] = list(first.headers)
        order["header_row"] = first.header_row
        order["rows"] = [
            (row.pop("row_number"), list(row.values())) for row in first.rows.to_dicts()
        ]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "ut.xlsx"
        try:
            with AT_A_TIME:
                subprocess.run(
                    [sys.executable, "-m", __name__, str(first.file), str(target)],
                    input=json.dumps(order).encode(),
                    capture_output=True,
                    timeout=SECONDS,
                    check=True,
                )
            return target.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise SourceError(
                f"Filen {first.file.name} går inte att skriva med felen i cellerna.",
                expected="En arbetsbok som ryms i minnet.",
                do="Använd fellistan, som har samma fel.",
            ) from error


def _of(issue: Issue, raws: tuple[RawTable, ...]) -> RawTable:
    return next((raw for raw in raws if raw.name == issue.file_name), raws[0])


def _mark(issue: Issue, raws: tuple[RawTable, ...]) -> tuple[str, int, int, str, str]:
    """Sheet, row and column (from 1; row 0 is the whole file), the comment, and the severity."""
    raw = _of(issue, raws)
    column = COLUMN.get(issue.column_name) or next(
        (c for c in COLUMN.values() if c.label == issue.column_name), None
    )
    place = next(
        (
            number
            for number, header in enumerate(raw.headers, 1)
            if (column is not None and matches(header, column)) or header == issue.found_value
        ),
        1,
    )
    found = f"Hittat: {issue.found_value or 'tomt'}\n" if issue.column_name else ""
    text = f"{issue.message}\n{found}Väntat: {issue.expected}.\nGör så här: {issue.remedy}"
    return raw.sheet, issue.row_number, place, text, issue.severity


def _row(issue: Issue, raws: tuple[RawTable, ...]) -> tuple[str, ...]:
    column = COLUMN.get(issue.column_name)
    return (
        _of(issue, raws).sheet,
        str(issue.row_number or "Hela filen"),
        column.label if column else issue.column_name,
        issue.found_value,
        issue.message,
        issue.expected,
        issue.remedy,
        SEVERITY.labels[issue.severity],
    )


# What follows runs in the worker.


def _main(source: Path, target: Path, order: dict[str, Any]) -> None:
    import openpyxl
    from openpyxl.styles import Font

    limit_memory()
    if "rows" in order:
        book = openpyxl.Workbook()
        book.active.title = "Fil"
        for number, cells in ((order["header_row"], order["headers"]), *order["rows"]):
            _write(book.active, number, cells)
        book.active.freeze_panes = book.active.cell(order["header_row"] + 1, 1)
    else:
        with source.open("rb") as stream:
            book = openpyxl.load_workbook(stream)
    if ERROR_SHEET in book.sheetnames:
        del book[ERROR_SHEET]
    for sheet in book.worksheets:
        _clear(sheet)
    for title, row, column, text, severity in order["marks"]:
        if row:
            _colour((book[title] if title else book.active).cell(row, column), text, severity)
    errors = book.create_sheet(ERROR_SHEET)
    for number, cells in enumerate((_HEADINGS, *order["errors"]), 1):
        _write(errors, number, cells)
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        errors.column_dimensions[letter].width = width
    for cell in errors[1]:
        cell.font = Font(bold=True)
    errors.freeze_panes = "A2"
    book.save(target)


def _colour(cell: Any, text: str, severity: str) -> None:
    """Fill a cell and say in a comment what is wrong; a comment of somebody else stays."""
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if isinstance(cell, MergedCell):
        return
    if cell.fill.fgColor.rgb != _FILLS[REJECTED]:  # a doubt does not hide an error of the cell
        cell.fill = PatternFill("solid", fgColor=_FILLS[severity])
    before = cell.comment
    if before is None:
        cell.comment = Comment(_clean(text), _AUTHOR, height=150, width=340)
    elif before.author == _AUTHOR:
        both = f"{before.text}\n\n{_clean(text)}"
        cell.comment = Comment(both, _AUTHOR, height=260, width=340)


def _clear(sheet: Any) -> None:
    """Take away what an earlier check has marked."""
    from openpyxl.styles import PatternFill

    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _write(sheet: Any, row: int, cells: Any) -> None:
    """Write cells as text whatever they look like."""
    for column, text in enumerate(cells, 1):
        if text:
            cell = sheet.cell(row, column, _clean(str(text)))
            cell.data_type = "s"  # openpyxl takes a text that begins with = as a formula


def _clean(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:32_000]


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]), json.load(sys.stdin))
