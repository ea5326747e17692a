"""The common form of all formats: pages of lines in reading order.

Formats with layout (PDF, text) give one `Line` for each printed line and leave `role` empty: then
cleaning works out paragraphs, headings, lists and tables from the layout. Formats with structure
(DOCX, HTML) give one `Line` for each paragraph, item or table row and say its role.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

COVERED = "█"
"""Stands for a word under a black box; a sentence that holds one is not quoted."""

Role = Literal["", "text", "heading", "item", "row", "header"]


@dataclass(slots=True)
class Line:
    """A printed line, or a whole paragraph where the format has structure.

    Attributes:
        text: characters normalised, single spaces, stripped.
        x0, x1: left and right edge; points in PDF, character columns in text.
        room: free space to the right edge of the text column, same unit.
        char_width: mean width of a character, same unit.
        gap: blank lines before (text) or vertical distance beyond the usual, in line heights.
        size: height of the letters; 0 where the format does not tell.
        bold: set in bold type.
        jump: first line of a page or of a text column.
        cells: number of cells set apart by wide spaces.
        role: what the format says the line is, "" where layout must decide.
        level: heading level from 1, or list depth from 1.
        header: column headings, for table rows of formats with structure.
        page: page number.
        start: offset in the cleaned text of the page, set by cleaning.
        y: distance of the line's top from the top of the page as a share of its height, -1 unknown.
    """

    text: str
    x0: float = 0.0
    x1: float = 0.0
    room: float = 0.0
    char_width: float = 1.0
    gap: float = 0.0
    size: float = 0.0
    bold: bool = False
    jump: bool = False
    cells: int = 1
    role: Role = ""
    level: int = 0
    header: str = ""
    page: int = 1
    start: int = 0
    y: float = -1.0


@dataclass(slots=True)
class RawPage:
    """One page before cleaning.

    Attributes:
        number: the cover is 1.
        lines: in reading order.
        image: a picture covers most of the page and there is no text: a scan or a map.
        garbled: the characters have no meaning: the font has no character map.
        ocr_confidence: mean word confidence 0–100 when read by OCR.
    """

    number: int
    lines: list[Line] = field(default_factory=list)
    image: bool = False
    garbled: bool = False
    ocr_confidence: float | None = None


@dataclass(slots=True)
class RawDocument:
    """A document as its format gives it.

    Attributes:
        pages: in order.
        title: from metadata or cover, "" where unknown.
        unopened: Swedish sentence on parts of the file that are not opened (attached files, a form
            that only its own program shows), "" when there are none.
        hollow: what is opened is only a cover for what is not.
    """

    pages: list[RawPage]
    title: str = ""
    unopened: str = ""
    hollow: bool = False


class UnreadableError(Exception):
    """The file cannot be read; the message is the Swedish sentence shown to the reader."""
