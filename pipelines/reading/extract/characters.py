"""Characters as a Swedish reader means them: ligatures, broken diacritics, odd spaces, bullets."""

from __future__ import annotations

import re
import unicodedata

_BULLETS = (
    "\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf02d\uf06c\uf06e\uf0a8\uf071\uf0e0\u2022\u25cf\u25aa\u25a0"
    "\u2219\u00b7\u25e6\u25cb\u2023\u27a2\u25ba\u25b6\u2713\u2666"
)
_SPECIAL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\xa0\xa8\xad\xb7\u02da\u0300-\u036f\u2000-\u200f\u2010-\u2012"
    r"\u2022\u2023\u2024\u2028-\u202f\u205f-\u2064\u2219\u25a0-\u25ff\u2660-\u2667\u2713\u27a2"
    r"\u3000\ue000-\uf8ff\ufb00-\ufb06\ufeff\ufffd-\uffff]"
)
# letters of no Swedish word: a font may mean others by them
_ODD = re.compile(rf"{_SPECIAL.pattern[:-1]}\t\u0100-\u02af]|  ")
_SYMBOL_RUN = re.compile(r"[\uf020-\uf07e\uf0a0-\uf0ff]{6,}")
# Adobe's small capitals and old-style figures have numbers of their own
_SMALL_CAPITALS = {
    **{0xF700 + code: chr(code).upper() for code in (*range(0x61, 0x7B), *range(0xE0, 0xFF))},
    **{0xF700 + code: chr(code) for code in range(0x30, 0x3A)},
}
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(
        map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"), " "
    ),
    **dict.fromkeys(map(ord, "\u200a\u202f\u205f\u3000\u2028\u2029"), " "),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff")),
    **dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2064\uffff")),
    **dict.fromkeys((*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0))),
    **dict.fromkeys(map(ord, _BULLETS), "•"),
    **_SMALL_CAPITALS,
    0x2010: "-",
    0x2011: "-",
    0x2012: "–",
    0x2024: ".",
    0xFFFE: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "ft",
    0xFB06: "st",
}
_COMBINING = {"\u00a8": "\u0308", "\u02da": "\u030a"}
_SPACING_AFTER = re.compile(r"([aouAOU]) ?([\u00a8\u02da])(?=[a-zåäöA-ZÅÄÖ\s]|$)")
_SPACING_BEFORE = re.compile(r"([\u00a8\u02da])([aouAOU])")
_SOFT_HYPHEN_END = re.compile(r"\u00ad(?=[ \t]*(?:\r?\n|$))")
_DEGREE = re.compile(r"(?<=\d)•")
_SPACES = re.compile(r"[ \t]{2,}|\t")


def odd_places(text: str) -> list[int]:
    """Return where a page holds something that `normalise` or `single_spaced` would change."""
    return [match.start() for match in _ODD.finditer(text)]


def normalise(text: str) -> str:
    """Return the text with ligatures opened, diacritics composed and odd spaces made plain.

    A soft hyphen at the end of a line becomes a hyphen, which `clean.joining` then joins over the
    line; inside a line it goes. Symbol-font bullets become "•"; line feeds, tabs and form feeds
    stay, and so does U+FFFD, which `reading.ligatures` then reads from its neighbours.
    """
    if _SPECIAL.search(text) is None:
        return text
    text = _SPACING_BEFORE.sub(lambda m: m[2] + _COMBINING[m[1]], text)
    text = _SPACING_AFTER.sub(lambda m: m[1] + _COMBINING[m[2]], text)
    text = _SYMBOL_RUN.sub(_as_written, text)
    text = unicodedata.normalize("NFC", text)
    text = _SOFT_HYPHEN_END.sub("-", text).replace("\u00ad", "")
    return _DEGREE.sub("°", text.translate(_TABLE))


def _as_written(match: re.Match[str]) -> str:
    """Return a run of a symbol font's numbers as the letters whose keys it was written with."""
    return "".join(chr(ord(char) - 0xF000) for char in match[0])


def single_spaced(text: str) -> str:
    """Return the text stripped and with every run of spaces and tabs as one space."""
    text = text.strip()
    return _SPACES.sub(" ", text) if "  " in text or "\t" in text else text
