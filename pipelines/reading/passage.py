"""What reading a document hands on: pages, passages and the document they come from.

Everything here is a frozen dataclass of plain values, so that a worker process can pickle it and
the reading cache can write it as JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

READER_VERSION = "6"
"""Part of the cache key: raise it whenever the same file would give other pages or passages."""

DocumentFormat = Literal["pdf", "docx", "html", "text"]
PassageForm = Literal["sentence", "list_item", "table_row", "heading"]
ReadingStatus = Literal["read", "unreadable", "not_understood", "withheld"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page after cleaning.

    Attributes:
        number: physical page, the cover is 1.
        text: lines kept; running heads, page numbers and contents lines are gone.
        readable: the page holds usable text, or holds nothing that could be text.
        ocr_confidence: mean word confidence 0–100 when the page was read by OCR, else None.
    """

    number: int
    text: str
    readable: bool
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is coded: a sentence, a list item or a table row.

    Attributes:
        page: page on which the passage starts.
        page_end: page on which it ends.
        section: nearest heading, "" where there is none.
        section_path: the stack of headings from the outermost to `section`.
        text: words joined over lines and pages, white space normalised.
        before: the preceding sentence or item of the same section, "" at its start.
        after: the following sentence or item of the same section, "" at its end.
        start: first character in the cleaned text of `page`.
        end: one past the last character in the cleaned text of `page_end`.
        form: what kind of text it is.
        ordinal: place in the document, from 0.
        lead_in: the sentence that introduces a list item ("Byggherren ska:"), else "".
        header: the column headings of a table row where they can be told, else "".
    """

    page: int
    page_end: int
    section: str
    section_path: tuple[str, ...]
    text: str
    before: str
    after: str
    start: int
    end: int
    form: PassageForm
    ordinal: int
    lead_in: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """A document as read, or the typed fact that it could not be read.

    Attributes:
        sha256: hash of the file's bytes, "" when the file could not be opened at all.
        file_name: name without folder.
        format: by content, not by the file's ending.
        pages: every page that was reached, in order.
        passages: in reading order; `ordinal` equals the position.
        pages_total: pages that the file says it has.
        readable_share: share of pages with usable text, 0–1; blank pages count as readable.
        language: "sv", "en" or "" where there is too little text to tell.
        ocr: at least one page was read by OCR.
        title: from the cover, "" where none is recognised.
        status: `read`, `unreadable` (no text), `not_understood` (text that is not decodable, in
            another language or in parts that are not opened) or `withheld` (secrecy).
        reason: Swedish sentence that says why it was not read; when read, which part was not
            understood, "" when all of it was.
    """

    sha256: str
    file_name: str
    format: DocumentFormat
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    pages_total: int
    readable_share: float
    language: str
    ocr: bool
    title: str
    status: ReadingStatus
    reason: str = ""


def to_json_object(document: ExtractedDocument) -> dict[str, Any]:
    """Return the document as an object of plain JSON values."""
    return asdict(document)


def from_json_object(value: dict[str, Any]) -> ExtractedDocument:
    """Rebuild a document from `to_json_object`; raises TypeError or KeyError on another shape."""
    pages = tuple(Page(**page) for page in value["pages"])
    passages = tuple(
        Passage(**{**passage, "section_path": tuple(passage["section_path"])})
        for passage in value["passages"]
    )
    return ExtractedDocument(**{**value, "pages": pages, "passages": passages})
