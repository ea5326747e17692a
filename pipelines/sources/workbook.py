"""A workbook → its sheets as rows of text, read in a process of its own with limits.

A workbook of two kilobytes can ask for hundreds of gigabytes: one value in the last cell of a
sheet, or one long text that many cells share. So the process that reads it may use so much time
and memory and no more, the unpacked size is added up before anything is unpacked, and rows are
read one at a time and counted.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import threading
import zipfile
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pipelines.errors import SourceError

ROWS, COLUMNS, CHARACTERS = 100_000, 300, 30_000_000
"""What a workbook may hold: rows and columns of a sheet, characters of all sheets together."""
SECONDS = 120
MEMORY_MB = 1024
UNPACKED_MB = 300
AT_A_TIME = threading.BoundedSemaphore(2)
"""Workbooks that one process has read at the same time, however many readers drop one."""
NO_VALUE = "#FORMEL!"
"""A formula that was never worked out, because no spreadsheet has saved the file."""

_SMALLER = (
    "Ta bort allt utanför tabellen (Ctrl+End visar bladets sista cell) eller dela filen, "
    "spara den och lämna den igen."
)

Record = tuple[int, list[str]]
"""Row number as Excel shows it, and the cells up to the last one with a value."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows without any value are left out, the numbers of the others are kept.

    ``struck`` has the numbers of the rows whose first value is struck through.
    """

    name: str
    is_hidden: bool
    records: list[Record]
    struck: list[int]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in order; ``is_1904`` says from which day Excel counts bare numbers of dates."""

    sheets: list[Sheet]
    is_1904: bool


def read_workbook(file: Path, name: str) -> Workbook:
    """Read an XLSX or XLSM file in a worker.

    Args:
        file: the workbook.
        name: its name as shown.

    Raises:
        SourceError: it is damaged, encrypted, or larger than the limits.
    """
    try:
        with AT_A_TIME:
            done = subprocess.run(
                [sys.executable, "-m", __name__, str(file)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise _too_much(name, f"tar mer än {SECONDS} sekunder att läsa") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise _too_much(name, "kräver för mycket minne") from None
    if reason := answer.get("too_much"):
        raise _too_much(name, reason)
    if "sheets" not in answer:
        raise SourceError(
            f"Filen {name} går inte att öppna som Excel.",
            expected="En hel XLSX-fil utan lösenord.",
            do="Öppna filen i Excel, ta bort lösenord och spara den som .xlsx.",
        )
    sheets = [
        Sheet(
            each["name"],
            each["hidden"],
            [(number, cells) for number, cells in each["rows"]],
            each["struck"],
        )
        for each in answer["sheets"]
    ]
    return Workbook(sheets, answer["is_1904"])


def _too_much(name: str, reason: str) -> SourceError:
    return SourceError(
        f"Filen {name} {reason}.",
        expected=f"Högst {ROWS} rader och {COLUMNS} kolumner i ett blad, "
        f"och högst {UNPACKED_MB} MB uppackat.",
        do=_SMALLER,
    )


# What follows runs in the worker.


class _TooMuchError(Exception):
    """The workbook exceeds a limit; the reason follows the file's name in a Swedish sentence."""


def _main(path: str) -> dict[str, Any]:
    limit_memory()
    return answer_for(path)


def answer_for(path: str) -> dict[str, Any]:
    """Read a workbook in this process; return its sheets, or why it cannot be read."""
    try:
        return _sheets(path)
    except _TooMuchError as error:
        return {"too_much": str(error)}
    except MemoryError:
        return {"too_much": "kräver för mycket minne"}
    except Exception:  # openpyxl raises anything on a damaged file
        return {"damaged": True}


def limit_memory() -> None:
    """Let this process have so much memory and no more."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))


def _sheets(path: str) -> dict[str, Any]:
    import openpyxl

    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > UNPACKED_MB << 20:
            raise _TooMuchError(f"blir {unpacked >> 20} MB när den packas upp")
        has_formulas = any(_holds_formulas(package, part) for part in parts)
        styles = [part for part in parts if part.filename == "xl/styles.xml"]
        strikes = any(b"<strike" in package.read(part) for part in styles)
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    formulas = openpyxl.load_workbook(path, read_only=True) if has_formulas else None
    left = CHARACTERS
    sheets = []
    for sheet in book.worksheets:
        written = formulas[sheet.title] if formulas else None
        records = _records(sheet, written)
        left -= sum(len(cell) for _, cells in records for cell in cells)
        if left < 0:
            raise _TooMuchError(f"har mer än {CHARACTERS} tecken i sina celler")
        hidden = sheet.sheet_state != "visible"
        struck = _struck(sheet) if strikes else []
        sheets.append({"name": sheet.title, "hidden": hidden, "rows": records, "struck": struck})
    return {"sheets": sheets, "is_1904": book.epoch.year == 1904}


def _holds_formulas(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not part.filename.startswith("xl/worksheets/"):
        return False
    before = b""
    with package.open(part) as stream:
        while block := stream.read(1 << 20):
            if b"<f>" in before + block or b"<f " in before + block:
                return True
            before = block[-3:]
    return False


def _records(sheet: Any, written: Any) -> list[Record]:
    records: list[Record] = []
    characters = 0
    sheet.reset_dimensions()  # what a file says of its own extent is not to be trusted
    rows = sheet.iter_rows(values_only=True)
    if written is not None:
        written.reset_dimensions()
    others = written.iter_rows(values_only=True) if written is not None else ()
    for number, (row, formulas) in enumerate(zip_longest(rows, others, fillvalue=()), start=1):
        if number > ROWS:
            raise _TooMuchError(f"har celler längre ned än rad {ROWS} i bladet {sheet.title}")
        cells = [_text(value) for value in row]
        for place, formula in enumerate(formulas):
            if isinstance(formula, str) and formula.startswith("=") and not cells[place]:
                cells[place] = NO_VALUE if row[place] is None else ""
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > COLUMNS:
            raise _TooMuchError(
                f"har celler längre ut än kolumn {COLUMNS} på rad {number} i bladet {sheet.title}"
            )
        if cells:
            records.append((number, cells))
        characters += sum(map(len, cells))
        if characters > CHARACTERS:
            raise _TooMuchError(f"har mer än {CHARACTERS} tecken i bladet {sheet.title}")
    return records


def _struck(sheet: Any) -> list[int]:
    """Return the numbers of rows whose first value is struck through."""
    firsts = (
        (number, next((cell for cell in row if cell.value is not None), None))
        for number, row in enumerate(sheet.iter_rows(), start=1)
    )
    return [number for number, cell in firsts if cell is not None and cell.font.strike]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        day = value.time() == dt.time()
        return value.date().isoformat() if day else value.isoformat(" ", "seconds")
    return str(value)


if __name__ == "__main__":
    # JSON escapes what is not ASCII, lone surrogates too
    sys.stdout.write(json.dumps(_main(sys.argv[1])))
