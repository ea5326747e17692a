"""A delivered register file → rows of text with their row numbers, whatever Excel made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import polars as pl

from pipelines.errors import SourceError
from pipelines.model.columns import Column, plain_name
from pipelines.model.tables import REGISTERS
from pipelines.sources import rules
from pipelines.sources.characters import composed, shown_name
from pipelines.sources.csv_records import read_csv
from pipelines.sources.issues import Issue
from pipelines.sources.template import HELP_SHEETS
from pipelines.sources.workbook import ROWS, Record, Sheet, read_workbook

TEXT_SUFFIXES = (".csv", ".tsv", ".tab")
SUFFIXES = (*TEXT_SUFFIXES, ".xlsx", ".xlsm")
ROW = "row_number"
MEGABYTES = 50
"""What a text file may hold; a workbook is limited when it is opened."""
_LOOKED_AT = 30
"""Rows in which the headings may be, below titles and notes."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of a delivered file: every cell as text, headers as written.

    ``name`` is the file's name, with the sheet's where several are read. ``rows`` has one text
    column per header, named by its position, and ``row_number`` as people see it in Excel;
    ``header_row`` is the row of the headings. ``surplus`` lists rows with more cells than headers,
    ``issues`` what is to be told of the file before anything is known of its register. ``sheet`` is
    the sheet of a workbook. ``replaces`` is set where the file was handed in: *rows* with the same
    key, or all rows of the *municipalities* that it has rows of, give way to it.
    """

    file: Path
    name: str
    sha256: str
    size: int
    header_row: int
    headers: tuple[str, ...]
    rows: pl.DataFrame
    surplus: tuple[int, ...]
    issues: tuple[Issue, ...] = ()
    is_1904: bool = False
    sheet: str = ""
    replaces: str = ""


def matches(header: str, column: Column) -> bool:
    """Tell whether a heading means a column; case, marks and line breaks do not matter."""
    return not _forms(header).isdisjoint(column.spellings)


def _forms(header: str) -> set[str]:
    """A heading as it can be spelled: as it is, as a name, and without what parts its words."""
    text = " ".join(composed(header).split()).strip(" *:.").casefold()
    name = plain_name(text)
    return {text, name, name.replace("_", "")} - {""}


@cache
def _known() -> frozenset[str]:
    columns = [column for table in REGISTERS for column in table.delivered_columns]
    return frozenset(spelling for column in columns for spelling in (*column.spellings,))


@cache
def _is_heading(cell: str) -> bool:
    return not _forms(cell).isdisjoint(_known())


def count_headings(cells: Sequence[str]) -> int:
    """Count the cells of a row that are headings of some register."""
    return sum(len(cell) < 80 and _is_heading(cell) for cell in cells if cell.strip())


def read_tables(file: Path) -> list[RawTable]:
    """Read a CSV (any usual encoding and separator) or every sheet of a workbook with headings.

    Headings are looked for in the first rows. Sheets that are hidden or have no headings are named
    among the issues of the first table, with the number of their rows.

    Raises:
        SourceError: the file is missing, empty, of another kind, damaged, too large, or has no
            header row.
    """
    name = shown_name(file.name)
    if not file.is_file():
        raise SourceError(
            f"Filen {name} finns inte.",
            expected="En CSV- eller XLSX-fil.",
            do="Kontrollera sökvägen.",
        )
    with file.open("rb") as stream:
        start = stream.read(8)
    if not start:
        raise SourceError(
            f"Filen {name} är tom (0 byte).",
            expected="En CSV- eller XLSX-fil med rubrikrad.",
            do="Spara filen på nytt ur källan och lämna den igen.",
        )
    suffix = file.suffix.casefold()
    if start.startswith(_OLD_OFFICE) or (suffix not in SUFFIXES):
        kind = "i ett äldre Excelformat eller låst med lösenord"
        raise SourceError(
            f"Filen {name} är "
            + (kind if start.startswith(_OLD_OFFICE) else f"av typen {suffix or 'okänd'}")
            + ".",
            expected="En CSV- eller XLSX-fil utan lösenord.",
            do="Spara om filen från Excel som .xlsx eller som CSV UTF-8.",
        )
    if start.startswith(b"PK") or suffix not in TEXT_SUFFIXES:
        return _from_workbook(file, name)
    return [_from_text(file, name)]


def _from_text(file: Path, name: str) -> RawTable:
    size = file.stat().st_size
    if size > MEGABYTES << 20:
        raise SourceError(
            f"Filen {name} är {size >> 20} MB.",
            expected=f"Högst {MEGABYTES} MB.",
            do="Ta bort kolumner som inte ska med, eller dela filen.",
        )
    content = file.read_bytes()
    found = read_csv(content, count_headings, ROWS)
    if len(found.records) > ROWS + 1:
        raise SourceError(
            f"Filen {name} har fler än {ROWS} rader.",
            expected=f"Högst {ROWS} rader.",
            do="Dela filen och lämna delarna.",
        )
    issues = tuple(rules.unclosed_quote(name, number) for number in found.unclosed)
    return _table(file, name, found.records, issues)


def _from_workbook(file: Path, name: str) -> list[RawTable]:
    book = read_workbook(file, name)
    filled = [sheet for sheet in book.sheets if sheet.records and sheet.name not in HELP_SHEETS]
    read = [sheet for sheet in filled if not sheet.is_hidden and _headings_of(sheet) >= 2]
    if not read:
        read = [sheet for sheet in filled if not sheet.is_hidden][:1]
    if not read and not filled:
        return [_table(file, name, [], ())]
    left_out = [
        rules.sheet_left_out(name, sheet.name, len(sheet.records), is_hidden=sheet.is_hidden)
        for sheet in filled
        if sheet not in read
    ]
    if not read:
        raise SourceError(
            f"Filen {name} har bara dolda blad med innehåll.",
            expected="Ett synligt blad med rubrikrad.",
            do="Visa bladet i Excel (högerklicka på flikarna, Ta fram), spara och lämna igen.",
        )
    tables = []
    for place, sheet in enumerate(read):
        shown = name if len(read) == 1 else f"{name}, bladet {composed(sheet.name)}"
        issues = tuple(left_out) if place == 0 else ()
        issues += tuple(rules.struck_row(shown, number) for number in sheet.struck)
        raw = _table(file, shown, sheet.records, issues, is_1904=book.is_1904)
        tables.append(replace(raw, sheet=sheet.name))
    return tables


def _headings_of(sheet: Sheet) -> int:
    return max(count_headings(cells) for _, cells in sheet.records[:_LOOKED_AT])


def _table(
    file: Path,
    name: str,
    records: list[Record],
    issues: tuple[Issue, ...],
    *,
    is_1904: bool = False,
) -> RawTable:
    if not records:
        raise SourceError(
            f"Filen {name} saknar rubrikrad.",
            expected="Kolumnernas namn på första raden.",
            do="Utgå från mallen: planinnovation template.",
        )
    place = _header_place(records)
    header_row, cells = records[place]
    headers = tuple(" ".join(composed(cell).split()) for cell in cells)
    if place:
        above = [number for number, _ in records[:place]]
        issues = (rules.rows_above(name, above, header_row), *issues)
    width = len(headers)
    kept, numbers, surplus = [], [], []
    for number, record in records[place + 1 :]:
        row = [composed(cell).strip() for cell in record]
        if any(row[width:]):
            surplus.append(number)
        kept.append(row[:width] + [""] * (width - len(row)))
        numbers.append(number)
    columns = {f"{position}": [row[position] for row in kept] for position in range(width)}
    rows = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
        pl.Series(ROW, numbers, dtype=pl.Int64)
    )
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    size = file.stat().st_size
    return RawTable(
        file, name, digest, size, header_row, headers, rows, tuple(surplus), issues, is_1904
    )


def _header_place(records: list[Record]) -> int:
    """The row with most headings among the first ones; the first row when none has two."""
    scores = [count_headings(cells) for _, cells in records[:_LOOKED_AT]]
    best = max(scores)
    return scores.index(best) if best >= 2 else 0
