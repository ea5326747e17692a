"""Table rows whose cells run over several lines, drawn cell by cell.

The lines of a cell stand under each other, and the next cell begins to the right of them at the
height of the row, which is upwards on the page. Cards and short columns are drawn the same way: a
row counts only beside another row with its cells in the same places, and where at most one of its
cells is running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.reading.extract.page_lines import Line

_SMALL = 4.0
_MAX_LINES = 8
_STEP = 1.5
_SAME_EDGE = 2.0
_SAME_HEIGHT = 0.35
_SAME_MIDDLE = 0.6
_ROW_DISTANCE = 3.0
_CLEARLY = 1.2
_GOING_ON = 0.25
_RUNNING = 60
_DIGIT = re.compile(r"(?<![A-Za-z])\d")
_BULLETS = "•–—-"

Cell = list[Line]


@dataclass(slots=True)
class _Row:
    """A row and the lines `first` to `end` that it is made of.

    A row that is printed as one line, its cells apart, counts as one cell with what continues it.
    """

    cells: list[Cell]
    first: int
    end: int

    @property
    def wrapped(self) -> bool:
        return len(self.cells) > 1

    @property
    def left(self) -> float:
        return self.cells[0][0].x0

    @property
    def top(self) -> float:
        return max(cell[0].y for cell in self.cells)

    @property
    def bottom(self) -> float:
        return min(cell[-1].y for cell in self.cells)

    @property
    def count(self) -> int:
        return len(self.cells) if self.wrapped else self.cells[0][0].cells

    def line(self) -> Line:
        """Return the row as one line."""
        first = self.cells[0][0]
        if self.wrapped or len(self.cells[0]) > 1:
            first.y, first.cells = self.top, self.count
            first.text = " ".join(line.text for cell in self.cells for line in cell)
            first.x1 = max(line.x1 for cell in self.cells for line in cell)
            first.start = self.cells[-1][-1].start
        return first


@dataclass(slots=True)
class Rows:
    """The lines of a page with rows in one piece, and what is known of those."""

    lines: list[Line]
    headers: dict[int, str] = field(default_factory=dict)
    """Header of each row, by the identity of its line."""
    heads: set[int] = field(default_factory=set)

    def mark(self) -> None:
        """Set the role of the rows and of their headers."""
        for line in self.lines:
            if id(line) in self.heads:
                line.role = "header"
            elif id(line) in self.headers:
                line.role, line.header = "row", self.headers[id(line)]


def join_wrapped_rows(lines: list[Line]) -> Rows:
    """Return the lines in drawing order with the rows of tables joined where they wrap."""
    found: list[_Row] = []
    index = 0
    while index < len(lines):
        row = _row_at(lines, index)
        if row is not None:
            found.append(row)
        index = row.end if row is not None else index + 1
    result = Rows(list(lines))
    gone: set[int] = set()
    for table in _tables(found):
        _join(table, result, gone)
    if gone:
        result.lines = [line for line in lines if id(line) not in gone]
    return result


def _row_at(lines: list[Line], index: int) -> _Row | None:
    """Return the row that begins with a line, None where there is none."""
    line = lines[index]
    if line.role or line.text[:1] in _BULLETS:
        return None
    if line.cells > 1:
        printed = _printed(lines, index)
        return _Row([printed], index, index + len(printed))
    cells = [_cell(lines, index)]
    end = index + len(cells[0])
    while end < len(lines) and len(cells[-1]) <= _MAX_LINES and _beside(cells[-1], lines[end]):
        cells.append(_cell(lines, end))
        end += len(cells[-1])
    if len(cells) < 2 or len(cells[-1]) > _MAX_LINES:
        return None
    above = _lines_above(cells)
    if above:  # text that stands over the table at the same edge
        cells[0] = cells[0][above:]
    if not cells[0] or not _level(cells) or sum(map(_is_running, cells)) > 1:
        return None
    return _Row(cells, index + above, end)


def _printed(lines: list[Line], index: int) -> Cell:
    """Return a row printed as one line with the lines that continue its cells.

    They begin within it, further in; or at its left edge, when the next row keeps its distance.
    """
    row = [lines[index]]
    left, right = row[0].x0, row[0].x1
    for place in range(index + 1, min(index + _MAX_LINES, len(lines))):
        line, step = lines[place], row[-1].y - lines[place].y
        if line.role or not 0 < step <= _STEP * max(line.size, 4.0):
            break
        following = lines[place + 1] if place + 1 < len(lines) else None
        further_in = left + _SAME_EDGE < line.x0 < right
        apart = following is not None and line.y - following.y >= _CLEARLY * step
        under = line.cells == 1 and abs(line.x0 - left) <= _SAME_EDGE and line.x1 < right and apart
        if not further_in and not under:
            break
        row.append(line)
    return row


def _cell(lines: list[Line], index: int) -> Cell:
    """Return the lines that stand closely under each other at one left edge.

    One line more than a cell may have is enough to know that it is none.
    """
    last = lines[index]
    cell = [last]
    for place in range(index + 1, min(index + _MAX_LINES + 1, len(lines))):
        line = lines[place]
        close = 0 < last.y - line.y <= _STEP * (last.size if last.size > _SMALL else _SMALL)
        if not close or abs(line.x0 - last.x0) > _SAME_EDGE or line.cells > 1 or line.role:
            break
        cell.append(line)
        last = line
    return cell


def _beside(cell: Cell, line: Line) -> bool:
    """Tell whether a line begins the next cell: to the right of this one, not below it."""
    right = max(line.x1 for line in cell[-_MAX_LINES:])
    return not line.role and line.x0 > right and line.y > cell[-1].y - _SAME_HEIGHT * line.size


def _lines_above(cells: list[Cell]) -> int:
    """Return how many lines of the first cell stand higher than the second begins."""
    top = cells[1][0].y + _SAME_HEIGHT * cells[1][0].size
    levels = [abs(line.y - cells[1][0].y) < _SAME_HEIGHT * line.size for line in cells[0]]
    return sum(line.y > top for line in cells[0]) if any(levels) and not _centred(cells) else 0


def _centred(cells: list[Cell]) -> bool:
    middles = [(cell[0].y + cell[-1].y) / 2 for cell in cells]
    return max(middles) - min(middles) < _SAME_MIDDLE * max(cells[0][0].size, 4.0)


def _level(cells: list[Cell]) -> bool:
    """Tell whether the cells begin at one height, or stand at one middle; none is too long."""
    tops = [cell[0].y for cell in cells]
    alike = max(tops) - min(tops) < _SAME_HEIGHT * max(cells[0][0].size, 4.0)
    return (alike or _centred(cells)) and all(len(cell) <= _MAX_LINES for cell in cells)


def _is_running(cell: Cell) -> bool:
    """Tell whether a cell is a sentence or more."""
    text = " ".join(line.text for line in cell)
    return len(text) >= _RUNNING and text[-1:] in ".:!?"


def _tables(rows: list[_Row]) -> list[list[_Row]]:
    """Return rows that follow each other in the same columns, where at least one is wrapped.

    Columns of prose drawn row by row go on in small letters, cells of a table do not.
    """
    tables: list[list[_Row]] = []
    for row in rows:
        if tables and _follows(tables[-1], row):
            tables[-1].append(row)
        else:
            tables.append([row])
    return [table for table in tables if len(table) > 1 and _is_table(table)]


def _is_table(rows: list[_Row]) -> bool:
    cells = [cell for row in rows if row.wrapped for cell in row.cells]
    going_on = sum(cell[0].text[:1].islower() for cell in cells)
    return any(len(cell) > 1 for cell in cells) and going_on < _GOING_ON * len(cells)


def _follows(table: list[_Row], row: _Row) -> bool:
    last = table[-1]
    if row.first != last.end or abs(row.left - last.left) > _SAME_EDGE:
        return False
    size = max(row.cells[0][0].size, 4.0)
    if not 0 < last.bottom - row.top <= _ROW_DISTANCE * size:
        return False
    wrapped = [other for other in table if other.wrapped]
    if not row.wrapped or not wrapped:
        return True
    edges = {round(cell[0].x0) for cell in wrapped[-1].cells}
    return all(
        any(abs(cell[0].x0 - edge) <= _SAME_EDGE + 1 for edge in edges)
        for cell in row.cells[: len(edges)]
    )


def _join(table: list[_Row], result: Rows, gone: set[int]) -> None:
    """Make one line of each row and remember the header."""
    joined = [row.line() for row in table]
    for row, line in zip(table, joined, strict=True):
        gone.update(id(piece) for cell in row.cells for piece in cell if piece is not line)
    first, rest = joined[0], joined[1:]
    numbers = sum(bool(_DIGIT.search(line.text)) for line in rest)
    same = sum(line.cells == first.cells for line in rest)
    headed = not _DIGIT.search(first.text) and not table[0].wrapped
    headed = headed and (numbers >= 0.5 * len(rest) or same >= 2)
    if headed:
        result.heads.add(id(first))
    for line in rest if headed else joined:
        result.headers[id(line)] = first.text if headed else ""
