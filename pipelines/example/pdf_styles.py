"""Paragraph styles and tables of PDF documents, from a municipality's look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import pyphen
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Table, TableStyle

from pipelines.example.blocks import Grid
from pipelines.example.look import Look

_SHORTEST_HYPHENATED = 8
_CELL_PADDING = 5.0
_LONG_WORD = 62.0  # points; longer words are divided
_INSEPARABLE = re.compile(r"(?<=\d) (?=\d{3}(?!\d))|(?<=§) (?=\d)|(?<=\d) (?=§)")


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv", left=3, right=3)


def hyphenate(word: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to divide a Swedish word, the last division first."""
    yield from _patterns().iterate(word)


def typeset(text: str) -> str:
    """Return ReportLab's mark-up for a text: ``1 200`` and ``§ 94`` stay on one line."""
    return escape(_INSEPARABLE.sub("\u00a0", text))


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of one document."""

    body: ParagraphStyle
    item: ParagraphStyle
    headings: dict[int, ParagraphStyle]
    opening: ParagraphStyle
    caption: ParagraphStyle
    cell: ParagraphStyle
    number_cell: ParagraphStyle
    header_cell: ParagraphStyle


def make_styles(look: Look, *, columns: int) -> Styles:
    """Return the styles for text set in one or two columns."""
    body = _body(look, columns)
    size, leading = body.fontSize, body.leading
    cell = ParagraphStyle(
        "cell", body, fontSize=size * 0.86, leading=size * 1.12, spaceAfter=0, alignment=TA_LEFT
    )
    header = white if look.table == "bands" else HexColor(look.dark)
    return Styles(
        body=body,
        item=ParagraphStyle(
            "item", body, leftIndent=16, bulletIndent=4, spaceAfter=leading * 0.2, alignment=TA_LEFT
        ),
        headings={level: _heading(look, body, level, columns) for level in (1, 2, 3)},
        opening=ParagraphStyle(
            "opening", fontName=look.display.bold, fontSize=27, leading=31, textColor=white
        ),
        caption=ParagraphStyle(
            "caption",
            fontName=look.text.italic,
            fontSize=size * 0.84,
            leading=size * 1.1,
            spaceBefore=3,
            spaceAfter=leading * 0.9,
            textColor=HexColor("#444444"),
        ),
        cell=cell,
        number_cell=ParagraphStyle("number", cell, alignment=TA_RIGHT),
        header_cell=ParagraphStyle("header", cell, fontName=look.text.bold, textColor=header),
    )


def _body(look: Look, columns: int) -> ParagraphStyle:
    size = (10.3 if columns == 1 else 10.1) * look.text.scale
    leading = size * 1.42
    return ParagraphStyle(
        "body",
        fontName=look.text.regular,
        fontSize=size,
        leading=leading,
        spaceAfter=leading * 0.55,
        alignment=TA_JUSTIFY if look.justified else TA_LEFT,
        hyphenationLang=hyphenate,
        hyphenationMinWordLength=_SHORTEST_HYPHENATED,
        allowWidows=0,
        allowOrphans=0,
        textColor=HexColor("#1C1C1C"),
    )


def _heading(look: Look, body: ParagraphStyle, level: int, columns: int) -> ParagraphStyle:
    size = body.fontSize * {1: 1.75, 2: 1.28, 3: 1.05}[level] * (1 if columns == 1 else 0.96)
    before = {1: 1.5, 2: 0.95, 3: 0.7}[level]
    return ParagraphStyle(
        f"heading{level}",
        fontName=look.display.bold,
        fontSize=size,
        leading=size * 1.18,
        spaceBefore=body.leading * before,
        spaceAfter=body.leading * {1: 0.55, 2: 0.3, 3: 0.15}[level],
        textColor=HexColor(look.dark if level < 3 else "#222222"),
        keepWithNext=1,
    )


def make_table(grid: Grid, look: Look, styles: Styles, width: float) -> Table:
    """Set a table in the given width in points; header rows repeat on the next page."""
    numeric = [grid.is_numeric(column) for column in range(len(grid.header))]
    header = [
        Paragraph(
            typeset(text),
            ParagraphStyle("h", styles.header_cell, alignment=TA_RIGHT if right else TA_LEFT),
        )
        for text, right in zip(grid.header, numeric, strict=True)
    ]
    rows = [
        [
            Paragraph(typeset(text), styles.number_cell if right else styles.cell)
            for text, right in zip(row, numeric, strict=True)
        ]
        for row in grid.rows
    ]
    table = Table([header, *rows], colWidths=_widths(grid, styles, width), repeatRows=1)
    table.setStyle(TableStyle(_commands(look, len(rows))))
    table.spaceBefore = styles.body.leading * 0.35
    table.spaceAfter = styles.body.leading * 0.95
    table.hAlign = "LEFT"
    return table


def fits(grid: Grid, styles: Styles, width: float) -> bool:
    """Tell whether a table goes into a width in points without dividing its shortest words."""
    _, least = _wanted(grid, styles)
    return sum(least) <= width


def _widths(grid: Grid, styles: Styles, width: float) -> list[float]:
    """Share the width by what the cells want, but never less than their longest word."""
    wanted, least = _wanted(grid, styles)
    if sum(wanted) <= width:
        return [want + (width - sum(wanted)) * want / sum(wanted) for want in wanted]
    if sum(least) >= width:
        return [width * low / sum(least) for low in least]
    spare = width - sum(least)
    surplus = [want - low for want, low in zip(wanted, least, strict=True)]
    return [low + spare * more / sum(surplus) for low, more in zip(least, surplus, strict=True)]


def _wanted(grid: Grid, styles: Styles) -> tuple[list[float], list[float]]:
    """Return for each column the width that needs no second line, and the least that will do."""
    wanted: list[float] = []
    least: list[float] = []
    for column, title in enumerate(grid.header):
        cells = [(title, styles.header_cell)]
        cells += [(row[column], styles.cell) for row in grid.rows]
        sizes = [stringWidth(text, style.fontName, style.fontSize) for text, style in cells]
        words = [
            stringWidth(word, style.fontName, style.fontSize)
            for text, style in cells
            for word in text.split()
        ]
        wanted.append(max(sizes) + 2 * _CELL_PADDING + 2)
        least.append(min(max(words, default=0.0), _LONG_WORD) + 2 * _CELL_PADDING + 2)
    return wanted, least


def _commands(look: Look, rows: int) -> list[tuple[Any, ...]]:
    dark, tint = HexColor(look.dark), HexColor(look.tint)
    grey = HexColor("#B9B9B9")
    common: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 3.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4.2),
    ]
    if look.table == "bands":
        bands = [("BACKGROUND", (0, r), (-1, r), tint) for r in range(2, rows + 1, 2)]
        return [*common, ("BACKGROUND", (0, 0), (-1, 0), dark), *bands]
    if look.table == "grid":
        return [
            *common,
            ("GRID", (0, 0), (-1, -1), 0.5, grey),
            ("BACKGROUND", (0, 0), (-1, 0), tint),
        ]
    return [
        *common,
        ("LINEABOVE", (0, 0), (-1, 0), 1, dark),
        ("LINEBELOW", (0, 0), (-1, 0), 0.7, dark),
        ("LINEBELOW", (0, 1), (-1, -2), 0.3, grey),
        ("LINEBELOW", (0, -1), (-1, -1), 1, dark),
    ]
