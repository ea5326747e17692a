"""Where a character stands on a PDF page and how large it is.

PDFium is asked for each line of each page, so the calls are bound once with plain addresses: half
the cost of the generated bindings. The buffers are shared because PDFium itself allows one thread
only.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_POINTER, _INT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double


def bound(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a PDFium function that takes addresses as integers; `result` None gives nothing."""
    address = ctypes.cast(function, _POINTER).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


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
