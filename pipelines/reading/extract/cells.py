"""Cells of a table row in PDF: pieces of a printed line with wide white between them."""

from __future__ import annotations

from pipelines.reading.extract.page_lines import Line
from pipelines.reading.extract.pdfium import origin, right_edge

_WIDE = 1.1
_GAP = 1.0
_USUAL = 0.52
_MAX_CHARS = 160


def count_cells(lines: list[Line], handle: int) -> None:
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
            line.cells = _cells(line, handle)


def _cells(line: Line, handle: int) -> int:
    """Count the pieces with more than one em of white between them.

    Where the text still stands letter for letter as on the page, only its spaces are measured.
    """
    first, last = line.level, line.start
    if last - first + 1 == len(line.text):
        breaks = [first + index for index, char in enumerate(line.text) if char == " "]
    else:
        breaks = list(range(first + 1, last))
    wide = 0
    for index in breaks:
        wide += origin(handle, index + 1)[0] - right_edge(handle, index - 1) > _GAP * line.size
    return 1 + wide
