"""What is drawn on a PDF page beside its text, as far as it may hide or strike that.

Rules, crosses, areas and pictures that come after text, text that is white or without ink, and the
notes of a reviewer. The objects of a page are asked all at once by `map`: that halves the cost of
the calls.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.reading.extract.page_lines import Line
from pipelines.reading.extract.pdfium import bound, room, sides

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int

_count = bound(pdfium.FPDFPage_CountObjects, _INT, _POINTER)
_get = bound(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
type_of = bound(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
mode = bound(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
_form_count = bound(pdfium.FPDFFormObj_CountObjects, _INT, _POINTER)
_form_get = bound(pdfium.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
_matrix = bound(pdfium.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
_fill = bound(pdfium.FPDFPageObj_GetFillColor, _INT, *[_POINTER] * 5)
_text_fill = bound(pdfium.FPDFText_GetFillColor, _INT, _POINTER, _INT, *[_POINTER] * 4)
_bounds = bound(pdfium.FPDFPageObj_GetBounds, _INT, *[_POINTER] * 5)
_annotations = bound(pdfium.FPDFPage_GetAnnotCount, _INT, _POINTER)
_text_object = bound(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_box = bound(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_draw_mode = bound(pdfium.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
_segment_count = bound(pdfium.FPDFPath_CountSegments, _INT, _POINTER)
_segment = bound(pdfium.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
_segment_type = bound(pdfium.FPDFPathSegment_GetType, _INT, _POINTER)
_segment_point = bound(pdfium.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)

_COLOR = (ctypes.c_uint * 4)()
_COLOR_AT = [ctypes.addressof(_COLOR) + 4 * place for place in range(4)]
_MODES = (_INT * 2)()
_MODES_AT = [ctypes.addressof(_MODES) + 4 * place for place in range(2)]
_XY = (ctypes.c_float * 2)()
_XY_AT = [ctypes.addressof(_XY) + 4 * place for place in range(2)]
_RECT = pdfium.FS_RECTF()
_RECT_AT = ctypes.addressof(_RECT)
_MATRIX = pdfium.FS_MATRIX()
_MATRIX_AT = ctypes.addressof(_MATRIX)

TEXT, _PATH, _IMAGE, FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)
INVISIBLE, _NO_TEXT = 3, -1
_NEARLY_WHITE, _OPAQUE, _CLEAR, _DARK = 245, 250, 12, 60
_THIN, _FLAT, _SHORTEST, _LEAST = 3.2, 6.5, 6.0, 1.0
_SAME = 3.0
MOST = 0.6
_MANY_OBJECTS = 20_000
_MANY_SEGMENTS, _LONG_PATH, _ONE_BOX, _DEEP = 10_000, 2_000, 5, 8
_CROSS = 15.0
_CELL, _FARTHEST, _OVERHANG = 16, 8_192, 6.0
_WHOLE_PICTURE = 100_000
"""Square points: a fifth of a page of A4 and more."""
_UNSEEN_NOTE = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_MARKUP = (
    pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_FREETEXT,
)  # fmt: skip

Box = tuple[float, float, float, float]
"""Left, bottom, right and top on the page."""
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Cause:
    """What on a page may hide text.

    Attributes:
        rules: thin horizontal lines, which may strike text.
        upright: thin vertical lines, which may strike turned text.
        gone: areas that are crossed over.
        redacted: areas marked to be blacked out.
        over: lines over which something is drawn: they must be looked at.
        asks: all of the page must be looked at.
    """

    rules: list[Box] = field(default_factory=list)
    upright: list[Box] = field(default_factory=list)
    gone: list[Box] = field(default_factory=list)
    redacted: list[Box] = field(default_factory=list)
    over: list[Line] = field(default_factory=list)
    asks: bool = False

    def add_rule(self, box: Box) -> bool:
        """Take an area that is thin enough to be a rule, and tell whether it is."""
        wide, high = box[2] - box[0], box[3] - box[1]
        if high <= _THIN and wide >= max(_LEAST, high):
            self.rules.append(box)
        elif wide <= _THIN and high >= _SHORTEST:
            self.upright.append(box)
        else:
            return False
        return True


# What may hide text -----------------------------------------------------------------------------


def look_over(page: int, lines: list[Line], handle: int) -> Cause:
    """Go through the objects of a page and say what may hide its lines.

    Text without ink over the picture of a whole page is its OCR layer and gives no cause.
    """
    cause = Cause()
    whites, clear = _without_colour(lines, handle)
    cause.asks = clear
    if _count(page) <= _MANY_OBJECTS:  # more are a map: its labels are no sentences
        items, kinds, moved, without_ink = objects_of(page)
        drawn = [(place, kind) for place, kind in kinds.items() if kind in (_PATH, _IMAGE)]
        whole_picture = bool(drawn) and _go_through(
            items, drawn, moved, _Drawn(items, lines, handle), whites, cause
        )
        cause.asks = cause.asks or (without_ink and not whole_picture)
        cause.asks = cause.asks or (bool(whites) and not drawn)
    if _annotations(page):
        _add_annotations(page, cause)
    return cause


def on_page(page: int) -> list[int]:
    """Return the objects of a page in the order they are drawn."""
    return list(map(_get, repeat(page), range(_count(page))))


def inside_form(item: int) -> list[int]:
    """Return the objects of a form, a drawing that is placed on the page as a whole."""
    return list(map(_form_get, repeat(item), range(max(0, _form_count(item)))))


def objects_of(page: int) -> tuple[list[int], dict[int, int], dict[int, Matrix], bool]:
    """Return the objects of a page in the order they are drawn, those of forms in their place.

    Then come the kinds of those that are no text, by place; where the objects of a form are moved
    to, by object; and whether there is text without ink. Most objects are text, so each is asked
    for its mode first, which only text has.
    """
    items = on_page(page)
    modes = list(map(mode, items))
    kinds = {at: type_of(items[at]) for at, each in enumerate(modes) if each == _NO_TEXT}
    moved: dict[int, Matrix] = {}
    for _ in range(_DEEP):
        if FORM not in kinds.values():
            break
        opened: list[int] = []
        for at, item in enumerate(items):
            if kinds.get(at) != FORM:
                opened.append(item)
                continue
            own = _then(matrix_of(item), moved.get(item))
            inner = inside_form(item)
            opened += inner
            moved.update(dict.fromkeys(inner, own))
        items, modes = opened, list(map(mode, opened))
        kinds = {at: type_of(items[at]) for at, each in enumerate(modes) if each == _NO_TEXT}
    return items, kinds, moved, INVISIBLE in modes


def matrix_of(item: int) -> Matrix:
    """Return how an object is moved, turned and scaled."""
    if not _matrix(item, _MATRIX_AT):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return _MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f


def _then(first: Matrix, second: Matrix | None) -> Matrix:
    if second is None:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t,
        e * q + f * s + u,
    )  # fmt: skip


def _placed(matrix: Matrix | None, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: Box, matrix: Matrix | None) -> Box:
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    if b == c == 0 and a > 0 and d > 0:
        return a * box[0] + e, d * box[1] + f, a * box[2] + e, d * box[3] + f
    corners = [_placed(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _without_colour(lines: list[Line], handle: int) -> tuple[list[Box], bool]:
    """Return where lines are white, and whether one is set in a colour that lets all through."""
    places = [line.level for line in lines]
    buffer = (ctypes.c_uint * (4 * room(len(places))))()
    at, end = ctypes.addressof(buffer), ctypes.addressof(buffer) + 16 * len(places)
    red, green, blue, alpha = (range(at + step, end + step, 16) for step in (0, 4, 8, 12))
    done = list(map(_text_fill, repeat(handle), places, red, green, blue, alpha))
    values = buffer[: 4 * len(places)]
    clear = any(known and value < _CLEAR for known, value in zip(done, values[3::4], strict=True))
    if max(values[::4], default=0) < _NEARLY_WHITE:
        return [], clear
    return [
        whole_of(line, handle)
        for place, line in enumerate(lines)
        if min(values[4 * place : 4 * place + 3]) >= _NEARLY_WHITE
    ], clear


def _cells_of(box: Box, more: float = 0.0) -> tuple[range, int]:
    """Return the rows of cells of an area, and its columns as bits."""
    left, bottom, right, top = (
        int(max(0.0, min(_FARTHEST, side))) // _CELL
        for side in (box[0] - more, box[1] - more, box[2] + more, box[3] + more)
    )
    return range(bottom, top + 1), (2 << right) - (1 << left) if right >= left else 0


class _Drawn:
    """When the lines of a page were drawn: what comes later may lie over them."""

    def __init__(self, items: list[int], lines: list[Line], handle: int) -> None:
        self._items, self._handle = items, handle
        self._boxes = [(line, whole_of(line, handle)) for line in lines]
        self._places: dict[int, int] = {}
        self._cells = [0] * (_FARTHEST // _CELL + 1)
        for _, box in self._boxes:
            rows, columns = _cells_of(box, _OVERHANG)
            for row in rows:
                self._cells[row] |= columns

    def near(self, box: Box) -> bool:
        """Tell whether an area may be at a line: asked of cells, because most areas are not."""
        left, bottom, right, top = box
        if 0 <= left <= right < _FARTHEST and 0 <= bottom <= top < _FARTHEST:
            columns = (2 << int(right) // _CELL) - (1 << int(left) // _CELL)
            first, last = int(bottom) // _CELL, int(top) // _CELL
            if first == last:
                return bool(self._cells[first] & columns)
            rows = range(first, last + 1)
        else:
            rows, columns = _cells_of(box)
        cells = self._cells
        return any(cells[row] & columns for row in rows)

    def under(self, area: Box, place: int, *, also_dark: bool) -> list[Line]:
        """Return the lines of which a word was drawn before an area that lies over it.

        Over means over the middle of its height, at least a letter wide. Where the area is dark, a
        dark word that was drawn after it is hidden as well.
        """
        if not self._places:
            self._places = {item: each for each, item in enumerate(self._items)}
        left, bottom, right, top = area
        return [
            line
            for line, box in self._boxes
            if 2 * bottom < box[1] + box[3] < 2 * top
            and min(right, box[2]) - max(left, box[0]) > _SHORTEST
            and (self._first(line) < place or (also_dark and self._is_dark(line)))
            and self._has_word_in(line, left, right)
        ]

    def _has_word_in(self, line: Line, left: float, right: float) -> bool:
        """Tell whether a word of two letters or more lies mostly between two edges."""
        if line.role:
            return True
        words = line.text.split(" ")
        return any(
            min(right, end) - max(left, start) > MOST * (end - start)
            for word, (start, end) in zip(words, word_sides(line, self._handle, words), strict=True)
            if sum(map(str.isalnum, word)) > 1
        )

    def _is_dark(self, line: Line) -> bool:
        asked = (line.level, (line.level + line.start) // 2, line.start)
        return any(
            _text_fill(self._handle, at, *_COLOR_AT) and max(_COLOR[:3]) <= _DARK for at in asked
        )

    def _first(self, line: Line) -> int:
        """Return the place of the first object that draws a line, asked of three characters."""
        asked = (line.level, (line.level + line.start) // 2, line.start)
        last = len(self._items)
        return min(self._places.get(_text_object(self._handle, at), last) for at in asked)


def _go_through(
    items: list[int],
    drawn: list[tuple[int, int]],
    moved: dict[int, Matrix],
    text: _Drawn,
    whites: list[Box],
    cause: Cause,
) -> bool:
    """Note rules, and whether text is white without a ground or has something drawn over it.

    `drawn` has place and kind of the paths and pictures. Returns whether a picture of most of the
    page is among them.
    """
    grounds: list[tuple[Box, int]] = []
    slanting: list[Box] = []
    whole_picture = False
    segments_left = _MANY_SEGMENTS
    edges = _edges([items[place] for place, _ in drawn])
    near = text.near
    for (place, kind), own in zip(drawn, edges, strict=True):
        item = items[place]
        box = _moved(own, moved.get(item)) if moved else own
        if kind == _PATH and (not near(box) or cause.add_rule(box)):
            continue
        wide, high = box[2] - box[0], box[3] - box[1]
        if kind == _PATH and high <= _FLAT and wide >= 10 * high and not _is_filled(item):
            cause.rules.append(_level(box))  # drawn by hand, or not quite level
            continue
        grounds.append((box, item if kind == _PATH else 0))
        if kind == _PATH and segments_left > 0:
            segments_left -= _look_into(item, moved.get(item), cause, slanting)
        whole = kind == _IMAGE and wide * high > _WHOLE_PICTURE
        whole_picture = whole_picture or whole
        large = wide > 2 * _SHORTEST and high > _SHORTEST and not whole
        if large and not cause.asks:
            opaque = kind == _IMAGE or (_is_filled(item) and _is_opaque(item))
            dark = opaque and kind == _PATH and max(_COLOR[:3]) <= _DARK
            if opaque:
                cause.over += text.under(box, place, also_dark=dark)
    cause.asks = cause.asks or not all(_on_ground(box, grounds) for box in whites)
    for place, (left, low, right, high) in enumerate(slanting):  # low is where the left end is
        for other in slanting[:place]:
            ends = (other[0] - left, other[2] - right, other[1] - high, other[3] - low)
            if max(map(abs, ends)) <= _SAME:
                cause.gone.append((left, min(low, high), right, max(low, high)))
    return whole_picture


def _look_into(item: int, matrix: Matrix | None, cause: Cause, slanting: list[Box]) -> int:
    """Note the rules in a path of several parts, and lines that go across and up.

    Returns the number of segments that were looked at.
    """
    count: int = _segment_count(item)
    if not 1 < count <= _LONG_PATH or not _draw_mode(item, *_MODES_AT):
        return 0
    filled, stroked = bool(_MODES[0]), bool(_MODES[1])
    if not stroked and (count <= _ONE_BOX or not filled):
        return 0
    segments = list(map(_segment, repeat(item), range(count)))
    kinds = list(map(_segment_type, segments))
    parts = kinds.count(pdfium.FPDF_SEGMENT_MOVETO)
    # a frame is no rule, nor is a shape with curves or many corners
    if (parts == 1 and count != 2) or pdfium.FPDF_SEGMENT_BEZIERTO in kinds:
        return count
    if not stroked and count > (_ONE_BOX + 1) * parts:
        return count
    whole = _then(matrix_of(item), matrix)
    part: list[tuple[float, float]] = []
    for segment, kind in zip(segments, kinds, strict=True):
        _segment_point(segment, *_XY_AT)
        point = _placed(whole, _XY[0], _XY[1])
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            _add_part(part, cause)
            part = []
        elif stroked and part:
            _add_line(part[-1], point, cause, slanting)
        part.append(point)
    if filled:
        _add_part(part, cause)
    return count


def _add_part(part: list[tuple[float, float]], cause: Cause) -> None:
    """Take a part of a filled path, where it is as thin as a rule."""
    if len(part) > 2:
        xs, ys = [x for x, _ in part], [y for _, y in part]
        cause.add_rule((min(xs), min(ys), max(xs), max(ys)))


def _add_line(
    start: tuple[float, float], end: tuple[float, float], cause: Cause, slanting: list[Box]
) -> None:
    (left, low), (right, high) = sorted((start, end))
    if cause.add_rule((left, min(low, high), right, max(low, high))):
        return
    if right - left > _CROSS and abs(high - low) > _CROSS:
        slanting.append((left, low, right, high))


def _edges(items: list[int]) -> list[Box]:
    buffer = (ctypes.c_float * (4 * room(len(items))))()
    at, end = ctypes.addressof(buffer), ctypes.addressof(buffer) + 16 * len(items)
    for _ in map(_bounds, items, *(range(at + step, end + step, 16) for step in (0, 4, 8, 12))):
        pass
    values = buffer[: 4 * len(items)]
    return list(zip(values[::4], values[1::4], values[2::4], values[3::4], strict=True))


def _on_ground(box: Box, grounds: list[tuple[Box, int]]) -> bool:
    """Tell whether white text is drawn on a picture or a coloured area."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        left < x < right and bottom < y < top and (not item or not _is_white(item))
        for (left, bottom, right, top), item in grounds
    )


