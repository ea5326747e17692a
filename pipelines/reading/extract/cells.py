"""Cells of a table row in PDF: pieces of a printed line with wide white between them."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

from pipelines.reading.extract.page_lines import Line

_WIDE = 1.2
_GAP = 1.0
_USUAL = 0.52
_MAX_CHARS = 160
_BOX = pdfium.FS_RECTF()


def count_cells(lines: list[Line], text_page: Any) -> None:
    """Set `cells` of lines that are wide for their number of letters.

    Only those are looked at letter by letter: a line of prose has much the same width for each
    letter, a table row has white in it. `line.level` and `line.start` hold the indices of the first
    and last letter.
    """
    widths = sorted(
        line.char_width / line.size for line in lines if line.size and len(line.text) > 8
    )
    if not widths:
        return
    usual = min(widths[len(widths) // 2], _USUAL)
    for line in lines:
        wide = line.char_width > _WIDE * usual * line.size
        if wide and line.size and " " in line.text and len(line.text) <= _MAX_CHARS:
            line.cells = _cells(line, text_page)


def _cells(line: Line, text_page: Any) -> int:
    """Count the pieces with more than one em of white between them."""
    count, right = 1, line.x0
    handle = text_page.raw
    for index in range(line.level, line.start + 1):
        pdfium.FPDFText_GetLooseCharBox(handle, index, _BOX)
        if _BOX.right - _BOX.left <= 0 or pdfium.FPDFText_GetUnicode(handle, index) == 32:
            continue
        if _BOX.left - right > _GAP * line.size:
            count += 1
        right = _BOX.right
    return count
