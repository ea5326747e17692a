"""Swedish compounds: whether letters before a word can be the first part of a compound with it.

*Fasadåterbruk* is *fasad* and *återbruk*; *handikapp* ends in *app* and holds no app. A first part
is an ordinary word, with or without the joining s, or several such parts in a row. Particles make
verbs and their nouns, not compounds: *tillväxt* is no *växt*.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DIRECTORY = Path(__file__).resolve().parents[2] / "data" / "codebook"
ORDINARY_WORDS = _DIRECTORY / "ordinary_words.txt"
"""The 20,000 commonest forms of Swedish, the commonest first; its head names source and licence."""
FIRST_PARTS = _DIRECTORY / "first_parts.txt"
"""First parts in planning texts that are not among them."""

_PARTICLES = frozenset(
    {
        *("an", "av", "be", "bi", "efter", "ent", "fram", "från", "för", "gen", "hop", "här", "i"),
        *("in", "isär", "med", "miss", "mot", "ned", "ner", "om", "på", "sam", "till", "und"),
        *("under", "upp", "ur", "ut", "van", "vid", "å", "åt", "åter", "över", "o", "ihop", "der"),
    }
)
_SHORT = frozenset({"el", "by", "bo", "is", "va", "it", "ny", "ö", "tv"})
_LEAST = 3
"""Letters of a first part; shorter ones are named."""


@cache
def ordinary_words() -> frozenset[str]:
    """The forms of the list."""
    return _lines(ORDINARY_WORDS)


@cache
def _first_parts() -> frozenset[str]:
    return _lines(FIRST_PARTS)


def _lines(path: Path) -> frozenset[str]:
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def is_first_part(letters: str) -> bool:
    """Whether ``letters`` (lower case) can stand first in a compound; nothing at all can."""
    if not letters or letters.endswith("-") or letters[-1].isdigit():
        return True
    if letters in _PARTICLES:
        return False
    if letters in _SHORT or _is_word(letters):
        return True
    return any(
        _is_word(letters[place:]) and is_first_part(letters[:place])
        for place in range(2, len(letters) - _LEAST + 1)
        if letters[:place] not in _PARTICLES
    )


def _is_word(letters: str) -> bool:
    if len(letters) < _LEAST:
        return False
    words = ordinary_words()
    if letters in words or letters in _first_parts():
        return True
    if len(letters) == _LEAST:
        return False
    joined = letters[:-1]
    return (
        (letters[-1] == "s" and (joined in words or joined + "e" in words))
        or (letters[-1] == "u" and joined + "a" in words)
        or letters + "a" in words
        or letters + "e" in words
    )
