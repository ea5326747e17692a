"""Themes against instruments or cores: a real table whose cells lead to their passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple

import pyphen
import streamlit as st

from dashboard.text import DASH

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SWEDISH = pyphen.Pyphen(lang="sv", left=3, right=3)


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
