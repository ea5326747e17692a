"""Documents already read, kept as compressed JSON under the hash of the file and of the reader.

Passages are written column by column, and neighbours and headings as references: the same
document takes a third of the room and opens in a few milliseconds. Before the content of a file
comes its SHA-256: an entry whose content does not fit is read anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
import zlib
from pathlib import Path
from typing import Any, Literal

from pipelines.reading.passage import READER_VERSION, ExtractedDocument, Page, Passage

Means = Literal["ocr", "text", "without"]
"""Pictures were read, were to be left alone, or could not be read for want of tesseract."""

_LEVEL = 1
_SEAL = hashlib.sha256().digest_size
_PLAIN = ("page", "page_end", "text", "start", "end", "form")


def cache_path(folder: Path, sha256: str, means: Means) -> Path:
    """Return where a document is kept; scans are kept apart by how they were read."""
    return folder / sha256[:2] / f"{sha256}-{READER_VERSION}-{means}.entry"


def find(folder: Path, document: ExtractedDocument) -> Path | None:
    """Return the file that keeps a document, None where it is not kept."""
    kinds: tuple[Means, ...] = ("ocr",) if document.ocr else ("text", "without", "ocr")
    for means in kinds:
        file = cache_path(folder, document.sha256, means)
        if document.sha256 and file.exists():
            return file
    return None


def pack(document: ExtractedDocument) -> bytes:
    """Return the document as compressed JSON."""
    passages = document.passages
    paths: dict[tuple[str, ...], int] = {}
    texts: dict[str, int] = {"": 0}
    columns: dict[str, list[Any]] = {
        name: [getattr(passage, name) for passage in passages] for name in _PLAIN
    }
    columns["path"] = [paths.setdefault(p.section_path, len(paths)) for p in passages]
    columns["lead_in"] = [texts.setdefault(p.lead_in, len(texts)) for p in passages]
    columns["header"] = [texts.setdefault(p.header, len(texts)) for p in passages]
    columns["before"] = [bool(p.before) for p in passages]
    columns["after"] = [bool(p.after) for p in passages]
    value = {
        "document": {
            name: getattr(document, name)
            for name in ExtractedDocument.__slots__
            if name not in ("pages", "passages")
        },
        "pages": [[p.number, p.text, p.readable, p.ocr_confidence] for p in document.pages],
        "paths": list(paths),
        "texts": list(texts),
        "passages": columns,
    }
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(data, _LEVEL, mtime=0)


def unpack(data: bytes) -> ExtractedDocument:
    """Return the document packed by `pack`; raises ValueError or KeyError on anything else."""
    value = json.loads(gzip.decompress(data))
    columns = value["passages"]
    paths = [tuple(path) for path in value["paths"]]
    texts = value["texts"]
    words = columns["text"]
    rows = zip(*(columns[name] for name in (*_PLAIN, "path", "lead_in", "header")), strict=True)
    passages = []
    for index, (page, page_end, text, start, end, form, path, lead_in, header) in enumerate(rows):
        passages.append(
            Passage(
                page,
                page_end,
                paths[path][-1] if paths[path] else "",
                paths[path],
                text,
                words[index - 1] if columns["before"][index] else "",
                words[index + 1] if columns["after"][index] else "",
                start,
                end,
                form,
                index,
                texts[lead_in],
                texts[header],
            )
        )
    pages = tuple(Page(*page) for page in value["pages"])
    return ExtractedDocument(pages=pages, passages=tuple(passages), **value["document"])


def load(path: Path) -> ExtractedDocument | None:
    """Return a kept document; None when there is none or the file is damaged."""
    data = load_bytes(path)
    try:
        return None if data is None else unpack(data)
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zlib.error):
        return None  # whole, but not of this form: it is read anew and written over


def load_bytes(path: Path) -> bytes | None:
    """Return what `store` wrote; None when there is nothing or one bit is another."""
    try:
        sealed = path.read_bytes()
    except OSError:
        return None
    seal, data = sealed[:_SEAL], sealed[_SEAL:]
    return data if hashlib.sha256(data).digest() == seal else None


def store(path: Path, data: bytes) -> None:
    """Write packed content after its checksum, so that a reader sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(data).digest())
            file.write(data)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
