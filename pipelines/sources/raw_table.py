"""A delivered register file → rows of text with their row numbers, whatever Excel made of it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl
from charset_normalizer import from_bytes

from pipelines.errors import SourceError

SUFFIXES = (".csv", ".xlsx")
ROW = "row_number"
_SEPARATORS = (";", ",", "\t")
_KEPT_AS_TEXT = re.compile(r'^="([^"]*)"$')
"""How files for Excel keep 0180 from becoming 180; ours do (``warehouse.delimited``)."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One delivered file: every cell as text, headers as written.

    ``rows`` has one text column per header and ``row_number`` as people see it in Excel, where
    the header is row 1. ``surplus`` lists rows with more cells than headers.
    """

    file: Path
    sha256: str
    size: int
    headers: tuple[str, ...]
    rows: pl.DataFrame
    surplus: tuple[int, ...]


def read_raw_table(file: Path) -> RawTable:
    """Read a CSV (any usual encoding; semicolon, comma or tab) or the first sheet of an XLSX.

    Raises:
        SourceError: the file is missing, of another kind, damaged, or has no header row.
    """
    if not file.is_file():
        raise SourceError(
            f"Filen {file.name} finns inte.",
            expected="En CSV- eller XLSX-fil.",
            do="Kontrollera sökvägen.",
        )
    content = file.read_bytes()
    suffix = file.suffix.casefold()
    if suffix == ".csv":
        records = _csv_records(content, file.name)
    elif suffix == ".xlsx":
        records = _xlsx_records(content, file.name)
    else:
        raise SourceError(
            f"Filen {file.name} är av typen {suffix or 'okänd'}.",
            expected="En CSV- eller XLSX-fil.",
            do="Spara om filen från Excel som .xlsx eller som CSV UTF-8.",
        )
    return _table(file, content, records)


def _table(file: Path, content: bytes, records: list[list[str]]) -> RawTable:
    if not records or not any(cell.strip() for cell in records[0]):
        raise SourceError(
            f"Filen {file.name} saknar rubrikrad.",
            expected="Kolumnernas namn på första raden.",
            do="Utgå från mallen: planinnovation template.",
        )
    headers = tuple(cell.strip() for cell in records[0])
    width = len(headers)
    kept, numbers, surplus = [], [], []
    for number, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        if any(cell.strip() for cell in record[width:]):
            surplus.append(number)
        kept.append([cell.strip() for cell in record[:width]] + [""] * (width - len(record)))
        numbers.append(number)
    columns = {f"{position}": [row[position] for row in kept] for position in range(width)}
    rows = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
        pl.Series(ROW, numbers, dtype=pl.Int64)
    )
    digest = hashlib.sha256(content).hexdigest()
    return RawTable(file, digest, len(content), headers, rows, tuple(surplus))


def decode(content: bytes) -> str:
    """Decode text as delivered: UTF-8 and UTF-16 with or without BOM, else the likeliest code."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(
            content, cp_isolation=["cp1252", "utf_16_le", "mac_roman", "cp850"]
        ).best()
        return str(best) if best else content.decode("cp1252", errors="replace")


def _csv_records(content: bytes, name: str) -> list[list[str]]:
    text = decode(content)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [[_KEPT_AS_TEXT.sub(r"\1", cell) for cell in record] for record in records]
    except csv.Error as error:
        raise SourceError(
            f"Filen {name} går inte att läsa som CSV ({error}).",
            expected="En textfil med en rad per post.",
            do="Öppna filen i Excel och spara den som CSV UTF-8 eller .xlsx.",
        ) from error


def _xlsx_records(content: bytes, name: str) -> list[list[str]]:
    try:
        workbook = fastexcel.read_excel(content)
        sheet = workbook.load_sheet(0, header_row=None, dtypes="string").to_polars()
    except (fastexcel.FastExcelError, ValueError) as error:
        raise SourceError(
            f"Filen {name} går inte att öppna som Excel.",
            expected="En XLSX-fil utan lösenord.",
            do="Öppna filen i Excel, ta bort lösenord och spara den som .xlsx.",
        ) from error
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows()]
