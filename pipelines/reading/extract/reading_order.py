"""Reading order of a PDF page from the boxes of its lines: columns, full-width headings, margins.

PDFium gives lines in the order in which the file draws them. That order is kept unless the lines
jump upwards on the page; then columns are looked for as a white gutter that few lines cross.
"""

from __future__ import annotations

from typing import Any

from pipelines.reading.extract.fonts import is_bold
from pipelines.reading.extract.page_lines import Line

_EDGE = 0.075
_BINS = 100
_CROSSING = 0.12
_MIN_COLUMN = 0.2


def arrange(lines: list[Line], width: float, height: float, text_page: Any) -> list[Line]:
    """Return the lines in reading order with gap, room, jump, boldness and place set.

    `line.y` comes in as the top in points from below and leaves as share of the height from above;
    `line.level` comes in as a character index and leaves as 0.
    """
    if not lines:
        return lines
    ordered = _order(lines, width, height)
    _measure(ordered, height)
    _mark_bold(ordered, text_page)
    for line in ordered:
        line.y = (height - line.y) / height
        line.level = 0
    return ordered


def _order(lines: list[Line], width: float, height: float) -> list[Line]:
    if all(a.y >= b.y - 1.0 for a, b in zip(lines, lines[1:], strict=False)):
        return lines
    low, high = _EDGE * height, (1 - _EDGE) * height
    top = [line for line in lines if line.y > high and not line.role]
    bottom = [line for line in lines if line.y < low and not line.role]
    across = [line for line in lines if line.role]
    body = [line for line in lines if low <= line.y <= high and not line.role]
    gutters = _gutters(body, width)
    if gutters:
        body = _by_columns(body, gutters)
    elif not _mostly_downwards(body):
        body = sorted(body, key=lambda line: (-round(line.y / 3), line.x0))
    by_place = lambda line: (-line.y, line.x0)  # noqa: E731 - used twice, right here
    return [*sorted(top, key=by_place), *body, *across, *sorted(bottom, key=by_place)]


def _mostly_downwards(lines: list[Line]) -> bool:
    ups = sum(b.y > a.y + 1.0 for a, b in zip(lines, lines[1:], strict=False))
    return ups <= max(3, len(lines) // 8)


def _gutters(lines: list[Line], width: float) -> list[float]:
    """Return the x of each white gutter between text columns, left to right."""
    if len(lines) < 6:
        return []
    cover = [0] * (_BINS + 1)
    for line in lines:
        first = max(0, min(_BINS, int(line.x0 / width * _BINS)))
        last = max(0, min(_BINS, int(line.x1 / width * _BINS)))
        for position in range(first, last + 1):
            cover[position] += 1
    limit = _CROSSING * len(lines)
    found: list[float] = []
    start = -1
    for position in range(15, 86):
        empty = cover[position] <= limit
        if empty and start < 0:
            start = position
        elif not empty and start >= 0:
            found.append((start + position - 1 + 1) / 2 / _BINS * width)
            start = -1
    return [x for x in found if _divides(lines, x)]


def _divides(lines: list[Line], x: float) -> bool:
    """Tell whether both sides hold enough lines and run beside each other."""
    left = [line.y for line in lines if line.x1 <= x]
    right = [line.y for line in lines if line.x0 >= x]
    need = max(3, _MIN_COLUMN * len(lines) / 2)
    if len(left) < need or len(right) < need:
        return False
    return min(max(left), max(right)) > max(min(left), min(right))


def _by_columns(lines: list[Line], gutters: list[float]) -> list[Line]:
    """Read column by column between the lines that cross a gutter."""
    edges = [*gutters, float("inf")]
    spanning = [line for line in lines if any(line.x0 < x - 2 and line.x1 > x + 2 for x in gutters)]
    crossing = {id(line) for line in spanning}
    spanning.sort(key=lambda line: -line.y)
    rest = [line for line in lines if id(line) not in crossing]
    ordered: list[Line] = []
    for bar in [*spanning, None]:
        above = [line for line in rest if bar is None or line.y > bar.y]
        rest = [line for line in rest if bar is not None and line.y <= bar.y]
        for left, right in zip([float("-inf"), *gutters], edges, strict=True):
            column = [line for line in above if left <= (line.x0 + line.x1) / 2 < right]
            ordered.extend(sorted(column, key=lambda line: (-round(line.y / 3), line.x0)))
        if bar is not None:
            ordered.append(bar)
    return ordered


def _measure(lines: list[Line], height: float) -> None:
    """Set jump, gap and room from neighbouring lines of the same column."""
    pitches = sorted(
        a.y - b.y for a, b in zip(lines, lines[1:], strict=False) if 0 < a.y - b.y < 0.05 * height
    )
    pitch = pitches[len(pitches) // 2] if pitches else 12.0
    column: list[Line] = []
    lines[0].jump = True
    previous = lines[0]
    column.append(previous)
    for line in lines[1:]:
        step = previous.y - line.y
        beside = line.x0 >= previous.x1 or line.x1 <= previous.x0
        if line.role or step < -1.0 or (beside and step > 0.1 * height):
            line.jump = True
            _set_room(column)
            column = []
        elif step > 0:
            usual = max(pitch, 1.0) * (max(line.size, previous.size) > 0)
            line.gap = max(0.0, step / usual - 1.22) if usual else 0.0
        column.append(line)
        previous = line
    _set_room(column)


def _set_room(column: list[Line]) -> None:
    if not column:
        return
    right = max(line.x1 for line in column)
    for line in column:
        line.room = max(0.0, right - line.x1)


def _mark_bold(lines: list[Line], text_page: Any) -> None:
    """Ask for the weight of lines that could be headings only: it costs a call each."""
    for line in lines:
        if len(line.text) <= 90 and line.text[-1] not in ".,;" and line.room > 4 * line.char_width:
            line.bold = is_bold(text_page, line.level)
