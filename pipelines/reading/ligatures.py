"""Letters that a font joins and its file does not name ("innova�on") read from their neighbours.

Office fonts draw ti, tt, ft and others as one sign; many files give that sign a foreign letter, a
private number or nothing. One sign means the same in a whole document, so all its words vote; a
replacement character may mean several, so each word is judged by itself. What cannot be told stays
and is counted.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache

from pipelines.reading.extract.page_lines import Line, RawPage

LOST = "\ufffd"
"""Stands for a letter that the file does not tell."""

_SIGNS = "\ufffd\ue000-\uf8ff\u014c\u0180-\u02af"
_ANY_SIGN = re.compile(f"[{_SIGNS}]")
# the macron O begins names (Ōsaka); inside a word of small letters it is a joined ft
_SIGN = re.compile("[\ufffd\ue000-\uf8ff\u0180-\u02af]|(?<=[a-zåäöé])\u014c")
_WORD = re.compile(rf"(?:[^\W\d_]|[{_SIGNS}])+")
_JOINED = ("ti", "tt", "ft", "ff", "fi", "fl", "tti", "ffi", "fti", "tf", "fj", "fft")
_SINGLE = ("å", "ä", "ö", "é")
_AROUND = ((2, 2), (3, 1), (1, 3), (1, 1))
"""How many letters before and after are compared, the most telling first."""
_KNOWN_WORD = 5.0
_CLEARLY = 1.3
_FEW = 2


def mend(pages: list[RawPage]) -> frozenset[int]:
    """Put the letters meant into the lines; return the pages where words stay broken."""
    lines = [
        line
        for page in pages
        if _SIGN.search("\n".join([line.text for line in page.lines]))
        for line in page.lines
        if _SIGN.search(line.text)
    ]
    if not lines:
        return frozenset()
    meanings = _meanings(lines)
    broken: dict[int, int] = defaultdict(int)
    for line in lines:
        line.text = _WORD.sub(lambda match: _mended(match[0], meanings), line.text)
        left = sum(len(word) > 1 and bool(_SIGN.search(word)) for word in _WORD.findall(line.text))
        if left:
            broken[line.page] += left
        elif LOST in line.text:  # a sign by itself: a bullet or a drawing, no letter of a word
            line.text = " ".join(line.text.replace(LOST, " ").split()) or "•"
    return frozenset(page for page, words in broken.items() if words >= _FEW)


def _meanings(lines: list[Line]) -> dict[str, str]:
    """Let all words of the document vote on what each sign but the replacement character means."""
    words = {
        _folded(word)
        for line in lines
        for word in _WORD.findall(line.text)
        if len(word) > 1 and _SIGN.search(word)
    }
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word in words:
        for sign in set(_SIGN.findall(word)) - {LOST}:
            for letters, score in _scores(word, word.index(sign), _JOINED).items():
                votes[sign][letters] += score
    return {sign: best for sign, scores in votes.items() if (best := _clear(scores))}


def _mended(word: str, meanings: dict[str, str]) -> str:
    if len(word) == 1 or not _SIGN.search(word):
        return word
    capitals = len(word) > 2 and _SIGN.sub("", word).isupper()
    for sign, letters in meanings.items():
        word = word.replace(sign, letters.upper() if capitals else letters)
    while (place := word.find(LOST)) >= 0:
        letters = _clear(_scores(_folded(word), place, (*_JOINED, *_SINGLE)))
        if not letters:
            return word
        word = word[:place] + letters + word[place + 1 :]
    return word


def _folded(word: str) -> str:
    """Return the word in small letters; a sign that has a small form stays the sign it is."""
    return "".join(char if _ANY_SIGN.match(char) else char.lower() for char in word)


def _clear(scores: dict[str, float]) -> str:
    """Return the letters that win clearly, "" where none do."""
    order = sorted(scores, key=lambda letters: -scores[letters])
    if not order or scores[order[0]] <= 0:
        return ""
    second = scores[order[1]] if len(order) > 1 else 0.0
    return order[0] if scores[order[0]] >= _CLEARLY * second else ""


def _scores(word: str, place: int, candidates: tuple[str, ...]) -> dict[str, float]:
    """Say how well letters fit at a place: as a known word, else as their neighbours occur."""
    before, after = word[:place], word[place + 1 :]
    if not _SIGN.search(before + after):
        words = {letters: _frequency(f"{before}{letters}{after}") for letters in candidates}
        if any(words.values()):
            return words
    for before_it, after_it in _AROUND:
        left = _SIGN.split(f" {before}")[-1][-before_it:]
        right = _SIGN.split(f"{after} ")[0][:after_it]
        seen = {letters: _seen(f"{left}{letters}{right}") for letters in candidates}
        if any(seen.values()):
            return seen
    return {}


def _frequency(word: str) -> float:
    # A root keeps the ratio of two words when the vocabulary grows; a logarithm does not.
    return _KNOWN_WORD * math.sqrt(_vocabulary()[1][word])


@lru_cache(maxsize=20_000)
def _seen(letters: str) -> float:
    return math.log1p(_vocabulary()[0].count(letters))


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[str, Counter[str]]:
    """Return the words of the codebook and its labelled passages: each once, and how often."""
    from pipelines.reading.codebook import DIRECTORY

    words: Counter[str] = Counter()
    for file in (*DIRECTORY.glob("*.toml"), *DIRECTORY.glob("*.jsonl")):
        words.update(re.findall(r"[a-zåäöé]{2,}", file.read_text("utf-8").lower()))
    return f" {'  '.join(sorted(words))} ", words
