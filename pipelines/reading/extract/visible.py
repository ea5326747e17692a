"""Lines of a PDF page that a reader sees: struck, covered and invisible text told from the page.

Rules drawn through a line strike it. Whether text is covered, white, on a layer that is off or set
without ink is asked of the rendered page, and only where an object of the page gives cause: a
picture of every page would cost more than the reading. A covered word is a block sign, and a
sentence that holds one is not quoted.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.reading.extract.geometry import bound, sides
from pipelines.reading.extract.page_lines import COVERED, Line

_POINTER, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint

_count = bound(pdfium.FPDFPage_CountObjects, _INT, _POINTER)
_get = bound(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_type = bound(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
_mode = bound(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
_fill = bound(
    pdfium.FPDFPageObj_GetFillColor, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)
_text_fill = bound(
    pdfium.FPDFText_GetFillColor, _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER
)
_bounds = bound(
    pdfium.FPDFPageObj_GetBounds, _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)
_marks = bound(pdfium.FPDFPageObj_CountMarks, _INT, _POINTER)
_annotations = bound(pdfium.FPDFPage_GetAnnotCount, _INT, _POINTER)
_text_object = bound(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_box = bound(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)

_COLOR = (_UINT * 4)()
_COLOR_AT = [ctypes.addressof(_COLOR) + 4 * place for place in range(4)]
_EDGES = (ctypes.c_float * 4)()
_EDGES_AT = [ctypes.addressof(_EDGES) + 4 * place for place in range(4)]
_RECT = pdfium.FS_RECTF()
_RECT_AT = ctypes.addressof(_RECT)

_TEXT, _PATH, _IMAGE, _FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)
_INVISIBLE = 3
_NEARLY_WHITE, _OPAQUE = 245, 250
_THIN, _SHORTEST = 2.2, 6.0
_LOW, _HIGH = 0.12, 0.48
_OVERHANG = 6.0
_MOST = 0.6
_MANY_OBJECTS = 20_000
_WHOLE_PICTURE = 100_000
"""Square points: a fifth of a page of A4 and more."""
_CONTRAST, _DARK = 24, 128
_TINY = 1.2
_MARKUP = (
    pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_POLYGON,
    pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_REDACT,
    pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_FREETEXT,
)  # fmt: skip

Box = tuple[float, float, float, float]
"""Left, bottom, right and top on the page."""


@dataclass(slots=True)
class Cause:
    """What on a page may hide text.

    Attributes:
        rules: thin horizontal lines, which may strike text.
        redacted: areas marked to be blacked out.
        asks: the page must be looked at.
    """

    rules: list[Box] = field(default_factory=list)
    redacted: list[Box] = field(default_factory=list)
    asks: bool = False


Render = Callable[[], tuple[list[bytes], Callable[[float, float], tuple[float, float]]]]
"""Returns the page as rows of grey pixels and what places a point of the page among them."""


def only_visible(
    lines: list[Line], page: int, handle: int, *, layers: bool, render: Render
) -> list[Line]:
    """Return the lines without what is struck or unseen; covered words are block signs.

    `line.level` and `line.start` hold the indices of the first and last character; `layers` says
    that the file has layers, `render` draws the page.
    """
    lines = [line for line in lines if line.size > _TINY or not line.size]
    cause = look_over(page, lines, handle, layers=layers)
    if cause.rules:
        cause.rules.sort(key=_middle)
        heights = [_middle(rule) for rule in cause.rules]
        lines = [
            kept
            for line in lines
            if (kept := _without_struck(line, handle, cause.rules, heights)) is not None
        ]
    if cause.redacted:
        for line in lines:
            _cover(line, handle, lambda box: any(_inside(box, area) for area in cause.redacted))
    if cause.asks:
        lines = _with_ink(lines, handle, render)
    return lines


def look_over(page: int, lines: list[Line], handle: int, *, layers: bool) -> Cause:
    """Go through the objects of a page and say what may hide its lines.

    Text without ink over the picture of a whole page is its OCR layer and gives no cause.
    """
    count = _count(page)
    cause = Cause()
    whites = [_whole(line, handle) for line in lines if _is_white_at(handle, line.level)]
    if count <= _MANY_OBJECTS:  # more are a map: its labels are no sentences
        items = [_get(page, place) for place in range(count)]
        kinds = [_type(item) for item in items]
        texts = [item for item, kind in zip(items, kinds, strict=True) if kind == _TEXT]
        without_ink = any(_mode(item) == _INVISIBLE for item in texts)
        cause.asks = layers and (_FORM in kinds or any(_marks(item) for item in texts))
        whole_picture = len(texts) < count and _go_through(
            items, kinds, _Drawn(items, lines, handle), whites, cause
        )
        cause.asks = cause.asks or (without_ink and not whole_picture)
        cause.asks = cause.asks or (bool(whites) and len(texts) == count)
    _add_annotations(page, cause)
    return cause


class _Drawn:
    """When the lines of a page were drawn: what comes later may lie over them."""

    def __init__(self, items: list[int], lines: list[Line], handle: int) -> None:
        self._items, self._lines, self._handle = items, lines, handle
        self._boxes: list[Box] = []
        self._places: dict[int, int] = {}

    def before(self, edges: Box, place: int) -> bool:
        """Tell whether an area lies over a line of which a part was drawn before it."""
        if not self._boxes:
            self._boxes = [_whole(line, self._handle) for line in self._lines]
            self._places = {item: each for each, item in enumerate(self._items)}
        return any(
            _meets(edges, box) and self._first(line) < place
            for line, box in zip(self._lines, self._boxes, strict=True)
        )

    def _first(self, line: Line) -> int:
        """Return the place of the first object that draws a line, asked of three characters."""
        asked = (line.level, (line.level + line.start) // 2, line.start)
        last = len(self._items)
        return min(self._places.get(_text_object(self._handle, at), last) for at in asked)


def _go_through(
    items: list[int], kinds: list[int], drawn: _Drawn, whites: list[Box], cause: Cause
) -> bool:
    """Note rules, and whether text is white without a ground or has something drawn over it.

    Returns whether a picture of most of the page is among the objects.
    """
    first_text = kinds.index(_TEXT) if _TEXT in kinds else len(kinds)
    grounds: list[tuple[Box, int]] = []
    whole_picture = False
    for place, kind in enumerate(kinds):
        if kind not in (_PATH, _IMAGE):
            continue
        item = items[place]
        left, bottom, right, top = edges = _edges(item)
        wide, high = right - left, top - bottom
        if kind == _PATH and high <= _THIN and wide >= _SHORTEST:
            cause.rules.append(edges)
            continue
        grounds.append((edges, item if kind == _PATH else 0))
        whole = kind == _IMAGE and wide * high > _WHOLE_PICTURE
        whole_picture = whole_picture or whole
        large = wide > 2 * _SHORTEST and high > _SHORTEST and not whole
        if large and not cause.asks and first_text < place:
            cause.asks = (kind == _IMAGE or _is_opaque(item)) and drawn.before(edges, place)
    cause.asks = cause.asks or not all(_on_ground(edges, grounds) for edges in whites)
    return whole_picture


def _on_ground(edges: Box, grounds: list[tuple[Box, int]]) -> bool:
    """Tell whether white text is drawn on a picture or a coloured area."""
    x, y = (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2
    return any(
        left < x < right and bottom < y < top and (not item or not _is_white(item))
        for (left, bottom, right, top), item in grounds
    )


def _add_annotations(page: int, cause: Cause) -> None:
    """Add struck-out and redaction marks that are not part of the page itself."""
    raw = ctypes.cast(page, pdfium.FPDF_PAGE)
    for place in range(_annotations(page)):
        note = pdfium.FPDFPage_GetAnnot(raw, place)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if kind in _MARKUP:
            boxes = _quads(note)
            if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
                cause.rules += [
                    (left, (bottom + top) / 2 - 0.1, right, (bottom + top) / 2 + 0.1)
                    for left, bottom, right, top in boxes
                ]
            elif kind == pdfium.FPDF_ANNOT_REDACT:
                cause.redacted += boxes
            elif kind != pdfium.FPDF_ANNOT_HIGHLIGHT:
                cause.asks = True
        pdfium.FPDFPage_CloseAnnot(note)


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


def _meets(area: Box, text: Box) -> bool:
    """Tell whether an area lies over the middle of a text's height, at least a letter wide."""
    middle = (text[1] + text[3]) / 2
    wide = min(area[2], text[2]) - max(area[0], text[0])
    return area[1] < middle < area[3] and wide > _SHORTEST


