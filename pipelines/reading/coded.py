"""Documents → coded passages, remembered per file, reader and codebook.

A changed codebook codes anew from the cached passages; only a changed file is read again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.reading.codebook import Codebook
from pipelines.reading.coding.code import code_passages
from pipelines.reading.coding.result import Coding, Figure, Span
from pipelines.reading.passage import READER_VERSION, ExtractedDocument, Passage

Finding = tuple[Passage, Coding]


@dataclass(frozen=True, slots=True)
class ToCode:
    """A document and the kind that it is coded as."""

    document_id: str
    document: ExtractedDocument
    kind: str


def code_documents(
    documents: Sequence[ToCode],
    codebook: Codebook,
    *,
    cache_dir: Path | None,
    on_done: Callable[[ToCode, bool], None] | None = None,
) -> dict[str, list[Finding]]:
    """Code documents and keep what is relevant, or would be were it not negated.

    Args:
        documents: what was read, with the kind that each is coded as.
        codebook: its hash is part of the cache key.
        cache_dir: where codings are remembered; None remembers nothing.
        on_done: called after each with whether it came from the cache.

    Returns:
        Document id → its findings in reading order; a document without any has an empty list.
    """
    coded: dict[str, list[Finding]] = {}
    for item in documents:
        file = cache_dir and cache_dir / f"{_key(item, codebook)}.json.gz"
        findings = _load(file) if file else None
        cached = findings is not None
        if findings is None:
            findings = _code(item, codebook)
            if file:
                _store(file, findings)
        coded[item.document_id] = findings
        if on_done:
            on_done(item, cached)
    return coded


def _code(item: ToCode, codebook: Codebook) -> list[Finding]:
    passages = item.document.passages
    codings = code_passages(passages, doc_kind=item.kind, codebook=codebook)
    return [
        (passage, coding)
        for passage, coding in zip(passages, codings, strict=True)
        if coding.relevant or coding.negated
    ]


def _key(item: ToCode, codebook: Codebook) -> str:
    parts = (item.document.sha256, READER_VERSION, codebook.hash, item.kind)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _store(file: Path, findings: list[Finding]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    content = [[asdict(passage), asdict(coding)] for passage, coding in findings]
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(gzip.compress(json.dumps(content, ensure_ascii=False).encode(), mtime=0))
    os.replace(draft, file)


def _load(file: Path) -> list[Finding] | None:
    """Read a remembered coding; a damaged file is as good as none."""
    try:
        content = json.loads(gzip.decompress(file.read_bytes()))
        return [(_passage(passage), _coding(coding)) for passage, coding in content]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def _passage(value: dict[str, Any]) -> Passage:
    return Passage(**{**value, "section_path": tuple(value["section_path"])})


def _coding(value: dict[str, Any]) -> Coding:
    return Coding(
        **{
            **value,
            "instruments": tuple(value["instruments"]),
            "themes": tuple(value["themes"]),
            "figures": tuple(Figure(**figure) for figure in value["figures"]),
            "spans": tuple(Span(**span) for span in value["spans"]),
        }
    )
