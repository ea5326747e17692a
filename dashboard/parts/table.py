"""Tables in HTML: rows with links, and rows against columns with colour by value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import htpy as h
import polars as pl

from dashboard.draw.html import divisible
from dashboard.parts.markup import link, outside, show
from dashboard.text import DASH, number
from pipelines.model.columns import Column


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
    numeric: frozenset[int] = frozenset(),
    scrolled: bool = False,
) -> None:
    """Draw a table; ``numeric`` are the positions of right-aligned columns.

    A ``scrolled`` one is in a box lower than itself, and takes the focus so that the keyboard can
    scroll it.
    """
    tags = [h.th, *[h.td] * (len(headers) - 1)]
    kinds = ["tal" if i in numeric else None for i in range(len(headers))]
    show(
        h.table(tabindex="0" if scrolled else None, class_="rader")[
            h.caption[caption],
            h.thead[
                h.tr[
                    (
                        h.th(scope="col", class_=kind)[text]
                        for text, kind in zip(headers, kinds, strict=True)
                    )
                ]
            ],
            h.tbody[
                (
                    h.tr[(_cell(*each) for each in zip(row, headers, kinds, tags, strict=True))]
                    for row in rows
                )
            ],
        ]
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


def _cell(cell: Cell, header: str, kind: str | None, tag: h.Element) -> h.Element:
    text: h.Node = cell.text
    if cell.href:
        text = (outside if "://" in cell.href else link)(cell.href, text)
    if cell.kind:
        text = h.span(class_=cell.kind)[text]
    scope = "row" if tag is h.th else None
    return tag(scope=scope, data_rubrik=header, class_=kind)[
        text, cell.second and [h.br, h.span(".tyst")[cell.second]]
    ]


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

    On a phone each row becomes a heading with the cells that hold something. What a cell says is
    written once, as its name; the page's script shows it as a tooltip too.
    """
    show(
        h.div(".ruta")[
            h.table(".varme")[
                h.caption[caption],
                h.thead[
                    h.tr[
                        h.th(scope="col")[corner],
                        (h.th(scope="col")[h.span[divisible(each)]] for each in columns.values()),
                    ]
                ],
                h.tbody[
                    (
                        h.tr[
                            h.th(scope="row")[label],
                            (_heat(cell(code, each), name) for each, name in columns.items()),
                        ]
                        for code, label in rows.items()
                    )
                ],
            ]
        ]
    )


def _heat(found: HeatCell | None, label: str) -> h.Element:
    if found is None:
        return h.td(".tom", data_rubrik=label)[DASH]
    text = str(found.number)
    inside = link(found.href, text, label=found.words) if found.href else text
    return h.td(class_=found.kind, data_rubrik=label)[inside]


def used(codes: Mapping[str, str], found: Sequence[str]) -> dict[str, str]:
    """The codes that occur, in their list's order."""
    return {code: label for code, label in codes.items() if code in set(found)}
