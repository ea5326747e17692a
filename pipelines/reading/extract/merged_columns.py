"""Text columns that the file draws row by row: one printed line holds a piece of each column.

Each page is screened with two of its wide lines; only where one of them has white in the middle
are all lines measured. The same white in most wide lines of prose is a gutter: the lines are cut
there.
"""

from __future__ import annotations

from pipelines.reading.extract.page_lines import Line
from pipelines.reading.extract.pdfium import origin, right_edge

_WIDE = 0.55
_MIN_LINES = 5
_GAP = 1.0
_MOST = 0.6
_MIN_LETTERS = 15
_GOING_ON = 0.25

Gap = tuple[int, float, float]
"""Index of a space in the text of a line, and where the white around it begins and ends."""


def split_merged(lines: list[Line], handle: int, width: float) -> list[Line]:
    """Return the lines, cut at the gutter where the page has columns drawn row by row.

    `line.level` and `line.start` hold the indices of the first and last character.
    """
    wide = [line for line in lines if line.x1 - line.x0 > _WIDE * width and not line.role]
    if len(wide) < _MIN_LINES:
        return lines
    sample = [wide[len(wide) // 3], wide[len(wide) * 2 // 3]]
    if not any(_gaps(line, handle) for line in sample):
        return lines
    gaps = {id(line): _gaps(line, handle) for line in wide}
    gutter = _gutter(wide, gaps)
    if gutter is None:
        return lines
    result: list[Line] = []
    for line in lines:
        found = [gap for gap in gaps.get(id(line), ()) if gap[1] <= gutter <= gap[2]]
        result.extend(_cut(line, found[0]) if found else [line])
    return result


def _gaps(line: Line, handle: int) -> list[Gap]:
    """Return the white stretches in the middle of a line that are wider than between words."""
    text = line.text
    if line.start - line.level + 1 != len(text):
        return []  # characters were replaced: places in text and on page differ
    found: list[Gap] = []
    index = text.find(" ", len(text) // 5)
    while 0 < index < len(text) * 4 // 5:
        left = right_edge(handle, line.level + index - 1)
        right = origin(handle, line.level + index + 1)[0]
        if right - left > _GAP * line.size:
            found.append((index, left, right))
        index = text.find(" ", index + 1)
    return found


def _gutter(wide: list[Line], gaps: dict[int, list[Gap]]) -> float | None:
    """Return the x that lies in the white of most wide lines with prose on both sides."""
    candidates = [(left + right) / 2 for found in gaps.values() for _, left, right in found]
    best, votes = 0.0, 0
    for x in candidates:
        count = sum(any(left <= x <= right for _, left, right in gaps[id(line)]) for line in wide)
        if count > votes:
            best, votes = x, count
    if votes < max(_MIN_LINES - 1, _MOST * len(wide)):
        return None
    pieces = [
        piece
        for line in wide
        for index, left, right in gaps[id(line)]
        if left <= best <= right
        for piece in (line.text[:index], line.text[index + 1 :])
    ]
    return best if _are_prose(pieces) else None


def _are_prose(pieces: list[str]) -> bool:
    """Tell columns of prose from columns of a table: long pieces that go on in small letters."""
    lengths = sorted(len(piece) for piece in pieces)
    going_on = sum(piece[0].islower() for piece in pieces)
    return lengths[len(lengths) // 2] >= _MIN_LETTERS and going_on >= _GOING_ON * len(pieces)


def _cut(line: Line, gap: Gap) -> list[Line]:
    index, left, right = gap
    first = Line(line.text[:index], line.x0, left, 0.0, line.char_width, size=line.size)
    second = Line(line.text[index + 1 :], right, line.x1, 0.0, line.char_width, size=line.size)
    first.level, first.start = line.level, line.level + index - 1
    second.level, second.start = line.level + index + 1, line.start
    for piece in (first, second):
        piece.page, piece.y = line.page, line.y
    return [first, second]
