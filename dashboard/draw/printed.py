"""What PowerPoint and paper share: colours, widths and letters of text, figures as tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import htpy as h
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from dashboard.draw.chart import Figure, Heat, Names, Rows
from dashboard.draw.levels import LEVEL_KINDS
from dashboard.text import DASH, MINUS, number
from dashboard.theme import LIGHT, Palette
from pipelines.sources.characters import composed

PRINT: Palette = LIGHT
LINK = "#1F5E99"
"""Files are read on white paper whatever the screen shows."""
_SHORT_HEAD = 9
_GAP = 14.0
"""Points between a column's longest text and the next column."""
_OTHER = "Vera"
"""Comes with ReportLab, and has the letters of most languages in Latin script."""
_NEAREST = {MINUS: "–", "→": "->", "←": "<-", "⇒": "=>", "☐": "[ ]", "☑": "[x]", "✓": "v"}


class Table(NamedTuple):
    """A figure as a table: ``numeric`` columns are right-aligned, ``fills`` are levels of cells."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    fills: dict[tuple[int, int], int] = {}  # noqa: RUF012 - never changed
    shares: tuple[float, ...] = ()


def as_table(figure: Figure) -> Table | None:
    """Return a figure that is printed as a table; None where it is a drawing."""
    if isinstance(figure, Rows):
        return Table(figure.headers, figure.rows, figure.numeric)
    if isinstance(figure, Names):
        named = tuple(
            (word, number(len(names)), ", ".join(names)) for _, word, names in figure.groups
        )
        kinds = [kind for kind, *_ in figure.groups]
        fills = {
            (i, 0): LEVEL_KINDS.index(kind) for i, kind in enumerate(kinds) if kind in LEVEL_KINDS
        }
        return Table(figure.heads, named, frozenset({1}), fills, (0.9, 0.6, 5))
    if not isinstance(figure, Heat):
        return None
    rows = tuple(
        (label, *(DASH if cell is None else number(cell[0]) for cell in cells))
        for label, cells in figure.rows
    )
    fills = {
        (line, place): cell[1]
        for line, (_, cells) in enumerate(figure.rows)
        for place, cell in enumerate(cells, start=1)
        if cell is not None
    }
    shares = (2.0, *([1.15] * len(figure.columns)))
    return Table((figure.corner, *figure.columns), rows, frozenset(), fills, shares)


def column_widths(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, room: float, size: float
) -> list[float]:
    """Widths in points that let every column be as wide as its longest text.

    Where ``room`` does not hold that, texts of several words wrap, never the words themselves.
    """
    wide, least = [], []
    for head, *cells in zip(headers, *rows, strict=True):
        words = [word for text in (head, *cells) for word in text.split(" ")]
        wide.append(max(_head_width(head, size), *(text_width(t, size) for t in cells)) + _GAP)
        least.append(max(text_width(word, size) for word in words) + _GAP)
    spare = room - sum(least)
    wanted = sum(wide) - sum(least)
    if wanted <= max(spare, 0.0):
        return wide
    share = max(spare, 0.0) / wanted
    return [low + share * (high - low) for low, high in zip(least, wide, strict=True)]


def _head_width(head: str, size: float) -> float:
    """A long heading stands in two lines: numbers under it need not be as far apart."""
    whole = text_width(head, size)
    longest = max(text_width(word, size) for word in head.split(" "))
    return whole if len(head) <= _SHORT_HEAD else max(longest, 0.62 * whole)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in points; Helvetica and Arial have the same widths."""
    return float(stringWidth(text, "Helvetica-Bold" if bold else "Helvetica", size))


def in_markup(text: str) -> str:
    """Return a paragraph's markup in letters that can be printed; others get a font of their own.

    Control characters are left out; a lowered or raised figure is set as one (CO₂).
    """
    return "".join(_in_markup(letter) for letter in composed(text))


def in_font(text: str) -> str:
    """Return plain text in letters that the standard fonts have."""
    return "".join(_nearest(letter) for letter in composed(text))


@cache
def _in_markup(letter: str) -> str:
    if letter not in _NEAREST and not _is_standard(letter):
        if ord(letter) in _other_letters():
            return str(h.font(name=_OTHER)[letter])
        for look, element in ("<sub>", h.sub), ("<super>", h.sup):
            if unicodedata.decomposition(letter).startswith(look):
                return str(element[_nearest(letter)])
    return letter if _is_standard(letter) else str(h.fragment[_nearest(letter)])


def _nearest(letter: str) -> str:
    if _is_standard(letter):
        return letter
    if letter in _NEAREST:
        return _NEAREST[letter]
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if _is_standard(part)) or "?"


def _is_standard(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _other_letters() -> frozenset[int]:
    """Register the other font, and return the letters that it has."""
    for name, bold, italic in (
        ("Vera", 0, 0),
        ("VeraBd", 1, 0),
        ("VeraIt", 0, 1),
        ("VeraBI", 1, 1),
    ):
        registerFont(TTFont(name, f"{name}.ttf"))
        addMapping(_OTHER, bold, italic, name)
    return frozenset(TTFont(_OTHER, f"{_OTHER}.ttf").face.charToGlyph)
