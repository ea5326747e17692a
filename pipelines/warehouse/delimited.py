"""Tables as CSV in two dialects: one that Swedish Excel opens rightly, one for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import polars as pl

from pipelines.model.columns import Column
from pipelines.sources.characters import INVISIBLE

Dialect = Literal["excel", "standard"]
DIALECT_LABELS: dict[Dialect, str] = {"excel": "för Excel", "standard": "standard"}
MARK_HEADER = "Exempeldata"
_FORMULA = r"^[=+\-@\t\r]"
_READ_AS_NUMBER = r"^(0\d+|\d{16,}|\d+[eE]\d+|\d{1,4}[-./]\d{1,4})$"
"""Text that Excel turns into something else: 0180 into 180, 2024-06 into June, 1.1 into a day."""
_READ_AS_DAY = (
    r"(?i)^(\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}|\d{1,2}:\d{2}(:\d{2})?"
    r"|(\d{1,4}[-/ ])?(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*[-/ ]?\d{0,4})$"
)
"""Text in columns that hold no dates which Excel makes one: 12/3/2021, mar-21, 12:30."""


def write_csv(
    frame: pl.DataFrame, columns: Sequence[Column], dialect: Dialect, mark: str = ""
) -> bytes:
    """Write a frame as CSV.

    *excel*: semicolon, decimal comma, UTF-8 with BOM, Swedish labels and code labels.
    *standard*: comma, decimal point, UTF-8, plain Swedish headers and codes as stored.
    Text that Excel would read as a number or a day, as 0180, is written ``="0180"`` for it.
    Lists are joined by semicolon. Text that a spreadsheet would run as a formula (CWE-1236) gets
    an apostrophe in front. Control characters are left out. A fictional region's ``mark`` is in a
    column of its own on each row.

    Args:
        frame: rows with at least the named columns.
        columns: what to write, in order.
        dialect: which of the two.
        mark: the example mark, or empty.
    """
    cells = [
        _cell(column, dialect, frame.schema[column.name]).alias(str(i))
        for i, column in enumerate(columns)
    ]
    plain = frame.select(cells)
    names = [column.label if dialect == "excel" else column.header for column in columns]
    plain = plain.rename({str(i): name for i, name in enumerate(_distinct(names))})
    if mark:
        header = MARK_HEADER if dialect == "excel" else MARK_HEADER.casefold()
        plain = plain.with_columns(pl.lit(mark).alias(header))
    excel = dialect == "excel"
    text = plain.write_csv(
        separator=";" if excel else ",",
        decimal_comma=excel,
        include_bom=excel,
        line_terminator="\r\n" if excel else "\n",
    )
    return text.encode("utf-8")


def safe_text(text: pl.Expr) -> pl.Expr:
    """Put an apostrophe before text that a spreadsheet would otherwise run as a formula."""
    return (
        pl.when(text.str.contains(_FORMULA)).then(pl.concat_str(pl.lit("'"), text)).otherwise(text)
    )


def _cell(column: Column, dialect: Dialect, kind: pl.DataType) -> pl.Expr:
    value = pl.col(column.name)
    excel = dialect == "excel"
    if isinstance(kind, pl.List):
        items = value.cast(pl.List(pl.String))
        if excel and column.codes is not None:
            items = items.list.eval(pl.element().replace(column.codes.labels))
        return _text(items.list.join("; " if excel else ";"), excel=excel)
    if isinstance(kind, pl.Boolean):
        return pl.when(value).then(pl.lit("ja")).when(~value).then(pl.lit("nej"))
    if isinstance(kind, pl.String):
        if excel and column.codes is not None:
            value = value.replace(column.codes.labels)
        return _text(value, excel=excel, is_date=column.kind == "date")
    return value


def _text(text: pl.Expr, *, excel: bool, is_date: bool = False) -> pl.Expr:
    text = text.str.replace_all("[\u000b\u000c\u0085\u2028\u2029]", "\n")
    text = text.str.replace_all(INVISIBLE, "")
    if not excel:
        return safe_text(text)
    kept = pl.concat_str(pl.lit('="'), text, pl.lit('"'))
    is_read = text.str.contains(_READ_AS_NUMBER)
    if not is_date:
        is_read |= text.str.contains(_READ_AS_DAY)
    return pl.when(is_read).then(kept).otherwise(safe_text(text))


def _distinct(names: list[str]) -> list[str]:
    """Headers must differ; a repeated one gets a number."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return result
