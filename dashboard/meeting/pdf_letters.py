"""Letters that the standard fonts of PDF lack: another font, or the letter that is nearest."""

from __future__ import annotations

import unicodedata
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from dashboard.text import MINUS
from pipelines.sources.characters import composed

_OTHER = "Vera"
"""Comes with ReportLab, and has the letters of most languages in Latin script."""
_NEAREST = {MINUS: "–", "→": "->", "←": "<-", "⇒": "=>", "☐": "[ ]", "☑": "[x]", "✓": "v"}


def in_markup(text: str) -> str:
    """Return a paragraph's markup in letters that can be printed; others get a font of their own.

    Control characters are left out; a lowered or raised figure is set as one (CO₂).
    """
    return "".join(_in_markup(letter) for letter in composed(text))


def in_font(text: str) -> str:
    """Return plain text in letters that the standard fonts have."""
    return "".join(_nearest(letter) for letter in composed(text))


@cache
def _in_markup(letter: str) -> str:
    if letter not in _NEAREST and not _is_standard(letter):
        if ord(letter) in _other_letters():
            return f'<font name="{_OTHER}">{letter}</font>'
        for look in ("sub", "super"):
            if unicodedata.decomposition(letter).startswith(f"<{look}>"):
                return f"<{look}>{escape(_nearest(letter))}</{look}>"
    return letter if _is_standard(letter) else escape(_nearest(letter))


def _nearest(letter: str) -> str:
    if _is_standard(letter):
        return letter
    if letter in _NEAREST:
        return _NEAREST[letter]
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if _is_standard(part)) or "?"


def _is_standard(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _other_letters() -> frozenset[int]:
    """Register the other font, and return the letters that it has."""
    for name, bold, italic in (
        ("Vera", 0, 0),
        ("VeraBd", 1, 0),
        ("VeraIt", 0, 1),
        ("VeraBI", 1, 1),
    ):
        registerFont(TTFont(name, f"{name}.ttf"))
        addMapping(_OTHER, bold, italic, name)
    return frozenset(TTFont(_OTHER, f"{_OTHER}.ttf").face.charToGlyph)