def _is_white(item: int) -> bool:
    return bool(_fill(item, *_COLOR_AT)) and min(_COLOR[:3]) >= _NEARLY_WHITE


def _is_filled(item: int) -> bool:
    return bool(_draw_mode(item, *_MODES_AT)) and bool(_MODES[0])


def _is_opaque(item: int) -> bool:
    return bool(_fill(item, *_COLOR_AT)) and _COLOR[3] >= _OPAQUE


# Annotations ------------------------------------------------------------------------------------


def _add_annotations(page: int, cause: Cause) -> None:
    """Add struck-out and redaction marks that are not part of the page itself."""
    raw = ctypes.cast(page, pdfium.FPDF_PAGE)
    for place in range(_annotations(page)):
        note = pdfium.FPDFPage_GetAnnot(raw, place)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN_NOTE:
            pass
        elif kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            cause.rules += [
                _level((left, low, right, top)) for left, low, right, top in _quads(note)
            ]
        elif kind in (pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_INK):
            _add_strokes(note, kind, cause)
        elif kind == pdfium.FPDF_ANNOT_REDACT:
            cause.redacted += _quads(note)
        elif kind in _MARKUP:
            cause.asks = True
        pdfium.FPDFPage_CloseAnnot(note)


def _level(box: Box) -> Box:
    """Return the middle of an area as a rule."""
    middle = (box[1] + box[3]) / 2
    return box[0], middle - 0.1, box[2], middle + 0.1


