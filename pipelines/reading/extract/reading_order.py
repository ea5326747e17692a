"""Reading order of a PDF page from the boxes of its lines: columns, full-width headings, margins.

PDFium gives lines in the order in which the file draws them. That order is kept unless the lines
jump upwards on the page; then columns are looked for as a white gutter that few lines cross.
"""

from __future__ import annotations

from itertools import accumulate, pairwise

from pipelines.reading.extract.page_lines import Line
from pipelines.reading.extract.pdfium import is_bold
from pipelines.reading.extract.wrapped_rows import join_wrapped_rows

_EDGE = 0.06
_BINS = 100
_CROSSING = 0.3
_MIN_COLUMN = 0.12
_USUAL_STEP = 1.22
_HEAD_LINES = 4
_SAME_ROW = 0.35
_CELL_GAP = 1.0
_MAX_MARKER = 3
_SHORT, _VERY_SHORT = 0.15, 0.6


def arrange(lines: list[Line], width: float, height: float, handle: int) -> list[Line]:
    """Return the lines in reading order with gap, room, jump, boldness and place set.

    `line.y` comes in as the top in points from below and leaves as share of the height from above;
    `line.level` and `line.start` come in as the
    indices of the first and last character and leave as 0.
    """
    if not lines:
        return lines
    rows = join_wrapped_rows(lines) if _jumps(lines) else None
    runs = _order(rows.lines if rows else lines, width, height)
    measure(runs, height)
    if rows:
        rows.mark()
    ordered = [line for run in runs for line in run]
    _mark_bold(ordered, handle)
    for line in ordered:
        line.y = (height - line.y) / height
        line.level = line.start = 0
    return ordered


def _order(lines: list[Line], width: float, height: float) -> list[list[Line]]:
    """Return the lines in reading order, in runs that belong to one text column each."""
    jumps = _jumps(lines)
    if not jumps:
        return [lines]
    if len(jumps) == 1 and jumps[0] <= _HEAD_LINES and _margins(lines, jumps[0]):
        return _heads_in_place(lines, jumps[0])
    across = [line for line in lines if line.role]
    uprights = [line for line in lines if not line.role] if across else lines
    gutters = _gutters(uprights, width)
    if gutters:
        return [*_by_columns(uprights, gutters), across]
    low, high = _EDGE * height, (1 - _EDGE) * height
    body = [line for line in uprights if low <= line.y <= high]
    return [
        merge_rows(_by_rows([line for line in uprights if line.y > high])),
        *_split_at_jumps(merge_rows(body)),
        across,
        merge_rows(_by_rows([line for line in uprights if line.y < low])),
    ]


def _jumps(lines: list[Line]) -> list[int]:
    """Return the places of the lines that do not stand below the line before."""
    return [place for place, (a, b) in enumerate(pairwise(lines), 1) if a.y <= b.y]


def _margins(lines: list[Line], count: int) -> bool:
    """Tell whether the first lines stand above or below all the others: drawn first, read apart."""
    top, bottom = lines[count].y, lines[-1].y
    return all((line.y > top or line.y < bottom) and not line.role for line in lines[:count])


def _heads_in_place(lines: list[Line], count: int) -> list[list[Line]]:
    top = lines[count].y
    above = [line for line in lines[:count] if line.y > top]
    below = [line for line in lines[:count] if line.y <= top]
    return [above, lines[count:], below]


def merge_rows(lines: list[Line]) -> list[Line]:
    """Join pieces that stand after each other on one baseline: cells of a row, parts of a line."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last is None or not _beside(last, line):
            merged.append(line)
            continue
        wide = line.x0 - last.x1 > _CELL_GAP * max(last.size, line.size, 1.0)
        if wide and len(last.text) > _MAX_MARKER:
            last.cells += 1
        last.cells += line.cells - 1
        last.text = f"{last.text} {line.text}"
        last.x1, last.start = line.x1, line.start
    return merged


def _beside(left: Line, right: Line) -> bool:
    if left.role or right.role:
        return False
    same = abs(left.y - right.y) < _SAME_ROW * max(right.size, 4.0)
    return same and right.x0 >= left.x1 - 1.0


def _split_at_jumps(lines: list[Line]) -> list[list[Line]]:
    """Divide lines where the next one stands higher on the page: another column or box."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if runs[-1] and line.y > runs[-1][-1].y + 1.0:
            runs.append([])
        runs[-1].append(line)
    return runs