def _edges(item: int) -> Box:
    if not _bounds(item, *_EDGES_AT):
        return 0.0, 0.0, 0.0, 0.0
    return _EDGES[0], _EDGES[1], _EDGES[2], _EDGES[3]


def _is_white(item: int) -> bool:
    return bool(_fill(item, *_COLOR_AT)) and min(_COLOR[:3]) >= _NEARLY_WHITE


def _is_white_at(handle: int, index: int) -> bool:
    return bool(_text_fill(handle, index, *_COLOR_AT)) and min(_COLOR[:3]) >= _NEARLY_WHITE


def _is_opaque(item: int) -> bool:
    return bool(_fill(item, *_COLOR_AT)) and _COLOR[3] >= _OPAQUE


def _middle(rule: Box) -> float:
    return (rule[1] + rule[3]) / 2


def _char_box(handle: int, index: int) -> Box:
    _box(handle, index, _RECT_AT)
    return _RECT.left, _RECT.bottom, _RECT.right, _RECT.top


def _without_struck(line: Line, handle: int, rules: list[Box], heights: list[float]) -> Line | None:
    """Return the line without the words that a rule goes through, None where none is left."""
    if line.role or not line.size:
        return line
    low, high = line.y + _LOW * line.size, line.y + _HIGH * line.size
    near = rules[bisect_left(heights, low) : bisect_right(heights, high)]
    if not near:
        return line
    through = [
        rule for rule in near if rule[0] >= line.x0 - _OVERHANG and rule[2] <= line.x1 + _OVERHANG
    ]
    if not through:
        return line
    words = line.text.split(" ")
    kept = [
        word
        for word, (left, right) in zip(words, _word_sides(line, handle, words), strict=True)
        if sum(max(0.0, min(right, rule[2]) - max(left, rule[0])) for rule in through)
        < _MOST * (right - left)
    ]
    line.text = " ".join(kept)
    return line if line.text else None


