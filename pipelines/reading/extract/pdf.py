"""PDF: text of each page by PDFium, cut into printed lines with their place on the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Protocol

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.reading.extract.characters import normalise, odd_places, single_spaced
from pipelines.reading.extract.layers import has_layers_off, hide_layers_off
from pipelines.reading.extract.page_lines import Line, RawDocument, RawPage, UnreadableError
from pipelines.reading.extract.pdf_lines import (
    count_cells,
    is_letter_spaced,
    join_letters,
    split_merged,
    upright,
)
from pipelines.reading.extract.pdf_parts import Form, form_of, parts_not_opened
from pipelines.reading.extract.pdfium import (
    char_count,
    char_index,
    characters,
    handle_of,
    has_no_map,
    opened,
    origin,
    size,
    span,
    text_of,
)
from pipelines.reading.extract.reading_order import arrange
from pipelines.reading.extract.visible import only_visible
from pipelines.reading.understood import is_garbled


class Pictures(Protocol):
    """Reads pages without text by OCR."""

    def take(self, page: Any, number: int) -> None:
        """Receive a page that is a picture, while it is open."""

    def pages(self) -> dict[int, RawPage]:
        """Return the pages in which text was found, by number."""


_BROKEN = "\ufffe"
_FILE_ERRORS = {
    2: "PDF-filen kan inte öppnas.",
    3: "PDF-filen är skadad och kan inte öppnas.",
    4: "PDF-filen är skyddad med lösenord.",
    5: "PDF-filen är skyddad med en metod som inte stöds.",
}
_IMAGE_SHARE = 0.5
_NARROW = 0.12
_COVER = 2_000
"""A file of attachments or an unopened form has a page of its own with hardly more text."""
_SAMPLE, _JUDGED_LINES = 24, 16
_UNSURE = re.compile(r"[\x01-\x08\x0e-\x1f\u0100-\u02af]")
_PRIVATE = 0xE000


def read_pdf(path: Path, *, pictures: Pictures | None = None) -> RawDocument:
    """Return the pages of a PDF file, one page in memory at a time.

    `pictures` is given the pages that hold a picture but no text, and those whose font has no
    character map. Raises UnreadableError where
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
        layers = has_layers_off(path)
        form = form_of(document)
        pages = [
            _read_page(document, index, pictures, form, layers=layers)
            for index in range(len(document))
        ]
        read = pictures.pages() if pictures else {}
        own = sum(len(line.text) for page in pages for line in page.lines)
        unopened = parts_not_opened(
            document, pinned=own < _COVER, lost_answers=form.lost if form else 0
        )
        title = document.get_metadata_value("Title") or ""
    finally:
        document.close()
    pages = [read.get(page.number, page) for page in pages]
    hollow = bool(unopened) and own < _COVER
    return RawDocument(pages, single_spaced(normalise(title)), unopened, hollow)


def _read_page(
    document: Any, index: int, pictures: Pictures | None, form: Form | None, *, layers: bool
) -> RawPage:
    number = index + 1
    with opened(handle_of(document), index) as page:
        if not page:  # one broken page; the others may be whole
            return RawPage(number, image=True)
        answers = form.write(page) if form is not None else []
        if layers and not answers:
            hide_layers_off(page)
        with text_of(page if not answers else 0) as text_page:
            result = RawPage(number, _lines(page, text_page, number) if text_page else [])
            if text_page and result.lines:
                text = "\n".join(line.text for line in result.lines[:_JUDGED_LINES])
                result.garbled = is_garbled(text, unmapped=lambda: _without_map(text_page))
    if form is not None and answers:  # what was written is there when the page is opened anew
        result = _read_page(document, index, pictures, None, layers=layers)
        form.check(answers, result.lines)
        return result
    if result.lines and not result.garbled:
        return result
    return _read_picture(document, index, result, pictures)


