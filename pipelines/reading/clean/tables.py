"""Table rows in formats with layout: neighbouring lines whose cells stand apart."""

from __future__ import annotations

import re

from pipelines.reading.extract.page_lines import Line

_DIGIT = re.compile(r"(?<![A-Za-z])\d")
_MIN_ROWS = 2


def mark_rows(lines: list[Line]) -> dict[int, str]:
    """Set `role` of the lines that are table rows; return the header of each, by line index.

    Two or more neighbouring lines with at least two cells each are a table. Its first line is the
    header when it holds no digits and the others do, or when at least two rows of as many cells
    follow it; a header is kept with the rows and is no passage.
    """
    headers: dict[int, str] = {}
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end]) and (end == start or not _apart(lines[end])):
            end += 1
        if end - start >= _MIN_ROWS:
            _mark(lines, start, end, headers)
        start = max(end, start + 1)
    return headers


def _is_row(line: Line) -> bool:
    return line.cells >= 2 and not line.role and line.text[:1] not in "•–—-"


def _apart(line: Line) -> bool:
    return line.jump or line.gap > 1


def _mark(lines: list[Line], start: int, end: int, headers: dict[int, str]) -> None:
    first, rest = lines[start], lines[start + 1 : end]
    numbers = sum(bool(_DIGIT.search(line.text)) for line in rest)
    headed = not _DIGIT.search(first.text) and (
        numbers >= 0.5 * len(rest) or sum(line.cells == first.cells for line in rest) >= 2
    )
    if headed:
        first.role = "header"
    for index in range(start + headed, end):
        lines[index].role = "row"
        if headed:
            headers[index] = first.text
