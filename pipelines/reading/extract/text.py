"""Plain text: a form feed ends a page, indentation and blank lines are the layout."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.reading.extract.characters import normalise, single_spaced
from pipelines.reading.extract.decoding import decode
from pipelines.reading.extract.page_lines import Line, RawDocument, RawPage

_CELL = re.compile(r"\S(?:\t| {2,})(?=\S)")
_AROUND = 8
_NOTE = re.compile(r"^[\d*]{1,2}\s+")
_LINE_END = re.compile(r"\r\n?|\u2028|\u2029|\x85")


def read_text(path: Path) -> RawDocument:
    """Return the pages of a text file."""
    text = normalise(_LINE_END.sub("\n", decode(path.read_bytes())))
    parts = text.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    pages = [RawPage(number, _lines(part, number)) for number, part in enumerate(parts, 1)]
    _set_room([line for page in pages for line in page.lines])
    return RawDocument(pages)


def _lines(text: str, number: int) -> list[Line]:
    lines: list[Line] = []
    blank = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            blank += 1
            continue
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        cells = _cells(stripped) if "  " in stripped or "\t" in stripped else 1
        line = Line(single_spaced(stripped), float(indent), float(indent + len(stripped)))
        line.page, line.cells, line.jump = number, cells, not lines
        line.gap = 0.0 if line.jump else float(blank)
        lines.append(line)
        blank = 0
    return lines


def _cells(text: str) -> int:
    """Count the pieces set apart by two spaces or more; the number of a note is no cell."""
    return 1 + len(_CELL.findall(_NOTE.sub("", text)))


def _set_room(lines: list[Line]) -> None:
    """Set the free space of each line against the longest of the lines around it."""
    ends = [line.x1 if line.cells == 1 else 0.0 for line in lines]
    for index, line in enumerate(lines):
        edge = max(ends[max(0, index - _AROUND) : index + _AROUND + 1])
        line.room = max(0.0, edge - line.x1)