def _by_rows(lines: list[Line]) -> list[Line]:
    """Sort downwards; pieces of one row, whose baselines differ by little, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and rows[-1][0].y - line.y < _SAME_ROW * max(line.size, 4.0):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x0)]


def _gutters(lines: list[Line], width: float) -> list[float]:
    """Return the x of each white gutter between text columns, left to right."""
    if len(lines) < 6:
        return []
    steps = [0] * (_BINS + 2)
    for line in lines:
        steps[max(0, min(_BINS, int(line.x0 / width * _BINS)))] += 1
        steps[max(0, min(_BINS, int(line.x1 / width * _BINS))) + 1] -= 1
    cover = list(accumulate(steps))
    limit = _CROSSING * len(lines)
    found: list[tuple[int, float]] = []
    sparse: list[int] = []
    for position in range(15, 87):
        if position < 86 and cover[position] <= limit:
            sparse.append(position)
        elif sparse:
            least = min(cover[place] for place in sparse)
            empty = [place for place in sparse if cover[place] == least]
            found.append((least, (empty[0] + empty[-1] + 1) / 2 / _BINS * width))
            sparse = []
    dividing = sorted((crossed, x) for crossed, x in found if _divides(lines, x))
    if not dividing:
        return []
    best = dividing[0][1]
    # white inside one column (a table, a map) is crossed by lines that stay on one side of the best
    one_sided = [line for line in lines if not _crosses(line, best)]
    most = 2 + len(lines) // 20
    others = [x for _, x in dividing if sum(_crosses(line, x) for line in one_sided) <= most]
    return sorted({best, *others})


def _crosses(line: Line, x: float) -> bool:
    return line.x0 < x - 2 and line.x1 > x + 2


def _divides(lines: list[Line], x: float) -> bool:
    """Tell whether both sides hold enough text, counted in letters, and run beside each other."""
    left = [line for line in lines if line.x1 <= x]
    right = [line for line in lines if line.x0 >= x]
    if len(left) < 3 or len(right) < 3:
        return False
    need = _MIN_COLUMN * sum(len(line.text) for line in lines)
    if any(sum(len(line.text) for line in side) < need for side in (left, right)):
        return False
    lowest = max(min(line.y for line in side) for side in (left, right))
    return min(max(line.y for line in side) for side in (left, right)) > lowest


def _by_columns(lines: list[Line], gutters: list[float]) -> list[list[Line]]:
    """Read column by column between the lines that cross a gutter."""
    edges = [*gutters, float("inf")]
    spanning = [line for line in lines if any(_crosses(line, x) for x in gutters)]
    levels = {round(line.y) for line in spanning}
    # a piece beside a spanning line belongs to its row
    spanning = [line for line in lines if round(line.y) in levels]
    crossing = {id(line) for line in spanning}
    spanning = merge_rows(_by_rows(spanning))
    rest = [line for line in lines if id(line) not in crossing]
    runs: list[list[Line]] = [[]]
    for bar in [*spanning, None]:
        above = [line for line in rest if bar is None or line.y > bar.y]
        rest = [line for line in rest if bar is not None and line.y <= bar.y]
        for left, right in zip([float("-inf"), *gutters], edges, strict=True):
            column = [line for line in above if left <= (line.x0 + line.x1) / 2 < right]
            if column:
                runs.extend([merge_rows(_by_rows(column)), []])
        if bar is not None:
            runs[-1].append(bar)
    return runs


def measure(runs: list[list[Line]], height: float) -> None:
    """Set jump, gap and room: a run of lines is measured against itself."""
    steps = sorted(
        a.y - b.y for run in runs for a, b in pairwise(run) if 0 < a.y - b.y < 0.05 * height
    )
    pitch = max(1.0, steps[len(steps) // 2]) if steps else 12.0
    for run in runs:
        previous: Line | None = None
        right = max((line.x1 for line in run), default=0.0)
        for line in run:
            line.room = max(0.0, right - line.x1)
            if previous is None or line.role or previous.y - line.y < -1.0:
                line.jump = True
            else:
                line.gap = max(0.0, (previous.y - line.y) / pitch - _USUAL_STEP)
            previous = line


def _mark_bold(lines: list[Line], handle: int) -> None:
    """Ask for the weight of lines that could be headings only: it costs two calls each."""
    previous = ""
    for line in lines:
        text = line.text
        if len(text) <= 90 and text[-1] not in ".,;-" and not text[0].islower():
            width = line.x1 - line.x0
            set_apart = line.jump or (line.gap > 0.2 and line.room > 4 * line.char_width)
            begins = previous[-1:] in ".:!?" and line.room > _SHORT * width
            if set_apart or begins or line.room > _VERY_SHORT * width:
                line.bold = is_bold(handle, line.level) and is_bold(handle, line.start)
        previous = text
