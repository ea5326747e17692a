"""Documents → coded passages, remembered per file, reader and codebook.

A document that must be read is coded by the worker that reads it. A changed codebook codes anew
from the cached passages, many of them in workers too; only a changed file is read again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.reading import findings_cache, page_cache, worker_pool
from pipelines.reading.codebook import Codebook
from pipelines.reading.coding.code import code_passages
from pipelines.reading.findings_cache import Finding
from pipelines.reading.passage import READER_VERSION, ExtractedDocument, Passage
from pipelines.reading.reader import DEFAULT_LIMITS, OnDone, read_documents

__all__ = ["Caches", "CodeWhatIsRead", "Finding", "ToCode", "code_documents", "read_and_code"]

_MANY = 30_000
"""Passages that take a process longer to code than workers take to start."""
_MUCH = 5_000_000
"""Characters in one document that are coded under the limits of a worker only."""


@dataclass(frozen=True, slots=True)
class Caches:
    """The folders where passages and findings are remembered."""

    pages: Path
    codes: Path


@dataclass(frozen=True, slots=True)
class ToCode:
    """A document and the kind that it is coded as."""

    document_id: str
    document: ExtractedDocument
    kind: str


@dataclass(frozen=True, slots=True)
class CodeWhatIsRead:
    """What a reading worker does with a document whose kind is known: codes it at once."""

    kinds: Mapping[str, str]
    codebook: Codebook
    folder: Path

    def __call__(self, path: str, document: ExtractedDocument) -> bytes:
        """Return the findings packed; nothing where the kind is not known yet."""
        kind = self.kinds.get(path)
        return b"" if kind is None else _coded_and_packed(document.passages, kind, self.codebook)

    def warm(self) -> None:
        """Build what the codebook builds at first use."""
        _warm(self.codebook)

    def take(self, path: Path, document: ExtractedDocument, packed: bytes) -> None:
        """Remember the findings of a document."""
        key = _key(document, self.kinds[str(path)], self.codebook)
        findings_cache.store(self.folder, key, packed)


@dataclass(frozen=True, slots=True)
class _CodeWhatIsKept:
    """What a worker does with the cached passages of a document."""

    kinds: Mapping[str, str]
    codebook: Codebook

    def __call__(self, path: str, alive: Callable[[], None]) -> bytes:
        document = page_cache.load(Path(path))
        if document is None:
            return b""
        return _coded_and_packed(document.passages, self.kinds[path], self.codebook)

    def warm(self) -> None:
        _warm(self.codebook)


def read_and_code(
    paths: list[Path],
    kinds: Mapping[Path, str],
    codebook: Codebook,
    *,
    caches: Caches,
    ocr: bool = True,
    on_done: OnDone | None = None,
) -> list[ExtractedDocument]:
    """Read documents, and code those that are read anew and have a kind in the same trip.

    The findings go to the cache, where `code_documents` takes them from.

    Args:
        paths: files to read.
        kinds: file → document kind where a register says it; the others are coded later.
        codebook: what they are coded by.
        caches: where passages and findings are kept.
        ocr: read scanned pages where tesseract is installed.
        on_done: called with path, document and whether it came from the cache.
    """
    then = CodeWhatIsRead(
        {str(path): kind for path, kind in kinds.items()}, replace(codebook), caches.codes
    )
    return read_documents(paths, cache_dir=caches.pages, on_done=on_done, ocr=ocr, then=then)


def code_documents(
    documents: Sequence[ToCode],
    codebook: Codebook,
    *,
    caches: Caches | None,
    on_done: Callable[[ToCode, bool], None] | None = None,
) -> dict[str, list[Finding]]:
    """Code documents and keep what is relevant, or would be were it not negated.

    Args:
        documents: what was read, with the kind that each is coded as.
        codebook: its hash is part of the cache key.
        caches: where passages and codings are remembered; None remembers nothing.
        on_done: called after each with whether it came from the cache.

    Returns:
        Document id → its findings in reading order; a document without any has an empty list, one
        that a worker could not code within its limits is missing and is not tried without them.
    """
    keys = [_key(item.document, item.kind, codebook) for item in documents]
    known = [findings_cache.load(caches.codes, key) if caches else None for key in keys]
    failed: set[str] = set()
    if caches:
        failed = _code_in_workers(
            [item for item, found in zip(documents, known, strict=True) if found is None],
            codebook,
            caches,
        )
    coded: dict[str, list[Finding]] = {}
    for item, key, found in zip(documents, keys, known, strict=True):
        if key in failed:
            continue
        findings = found
        if findings is None and caches:
            findings = findings_cache.load(caches.codes, key)
        if findings is None:
            findings = _code(item.document.passages, item.kind, codebook)
            if caches:
                findings_cache.store(caches.codes, key, findings_cache.pack(findings))
        coded[item.document_id] = findings
        if on_done:
            on_done(item, found is not None)
    return coded


def _code_in_workers(documents: list[ToCode], codebook: Codebook, caches: Caches) -> set[str]:
    """Code many documents from their cached passages; return the keys of those that failed."""
    few = sum(len(item.document.passages) for item in documents) < _MANY
    if few and all(_letters(item.document) < _MUCH for item in documents):
        return set()
    failed: set[str] = set()
    kept: dict[str, ToCode] = {}
    for item in documents:
        file = page_cache.find(caches.pages, item.document)
        if file is not None:
            kept[str(file)] = item
    work = _CodeWhatIsKept({file: item.kind for file, item in kept.items()}, replace(codebook))
    paths = [Path(file) for file in kept]
    runs = worker_pool.run(
        paths,
        work,
        workers=len(os.sched_getaffinity(0)),
        timeout_s=DEFAULT_LIMITS.timeout_s,
        memory_mb=DEFAULT_LIMITS.memory_mb,
        preload=[__name__],
        warm=work.warm,
    )
    for index, packed in runs:
        item = kept[str(paths[index])]
        key = _key(item.document, item.kind, codebook)
        if isinstance(packed, str):
            failed.add(key)
        elif packed:
            findings_cache.store(caches.codes, key, packed)
    return failed


def _letters(document: ExtractedDocument) -> int:
    return sum(len(page.text) for page in document.pages)


def _warm(codebook: Codebook) -> None:
    """Build what the codebook otherwise builds at first use."""
    codebook.opening.find("")
    codebook.matcher.find("")


def _coded_and_packed(passages: Sequence[Passage], kind: str, codebook: Codebook) -> bytes:
    return findings_cache.pack(_code(passages, kind, codebook))


def _code(passages: Sequence[Passage], kind: str, codebook: Codebook) -> list[Finding]:
    codings = code_passages(passages, doc_kind=kind, codebook=codebook)
    return [
        (passage, coding)
        for passage, coding in zip(passages, codings, strict=True)
        if coding.relevant or coding.negated
    ]


def _key(document: ExtractedDocument, kind: str, codebook: Codebook) -> str:
    means = "ocr" if document.ocr else "text"
    parts = (document.sha256, READER_VERSION, means, codebook.hash, kind)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
