"""Terms of the codebook → where they stand in a text, thousands of terms in one pass.

A term is written as officials read it:

- ``funktionskrav`` the word itself; ``testbädd*`` any word that starts so; ``*laboratorium`` any
  word that ends so; ``*återbruk*`` any word that holds it;
- ``ny|nya|nytt lösning*`` words in a row, with alternatives in any place;
- ``väljer ~2 själv*`` at most two words between, never across a full stop.

Text is compared in lower case. Word boundaries are Unicode's, so å, ä and ö are letters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick

SPACE = "[ \u00a0]+"
WORD = "[^\\s.;:!?]+"
REACH = 120
"""Characters searched to each side of an anchor word; longer phrases are not terms."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Entry number ``entry`` stands at ``start:end`` of the searched text, written as ``term``."""

    entry: int
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What must hold around a literal for its term to stand there."""

    entry: int
    term: str
    open_left: bool
    open_right: bool
    phrase: re.Pattern[str] | None


def lower(text: str) -> str:
    """Lower case with every character in its place, so that offsets stay those of ``text``."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def _literal_pattern(alternative: str) -> str:
    core = re.escape(alternative.strip("*"))
    left = r"\w*" if alternative.startswith("*") else ""
    right = r"\w*" if alternative.endswith("*") else ""
    return left + core + right


def term_pattern(term: str) -> str:
    """The term as a regular expression over lower-case text: the reference for the fast search."""
    pattern, joint = "", ""
    for token in term.split():
        if token.startswith("~"):
            joint = f"{SPACE}(?:{WORD}{SPACE}){{0,{int(token[1:])}}}?"
            continue
        alternatives = "|".join(_literal_pattern(a) for a in token.split("|"))
        pattern += (joint if pattern else "") + f"(?:{alternatives})"
        joint = SPACE
    return rf"(?<!\w){pattern}(?!\w)"


def _anchors(entry: int, term: str) -> Iterable[tuple[str, _Anchor]]:
    """The literals that announce the term: those of its longest word."""
    tokens = [t for t in term.split() if not t.startswith("~")]
    rarest = max(tokens, key=lambda t: min(len(a.strip("*")) for a in t.split("|")))
    phrase = re.compile(term_pattern(term)) if len(tokens) > 1 else None
    for alternative in rarest.split("|"):
        yield (
            alternative.strip("*"),
            _Anchor(entry, term, alternative.startswith("*"), alternative.endswith("*"), phrase),
        )


class TermMatcher:
    """Finds every term of ``terms`` (entry number, term) in lower-case text."""

    def __init__(self, terms: Sequence[tuple[int, str]]) -> None:
        by_literal: dict[str, list[_Anchor]] = {}
        for entry, term in terms:
            for literal, anchor in _anchors(entry, term):
                by_literal.setdefault(literal, []).append(anchor)
        self._anchors = list(by_literal.values())
        self._literals = list(by_literal)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._literals)

    def find(self, text: str) -> list[Hit]:
        """Every hit in ``text`` (already in lower case), by position, each entry once per place."""
        found: dict[tuple[int, int, int], Hit] = {}
        if not self._literals:
            return []
        for literal, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for anchor in self._anchors[literal]:
                hit = _verify(anchor, text, start, end)
                if hit is not None:
                    found.setdefault((hit.start, hit.end, hit.entry), hit)
        return [found[key] for key in sorted(found)]

    def holding(self, buffer: str, starts: Sequence[int]) -> list[int]:
        """Numbers of the passages that hold any term.

        ``buffer`` is the passages in lower case joined by line breaks, ``starts`` where each
        begins. A passage is verified until its first hit only, which is what makes a long
        document without innovation cheap.
        """
        opened: set[int] = set()
        if not self._literals:
            return []
        for literal, start, end in self._automaton.find_matches_as_indexes(
            buffer, overlapping=True
        ):
            number = bisect_right(starts, start) - 1
            if number in opened:
                continue
            if any(_verify(a, buffer, start, end) is not None for a in self._anchors[literal]):
                opened.add(number)
        return sorted(opened)


def _verify(anchor: _Anchor, text: str, start: int, end: int) -> Hit | None:
    """The hit around a literal, or None where word boundaries or the phrase do not hold."""
    if start > 0 and not anchor.open_left and _is_word(text[start - 1]):
        return None
    if end < len(text) and not anchor.open_right and _is_word(text[end]):
        return None
    if anchor.phrase is not None:
        low = max(0, start - REACH)
        for match in anchor.phrase.finditer(text, low, min(len(text), end + REACH)):
            if match.start() <= start and match.end() >= end:
                return Hit(anchor.entry, match.start(), match.end(), anchor.term)
        return None
    while anchor.open_left and start > 0 and _is_word(text[start - 1]):
        start -= 1
    while anchor.open_right and end < len(text) and _is_word(text[end]):
        end += 1
    return Hit(anchor.entry, start, end, anchor.term)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
