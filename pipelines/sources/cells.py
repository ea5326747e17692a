"""Cells of text → typed values. A value that cannot be read becomes null and is reported."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from pipelines.model.columns import Column
from pipelines.sources.written_dates import iso_date

_TRUE = ("ja", "j", "true", "sant", "1", "x")
_FALSE = ("nej", "n", "false", "falskt", "0")
_SPACES = r"[\s\u00a0\u202f'’]+"
_UNIT = r"(?i)(m2|m²|kvm|km2|km²|kr|sek|kronor|st|invånare|inv|bostäder|bst|lgh|%|:-)\.?$"

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
    """The values that the list knows; :func:`unknown_codes` tells of the others."""
    assert column.codes is not None
    known = _texts(cells, column).list.eval(
        pl.element().str.to_lowercase().replace_strict(column.codes.spellings, default=None)
    )
    known = known.list.drop_nulls()
    return pl.when(known.list.len() > 0).then(known)


def unknown_codes(cells: pl.Expr, column: Column) -> pl.Expr:
    """Tell for each cell whether it holds a value that the column's list does not know."""
    assert column.codes is not None
    return (
        _texts(cells, column)
        .list.eval(~pl.element().str.to_lowercase().is_in(list(column.codes.spellings)))
        .list.any()
    )


def _decimal(cells: pl.Expr, column: Column) -> pl.Expr:
    text = cells.str.replace_all(_SPACES, "").str.replace(_UNIT, "")
    # of two kinds of marks the last one is the decimal
    text = (
        pl.when(text.str.contains(r"^-?\d{1,3}(\.\d{3})+,\d+$"))
        .then(text.str.replace_all(".", "", literal=True))
        .when(text.str.contains(r"^-?\d{1,3}(,\d{3})+\.\d+$"))
        .then(text.str.replace_all(",", "", literal=True))
        .otherwise(text)
    )
    number = (
        text.str.replace(",", ".", literal=True)
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
    return pl.when(number == number.round()).then(number).cast(pl.Int64, strict=False)


def _boolean(cells: pl.Expr, column: Column) -> pl.Expr:
    word = cells.str.to_lowercase()
    return pl.when(word.is_in(_TRUE)).then(True).when(word.is_in(_FALSE)).then(False)


_PARSERS: dict[str, Parser] = {
    "text": _text,
    "texts": _texts,
    "code": _code,
    "codes": _codes,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": lambda cells, _: cells.map_elements(iso_date, return_dtype=pl.String),
    "url": lambda cells, _: pl.when(cells.str.contains(r"^https?://\S+$")).then(cells),
}
