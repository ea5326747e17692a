"""Where a quotation is in a text that is broken otherwise: by lines, columns and pages.

A quotation is the passage with its lines joined and its broken words whole. The text of the page
has the same letters in much the same order, so both are compared without white space, hyphens,
bullets and accents, and every letter remembers its place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_DROPPED = "•●▪■·◦°"
"""Bullets, and the degree sign, which many files draw with another character."""
_SHORTEST = 8
"""Fewest letters of a piece that does not end the quotation: shorter ones are found by chance."""
_ENOUGH = 0.9
"""Share of a quotation that must be found; less is another text."""

Range = tuple[int, int]
"""First character and one past the last."""


class Keyed(NamedTuple):
    """A text as it is compared, with the place of each letter in the text itself."""

    key: str
    places: tuple[int, ...]


def keyed(text: Sequence[str]) -> Keyed:
    r"""Return what of a text is compared; each item of `text` is a character.

    >>> keyed("Testbäd-\\ndar").key
    'Testbaddar'
    """
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in _letters(char):
            letters.append(letter)
            places.append(place)
    return Keyed("".join(letters), tuple(places))


def _letters(char: str) -> Iterator[str]:
    if char.isascii():
        if char.isalnum() or (char.isprintable() and char not in " -"):
            yield char
        return
    for letter in unicodedata.normalize("NFKD", char):
        kind = unicodedata.category(letter)
        if kind[0] in "LNPS" and kind not in ("Pd", "Sk") and letter not in _DROPPED:
            yield letter


def find(quote: str, text: Sequence[str], before: str = "") -> list[Range]:
    r"""Return where a quotation is in a text, piece by piece; empty where it is not there.

    A piece is as long as the two agree: a whole quotation is mostly one piece, and one that goes
    on after a caption or in another column is several.

    Args:
        quote: the passage in one piece.
        text: the characters to look in.
        before: what is known to come before it; tells which of several like places is meant.

    >>> find("pröva nya lösningar", "vi ska pröva nya lös-\\nningar")
    [(7, 29)]
    """
    wanted, held = keyed(quote).key, keyed(text)
    if not wanted:
        return []
    earlier = keyed(before).key
    found: list[Range] = []
    at = end = matched = 0
    while at < len(wanted):
        length = _longest(wanted, at, held.key)
        if length < min(_SHORTEST, len(wanted) - at) or not length:
            at += 1
            continue
        piece = wanted[at : at + length]
        start = _place(piece, held.key, end, earlier if not found else None)
        end = start + length
        found.append((held.places[start], held.places[end - 1] + 1))
        at += length
        matched += length
    return _joined(found) if matched >= _ENOUGH * len(wanted) else []


def _longest(wanted: str, at: int, key: str) -> int:
    """Return the length of the longest piece from a place on that the text holds."""
    low, high = 0, len(wanted) - at
    if wanted[at:] in key:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[at : at + middle] in key else (low, middle - 1)
    return low


def _place(piece: str, key: str, end: int, earlier: str | None) -> int:
    """Return where a piece is: as often repeated as before, or next after the piece before it."""
    if earlier is None:
        after = key.find(piece, end)
        return after if after >= 0 else key.rfind(piece, 0, end)
    start = key.find(piece)
    for _ in range(earlier.count(piece)):
        following = key.find(piece, start + 1)
        if following < 0:
            break
        start = following
    return start


def _joined(ranges: list[Range]) -> list[Range]:
    """Return the ranges in order, those that touch as one."""
    result: list[Range] = []
    for start, end in sorted(ranges):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def over_pages(quote: str, texts: Sequence[Sequence[str]], before: str = "") -> list[list[Range]]:
    """Return where a quotation is on each of the pages that it runs over."""
    whole = [char for text in texts for char in text]
    found = find(quote, whole, before)
    result: list[list[Range]] = []
    start = 0
    for text in texts:
        end = start + len(text)
        result.append(
            [
                (max(a, start) - start, min(b, end) - start)
                for a, b in found
                if a < end and b > start
            ]
        )
        start = end
    return result
