"""Findings of documents already coded, kept as compressed JSON."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

from pipelines.reading import page_cache
from pipelines.reading.coding.result import Coding, Figure, Span
from pipelines.reading.passage import Passage

Finding = tuple[Passage, Coding]

_LEVEL = 1


def pack(findings: list[Finding]) -> bytes:
    """Return findings as compressed JSON."""
    content = [[_values(passage), _coded(coding)] for passage, coding in findings]
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(data, _LEVEL, mtime=0)


def _values(item: Passage | Coding | Figure | Span) -> dict[str, Any]:
    """Return the fields of a dataclass; `asdict` copies every value deeply, which takes longer."""
    return {name: getattr(item, name) for name in item.__slots__}


def _coded(coding: Coding) -> dict[str, Any]:
    nested = {
        "figures": [_values(figure) for figure in coding.figures],
        "spans": [_values(span) for span in coding.spans],
    }
    return _values(coding) | nested


def store(folder: Path, key: str, packed: bytes) -> None:
    """Write packed findings so that a reader sees all of them or nothing."""
    page_cache.store(_file(folder, key), packed)


def load(folder: Path, key: str) -> list[Finding] | None:
    """Return remembered findings; None when there are none or the file is damaged."""
    data = page_cache.load_bytes(_file(folder, key))
    if data is None:
        return None
    try:
        content = json.loads(gzip.decompress(data))
        return [(_passage(passage), _coding(coding)) for passage, coding in content]
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error):
        return None


def _file(folder: Path, key: str) -> Path:
    return folder / f"{key}.entry"


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
