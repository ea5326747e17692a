"""A quote that somebody coded → the passage it is today, after any number of new readings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipelines.reading.passage import Passage

_LEAST_SHARE = 0.8
"""How much of the longer text the shorter must hold when a reading splits sentences otherwise."""

QuoteIndex = Mapping[str, Sequence[Passage]]
"""Letters and digits of a passage → the passages of one document that have just those."""


def plain(text: str) -> str:
    """Letters and digits alone, in lower case: what spaces, hyphens and dashes cannot change."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def index_quotes(passages: Sequence[Passage]) -> QuoteIndex:
    """Index the passages of one document; headings are left out, because nobody codes them."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.form != "heading":
            found[plain(passage.text)].append(passage)
    return found


def locate(quote: str, page: int | None, index: QuoteIndex) -> Passage | None:
    """Return the passage that a quote stands for, on the page nearest to the stated one.

    A passage with the same letters and digits is the same; otherwise one that holds the quote, or
    is held by it, for at least four fifths of the longer text. None where there is neither.
    """
    wanted = plain(quote)
    if not wanted:
        return None
    alike = index.get(wanted) or [
        passage
        for text, passages in index.items()
        if _overlap(wanted, text) >= _LEAST_SHARE
        for passage in passages
    ]
    return min(alike, key=lambda p: (abs(p.page - (page or p.page)), p.ordinal), default=None)


def _overlap(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    return len(short) / len(long) if short and short in long else 0.0