def _add_strokes(note: Any, kind: int, cause: Cause) -> None:
    """Add lines that a reviewer drew: a hand draws no straight line, but a flat one."""
    strokes: list[list[tuple[float, float]]] = []
    if kind == pdfium.FPDF_ANNOT_LINE:
        start, end = pdfium.FS_POINTF(), pdfium.FS_POINTF()
        if pdfium.FPDFAnnot_GetLine(note, start, end):
            strokes.append([(start.x, start.y), (end.x, end.y)])
    for place in range(pdfium.FPDFAnnot_GetInkListCount(note)):
        size = pdfium.FPDFAnnot_GetInkListPath(note, place, None, 0)
        points = (pdfium.FS_POINTF * max(1, size))()
        pdfium.FPDFAnnot_GetInkListPath(note, place, points, size)
        strokes.append([(point.x, point.y) for point in points])
    for stroke in strokes:
        xs, ys = [x for x, _ in stroke], [y for _, y in stroke]
        if max(xs) - min(xs) >= max(_SHORTEST, 4 * (max(ys) - min(ys))):
            cause.rules.append(_level((min(xs), min(ys), max(xs), max(ys))))
        else:
            cause.asks = True


def _quads(note: Any) -> list[Box]:
    """Return the areas of a markup annotation, its own rectangle where it names none."""
    found: list[Box] = []
    for place in range(pdfium.FPDFAnnot_CountAttachmentPoints(note)):
        quad = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFAnnot_GetAttachmentPoints(note, place, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            found.append((min(xs), min(ys), max(xs), max(ys)))
    if not found:
        area = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(note, area)
        found.append((area.left, area.bottom, area.right, area.top))
    return found


# Where lines are --------------------------------------------------------------------------------


def ends_of(line: Line) -> tuple[float, float]:
    """Return where a line begins and ends along its own direction."""
    if not line.role:
        return line.x0, line.x1
    start, end = sorted((line.y, line.char_width))
    return start, end


def word_sides(line: Line, handle: int, words: list[str]) -> list[tuple[float, float]]:
    """Return left and right edge of each word; by letters where the text was not changed."""
    exact = line.start - line.level + 1 == len(line.text) and not line.role
    start, end = ends_of(line)
    step = (end - start) / max(1, len(line.text))
    found: list[tuple[float, float]] = []
    if line.role and line.char_width < line.y:  # runs down the page
        start, step = end, -step
    place = 0
    for word in words:
        last = place + max(len(word), 1) - 1
        if exact:
            found.append(
                (sides(handle, line.level + place)[0], sides(handle, line.level + last)[1])
            )
        else:
            left, right = sorted((start + step * place, start + step * (last + 1)))
            found.append((left, right))
        place += len(word) + 1
    return found


def whole_of(line: Line, handle: int) -> Box:
    """Return where a line must have ink; all of it where it runs up or down the page."""
    if not line.role and line.size:
        return line.x0, line.y + 0.06 * line.size, line.x1, line.y + 0.46 * line.size
    first, last = _char_box(handle, line.level), _char_box(handle, line.start)
    return (
        min(first[0], last[0]),
        min(first[1], last[1]),
        max(first[2], last[2]),
        max(first[3], last[3]),
    )


def _char_box(handle: int, index: int) -> Box:
    _box(handle, index, _RECT_AT)
    return _RECT.left, _RECT.bottom, _RECT.right, _RECT.top
