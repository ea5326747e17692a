"""What is told of values that can hardly mean what they hold; the row is kept."""

from __future__ import annotations

from pipelines.model.columns import Column
from pipelines.model.tables import Table
from pipelines.sources.issues import REJECTED, WARNING, Issue
from pipelines.sources.rules import KEPT, shorten


def _number(text: str) -> str:
    return f"{int(text):,}".replace(",", " ")


def excel_error(
    table: Table, file: str, row: int, column: Column, cell: str, required: bool, *,
    is_formula: bool,
) -> Issue:  # fmt: skip
    """Describe a cell that holds an error of Excel, or a formula without a saved value."""
    found, remedy = (
        ("Cellens formel har inget sparat värde.", "Öppna filen i Excel, spara den och lämna igen.")
        if is_formula
        else (
            f"Cellen har Excels felvärde {cell}.",
            "Rätta formeln i Excel, eller skriv in värdet.",
        )
    )
    return Issue(
        table.name, file, row, column.label, "" if is_formula else cell, "excelfel",
        found if required else found + KEPT,
        column.expected,
        remedy,
        REJECTED if required else WARNING,
    )  # fmt: skip


def _doubt(
    table: Table, file: str, row: int, column: Column, cell: str, text: str, rule: str, remedy: str
) -> Issue:
    return Issue(
        table.name, file, row, column.label, shorten(cell), rule, text, column.expected, remedy,
        WARNING,
    )  # fmt: skip


def serial_number(
    table: Table, file: str, row: int, column: Column, cell: str, read: str | None
) -> Issue:
    """Describe a day as Excel's bare number."""
    return _doubt(
        table, file, row, column, cell, f"Talet {cell} lästes som Excels tal för {read}.",
        "serienummer", "Formatera kolumnen som datum i Excel, eller skriv ÅÅÅÅ-MM-DD.",
    )  # fmt: skip


def case_number_as_date(
    table: Table, file: str, row: int, column: Column, cell: str, read: str | None
) -> Issue:
    """Describe a case number that Excel has made a day; what it was cannot be known."""
    return _doubt(
        table, file, row, column, cell,
        f"Diarienumret ”{cell}” ser ut att ha gjorts till ett datum av Excel.{KEPT}",
        "diarienummer_datum",
        "Formatera kolumnen som text i Excel och skriv numret på nytt.",
    )  # fmt: skip


def thousands(
    table: Table, file: str, row: int, column: Column, cell: str, read: str | None
) -> Issue:
    """Describe a number in which a point or a comma was taken to part thousands."""
    return _doubt(
        table, file, row, column, cell,
        f"Talet {cell} lästes som {_number(read or '0')}. Stämmer det?",
        "tusental", "Skriv talet utan punkt, med decimalkomma där det behövs.",
    )  # fmt: skip


def doubtful_date(
    table: Table, file: str, row: int, column: Column, cell: str, *, is_kept: bool
) -> Issue:
    """Describe a date far ahead, which is kept, or one of a year long gone, which is not."""
    text = (
        f"Datumet {shorten(cell)} ligger långt fram i tiden. Det lästes in; stämmer det?"
        if is_kept
        else f"Årtalet i {shorten(cell)} är orimligt.{KEPT}"
    )
    return _doubt(
        table, file, row, column, cell, text, "orimligt_datum", "Rätta året om det är felskrivet."
    )


LOST_PLACES = ("zero", "metres", "no_degrees")
"""Doubts that leave a place out."""
_PLACES = {
    "zero": (
        "Läget 0; 0 ligger i havet utanför Afrika.",
        "Skriv läget, eller lämna cellerna tomma om det inte är känt.",
    ),
    "metres": (
        "Läget är angivet i meter (SWEREF 99), inte i grader.",
        "Räkna om till WGS 84 i decimala grader; kartprogrammet kan exportera det.",
    ),
    "no_degrees": (
        "Läget är inga grader; kanske saknas decimaltecknet.",
        "Skriv läget i decimala grader (WGS 84).",
    ),
    "swapped": (
        "Longitud och latitud har bytt plats. Läget lästes omvänt.",
        "Byt plats på värdena: longitud är det mindre talet i Sverige, latitud det större.",
    ),
    "outside": (
        "Läget ligger utanför regionen. Det lästes in; stämmer det?",
        "Kontrollera läget.",
    ),
}


def doubtful_place(table: Table, file: str, row: int, cell: str, doubt: str) -> Issue:
    """Describe a place that is nowhere, turned round, in metres or outside the region."""
    text, remedy = _PLACES[doubt]
    return Issue(
        table.name, file, row, "Longitud", cell, f"lage_{doubt}",
        text + (" Raden lästes in utan läge." if doubt in LOST_PLACES else ""),
        "grader i WGS 84, till exempel 18,07 (longitud) och 59,33 (latitud)",
        remedy,
        WARNING,
    )  # fmt: skip


def half_a_place(table: Table, file: str, row: int, cell: str) -> Issue:
    """Describe a place of which only one coordinate is given."""
    return Issue(
        table.name, file, row, "Longitud", cell, "halvt_lage",
        "Bara den ena av longitud och latitud är angiven; raden ritas inte på kartan.",
        "båda eller ingen",
        "Fyll i den andra.",
        WARNING,
    )  # fmt: skip
