"""Streamlit's script files with Swedish words, rewritten once at start-up and kept in memory."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit

from dashboard.web.language import REPLACEMENTS, Replacement

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"


class Bundle(NamedTuple):
    """A rewritten script file: its bytes, the same packed, and a tag that names this content."""

    body: bytes
    packed: bytes
    etag: str


def rewrite(text: str, replacements: tuple[Replacement, ...]) -> tuple[str, set[Replacement]]:
    """Return the text in Swedish and the replacements that were found in it."""
    found = {each for each in replacements if each.english in text}
    for each in replacements:
        text = text.replace(each.english, each.swedish)
    return text, found


@cache
def swedish_bundles() -> tuple[dict[str, Bundle], tuple[Replacement, ...]]:
    """Return file name → rewritten file, and the replacements that no file held."""
    bundles: dict[str, Bundle] = {}
    missing = set(REPLACEMENTS)
    for chunk in sorted({each.chunk for each in REPLACEMENTS}):
        own = tuple(each for each in REPLACEMENTS if each.chunk == chunk)
        for file in sorted(SCRIPTS.glob(f"{chunk}.*.js")):
            text, found = rewrite(file.read_text(encoding="utf-8"), own)
            missing -= found
            if found:
                bundles[file.name] = _pack(text.encode())
    return bundles, tuple(each for each in REPLACEMENTS if each in missing)


def _pack(body: bytes) -> Bundle:
    tag = hashlib.sha256(body).hexdigest()[:20]
    return Bundle(body, gzip.compress(body, compresslevel=6, mtime=0), f'"{tag}"')
