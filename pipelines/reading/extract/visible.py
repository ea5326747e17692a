"""Lines of a PDF page that a reader sees: struck, covered and invisible text told from the page.

Rules drawn through a line strike it, a cross strikes what is under it. Whether text is covered,
white or set without ink is asked of the rendered page, and only where an object of the page gives
cause: a picture of every page would cost more than the reading. A covered word is a block sign, and
a sentence that holds one is not quoted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from pipelines.reading.extract.page_lines import COVERED, Line
from pipelines.reading.extract.page_objects import (
    MOST,
    Box,
    Cause,
    ends_of,
    look_over,
    whole_of,
    word_sides,
)
from pipelines.reading.extract.pdfium import Picture, page_box, picture

_LOW, _HIGH = 0.12, 0.48
_OVERHANG = 6.0
_CONTRAST, _DARK = 24, 128
_TINY, _ADVANCE, _SCALE = 1.2, 0.5, 1.5


def only_visible(lines: list[Line], page: int, handle: int) -> list[Line]:
    """Return the lines without what is struck or unseen; covered words are block signs.

    `line.level` and `line.start` hold the indices of the first and last character.
    """
    left, bottom, right, top = page_box(page)
    lines = [
        line
        for line in lines
        if (line.size > _TINY or not line.size)
        and not (line.role and _is_dot(line))
        and line.x0 < right
        and bottom - line.size < line.y < top
        and (line.role or line.x1 > left)
    ]
    cause = look_over(page, lines, handle)
    if cause.rules or cause.upright:
        lines = _without_struck(lines, handle, cause)
    if cause.gone:
        lines = [
            line
            for line in lines
            if not any(_inside(whole_of(line, handle), area) for area in cause.gone)
        ]
    if cause.redacted:
        for line in lines:
            _cover(line, handle, lambda box: any(_inside(box, area) for area in cause.redacted))
    if cause.asks:
        return _with_ink(lines, handle, picture(page, _SCALE))
    if cause.over:
        over = set(map(id, cause.over))
        doubted = [line for line in lines if id(line) in over]
        boxes = list(zip(*(whole_of(line, handle) for line in doubted), strict=True))
        if boxes:
            area = min(boxes[0]), min(boxes[1]), max(boxes[2]), max(boxes[3])
            seen = _with_ink(doubted, handle, picture(page, _SCALE, area=area))
            gone = over.difference(map(id, seen))
            lines = [line for line in lines if id(line) not in gone]
    return lines


def _is_dot(line: Line) -> bool:
    """Tell whether a line is scaled down to a dot: it then seems to run neither way."""
    length = max(abs(line.x1 - line.x0), abs(line.char_width - line.y))
    return length < _ADVANCE * len(line.text)


# Struck -----------------------------------------------------------------------------------------


def _without_struck(lines: list[Line], handle: int, cause: Cause) -> list[Line]:
    """Return the lines without the words that a rule goes through.

    A rule that is much wider than its line is a rule of the page, unless one just as wide strikes
    another line: the last line of a paragraph is short.
    """
    cause.rules.sort(key=_height)
    heights = [_height(rule) for rule in cause.rules]
    through: list[list[Box]] = []
    wide: set[tuple[int, int]] = set()
    for line in lines:
        near: list[Box] = []
        if line.role and line.size and cause.upright:
            near = _turned(line, cause.upright)
        elif not line.role and line.size:
            low, high = line.y + _LOW * line.size, line.y + _HIGH * line.size
            near = cause.rules[bisect_left(heights, low) : bisect_right(heights, high)]
        through.append(near)
        wide.update(_extent(rule) for rule in near if near and _fits(rule, line))
    kept = []
    for line, near in zip(lines, through, strict=True):
        striking = [rule for rule in near if _fits(rule, line) or _extent(rule) in wide]
        if striking:
            _strike(line, handle, striking)
        if line.text:
            kept.append(line)
    return kept


def _fits(rule: Box, line: Line) -> bool:
    end = ends_of(line)
    return rule[0] >= end[0] - _OVERHANG and rule[2] <= end[1] + _OVERHANG


def _turned(line: Line, rules: list[Box]) -> list[Box]:
    """Return the vertical rules through a line that runs up or down, laid along the line."""
    side = -1 if line.char_width > line.y else 1
    low, high = sorted((line.x0 + side * _LOW * line.size, line.x0 + side * _HIGH * line.size))
    return [
        (rule[1], rule[0], rule[3], rule[2])
        for rule in rules
        if low <= (rule[0] + rule[2]) / 2 <= high
    ]


def _extent(rule: Box) -> tuple[int, int]:
    return round(rule[0]), round(rule[2])


def _height(rule: Box) -> float:
    return (rule[1] + rule[3]) / 2


def _strike(line: Line, handle: int, rules: list[Box]) -> None:
    words = line.text.split(" ")
    line.text = " ".join(
        word
        for word, (left, right) in zip(words, word_sides(line, handle, words), strict=True)
        if sum(max(0.0, min(right, rule[2]) - max(left, rule[0])) for rule in rules)
        < MOST * (right - left)
    )


# Covered and without ink ------------------------------------------------------------------------


def _cover(line: Line, handle: int, hidden: Callable[[Box], bool]) -> None:
    """Put a block sign for each word that is hidden; signs that have hardly any ink are left."""
    words = line.text.split(" ")
    low, high = _band(line)
    for place, (left, right) in enumerate(word_sides(line, handle, words)):
        letters = sum(map(str.isalnum, words[place]))
        if letters > 1 and right > left and hidden((left, low, right, high)):
            words[place] = COVERED
    line.text = " ".join(words)


def _band(line: Line) -> tuple[float, float]:
    """Return the heights between which every letter of a line has ink."""
    return line.y + 0.06 * line.size, line.y + 0.46 * line.size


def _inside(box: Box, area: Box) -> bool:
    """Tell whether most of a word lies in an area."""
    width = min(box[2], area[2]) - max(box[0], area[0])
    height = min(box[3], area[3]) - max(box[1], area[1])
    return width > MOST * (box[2] - box[0]) and height > 0.5 * (box[3] - box[1])


def _with_ink(lines: list[Line], handle: int, drawn: Picture) -> list[Line]:
    """Return the lines that show on the rendered page; what is covered in a line is a block sign.

    A line that shows nowhere goes, unless it is dark: then something was drawn over it.
    """
    rows, place = drawn.rows, drawn.place
    width = len(rows[0]) if rows else 0

    def shades(box: Box) -> tuple[int, int]:
        """Return darkest and lightest shade of an area, read no further than to a contrast."""
        (x0, y0), (x1, y1) = place(box[0], box[1]), place(box[2], box[3])
        left, right = sorted((int(x0), int(x1) + 1))
        top, bottom = sorted((int(y0), int(y1) + 1))
        darkest, lightest = 255, 0
        for row in rows[max(0, top) : max(0, bottom)]:
            part = row[max(0, left) : min(width, max(0, right))]
            if part:
                low, high = min(part), max(part)
                darkest, lightest = min(darkest, low), max(lightest, high)
            if lightest - darkest >= _CONTRAST:
                break
        return darkest, lightest

    def blank(box: Box) -> bool:
        darkest, lightest = shades(box)
        return 0 <= lightest - darkest < _CONTRAST

    kept: list[Line] = []
    for line in lines:
        box = whole_of(line, handle)
        if not blank(box):
            if not line.role:
                _cover(line, handle, blank)
            kept.append(line)
        elif shades(box)[0] < _DARK:
            line.text = COVERED
            kept.append(line)
    return kept
