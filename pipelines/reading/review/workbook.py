"""The coding file as XLSX: passages with drop-downs, the rules, and the code lists."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME, VOICE, CodeList
from pipelines.model.columns import Column
from pipelines.model.tables import HUMAN_CODE
from pipelines.reading.review import instructions
from pipelines.reading.review.coding_sheet import CODED

CODING, RULES, LISTS = "Kodning", instructions.TITLE, "Kodlistor"
YES_NO = ("ja", "nej")
_WIDTHS = {
    "before": 34, "quote": 64, "after": 34, "section": 22, "document_title": 26, "page": 6,
    "document_kind": 16, "note": 28, "is_relevant": 12, "is_negated": 9,
}  # fmt: skip
_WIDTH = 18
_COLOURS = {"given": "#EEF0F2", "coded": "#FFF8DC"}


def write_workbook(rows: pl.DataFrame, file: Path, mark: str = "") -> None:
    """Write the rows of :func:`coding_sheet.coding_sheet` as a file to fill in.

    The given cells are locked without a password, so that a slip of the hand does not change a
    quote or a key; ``mark`` says on every sheet and printed page that the region is invented.
    """
    with xlsxwriter.Workbook(str(file), {"strings_to_formulas": False}) as book:
        sheet, rules, lists = (book.add_worksheet(name) for name in (CODING, RULES, LISTS))
        sources = _write_lists(lists, book.add_format({"bold": True}), mark)
        _write_coding(book, sheet, rows, sources)
        _write_rules(book, rules, mark)
        for page in (sheet, rules, lists):
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.set_header(f"&L{mark}&R&A")


def _write_coding(
    book: xlsxwriter.Workbook, sheet: Worksheet, rows: pl.DataFrame, sources: dict[str, str]
) -> None:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C9CED4"}
    given = book.add_format({**cell, "bg_color": _COLOURS["given"]})
    quote = book.add_format({**cell, "bg_color": _COLOURS["given"], "bold": True})
    coded = book.add_format({**cell, "bg_color": _COLOURS["coded"], "locked": False})
    # Text format keeps a date as the coder writes it.
    dated = book.add_format(
        {**cell, "bg_color": _COLOURS["coded"], "locked": False, "num_format": "@"}
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    for position, column in enumerate(HUMAN_CODE.delivered_columns):
        sheet.set_column(position, position, _WIDTHS.get(column.name, _WIDTH))
        sheet.write_string(0, position, column.label, head)
        sheet.write_comment(0, position, f"{column.meaning} Väntat: {_expected(column)}.")
        look = {"quote": quote, "coded_on": dated}.get(
            column.name, coded if column.name in CODED else given
        )
        for row, value in enumerate(rows[column.name], start=1):
            _write_cell(sheet, row, position, column, value, look)
        _restrict(sheet, position, column, rows.height, sources)
    _mark_missing(sheet, rows.height, book.add_format({"bg_color": "#F4C7A1"}))
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    sheet.autofilter(0, 0, rows.height, len(HUMAN_CODE.delivered) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _write_cell(
    sheet: Worksheet, row: int, position: int, column: Column, value: object, look: Format
) -> None:
    if value is None:
        sheet.write_blank(row, position, None, look)
    elif column.is_number:
        sheet.write_number(row, position, float(str(value)), look)
    else:
        text = str(value)
        label = column.codes.labels.get(text, text) if column.codes else text
        sheet.write_string(row, position, label, look)


def _restrict(
    sheet: Worksheet, position: int, column: Column, last: int, sources: dict[str, str]
) -> None:
    """Give a coded column its drop-down."""
    source = _source(column, sources)
    if column.name in CODED and source is not None:
        sheet.data_validation(
            1, position, last, position,
            {"validate": "list", "source": source, "ignore_blank": True,
             "error_title": "Okänt värde", "error_message": "Välj ett värde ur listan."},
        )  # fmt: skip


def _mark_missing(sheet: Worksheet, last: int, look: Format) -> None:
    """Colour the commitment of a yes until it is filled in."""
    answer, commitment = (HUMAN_CODE.delivered.index(n) for n in ("is_relevant", "commitment"))
    criteria = f'=AND(${xl_col_to_name(answer)}2="ja",${xl_col_to_name(commitment)}2="")'
    sheet.conditional_format(
        1, commitment, last, commitment,
        {"type": "formula", "criteria": criteria, "format": look},
    )  # fmt: skip


def _source(column: Column, sources: dict[str, str]) -> str | list[str] | None:
    if column.kind == "boolean":
        return list(YES_NO)
    return sources.get(column.codes.name) if column.codes else None


def _expected(column: Column) -> str:
    return "ett värde ur listan" if column.codes else column.expected


def _write_lists(sheet: Worksheet, head: Format, mark: str) -> dict[str, str]:
    """Write the code lists side by side and return where each one's labels stand."""
    sources: dict[str, str] = {}
    sheet.write_string(0, 0, mark)
    for number, codes in enumerate((COMMITMENT, INSTRUMENT, THEME, VOICE)):
        position, shown = 3 * number, _choices(codes)
        sheet.set_column(position, position, 30)
        sheet.set_column(position + 1, position + 1, 60)
        sheet.write_string(1, position, codes.label, head)
        sheet.write_string(1, position + 1, "Betydelse", head)
        for row, (label, meaning) in enumerate(shown, start=2):
            sheet.write_string(row, position, label)
            sheet.write_string(row, position + 1, meaning)
        letter = xl_col_to_name(position)
        sources[codes.name] = f"={LISTS}!${letter}$3:${letter}${len(shown) + 2}"
    return sources


def _choices(codes: CodeList) -> list[tuple[str, str]]:
    """Labels and meanings; no commitment at all is said by answering no."""
    left_out = "none" if codes.name == COMMITMENT.name else ""
    return [(code.label, code.meaning) for code in codes.codes if code.code != left_out]


def _write_rules(book: xlsxwriter.Workbook, sheet: Worksheet, mark: str) -> None:
    title = book.add_format({"bold": True, "font_size": 16})
    head = book.add_format({"bold": True, "font_size": 12, "top": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, instructions.TITLE, title)
    sheet.write_string(1, 0, mark)
    row = 3
    for heading, paragraphs in instructions.SECTIONS:
        sheet.write_string(row, 0, heading, head)
        for offset, paragraph in enumerate(paragraphs, start=1):
            sheet.write_string(row + offset, 0, paragraph, text)
        row += len(paragraphs) + 2
