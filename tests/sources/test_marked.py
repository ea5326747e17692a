"""Workbooks as their receivers open them: drop-downs, comments, marked errors, and no formulas."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipelines.model.region import load_region
from pipelines.model.tables import REGISTERS, TABLE, Table
from pipelines.sources.check import read_and_check
from pipelines.sources.marked import mark
from pipelines.sources.template import ERROR_SHEET, write_template

HEADINGS = ("Upphandling-id", "Köpare", "Kommunkod", "Upphandling", "Slag av upphandling",
            "Upphandlingsår")  # fmt: skip
ROWS = (
    ("u9", "Torpa kommun", "9802", "=1+1", "Funktionsupphandling", "2024"),
    ("u10", "Torpa kommun", "9802", "@SUM(A1)", "Auktion", "i fjol"),
)


@pytest.mark.parametrize("table", REGISTERS, ids=lambda table: table.file)
def test_a_template_offers_what_its_cells_may_hold(tmp_path: Path, table: Table):
    file = tmp_path / f"{table.file}.xlsx"
    write_template(table, file, {"municipality_code": ["0180", "0126"]})
    book = openpyxl.load_workbook(file)
    sheet = book[table.label[:31]]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        name, _, cells = rule.formula1.lstrip("=").partition("!")
        values = [cell.value for row in book[name][cells.replace("$", "")] for cell in row]
        for area in rule.sqref.ranges:
            assert (area.min_row, area.max_row) == (2, 2001)
            offered[sheet.cell(1, area.min_col).value] = values
    expected = {
        column.label: list(column.codes.labels.values())
        for column in table.delivered_columns
        if column.codes and not column.is_list
    }
    expected |= {c.label: ["ja", "nej"] for c in table.delivered_columns if c.kind == "boolean"}
    if "municipality_code" in table.delivered:
        expected["Kommunkod"] = ["0180", "0126"]
    assert offered == expected
    for cell, column in zip(sheet[1], table.delivered_columns, strict=True):
        assert column.meaning in cell.comment.text
        assert ("Krävs" in cell.comment.text) == (column.name in table.required)
    assert not sheet.protection.sheet
    assert sheet.max_row == 1


def workbook(file: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Mitt blad"
    sheet["A1"] = "Våra upphandlingar"
    for row, cells in enumerate((HEADINGS, *ROWS), 3):
        for column, text in enumerate(cells, 1):
            sheet.cell(row, column, text).data_type = "s"
    book.create_sheet("Eget")["B2"] = "kvar"
    book.save(file)


def csv(file: Path) -> None:
    lines = [";".join(cells) for cells in ((), (), HEADINGS, *ROWS)]
    file.write_text("\n".join(lines), "utf-8-sig")


@pytest.mark.parametrize(("make", "suffix"), [(workbook, "xlsx"), (csv, "csv")])
def test_errors_are_marked_where_they_are_and_listed(world, tmp_path: Path, make, suffix: str):
    file = tmp_path / f"upphandlingar.{suffix}"
    make(file)
    checked = read_and_check(file, load_region("liten"))
    back = tmp_path / "tillbaka" / "upphandlingar.xlsx"
    back.parent.mkdir()
    back.write_bytes(mark(checked))

    book = openpyxl.load_workbook(back)
    sheet = book.worksheets[0]
    if suffix == "xlsx":
        assert book.sheetnames == ["Mitt blad", "Eget", ERROR_SHEET]
        assert (sheet["A1"].value, book["Eget"]["B2"].value) == ("Våra upphandlingar", "kvar")
    kind, year = sheet["E5"], sheet["F5"]
    assert (kind.value, year.value) == ("Auktion", "i fjol")
    for cell, found, colour in ((kind, "Auktion", "FFFFC7CE"), (year, "i fjol", "FFFFEB9C")):
        assert cell.fill.fgColor.rgb == colour
        assert f"Hittat: {found}" in cell.comment.text
        assert "Väntat: " in cell.comment.text
        assert "Gör så här: " in cell.comment.text
    assert sheet["E4"].comment is None
    listed = [[cell.value for cell in row] for row in book[ERROR_SHEET].iter_rows(min_row=2)]
    assert len(listed) == len(checked.delivery.issues)
    assert {(row[1], row[2], row[3]) for row in listed} >= {
        ("5", "Slag av upphandling", "Auktion"), ("5", "Upphandlingsår", "i fjol"),
    }  # fmt: skip
    assert (sheet["D4"].value, sheet["D5"].value) == ("=1+1", "@SUM(A1)")
    assert {cell.data_type for each in book for row in each.iter_rows() for cell in row} <= {
        "s",
        "n",
    }

    kind.value, year.value = "Funktionsupphandling", "2025"
    book.save(back)
    mended = read_and_check(back, load_region("liten"))
    assert (mended.delivery.rows_in, mended.delivery.rows_rejected) == (2, 0)
    again = tmp_path / "igen.xlsx"
    again.write_bytes(mark(mended))
    clean = openpyxl.load_workbook(again).worksheets[0]
    assert (clean["E5"].comment, clean["E5"].fill.fill_type) == (None, None)


def test_each_sheet_has_its_own_marks(world, tmp_path: Path):
    file = tmp_path / "allt.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Ett"
    book.create_sheet("Två")
    for sheet in book:
        for cells in (HEADINGS, ROWS[1]):
            sheet.append(cells)
    book["Två"]["E2"] = "Funktionsupphandling"
    book["Två"]["A2"] = "u11"
    book.save(file)
    (tmp_path / "ut.xlsx").write_bytes(
        mark(read_and_check(file, load_region("liten"), TABLE["procurement"].file))
    )
    marked = openpyxl.load_workbook(tmp_path / "ut.xlsx")
    assert [marked[name]["E2"].comment is None for name in ("Ett", "Två")] == [False, True]
    assert [marked[name]["F2"].comment is None for name in ("Ett", "Två")] == [False, False]
