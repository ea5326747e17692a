"""Cells of text → typed values. A value that cannot be read becomes null and is reported."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from pipelines.model.column import Column

_TRUE = ("ja", "j", "true", "sant", "1", "x")
_FALSE = ("nej", "n", "false", "falskt", "0")
_SPACES = r"[\s\u00a0\u202f]+"
_ISO_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

Parser = Callable[[pl.Expr, Column], pl.Expr]


def parse(cells: pl.Expr, column: Column) -> pl.Expr:
    """Parse non-empty text cells as the column's kind; what does not parse becomes null."""
    return _PARSERS[column.kind](cells, column)


def _text(cells: pl.Expr, column: Column) -> pl.Expr:
    if not column.pattern:
        return cells
    return pl.when(cells.str.contains(f"^(?:{column.pattern})$")).then(cells)


def _texts(cells: pl.Expr, column: Column) -> pl.Expr:
    return (
        cells.str.replace_all("|", ";", literal=True)
        .str.split(";")
        .list.eval(pl.element().str.strip_chars().replace("", None).drop_nulls())
    )


def _code(cells: pl.Expr, column: Column) -> pl.Expr:
    assert column.codes is not None
    return cells.str.to_lowercase().replace_strict(column.codes.spellings, default=None)


def _codes(cells: pl.Expr, column: Column) -> pl.Expr:
    assert column.codes is not None
    parts = _texts(cells, column)
    known = parts.list.eval(
        pl.element().str.to_lowercase().replace_strict(column.codes.spellings, default=None)
    )
    return pl.when(known.list.drop_nulls().list.len() == parts.list.len()).then(known)


def _decimal(cells: pl.Expr, column: Column) -> pl.Expr:
    number = (
        cells.str.replace_all(_SPACES, "")
        .str.replace(",", ".", literal=True)
        .str.replace("−", "-", literal=True)
        .cast(pl.Float64, strict=False)
    )
    inside = number.is_finite()
    if column.minimum is not None:
        inside &= number >= column.minimum
    if column.maximum is not None:
        inside &= number <= column.maximum
    return pl.when(inside).then(number)


def _integer(cells: pl.Expr, column: Column) -> pl.Expr:
    number = _decimal(cells, column)
    return pl.when(number == number.round()).then(number).cast(pl.Int64)


def _boolean(cells: pl.Expr, column: Column) -> pl.Expr:
    word = cells.str.to_lowercase()
    return pl.when(word.is_in(_TRUE)).then(True).when(word.is_in(_FALSE)).then(False)


def _date(cells: pl.Expr, column: Column) -> pl.Expr:
    # Excel hands over whole dates as timestamps at midnight.
    text = cells.str.replace(r"[T ]00:00:00(\.0+)?$", "")
    whole_or_short = (text.str.len_chars() < 10) | text.str.to_date(
        "%Y-%m-%d", strict=False
    ).is_not_null()
    return pl.when(text.str.contains(_ISO_DATE) & whole_or_short).then(text)


def _url(cells: pl.Expr, column: Column) -> pl.Expr:
    return pl.when(cells.str.contains(r"^https?://\S+$")).then(cells)


_PARSERS: dict[str, Parser] = {
    "text": _text,
    "texts": _texts,
    "code": _code,
    "codes": _codes,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "url": _url,
}
