"""From file to clean passages: one document here, many through worker processes and a cache."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from pipelines.reading.clean.document import clean_document
from pipelines.reading.clean.language import language_of
from pipelines.reading.extract.docx import read_docx
from pipelines.reading.extract.format import detect_format
from pipelines.reading.extract.html import read_html
from pipelines.reading.extract.page_lines import RawDocument, RawPage, UnreadableError
from pipelines.reading.extract.pdf import read_pdf
from pipelines.reading.extract.text import read_text
from pipelines.reading.passage import DocumentFormat, ExtractedDocument, Page

_ENDINGS: dict[str, DocumentFormat] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
}
_LETTERS = re.compile(r"[^\W\d_]")
_MIN_LETTERS = 8


def read_document(path: Path, *, ocr: bool = True) -> ExtractedDocument:
    """Return a document as pages and passages; never raises on bad input.

    A file that is empty, encrypted, broken, of another format or without any text comes back with
    `status` "unreadable" and a Swedish reason. With `ocr`, pages that are pictures are read by
    tesseract where it and its Swedish data are installed.
    """
    digest = ""
    kind: DocumentFormat = _ENDINGS.get(path.suffix.lower(), "text")
    try:
        digest = file_hash(path)
        kind = detect_format(path)
        raw = _read(path, kind, ocr=ocr)
        return _finish(path.name, digest, kind, raw)
    except UnreadableError as error:
        return unreadable(path.name, digest, kind, str(error))
    except FileNotFoundError:
        return unreadable(path.name, digest, kind, "Filen finns inte.")
    except OSError:
        return unreadable(path.name, digest, kind, "Filen kan inte öppnas.")
    except MemoryError:
        return unreadable(path.name, digest, kind, "Dokumentet kräver för mycket minne.")
    except Exception:  # third-party parsers raise anything on hostile files
        return unreadable(path.name, digest, kind, "Filen är skadad och kan inte läsas.")


def file_hash(path: Path) -> str:
    """Return the SHA-256 of the file's bytes as hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unreadable(name: str, digest: str, kind: DocumentFormat, reason: str) -> ExtractedDocument:
    """Return the typed fact that a document could not be read."""
    return ExtractedDocument(
        digest, name, kind, (), (), 0, 0.0, "", False, "", "unreadable", reason
    )


def _read(path: Path, kind: DocumentFormat, *, ocr: bool) -> RawDocument:
    if kind == "pdf":
        return read_pdf(path)
    if kind == "docx":
        return read_docx(path)
    return read_html(path) if kind == "html" else read_text(path)


def _finish(name: str, digest: str, kind: DocumentFormat, raw: RawDocument) -> ExtractedDocument:
    title = raw.title
    texts, passages = clean_document(raw.pages)
    pages = tuple(_page(page, text) for page, text in zip(raw.pages, texts, strict=True))
    total = len(pages)
    readable = sum(page.readable for page in pages)
    sample = "\n".join(page.text for page in pages if page.text)[:20_000]
    status = "read" if passages else "unreadable"
    return ExtractedDocument(
        digest,
        name,
        kind,
        pages,
        passages,
        total,
        readable / total if total else 0.0,
        language_of(sample),
        any(page.ocr_confidence is not None for page in pages),
        title,
        "read" if status == "read" else "unreadable",
        ""
        if status == "read"
        else f"Dokumentet saknar läsbar text: {total - readable} av {total} sidor är bilder.",
    )


def _page(raw: RawPage, text: str) -> Page:
    usable = not raw.image or len(_LETTERS.findall(text)) >= _MIN_LETTERS
    return Page(raw.number, text, usable, raw.ocr_confidence)
