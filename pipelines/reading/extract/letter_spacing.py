"""Headings set with wide letter spacing ("P L A N") read as words again."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.reading.extract.characters import normalise
from pipelines.reading.extract.pdfium import sides

_WORD_GAP = 1.9
_MIN_TOKENS = 4


def is_letter_spaced(text: str) -> bool:
    """Tell whether most tokens of a line are one or two letters of one case.

    Numbers alone ("2 0 4 0") count when every token is a single digit.
    """
    if len(text) < 7 or " " not in text[1:3]:
        return False
    tokens = text.split()
    if len(tokens) < _MIN_TOKENS:
        return False
    short = sum(len(token) <= 2 for token in tokens)
    if short < 0.6 * len(tokens) or max(map(len, tokens)) > 4:
        return False
    joined = "".join(tokens)
    if joined.isdigit():
        return all(len(token) == 1 for token in tokens)
    letters = [token for token in tokens if token.isalpha()]
    return len(letters) >= 0.75 * len(tokens) and (joined.isupper() or short == len(tokens))


def join_spaced_text(text: str) -> str:
    """Join letters of a line without geometry: two or more spaces divide words."""
    return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", text.strip()))


def join_letters(handle: int, raw: str, first: int) -> str:
    """Join letters by their distance on the page: a gap well over the usual divides words."""
    letters: list[tuple[str, float, float]] = []
    for offset, char in enumerate(raw):
        if char.isspace():
            continue
        letters.append((char, *sides(handle, first + offset)))
    # the distance between letter centres varies less than the white between them
    gaps = [after[1] - before[2] for before, after in pairwise(letters)]
    if not gaps:
        return normalise(raw)
    usual = sorted(gaps)[len(gaps) // 2]
    width = sum(right - left for _, left, right in letters) / len(letters)
    limit = max(usual * _WORD_GAP, usual + 0.45 * width)
    words = letters[0][0]
    for gap, (char, _, _) in zip(gaps, letters[1:], strict=True):
        words += f" {char}" if gap > limit else char
    return normalise(words)
