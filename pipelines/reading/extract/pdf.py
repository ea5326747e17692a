"""PDF: text of each page by PDFium, cut into printed lines with their place on the page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.reading.extract.cells import count_cells
from pipelines.reading.extract.characters import has_special, normalise, single_spaced
from pipelines.reading.extract.letter_spacing import is_letter_spaced, join_letters
from pipelines.reading.extract.page_lines import Line, RawDocument, RawPage, UnreadableError
from pipelines.reading.extract.reading_order import arrange
from pipelines.reading.extract.rotation import upright

PageImage = Callable[[Any, int], "RawPage | None"]
"""Reads a page without text by OCR; None where OCR finds nothing."""

_LINE = re.compile(r"[^\r\n\ufffe]+\ufffe?")
_FILE_ERRORS = {
    2: "PDF-filen kan inte öppnas.",
    3: "PDF-filen är skadad och kan inte öppnas.",
    4: "PDF-filen är skyddad med lösenord.",
    5: "PDF-filen är skyddad med en metod som inte stöds.",
}
_IMAGE_SHARE = 0.5
_NARROW = 0.12
_TINY = 4.0
_X, _Y = ctypes.c_double(), ctypes.c_double()
_BOX, _MATRIX = pdfium.FS_RECTF(), pdfium.FS_MATRIX()


def read_pdf(path: Path, *, read_image: PageImage | None = None) -> RawDocument:
    """Return the pages of a PDF file, one page in memory at a time.

    `read_image` is called for pages that hold a picture but no text. Raises UnreadableError where
    the file is broken, encrypted or without pages.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        reason = _FILE_ERRORS.get(getattr(error, "err_code", 0) or 0, _FILE_ERRORS[3])
        raise UnreadableError(reason) from error
    try:
        if len(document) == 0:
            raise UnreadableError("PDF-filen har inga sidor.")
        pages = [_read_page(document, index, read_image) for index in range(len(document))]
        title = document.get_metadata_value("Title") or ""
    finally:
        document.close()
    return RawDocument(pages, single_spaced(normalise(title)))


def _read_page(document: Any, index: int, read_image: PageImage | None) -> RawPage:
    number = index + 1
    try:
        page = document[index]
    except pypdfium2.PdfiumError:  # one broken page; the others may be whole
        return RawPage(number, image=True)
    try:
        text_page = page.get_textpage()
        try:
            result = RawPage(number, _lines(page, text_page, number))
        finally:
            text_page.close()
        if not result.lines and _covered_by_image(page):
            result.image = True
            return (read_image(page, number) if read_image else None) or result
        return result
    finally:
        page.close()


def _covered_by_image(page: Any) -> bool:
    """Tell whether pictures cover half the page or more."""
    width, height = page.get_size()
    area = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        area += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(area >= _IMAGE_SHARE * width * height)


def _lines(page: Any, text_page: Any, number: int) -> list[Line]:
    text = text_page.get_text_range()
    if not text or text.isspace():
        return []
    width, height = page.get_size()
    shifted = len(text) != text_page.count_chars()
    special = has_special(text)
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        raw = match[0]
        stripped = raw.strip()
        if not stripped:
            continue
        first = match.start() + len(raw) - len(raw.lstrip())
        last = first + len(stripped) - 1
        if shifted:
            first, last = (
                pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, i) for i in (first, last)
            )
        line = _line(text_page, stripped, first, last, special=special)
        if line is not None:
            line.page = number
            lines.append(line)
    lines, width, height = upright(lines, width, height)
    count_cells(lines, text_page)
    return arrange(lines, width, height, text_page)


def _line(text_page: Any, raw: str, first: int, last: int, *, special: bool) -> Line | None:
    """Return the printed line with its box; `first` and `last` are character indices."""
    if is_letter_spaced(raw):
        text = join_letters(text_page, raw, first)
    else:
        text = single_spaced(normalise(raw) if special else raw)
    if not text:
        return None
    handle = text_page.raw
    pdfium.FPDFText_GetCharOrigin(handle, first, _X, _Y)
    x0, y0 = _X.value, _Y.value
    pdfium.FPDFText_GetLooseCharBox(handle, last, _BOX)
    line = Line(text, x0, _BOX.right, y=y0, level=first, start=last)
    line.size = _letter_size(handle, first)
    if _BOX.right - x0 < _NARROW * line.size * len(raw) and len(raw) > 2:
        pdfium.FPDFText_GetCharOrigin(handle, last, _X, _Y)
        line.role, line.x1, line.char_width = "text", _X.value, _Y.value
        return line  # runs up or down the page; `upright` turns it
    line.char_width = max(0.1, (line.x1 - x0) / len(raw))
    return line


def _letter_size(handle: Any, index: int) -> float:
    """Return the type size in points; some files set type of size 1 and scale it."""
    size = float(pdfium.FPDFText_GetFontSize(handle, index))
    if size < _TINY:
        pdfium.FPDFText_GetMatrix(handle, index, _MATRIX)
        size *= (_MATRIX.b**2 + _MATRIX.d**2) ** 0.5
    return round(size, 2)