def _read_picture(document: Any, index: int, result: RawPage, pictures: Pictures | None) -> RawPage:
    """Return a page without usable text; where it shows something, let OCR have it too."""
    page = document[index]
    try:
        result.image = not result.garbled and _covered_by_image(page)
        if (result.image or result.garbled) and pictures is not None:
            pictures.take(page, result.number)
        return result
    finally:
        page.close()


def _without_map(handle: int) -> bool:
    """Tell whether most characters of a page have no map to letters, asked of a sample."""
    count = char_count(handle)
    step = max(1, count // _SAMPLE)
    places = range(0, count, step)
    missing = sum(int(has_no_map(handle, place)) == 1 for place in places)
    return missing > len(places) // 2


def _covered_by_image(page: Any) -> bool:
    """Tell whether pictures cover half the page or more."""
    width, height = page.get_size()
    area = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        area += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(area >= _IMAGE_SHARE * width * height)


def _lines(page: int, handle: int, number: int) -> list[Line]:
    text, count = characters(handle)
    if not text or text.isspace():
        return []
    width, height = size(page)
    direct = len(text) == count
    odd = _Odd(text)
    lines: list[Line] = []
    position = 0
    for printed in text.split("\n"):
        # PDFium joins a word broken by a hyphen and leaves U+FFFE: these are two printed lines
        for raw in printed.split(_BROKEN) if odd.any and _BROKEN in printed else (printed,):
            plain = raw.strip()
            if plain:
                first = position if raw[0] == plain[0] else position + raw.index(plain)
                last = first + len(plain) - 1
                if not direct:
                    first, last = char_index(handle, first), char_index(handle, last)
                if odd.within(position, position + len(raw)) or " " in plain[1:3]:
                    if last - first + 1 == len(plain):
                        plain = _with_unmapped(plain, handle, first)
                    plain = _plain(plain, handle, first)
                if plain:
                    lines.append(_line(handle, plain, first, last, number))
            position += len(raw) + 1
            if odd.any and lines and text[position - 1 : position] == _BROKEN:
                lines[-1].text += "-"
    lines = only_visible(lines, page, handle)
    lines, width, height = upright(lines, width, height)
    lines = split_merged(lines, handle, width)
    count_cells(lines, handle)
    return arrange(lines, width, height, handle)


class _Odd:
    """Where the text of a page holds what must be made plain: most lines hold nothing."""

    def __init__(self, text: str) -> None:
        self._places = odd_places(text)
        self._next = 0
        self.any = bool(self._places)

    def within(self, start: int, end: int) -> bool:
        """Tell whether something odd stands between two places; asked from top to bottom."""
        places = self._places
        while self._next < len(places) and places[self._next] < start:
            self._next += 1
        return self._next < len(places) and places[self._next] < end


def _with_unmapped(text: str, handle: int, first: int) -> str:
    """Give characters that the font does not map to a letter private numbers of their own."""
    return _UNSURE.sub(
        lambda match: (
            chr(_PRIVATE + ord(match[0]))
            if int(has_no_map(handle, first + match.start())) == 1
            else match[0]
        ),
        text,
    )


def _plain(text: str, handle: int, first: int) -> str:
    """Return a stripped line with letters joined and characters and spaces made plain."""
    if " " in text[1:3] and is_letter_spaced(text):
        return join_letters(handle, text, first)
    return single_spaced(normalise(text))


def _line(handle: int, text: str, first: int, last: int, number: int) -> Line:
    """Return the printed line with its place; `first` and `last` are character indices."""
    x0, y, x1, size = span(handle, first, last)
    count = last - first + 1
    line = Line(text, x0, x1, 0.0, (x1 - x0) / count or 0.1, 0.0, size)
    line.page = number
    line.y, line.level, line.start = y, first, last
    if x1 - x0 < _NARROW * size * count and count > 2:
        line.role = "text"  # runs up or down the page; `upright` turns it
        line.x1, line.char_width = origin(handle, last)
    return line
