"""Empty delivery files: headings from the contract, allowed values as drop-downs, help beside."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import xlsxwriter

from pipelines.errors import SourceError
from pipelines.model.columns import Column
from pipelines.model.tables import Table

_ROWS = 2000
ERROR_SHEET = "Fel"
"""The sheet that a checked workbook gets."""
HELP_SHEETS = frozenset({"Hjälp", "Värden", "Kodlistor", "Så här kodar du", ERROR_SHEET})
"""Sheets of our own workbooks that hold no rows of the register."""
Choices = Mapping[str, Sequence[str]]
"""Column → the values that a region allows in it, as its municipalities' codes."""


def write_template(table: Table, file: Path, choices: Choices = MappingProxyType({})) -> None:
    """Write a template as .xlsx (drop-downs, a sheet of help) or .csv (headings only).

    Args:
        table: the register.
        file: where to write.
        choices: what a region allows in columns that have no code list.

    Raises:
        SourceError: the file's ending is neither.
    """
    suffix = file.suffix.casefold()
    if suffix == ".xlsx":
        _write_xlsx(table, file, choices)
    elif suffix == ".csv":
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, delimiter=";").writerow([c.label for c in table.delivered_columns])
    else:
        raise SourceError(
            f"Mallen kan inte skrivas som {suffix or 'fil utan ändelse'}.",
            expected="Ett filnamn som slutar på .xlsx eller .csv.",
            do="Byt ändelse.",
        )


def _write_xlsx(table: Table, file: Path, choices: Choices) -> None:
    with xlsxwriter.Workbook(str(file)) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bg_color": "#E3E7EC", "border": 1})
        required = book.add_format({"bold": True, "bg_color": "#C3D4E6", "border": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet, help_sheet = book.add_worksheet(table.label[:31]), book.add_worksheet("Hjälp")
        lists = book.add_worksheet("Värden")
        lists.hide()
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(table.delivered_columns):
            is_required = column.name in table.required
            sheet.write(0, position, column.label, required if is_required else head)
            sheet.write_comment(
                0,
                position,
                f"{column.meaning} {'Krävs' if is_required else 'Får vara tom'}. "
                f"Väntat: {column.expected}.",
                {"x_scale": 2.5, "y_scale": 1.5},
            )
            # Text format keeps codes such as 0180 whole.
            sheet.set_column(
                position,
                position,
                max(14, len(column.label) + 3),
                None if column.is_number else text,
            )
            if labels := _allowed(column, choices):
                lists.write_column(0, position, labels, text)
                letter = xlsxwriter.utility.xl_col_to_name(position)
                source = f"=Värden!${letter}$1:${letter}${len(labels)}"
                sheet.data_validation(
                    1, position, _ROWS, position,
                    {"validate": "list", "source": source, "ignore_blank": True,
                     "error_title": "Okänt värde", "error_message": "Välj ett värde ur listan."},
                )  # fmt: skip
        _write_help(table, help_sheet, head, wrap)


def _allowed(column: Column, choices: Choices) -> list[str]:
    """The values of a drop-down; none where a cell may hold several, or anything."""
    if column.is_list:
        return []
    if column.codes is not None:
        return list(column.codes.labels.values())
    return ["ja", "nej"] if column.kind == "boolean" else list(choices.get(column.name, ()))


def _write_help(
    table: Table,
    sheet: xlsxwriter.worksheet.Worksheet,
    head: xlsxwriter.format.Format,
    wrap: xlsxwriter.format.Format,
) -> None:
    sheet.write(0, 0, f"{table.label}: en rad är {table.row}.")
    for position, (title, width) in enumerate(
        (("Kolumn", 26), ("Betydelse", 60), ("Väntat", 70), ("Krävs", 8))
    ):
        sheet.write(2, position, title, head)
        sheet.set_column(position, position, width)
    for row, column in enumerate(table.delivered_columns, start=3):
        needed = "ja" if column.name in table.required else "nej"
        for position, cell in enumerate((column.label, column.meaning, column.expected, needed)):
            sheet.write(row, position, cell, wrap)
