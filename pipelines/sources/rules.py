"""The rules a delivered row can break, each with its Swedish message, expectation and remedy."""

from __future__ import annotations

from pipelines.model.column import Column
from pipelines.model.table import Table
from pipelines.model.tables import TABLE
from pipelines.sources.issues import WARNING, Issue

_SHOWN = 80


def _shorten(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"


def missing_column(table: Table, file: str, column: Column) -> Issue:
    """Describe a required column that the file lacks; no row of the file can be loaded."""
    return Issue(
        table.name, file, 1, column.label, "", "kolumn_saknas",
        f"Kolumnen {column.label} saknas.",
        f"en rubrik som lyder {column.label} eller {column.header}",
        "Lägg till kolumnen och lämna filen igen.",
    )  # fmt: skip


def unknown_header(table: Table, file: str, header: str) -> Issue:
    """Describe a header that no column of the table has; the column is left out."""
    return Issue(
        table.name, file, 1, _shorten(header), _shorten(header), "okand_kolumn",
        f"Rubriken {_shorten(header)} känns inte igen och kolumnen läses inte in.",
        f"någon av: {', '.join(column.label for column in table.delivered_columns)}",
        "Rätta rubriken om uppgiften ska med, annars kan den stå kvar.",
        WARNING,
    )  # fmt: skip


def surplus_cells(table: Table, file: str, row: int) -> Issue:
    """Describe a row with more cells than there are headers."""
    return Issue(
        table.name, file, row, "", "", "for_manga_celler",
        "Raden har fler celler än rubrikraden.",
        "lika många celler som rubriker",
        "Sätt citattecken om värden som innehåller skiljetecknet.",
    )  # fmt: skip


def empty_cell(table: Table, file: str, row: int, column: Column) -> Issue:
    """Describe a required cell without a value."""
    return Issue(
        table.name, file, row, column.label, "", "varde_saknas",
        f"{column.label} är tom.",
        column.expected,
        "Fyll i värdet.",
    )  # fmt: skip


def bad_value(table: Table, file: str, row: int, column: Column, cell: str) -> Issue:
    """Describe a value that is not of the column's kind, list or range."""
    rule, fault = {
        "code": ("okand_kod", "finns inte i kodlistan"),
        "codes": ("okand_kod", "finns inte i kodlistan"),
        "date": ("fel_datum", "är inte ett giltigt datum"),
        "integer": ("fel_tal", "är inte ett tillåtet heltal"),
        "decimal": ("fel_tal", "är inte ett tillåtet tal"),
        "boolean": ("fel_ja_nej", "är varken ja eller nej"),
        "url": ("fel_adress", "är inte en webbadress"),
    }.get(column.kind, ("fel_form", "har fel form"))
    expected = column.expected
    if column.name == "municipality_code":
        expected = "fyra siffror, till exempel 0180"
    return Issue(
        table.name, file, row, column.label, _shorten(cell), rule,
        f"Värdet ”{_shorten(cell)}” {fault}.",
        expected,
        _REMEDY.get(rule, "Rätta värdet."),
    )  # fmt: skip


_REMEDY = {
    "okand_kod": "Välj ett värde ur listan, eller lämna cellen tom om den inte är obligatorisk.",
    "fel_datum": "Skriv datumet som ÅÅÅÅ-MM-DD; är bara året känt räcker ÅÅÅÅ.",
    "fel_tal": "Skriv talet med siffror, utan enhet; negativa tal godtas inte här.",
    "fel_ja_nej": "Skriv ja eller nej.",
    "fel_adress": "Skriv hela adressen, med https:// först.",
    "fel_form": "Rätta värdet; koder skrivs som text så att inledande nollor står kvar.",
}


def lost_zero(table: Table, file: str, row: int, cell: str) -> Issue:
    """Describe a municipality code whose leading zero Excel has taken away."""
    return Issue(
        table.name, file, row, "Kommunkod", cell, "nolla_borttappad",
        f"Kommunkoden {cell} har förlorat sin inledande nolla och lästes som {cell.zfill(4)}.",
        "fyra siffror, som text",
        "Formatera kolumnen som text i Excel.",
        WARNING,
    )  # fmt: skip


def unknown_reference(
    table: Table, file: str, row: int, column: Column, cell: str, target: str, severity: str
) -> Issue:
    """Describe a code that points to something the region does not have."""
    missing = (
        f"{column.label} {_shorten(cell)} finns inte bland regionens {TABLE[target].label.lower()}."
    )
    if severity == WARNING:
        missing += " Raden lästes in utan kopplingen."
    return Issue(
        table.name, file, row, column.label, _shorten(cell), "okand_koppling",
        missing,
        f"ett värde som finns i {TABLE[target].file}",
        f"Rätta värdet, eller lägg till raden i {TABLE[target].file}.",
        severity,
    )  # fmt: skip


def duplicate(
    table: Table, file: str, row: int, key: tuple[object, ...], first: int | None
) -> Issue:
    """Describe a row whose key has already been delivered."""
    value = " / ".join(str(part) for part in key)
    where = f"på rad {first}" if first else "i en annan fil"
    label = next(c.label for c in table.delivered_columns if c.name == table.key[0])
    return Issue(
        table.name, file, row, label, _shorten(value), "dubblett",
        f"{label} {_shorten(value)} finns redan {where}.",
        "ett id som bara förekommer en gång",
        "Ta bort raden, eller ge den ett eget id.",
    )  # fmt: skip
