"""The words of a passage as features: without their endings, compounds with their parts.

*Provar*, *provas* and *provade* are one word to the scorer, and *återbruksdepån* also speaks with
*återbruk* and *depå*. Nothing here knows what a word means; that is in the weights.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.reading.compounds import is_first_part, ordinary_words
from pipelines.reading.matching import lower

WORD = "ordstam:"
ABOVE, BEFORE = "rubrik", "fore"
"""Prefixes of the words of the heading and of the sentence before: *rubrikordstam:buss*."""
VALUE, BEFORE_COUNTS = 0.8, 0.6
"""What a word counts beside an entry of the codebook, which counts 1; less in the one before."""
_WORDS = re.compile(r"[^\W\d_]{3,}")
_ENDINGS = (
    *("ernas", "arnas", "ornas", "heten", "erna", "arna", "orna", "ande", "ades", "ning", "ens"),
    *("ets", "ar", "er", "or", "en", "et", "as", "ad", "at", "de", "a", "e", "s", "t", "n", "r"),
)
_HOW_BINDING = frozenset(
    {
        *("ska", "skall", "måste", "bör", "borde", "kan", "kunna", "får", "fick", "vill", "avser"),
        *("behöver", "skulle", "kunde", "krävs", "gäller", "inte", "och", "att", "som", "för"),
        *("det", "den", "ett", "med", "till", "har", "kommer", "önskar", "planerar", "tänker"),
    }
)
"""Words of how binding something is, and of grammar: they say nothing of what is new."""
_LEAST = 4
"""Letters of a stem and of each part of a compound."""
_REMEMBERED = 100_000


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """The word without its longest ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word


@lru_cache(_REMEMBERED)
def names_of(word: str) -> tuple[str, ...]:
    """The features that a word gives: its stem, and those of its parts."""
    if word in _HOW_BINDING:
        return ()
    return tuple(dict.fromkeys(WORD + stem(part) for part in (word, *_parts(word))))


def _parts(word: str) -> tuple[str, ...]:
    words = ordinary_words()
    if len(word) < 2 * _LEAST or word in words:
        return ()
    for place in range(_LEAST, len(word) - _LEAST + 1):
        rest = word[place:]
        if (rest in words or stem(rest) in words) and is_first_part(word[:place]):
            return (word[:place].rstrip("s"), rest)
    return ()


def word_features(low: str) -> dict[str, float]:
    """The features of a text in lower case."""
    return {name: VALUE for word in _WORDS.findall(low) for name in names_of(word)}


def words_around(before: str, section: str) -> dict[str, float]:
    """The features of the sentence before and of the heading, under names of their own."""
    found = {ABOVE + name: VALUE for name in word_features(lower(section))}
    found.update((BEFORE + name, BEFORE_COUNTS * VALUE) for name in word_features(lower(before)))
    return found


def words_with(low: str) -> dict[str, tuple[str, ...]]:
    """Word as written in lower case → the features it gives, in order of the text."""
    return {word: names_of(word) for word in _WORDS.findall(low)}
