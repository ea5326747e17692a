"""One file → an extracted document; whatever is wrong with the file becomes its status."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipelines.reading.clean.passages import clean_document
from pipelines.reading.extract import ocr as scanned
from pipelines.reading.extract.format import detect_format
from pipelines.reading.extract.html import read_html
from pipelines.reading.extract.page_lines import RawDocument, UnreadableError
from pipelines.reading.extract.pdf import read_pdf
from pipelines.reading.extract.text import read_text
from pipelines.reading.ligatures import LOST, mend
from pipelines.reading.passage import (
    DocumentFormat,
    ExtractedDocument,
    Page,
    Passage,
    ReadingStatus,
)
from pipelines.reading.understood import (
    title_of,
    too_little,
    understand,
    unread_pages,
    why_unreadable,
)

_LOG = logging.getLogger(__name__)
_MAX_BYTES = 50_000_000
_MAX_LETTERS = 10_000_000
"""More than three thousand full pages: no plan, but a file that stops the others."""
_TOO_LONG = (
    "Dokumentet har orimligt mycket text (mer än tre tusen sidor). Dela det i flera filer och "
    "lämna dem var för sig."
)
NOT_LAID_OUT = "Läsaren kunde inte tolka dokumentets uppställning."
_ENDINGS: dict[str, DocumentFormat] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
}


def read_document(path: Path, *, ocr: bool = True) -> ExtractedDocument:
    """Return a document as pages and passages; never raises on bad input.

    A file that is empty, encrypted, broken, of another format or without any text comes back with
    `status` "unreadable" and a Swedish reason, one with text that cannot be understood with
    "not_understood". With `ocr`, pages that are pictures or whose font has no character map are
    read by tesseract where it and its Swedish data are installed.
    """
    return read_one(path, ocr=ocr, alive=quiet)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of the file's bytes as hexadecimal, "" when it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def quiet() -> None:
    """Nobody waits for a sign of life."""


def unreadable(
    path: Path, digest: str, reason: str, kind: DocumentFormat | None = None
) -> ExtractedDocument:
    """Return the typed fact that a file could not be read, `reason` in Swedish."""
    kind = kind or _ENDINGS.get(path.suffix.lower(), "text")
    return ExtractedDocument(
        digest, path.name, kind, (), (), 0, 0.0, "", False, "", "unreadable", reason
    )


def read_one(  # noqa: PLR0911 - one return for each thing that can be wrong
    path: Path, *, ocr: bool, alive: Callable[[], None]
) -> ExtractedDocument:
    """Read a document as `read_document` does; `alive` is called after each scanned page."""
    digest = file_hash(path)
    kind: DocumentFormat | None = None
    try:
        kind = detect_format(path)
        raw = _extract(path, kind, ocr=ocr, alive=alive)
    except UnreadableError as error:
        return unreadable(path, digest, str(error), kind)
    except FileNotFoundError:
        return unreadable(path, digest, "Filen finns inte.", kind)
    except OSError:
        return unreadable(path, digest, "Filen kan inte öppnas.", kind)
    except MemoryError:
        return unreadable(path, digest, "Dokumentet kräver för mycket minne.", kind)
    except Exception as error:  # third-party parsers raise anything on hostile files
        _LOG.debug("%s could not be parsed: %r", path.name, error)
        return unreadable(path, digest, "Filen är skadad och kan inte läsas.", kind)
    try:
        return _clean(path, digest, kind, raw, ocr=ocr)
    except Exception:  # a defect of ours must not stop the other documents, nor pass unseen
        _LOG.exception("%s could not be cleaned", path.name)
        return unreadable(path, digest, NOT_LAID_OUT, kind)


def _extract(
    path: Path, kind: DocumentFormat, *, ocr: bool, alive: Callable[[], None]
) -> RawDocument:
    if kind in ("html", "text") and path.stat().st_size > _MAX_BYTES:
        raise UnreadableError(_TOO_LONG)
    raw = _by_format(path, kind, ocr=ocr, alive=alive)
    if sum(len(line.text) for page in raw.pages for line in page.lines) > _MAX_LETTERS:
        raise UnreadableError(_TOO_LONG)
    return raw


def _by_format(
    path: Path, kind: DocumentFormat, *, ocr: bool, alive: Callable[[], None]
) -> RawDocument:
    if kind == "pdf":
        return read_pdf(path, pictures=scanned.picture_reader(alive) if ocr else None)
    if kind == "docx":
        from pipelines.reading.extract.docx import read_docx  # its XML library is slow to load

        return read_docx(path)
    return read_html(path) if kind == "html" else read_text(path)


def _clean(
    path: Path, digest: str, kind: DocumentFormat, raw: RawDocument, *, ocr: bool
) -> ExtractedDocument:
    broken = mend(raw.pages)
    title = title_of(raw.pages, raw.title.replace(LOST, ""))
    unread = unread_pages(raw.pages)
    texts, passages = clean_document(raw.pages)
    known = understand(raw.pages, texts, broken, judged=kind == "pdf")
    closed = unread | known.garbled
    pages = tuple(
        Page(page.number, text, page.number not in closed, page.ocr_confidence)
        for page, text in zip(raw.pages, texts, strict=True)
    )
    total = len(pages)
    share = 1 - len(closed) / total if total else 0.0
    status: ReadingStatus = "read"
    reason = " ".join(filter(None, (known.reason, raw.unopened)))
    if known.lost or raw.hollow:
        status = "not_understood"
    elif not passages or too_little(1 - len(unread) / total):
        status = "unreadable"
        at_hand = scanned.tesseract() is not None
        reason = why_unreadable(raw.pages, unread, ocr=ocr, at_hand=at_hand)
    return ExtractedDocument(
        sha256=digest,
        file_name=path.name,
        format=kind,
        pages=pages,
        passages=leave_out_garbled(passages, known.garbled) if status == "read" else (),
        pages_total=total,
        readable_share=share,
        language=known.language,
        ocr=any(page.ocr_confidence is not None for page in pages),
        title=title,
        status=status,
        reason=reason,
    )


def leave_out_garbled(
    passages: tuple[Passage, ...], garbled: frozenset[int]
) -> tuple[Passage, ...]:
    """Leave out the passages of garbled pages; those beside a gap have no neighbour there."""
    if not garbled:
        return passages
    clear = [p.page not in garbled and p.page_end not in garbled for p in passages]
    before, after = [False, *clear[:-1]], [*clear[1:], False]
    kept = [
        replace(p, before=p.before if earlier else "", after=p.after if later else "")
        for p, is_clear, earlier, later in zip(passages, clear, before, after, strict=True)
        if is_clear
    ]
    return tuple(replace(passage, ordinal=place) for place, passage in enumerate(kept))
