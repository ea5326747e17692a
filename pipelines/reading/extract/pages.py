"""Pages of a PDF file and their text, opened and closed by PDFium's own functions.

The objects of pypdfium2 keep account of each other; over the thousands of pages of a region that
costs a tenth of the reading. Here a page lives as long as its `with` block and no longer.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.reading.extract.geometry import bound

_POINTER, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float

_load_page = bound(pdfium.FPDF_LoadPage, _POINTER, _POINTER, _INT)
_close_page = bound(pdfium.FPDF_ClosePage, None, _POINTER)
_width = bound(pdfium.FPDF_GetPageWidthF, _FLOAT, _POINTER)
_height = bound(pdfium.FPDF_GetPageHeightF, _FLOAT, _POINTER)
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
    """Open the text of a page for a while; 0 where PDFium cannot make it out."""
    text = _load_text(page) or 0
    try:
        yield text
    finally:
        if text:
            _close_text(text)


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
    buffer = (ctypes.c_ushort * _room(end - begin + 2))()
    written = _get_text(text, first, last - first + 1, buffer)
    data = ctypes.string_at(buffer, 2 * (written - 1))
    return data.decode("utf-16-le", errors="ignore"), count


def _room(needed: int) -> int:
    """Return the next power of two: a new size of buffer is a new type, and types are dear."""
    return 1 << needed.bit_length()
