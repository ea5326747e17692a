"""Tables in HTML: rows with links, and rows against columns with colour by value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

import polars as pl
import pyphen
import streamlit as st

from dashboard.handling.address import outside_address
from dashboard.text import DASH, number
from pipelines.model.columns import Column

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SWEDISH = pyphen.Pyphen(lang="sv", left=3, right=3)


class Cell(NamedTuple):
    """One cell: text, the address it leads to, a quiet second line, a class for its colour."""

    text: str
    href: str = ""
    second: str = ""
    kind: str = ""


def show_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    caption: str,
    numeric: frozenset[int],
    scrolled: bool = False,
) -> None:
    """Draw a table; ``numeric`` are the positions of right-aligned columns.

    A ``scrolled`` one stands in a box lower than itself, and takes the focus so that the keyboard
    can scroll it.
    """
    head = "".join(
        f'<th scope="col"{_number_class(i, numeric)}>{escape(text)}</th>'
        for i, text in enumerate(headers)
    )
    body = "".join(
        "<tr>"
        + "".join(_cell(cell, i, headers[i], numeric) for i, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    stop = ' tabindex="0"' if scrolled else ""
    st.html(
        f'<table{stop} class="rader"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def never_known(rows: Sequence[Sequence[Cell]], absent: str = DASH) -> frozenset[int]:
    """The positions of columns that know nothing in any row: a sentence says that better."""
    columns = enumerate(zip(*rows, strict=True))
    return frozenset(i for i, cells in columns if all(cell.text == absent for cell in cells))


def without(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], places: frozenset[int]
) -> tuple[list[str], list[list[Cell]]]:
    """Headers and rows without the columns at some positions."""
    kept = [i for i in range(len(headers)) if i not in places]
    return [headers[i] for i in kept], [[row[i] for i in kept] for row in rows]


def show_frame(
    frame: pl.DataFrame, columns: Sequence[Column], *, caption: str, scrolled: bool = False
) -> None:
    """Draw a frame as a table with the columns' labels, codes as words, numbers in Swedish.

    ``scrolled`` as in ``show_table``.
    """
    shown = [column for column in columns if column.name in frame.columns]
    rows = [[Cell(in_words(row[c.name], c)) for c in shown] for row in frame.to_dicts()]
    numeric = frozenset(i for i, c in enumerate(shown) if c.is_number and "year" not in c.name)
    heads = [column.label for column in shown]
    show_table(heads, rows, caption=caption, numeric=numeric, scrolled=scrolled)


def in_words(value: object, column: Column) -> str:
    """One value as a reader meets it: code labels, ja and nej, Swedish numbers, a dash for none."""
    if value is None or value in ("", []):
        return DASH
    labels = column.codes.labels if column.codes else {}
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(labels.get(each, str(each)) for each in value)
    if isinstance(value, int) and ("year" in column.name or column.name == "page"):
        return str(value)
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 1)
    return labels.get(str(value), str(value))


def _cell(cell: Cell, place: int, header: str, numeric: frozenset[int]) -> str:
    text = escape(cell.text)
    is_outside = "://" in cell.href
    href = outside_address(cell.href) if is_outside else cell.href
    if href:
        target = ' target="_blank" rel="noopener"' if is_outside else ' target="_self"'
        text = f'<a href="{escape(href, quote=True)}"{target}>{text}</a>'
    if cell.kind:
        text = f'<span class="{cell.kind}">{text}</span>'
    if cell.second:
        text += f'<br><span class="tyst">{escape(cell.second)}</span>'
    tag = 'th scope="row"' if place == 0 else "td"
    end = "th" if place == 0 else "td"
    return (
        f'<{tag} data-rubrik="{escape(header, quote=True)}"{_number_class(place, numeric)}>'
        f"{text}</{end}>"
    )


def _number_class(place: int, numeric: frozenset[int]) -> str:
    return ' class="tal"' if place in numeric else ""


class HeatCell(NamedTuple):
    """A number, the colour class of the cell, and where it leads."""

    number: int
    kind: str
    href: str = ""
    words: str = ""


def heat_table(
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    cell: Callable[[str, str], HeatCell | None],
    *,
    caption: str,
    corner: str,
) -> None:
    """Draw one row a code of ``rows`` and one column a code of ``columns`` (code → label).

    On a phone each row becomes a heading with the cells that hold something. What a cell says
    stands once, as its name; the page's script shows it as a tooltip too.
    """
    head = "".join(
        f'<th scope="col"><span>{escape(divisible(text))}</span></th>' for text in columns.values()
    )
    body = "".join(
        f'<tr><th scope="row">{escape(label)}</th>{_cells(code, columns, cell)}</tr>'
        for code, label in rows.items()
    )
    st.html(
        f'<div class="ruta"><table class="varme"><caption>{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(corner)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cells(
    row: str, columns: Mapping[str, str], cell: Callable[[str, str], HeatCell | None]
) -> str:
    return "".join(_one(cell(row, code), label) for code, label in columns.items())


def _one(found: HeatCell | None, label: str) -> str:
    header = f'data-rubrik="{escape(label, quote=True)}"'
    if found is None:
        return f'<td class="tom" {header}>{DASH}</td>'
    text = str(found.number)
    if found.href:
        words = escape(found.words, quote=True)
        text = (
            f'<a href="{escape(found.href, quote=True)}" target="_self" '
            f'aria-label="{words}">{text}</a>'
        )
    return f'<td class="{found.kind}" {header}>{text}</td>'


def divisible(text: str) -> str:
    """The text with soft hyphens, so that narrow column heads break where Swedish words may."""
    return " ".join(_SWEDISH.inserted(each, SOFT_HYPHEN) for each in text.split(" "))


def used(codes: Mapping[str, str], found: Sequence[str]) -> dict[str, str]:
    """The codes that occur, in their list's order."""
    return {code: label for code, label in codes.items() if code in set(found)}