def _word_sides(line: Line, handle: int, words: list[str]) -> list[tuple[float, float]]:
    """Return left and right edge of each word; by letters where the text was not changed."""
    exact = line.start - line.level + 1 == len(line.text)
    step = (line.x1 - line.x0) / max(1, len(line.text))
    found: list[tuple[float, float]] = []
    place = 0
    for word in words:
        last = place + max(len(word), 1) - 1
        if exact:
            found.append(
                (sides(handle, line.level + place)[0], sides(handle, line.level + last)[1])
            )
        else:
            found.append((line.x0 + step * place, line.x0 + step * (last + 1)))
        place += len(word) + 1
    return found


def _cover(line: Line, handle: int, hidden: Callable[[Box], bool]) -> None:
    """Put a block sign for each word that is hidden; signs that have hardly any ink are left."""
    words = line.text.split(" ")
    low, high = _band(line)
    for place, (left, right) in enumerate(_word_sides(line, handle, words)):
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
    return width > _MOST * (box[2] - box[0]) and height > 0.5 * (box[3] - box[1])


def _with_ink(lines: list[Line], handle: int, render: Render) -> list[Line]:
    """Return the lines that show on the rendered page; what is covered in a line is a block sign.

    A line that shows nowhere goes, unless it is dark: then something was drawn over it.
    """
    rows, place = render()
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
        box = _whole(line, handle)
        if not blank(box):
            if not line.role:
                _cover(line, handle, blank)
            kept.append(line)
        elif shades(box)[0] < _DARK:
            line.text = COVERED
            kept.append(line)
    return kept


def _whole(line: Line, handle: int) -> Box:
    """Return where a line must have ink; all of it where it runs up or down the page."""
    first, last = _char_box(handle, line.level), _char_box(handle, line.start)
    if not line.role and line.size:
        return line.x0, _band(line)[0], line.x1, _band(line)[1]
    return (
        min(first[0], last[0]),
        min(first[1], last[1]),
        max(first[2], last[2]),
        max(first[3], last[3]),
    )
