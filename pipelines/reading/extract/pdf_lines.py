"""Printed lines of a PDF page made whole: spaced letters, cells, merged columns, turned text."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.reading.extract.characters import normalise
from pipelines.reading.extract.page_lines import Line
from pipelines.reading.extract.pdfium import origin, right_edge, sides

_WORD_GAP = 1.9
_MIN_TOKENS = 4


def is_letter_spaced(text: str) -> bool:
    """Tell whether most tokens of a line are one or two letters of one case.

    Numbers alone ("2 0 4 0") count when every token is a single digit.
    """
    if len(text) < 7 or " " not in text[1:3]:
        return False
    tokens = text.split()
    if len(tokens) < _MIN_TOKENS:
        return False
    short = sum(len(token) <= 2 for token in tokens)
    if short < 0.6 * len(tokens) or max(map(len, tokens)) > 4:
        return False
    joined = "".join(tokens)
    if joined.isdigit():
        return all(len(token) == 1 for token in tokens)
    letters = [token for token in tokens if token.isalpha()]
    return len(letters) >= 0.75 * len(tokens) and (joined.isupper() or short == len(tokens))


def join_spaced_text(text: str) -> str:
    """Join letters of a line without geometry: two or more spaces divide words."""
    return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", text.strip()))


def join_letters(handle: int, raw: str, first: int) -> str:
    """Join letters by their distance on the page: a gap well over the usual divides words."""
    letters: list[tuple[str, float, float]] = []
    for offset, char in enumerate(raw):
        if char.isspace():
            continue
        letters.append((char, *sides(handle, first + offset)))
    # the distance between letter centres varies less than the white between them
    gaps = [after[1] - before[2] for before, after in pairwise(letters)]
    if not gaps:
        return normalise(raw)
    usual = sorted(gaps)[len(gaps) // 2]
    width = sum(right - left for _, left, right in letters) / len(letters)
    limit = max(usual * _WORD_GAP, usual + 0.45 * width)
    words = letters[0][0]
    for gap, (char, _, _) in zip(gaps, letters[1:], strict=True):
        words += f" {char}" if gap > limit else char
    return normalise(words)


# Cells of a table row in PDF ----------------------------------------------------------------------

_WIDE_ROW = 1.1
_CELL_GAP = 1.0
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
        wide = line.char_width > _WIDE_ROW * usual * line.size
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
        wide += origin(handle, index + 1)[0] - right_edge(handle, index - 1) > _CELL_GAP * line.size
    return 1 + wide


# Text columns that the file draws row by row ------------------------------------------------------

_WIDE_LINE = 0.55
_MIN_LINES = 5
_GUTTER = 1.0
_MOST = 0.6
_MIN_LETTERS = 15
_GOING_ON = 0.25

Gap = tuple[int, float, float]
"""Index of a space in the text of a line, and where the white around it begins and ends."""


def split_merged(lines: list[Line], handle: int, width: float) -> list[Line]:
    """Return the lines, cut at the gutter where the page has columns drawn row by row.

    `line.level` and `line.start` hold the indices of the first and last character.
    """
    wide = [line for line in lines if line.x1 - line.x0 > _WIDE_LINE * width and not line.role]
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
        if right - left > _GUTTER * line.size:
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


# Text that runs up or down the page ---------------------------------------------------------------


def upright(lines: list[Line], width: float, height: float) -> tuple[list[Line], float, float]:
    """Return lines, width and height of the page as a reader would hold it.

    Turned lines come in with role "text" and the place of their last letter in `x1` and
    `char_width`. When they are most of the page, the page is turned with them; otherwise they are
    marked as short lines of their own.
    """
    turned = [line for line in lines if line.role == "text"]
    if not turned:
        return lines, width, height
    if len(turned) <= len(lines) / 2:
        for line in turned:
            line.x1, line.char_width = line.x0 + line.size, line.size / 2
        return lines, width, height
    upwards = sum(line.char_width > line.y for line in turned) > len(turned) / 2
    for line in lines:
        end = line.char_width if line.role == "text" else line.y
        start, across = (line.y, width - line.x0) if upwards else (height - line.y, line.x0)
        stop = end if upwards else height - end
        if line.role == "text":
            line.char_width = max(0.1, abs(stop - start) / max(1, len(line.text) - 1))
            line.role = ""
        line.x0, line.x1, line.y = start, max(start, stop) + line.char_width, across
    return lines, height, width
