"""Characters as they are kept: composed letters, without control characters; names of files."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

INVISIBLE = "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b\u2060\ufeff\ufffe\uffff]"
"""Control characters (C0 and C1) and marks without width. They break CSV, XML and PDF."""
_INVISIBLE = re.compile(INVISIBLE)
_BREAKS = re.compile("[\u000b\u000c\u0085\u2028\u2029]")


_CODE_PAGES = ("cp1252", "cp850", "mac_roman")
_LETTERS = frozenset("åäöÅÄÖéÉüÜ§–”’°²½\u00a0")


def by_swedish_letters(data: bytes) -> str:
    """Return bytes in the code page that gives most letters of Swedish and fewest others.

    A detector by statistics takes a short Swedish text for one from a Mac.
    """

    def swedish(text: str) -> int:
        return sum(1 if letter in _LETTERS else -1 for letter in text if letter > "\x7f")

    return max((data.decode(page, errors="replace") for page in _CODE_PAGES), key=swedish)


def composed(text: str) -> str:
    """Return text with composed letters (NFC), without control characters.

    A Mac writes å as a and a ring; it must equal the å of everybody else. Vertical tabs and page
    breaks become line breaks.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _BREAKS.sub("\n", _INVISIBLE.sub("", text)))


def shown_name(path: Path | str) -> str:
    """Return a file's name, or its path below a folder, as it can be shown and stored.

    A name whose bytes are not UTF-8 (a ZIP file from an older Windows) is read by the code page
    that old Swedish archives have.
    """
    name = path.as_posix() if isinstance(path, Path) else path
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        name = name.encode("utf-8", "surrogateescape").decode(_code_page(name), "replace")
    return composed(name).replace("\n", " ")


def _code_page(name: str) -> str:
    """CP850 has its Swedish letters at 0x84–0x94 and 0x86–0x8F, where CP1252 has none."""
    raw = name.encode("utf-8", "surrogateescape")
    return "cp850" if any(0x80 <= byte <= 0x9F for byte in raw) else "cp1252"
