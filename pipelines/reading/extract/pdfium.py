"""PDFium by its own functions: pages, their text, where a character stands, what else is drawn.

The objects of pypdfium2 keep account of each other; over the thousands of pages of a region that
costs a tenth of the reading. Here a page lives as long as its `with` block and no longer. The calls
are bound once with plain addresses: half the cost of the generated bindings. The buffers are shared
because PDFium itself allows one thread only.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_POINTER, _INT, _FLOAT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double


def bound(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a PDFium function that takes addresses as integers; `result` None gives nothing."""
    address = ctypes.cast(function, _POINTER).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_load_page = bound(pdfium.FPDF_LoadPage, _POINTER, _POINTER, _INT)
_close_page = bound(pdfium.FPDF_ClosePage, None, _POINTER)
_width = bound(pdfium.FPDF_GetPageWidthF, _FLOAT, _POINTER)
_height = bound(pdfium.FPDF_GetPageHeightF, _FLOAT, _POINTER)
_page_box = bound(pdfium.FPDF_GetPageBoundingBox, _INT, _POINTER, _POINTER)
_load_text = bound(pdfium.FPDFText_LoadPage, _POINTER, _POINTER)
_close_text = bound(pdfium.FPDFText_ClosePage, None, _POINTER)
char_count = bound(pdfium.FPDFText_CountChars, _INT, _POINTER)
_get_text = bound(pdfium.FPDFText_GetText, _INT, _POINTER, _INT, _INT, _POINTER)
_text_index = bound(pdfium.FPDFText_GetTextIndexFromCharIndex, _INT, _POINTER, _INT)
has_no_map = bound(pdfium.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
"""Return 1 where the font does not say which letter a character is, -1 where it cannot be told."""
char_index = bound(pdfium.FPDFText_GetCharIndexFromTextIndex, _INT, _POINTER, _INT)
"""Return which character of the page stands at a place in its text."""


def handle_of(document: Any) -> int:
    """Return the address of an open document."""
    return ctypes.cast(document.raw, _POINTER).value or 0


@contextlib.contextmanager
def opened(document: int, index: int) -> Iterator[int]:
    """Open a page for a while; 0 where it is broken."""
    page = _load_page(document, index) or 0
    try:
        yield page
    finally:
        if page:
            _close_page(page)


@contextlib.contextmanager
def text_of(page: int) -> Iterator[int]:
    """Open the text of a page for a while; 0 where there is none or PDFium cannot make it out."""
    text = (_load_text(page) or 0) if page else 0
    try:
        yield text
    finally:
        if text:
            _close_text(text)


def page_box(page: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of what is shown of a page."""
    if not _page_box(page, _BOX_AT):
        return -math.inf, -math.inf, math.inf, math.inf
    return _BOX.left, _BOX.bottom, _BOX.right, _BOX.top


def size(page: int) -> tuple[float, float]:
    """Return width and height in points."""
    return _width(page), _height(page)


def characters(text: int) -> tuple[str, int]:
    """Return the text of a page and how many characters PDFium counts on it.

    The two differ where PDFium adds or leaves out characters; see `char_index`.
    """
    count = char_count(text)
    first, last = 0, count - 1
    # PDFium reads past the end when the range begins or ends with a character it leaves out
    while first <= last and (begin := _text_index(text, first)) == -1:
        first += 1
    while first <= last and (end := _text_index(text, last)) == -1:
        last -= 1
    if first > last:
        return "", max(count, 0)
    buffer = (ctypes.c_ushort * room(end - begin + 2))()
    written = _get_text(text, first, last - first + 1, buffer)
    data = ctypes.string_at(buffer, 2 * (written - 1))
    return data.decode("utf-16-le", errors="ignore"), count


def room(needed: int) -> int:
    """Return the next power of two: a new size of buffer is a new type, and types are dear."""
    return 1 << needed.bit_length()


# Pictures ----------------------------------------------------------------------------------------

_bitmap = bound(pdfium.FPDFBitmap_CreateEx, _POINTER, _INT, _INT, _INT, _POINTER, _INT)
_fill = bound(pdfium.FPDFBitmap_FillRect, _INT, _POINTER, *[_INT] * 4, ctypes.c_ulong)
_draw = bound(pdfium.FPDF_RenderPageBitmap, None, _POINTER, _POINTER, *[_INT] * 6)
_drop = bound(pdfium.FPDFBitmap_Destroy, None, _POINTER)
_to_device = bound(
    pdfium.FPDF_PageToDevice, _INT, _POINTER, *[_INT] * 5, _DOUBLE, _DOUBLE, _POINTER, _POINTER
)  # fmt: skip
_LARGEST, _MARGIN = 4_000, 3


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in grey.

    Attributes:
        rows: a byte for each pixel, from 0 for black to 255, from the top.
        place: what says which pixel shows a point of the page.
    """

    rows: list[bytes]
    place: Callable[[float, float], tuple[float, float]]


def picture(
    page: int,
    scale: float,
    *,
    ground: int = 255,
    area: tuple[float, float, float, float] | None = None,
) -> Picture:
    """Draw a page with its annotations, `scale` pixels a point, on a ground of one grey.

    With `area` (left, bottom, right, top in points) only that part: most of the cost is ink.
    """
    width, height = (max(1, min(_LARGEST, round(scale * side))) for side in size(page))

    def pixel(x: float, y: float) -> tuple[int, int]:
        _to_device(page, 0, 0, width, height, 0, x, y, _PIXEL_AT, _PIXEL_AT + 4)
        return _PIXEL[0], _PIXEL[1]

    far = 1_000  # points: the steps are whole pixels
    (x, y), (x_right, y_right), (x_up, y_up) = pixel(0, 0), pixel(far, 0), pixel(0, far)
    right, up = ((x_right - x) / far, (y_right - y) / far), ((x_up - x) / far, (y_up - y) / far)
    left, top, wide, high = 0, 0, width, height
    if area is not None:
        ends = pixel(area[0], area[1]), pixel(area[2], area[3])
        left, end = (max(0, min(width - 1, each)) for each in sorted((ends[0][0], ends[1][0])))
        top, low = (max(0, min(height - 1, each)) for each in sorted((ends[0][1], ends[1][1])))
        left, top = max(0, left - _MARGIN), max(0, top - _MARGIN)
        wide = min(width, end + _MARGIN + 1) - left
        high = min(height, low + _MARGIN + 1) - top
    data = ctypes.create_string_buffer(wide * high)
    bitmap = _bitmap(wide, high, pdfium.FPDFBitmap_Gray, ctypes.addressof(data), wide)
    _fill(bitmap, 0, 0, wide, high, 0xFF000000 | ground * 0x010101)
    _draw(bitmap, page, -left, -top, width, height, 0, pdfium.FPDF_ANNOT)
    _drop(bitmap)
    raw = data.raw
    rows = [raw[at : at + wide] for at in range(0, wide * high, wide)]
    x, y = x - left, y - top
    return Picture(rows, lambda a, b: (x + a * right[0] + b * up[0], y + a * right[1] + b * up[1]))


# Characters --------------------------------------------------------------------------------------

_char_origin = bound(pdfium.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_loose_box = bound(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_font_size = bound(pdfium.FPDFText_GetFontSize, _DOUBLE, _POINTER, _INT)
_font_weight = bound(pdfium.FPDFText_GetFontWeight, _INT, _POINTER, _INT)
_font_info = bound(
    pdfium.FPDFText_GetFontInfo,
    ctypes.c_ulong,
    _POINTER,
    _INT,
    _POINTER,
    ctypes.c_ulong,
    _POINTER,
)
_matrix = bound(pdfium.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)

_POINT = (_DOUBLE * 2)()
_X_AT = ctypes.addressof(_POINT)
_Y_AT = _X_AT + ctypes.sizeof(_DOUBLE)
_PIXEL = (_INT * 2)()
_PIXEL_AT = ctypes.addressof(_PIXEL)
_BOX = pdfium.FS_RECTF()
_BOX_AT = ctypes.addressof(_BOX)
_MATRIX = pdfium.FS_MATRIX()
_MATRIX_AT = ctypes.addressof(_MATRIX)
_NAME = ctypes.create_string_buffer(96)
_NAME_AT = ctypes.addressof(_NAME)
_FLAGS = ctypes.c_int()
_FLAGS_AT = ctypes.addressof(_FLAGS)
_TINY = 4.0
_BOLD = 600


def origin(handle: int, index: int) -> tuple[float, float]:
    """Return x and baseline y of a character, points from the lower left corner."""
    _char_origin(handle, index, _X_AT, _Y_AT)
    return _POINT[0], _POINT[1]


def span(handle: int, first: int, last: int) -> tuple[float, float, float, float]:
    """Return left edge, baseline, right edge and type size of a line, asked in one go."""
    _char_origin(handle, first, _X_AT, _Y_AT)
    _loose_box(handle, last, _BOX_AT)
    size = _font_size(handle, first)
    return (
        _POINT[0],
        _POINT[1],
        _BOX.right,
        _scaled(handle, first, size) if size < _TINY else round(size, 2),
    )


def right_edge(handle: int, index: int) -> float:
    """Return the x where a character ends, its side bearing included."""
    _loose_box(handle, index, _BOX_AT)
    return float(_BOX.right)


def sides(handle: int, index: int) -> tuple[float, float]:
    """Return left and right edge of a character."""
    _loose_box(handle, index, _BOX_AT)
    return _BOX.left, _BOX.right


def _scaled(handle: int, index: int, size: float) -> float:
    """Return the type size where the file sets type of size 1 and scales it."""
    _matrix(handle, index, _MATRIX_AT)
    return round(float(size * (_MATRIX.b**2 + _MATRIX.d**2) ** 0.5), 2)


def is_bold(handle: int, index: int) -> bool:
    """Tell whether the character is set in bold, by the font's weight or its name."""
    if _font_weight(handle, index) >= _BOLD:
        return True
    size = _font_info(handle, index, _NAME_AT, len(_NAME), _FLAGS_AT)
    return 0 < size <= len(_NAME) and b"bold" in _NAME.value.lower()
