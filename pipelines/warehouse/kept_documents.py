"""The documents that a region's editions were built from, kept beside them by their hash.

``editions/<region>/handlingar/<ab>/<sha256>.pdf`` is the file as delivered, and
``<sha256>-<reader>-text.json.gz`` its pages as the reader understood them: the places of a passage
in an edition hold for the pages of the same reader only. Files are copied, because a delivered file
that is written over would change a linked one with it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
import time
import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.model.region import Region, editions_folder
from pipelines.reading.passage import READER_VERSION, ExtractedDocument
from pipelines.warehouse.edition import list_editions

FORMATS = ("pdf", "docx", "html", "text")
"""Formats that the reader knows; also the endings of kept files."""
_IN_USE_S = 3600.0
"""A file younger than this may belong to a build that has not published yet."""
_LEVEL = 6


class KeptPage(NamedTuple):
    """A page as the reader understood it.

    Attributes:
        number: physical page, the cover is 1.
        text: its lines, without running heads and contents.
        readable: it holds usable text, or nothing that could be text.
        ocr_confidence: mean confidence 0–100 where the page was read by OCR, else None.
    """

    number: int
    text: str
    readable: bool
    ocr_confidence: float | None


class Reading(NamedTuple):
    """What names the pages of a document: the file, the reader, and whether pictures were read."""

    sha256: str
    reader_version: str
    is_ocr: bool


def folder(region_name: str) -> Path:
    """Return where a region's documents are kept."""
    return editions_folder() / region_name / "handlingar"


def file_of(region_name: str, sha256: str, kind: str) -> Path | None:
    """Return the kept file of a document, None where it is not kept or damaged."""
    if kind not in FORMATS or not _is_hash(sha256):
        return None
    file = folder(region_name) / sha256[:2] / f"{sha256}.{kind}"
    return file if _is_whole(file) else None


def pages_of(region_name: str, reading: Reading) -> tuple[KeptPage, ...]:
    """Return the kept pages of a document, none where they are not kept or damaged."""
    if not _is_hash(reading.sha256):
        return ()
    file = _pages_file(region_name, reading)
    try:
        return _pages(file, file.stat().st_mtime_ns)
    except (OSError, EOFError, ValueError, TypeError, zlib.error):
        return ()


def keep(region: Region, documents: Iterable[tuple[Path, ExtractedDocument]]) -> None:
    """Keep documents and their pages; what is kept already and whole is left alone.

    A region whose settings switch showing off keeps none. A file that has changed since it was
    read, or that cannot be opened any more, is left out: the dashboard says that it is not kept.

    Args:
        region: whose editions the documents belong to.
        documents: delivered files and what the reader made of them; withheld ones are passed over.
    """
    if not region.show_documents:
        return
    for path, document in documents:
        if document.status == "withheld" or not _is_hash(document.sha256):
            continue
        target = folder(region.name) / document.sha256[:2] / f"{document.sha256}.{document.format}"
        if not _is_whole(target) and not _copy(path, target, document.sha256):
            continue
        reading = Reading(document.sha256, READER_VERSION, document.ocr)
        if not pages_of(region.name, reading):
            _write(_pages_file(region.name, reading), _packed(document))


def sweep(region: Region, *, younger_than_s: float = _IN_USE_S) -> int:
    """Remove documents that no edition refers to; return how many files went.

    Nothing is removed while an edition cannot be read, nor what is so young that a build may be
    about to publish it. A region that shows no documents keeps none.

    Args:
        region: whose documents are swept.
        younger_than_s: files younger than this stay, seconds.
    """
    kept = folder(region.name)
    if not kept.is_dir():
        return 0
    wanted: set[str] = set()
    if region.show_documents:
        try:
            for edition in list_editions(region.name):
                wanted |= _named_by(edition)
        except duckdb.Error:
            return 0
    removed = 0
    oldest = time.time() - younger_than_s
    for file in kept.glob("*/*"):
        if file.name not in wanted and (not region.show_documents or file.stat().st_ctime < oldest):
            file.unlink(missing_ok=True)
            removed += 1
    return removed


def _named_by(edition: Path) -> set[str]:
    """Return the names of kept files that an edition refers to."""
    with duckdb.connect(str(edition), read_only=True) as connection:
        version = connection.sql("SELECT reader_version FROM edition").fetchall()[0][0]
        rows = connection.sql(
            """SELECT sha256, format, coalesce(is_ocr, false) FROM document
               WHERE sha256 IS NOT NULL AND coverage != 'withheld'"""
        ).fetchall()
    names: set[str] = set()
    for sha256, kind, is_ocr in rows:
        names |= {f"{sha256}.{kind}", _pages_name(Reading(sha256, version, is_ocr))}
    return names


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _pages_name(reading: Reading) -> str:
    means = "ocr" if reading.is_ocr else "text"
    return f"{reading.sha256}-{reading.reader_version}-{means}.json.gz"


def _pages_file(region_name: str, reading: Reading) -> Path:
    return folder(region_name) / reading.sha256[:2] / _pages_name(reading)


def _packed(document: ExtractedDocument) -> bytes:
    rows = [[page.number, page.text, page.readable, page.ocr_confidence] for page in document.pages]
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(data, _LEVEL, mtime=0)


@lru_cache(maxsize=8)
def _pages(file: Path, _changed: int) -> tuple[KeptPage, ...]:
    return tuple(KeptPage(*row) for row in json.loads(gzip.decompress(file.read_bytes())))


def _is_whole(file: Path) -> bool:
    """Whether a kept file has the hash that its name says; looked at once while it is unchanged."""
    try:
        found = file.stat()
        return _has_its_hash(file, found.st_mtime_ns, found.st_size)
    except OSError:
        return False


@lru_cache(maxsize=4096)
def _has_its_hash(file: Path, _changed: int, _size: int) -> bool:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.stem


def _copy(source: Path, target: Path, sha256: str) -> bool:
    """Copy a file and tell whether it was the one that was read."""
    try:
        data = source.read_bytes()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() != sha256:
        return False
    _write(target, data)
    return True


def _write(target: Path, data: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
