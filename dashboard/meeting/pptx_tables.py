"""Native tables of the PowerPoint, measured so that no row runs off its page. Inches and points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from dashboard.meeting.pack import PRINT, column_widths, text_width
from dashboard.meeting.pptx_parts import Box, Run, describe, rgb, write_runs

_LINE, _PADDING, _LEAST_ROW = 1.2, 0.1, 0.3
"""Height of a line in type sizes, what a row has above and below it, and the lowest row."""
_WIDER = 1.04
"""Office suites set type a little wider than the font says."""
_AIRIEST = 1.5
"""How much higher than its words a row may stand where there is room."""

Rows = Sequence[Sequence[str]]


def table(
    slide: Any,
    box: Box,
    headers: Sequence[str],
    rows: Rows,
    *,
    numeric: frozenset[int] = frozenset(),
    size: float = 14,
    fills: dict[tuple[int, int], int] | None = None,
    like: Rows = (),
) -> Any:
    """A native table over the width of a box, its columns as wide as their words ask for.

    ``fills`` are the levels of coloured cells; ``like`` are all rows of a table that is cut into
    pages, so that its columns are the same on each.
    """
    widths = widths_in(box.width, headers, like or rows, size)
    heights = [_row_height(row, widths, size) for row in (headers, *rows)]
    frame = slide.shapes.add_table(len(rows) + 1, len(headers), *box.emu[:3], Inches(sum(heights)))
    _plain_table(frame)
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Inches(width)
    for line, values in enumerate([headers, *rows]):
        frame.table.rows[line].height = Inches(heights[line])
        for place, value in enumerate(values):
            level = (fills or {}).get((line - 1, place))
            _cell(frame.table.cell(line, place), value, size, line == 0, place in numeric, level)
    describe(frame, "Tabell", f"Tabell: {', '.join(each for each in headers if each)}.")
    return frame


def spread_rows(frame: Any, height: float) -> None:
    """Let the rows of a table stand further apart, up to a height."""
    head, *rows = frame.table.rows
    words = sum(row.height for row in rows)
    room = min(_AIRIEST, max(1.0, (Inches(height) - head.height) / words))
    for row in rows:
        row.height = int(room * row.height)
    frame.height = head.height + sum(row.height for row in rows)


def widths_in(width: float, headers: Sequence[str], rows: Rows, size: float) -> list[float]:
    """Column widths in inches that fill a width."""
    asked = column_widths(headers, rows, room=72 * width, size=_WIDER * size)
    return [width * each / sum(asked) for each in asked]


def natural_width(headers: Sequence[str], rows: Rows, size: float) -> float:
    """The width in inches at which no text of the table wraps."""
    return sum(column_widths(headers, rows, room=1e9, size=_WIDER * size)) / 72


def page_rows(
    headers: Sequence[str], rows: Rows, *, width: float, height: float, size: float
) -> list[Rows]:
    """Cut the rows into pages by how high their words make them."""
    widths = widths_in(width, headers, rows, size)
    head = _row_height(headers, widths, size)
    pages: list[list[Sequence[str]]] = [[]]
    left = height - head
    for row in rows:
        high = _row_height(row, widths, size)
        if high > left and pages[-1]:
            pages.append([])
            left = height - head
        pages[-1].append(row)
        left -= high
    return list(pages)


def largest_size(
    headers: Sequence[str], rows: Rows, *, width: float, height: float, sizes: Sequence[float]
) -> float:
    """The first of the sizes, which fall, at which all rows stand on one page; else the last."""
    for size in sizes:
        least = column_widths(headers, rows, room=0, size=_WIDER * size)
        pages = page_rows(headers, rows, width=width, height=height, size=size)
        if len(pages) == 1 and sum(least) <= 72 * width:
            return size
    return sizes[-1]


def _row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    lines = max(
        _lines(text, 72 * (width - 0.14), size) for text, width in zip(row, widths, strict=True)
    )
    return max(_LEAST_ROW, lines * _LINE * size / 72 + _PADDING)


def _lines(text: str, room: float, size: float) -> int:
    """How many lines a text takes; words longer than the room are broken."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = _WIDER * text_width(f"{word} ", size)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        lines += int(wide // room) if wide > room > 0 else 0
        used += wide % room if wide > room > 0 else wide
    return lines


def _cell(
    cell: Any, value: str, size: float, head: bool, is_number: bool, level: int | None
) -> None:
    cell.margin_left, cell.margin_right = Inches(0.04), Inches(0.1)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    color = PRINT.muted if head else PRINT.ink if level is None else PRINT.on_ladder[level]
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    if level is not None:
        paragraph.alignment = PP_ALIGN.CENTER
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(PRINT.ladder[level])
    else:
        cell.fill.background()
    write_runs(paragraph, [Run(value, color=color, bold=level is not None)], size)
    _underline(cell)


def _underline(cell: Any) -> None:
    """Borders stand before the fill in the schema."""
    color = PRINT.line.lstrip("#")
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{color}"/>'
        "</a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, line)


def _plain_table(frame: Any) -> None:
    """No style of PowerPoint's own: head row kept for screen readers, no bands."""
    frame.table.first_row, frame.table.horz_banding = True, False
    style = frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
