"""Terms of the codebook → where they stand in a text, thousands of terms in one pass.

A term is written as officials read it:

- ``funktionskrav`` the word itself; ``testbädd*`` any word that starts so; ``*laboratorium`` the
  word and every compound that ends so; ``*återbruk*`` every compound that holds it;
- ``ny|nya|nytt lösning*`` words in a row, with alternatives in any place;
- ``väljer ~2 själv*`` at most two words between, never across a full stop.

What stands before the last part of a compound must itself be a first part (``compounds``), in
single words; within a phrase the other words see to that. Text is compared in lower case. Word
boundaries are Unicode's, so å, ä and ö are letters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from pipelines.reading.compounds import is_first_part

SPACE = "[ \u00a0]+"
WORD = "[^\\s.;:!?]+"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzåäöéü0123456789_%§ ")
_OFTEN = {
    3000.0: ("att", "av", "det", "den", "de", "en", "ett", "för", "i", "och", "på", "som", "till"),
    1200.0: ("från", "har", "inte", "kan", "med", "om", "ska", "vid", "är", "under", "man", "se"),
    500.0: ("finns", "ej", "mer", "mot", "även", "också", "utan", "över", "efter", "hur", "fram"),
    300.0: ("kommunen", "kommunens", "kommun", "området", "områden", "utveckling", "planering"),
    200.0: ("första", "olika", "sätt", "ny", "nya", "nytt", "plan", "bygg", "bostad", "delar"),
    100.0: ("fast", "form", "vägen", "vägar", "någon", "något", "andra", "redan", "möjlighet"),
}
"""The commonest words of planning texts, by how much oftener they stand than a rare one."""
_COMMON = {word: weight for weight, words in _OFTEN.items() for word in words}
BEGINNING = 4
"""Letters of a word by which a phrase is ruled out where the passage has no such word."""
REACH = 120
"""Characters searched to each side of an anchor word; longer phrases are not terms."""


class Hit(NamedTuple):
    """Entry number ``entry`` stands at ``start:end`` of the searched text, written as ``term``."""

    entry: int
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What must hold around a literal for its term to stand there.

    ``phrase`` says that other words belong to it; ``needs`` are the beginnings of the words that
    its other places allow, of which the passage must hold one for each place.
    """

    entry: int
    term: str
    open_left: bool
    open_right: bool
    phrase: bool
    needs: tuple[frozenset[str], ...]


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


def _expected(token: str) -> float:
    """How often the word is likely to turn up: short, common and open-ended words often."""
    total = 0.0
    for alternative in token.split("|"):
        literal = alternative.strip("*")
        often = _COMMON.get(literal, 2.0 ** (9 - len(literal)))
        total += often * (2.0 if alternative.startswith("*") else 1.0)
    return total


def _anchors(entry: int, term: str) -> Iterable[tuple[str, _Anchor]]:
    """The literals that announce the term: those of its longest word."""
    tokens = [t for t in term.split() if not t.startswith("~")]
    rarest, *others = sorted(tokens, key=_expected)
    needs = tuple(starts for other in others if (starts := _beginnings(other)))
    for alternative in rarest.split("|"):
        left, right = alternative.startswith("*"), alternative.endswith("*")
        anchor = _Anchor(entry, term, left, right, bool(others), needs)
        yield alternative.strip("*"), anchor


def _beginnings(token: str) -> frozenset[str]:
    """How the words of a place can begin; empty where that cannot be told."""
    found = set()
    for alternative in token.split("|"):
        first, *more = _part(alternative.strip("*")).split(" ")
        ends = bool(more) or not alternative.endswith("*")
        if alternative.startswith("*") or not first or (len(first) < BEGINNING and not ends):
            return frozenset()
        found.add(first[:BEGINNING])
    return frozenset(found)


_Group = tuple[list[_Anchor], int, int, str]


class TermMatcher:
    """Finds every term of ``terms`` (entry number, term) in lower-case text.

    ``exceptions`` are words, by entry number, that no term of the entry means.
    """

    def __init__(
        self,
        terms: Sequence[tuple[int, str]],
        exceptions: Mapping[int, Sequence[str]] | None = None,
    ) -> None:
        self._excepted = {
            entry: re.compile("|".join(map(term_pattern, words)))
            for entry, words in (exceptions or {}).items()
        }
        by_literal: dict[tuple[str, bool, bool], list[_Anchor]] = {}
        for entry, term in terms:
            for literal, anchor in _anchors(entry, term):
                key = (literal, anchor.open_left, anchor.open_right)
                by_literal.setdefault(key, []).append(anchor)
        whole: list[_Group] = [
            (anchors, int(left), 2 - right, "" if _part(literal) == literal else literal)
            for (literal, left, right), anchors in by_literal.items()
        ]
        self._wanted: dict[frozenset[int] | None, list[_Group]] = {None: whole}
        self._literals = list(by_literal)

    def prepare(self) -> None:
        """Compile all phrases now, as a process has them that has coded many documents."""
        for anchors, *_ in self._groups_of(None):
            for anchor in anchors:
                if anchor.phrase:
                    _compiled(anchor.term)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(
            [
                ("" if left else " ") + _part(literal) + ("" if right else " ")
                for literal, left, right in self._literals
            ]
        )

    def _groups_of(self, entries: frozenset[int] | None) -> list[_Group]:
        """Anchors of each literal with what its place in the text says; only those wanted."""
        if entries not in self._wanted:
            self._wanted[entries] = [
                ([one for one in anchors if one.entry in (entries or ())], left, right, literal)
                for anchors, left, right, literal in self._wanted[None]
            ]
        return self._wanted[entries]

    def _places(
        self, text: str, spaced: str, entries: frozenset[int] | None = None
    ) -> Iterator[tuple[list[_Anchor], int, int]]:
        """Anchors with where their literal stands; word boundaries hold already.

        The literals carry their boundaries as spaces, and the searched copy has a space for every
        mark that parts words, character for character, so that nothing is left to check by hand.
        """
        if not self._literals:
            return
        groups = self._groups_of(entries)
        for number, start, end in self._automaton.find_matches_as_indexes(spaced, overlapping=True):
            anchors, left, right, literal = groups[number]
            begin = start - left
            if anchors and (not literal or text.startswith(literal, begin)):
                yield anchors, begin, end - right

    def find(self, text: str) -> list[Hit]:
        """Every hit in ``text`` (already in lower case), by position, each entry once per place."""
        return self.find_all([text])[0]

    def find_all(
        self, texts: Sequence[str], entries: frozenset[int] | None = None
    ) -> list[list[Hit]]:
        """The hits in each of ``texts``, which hold no line break, in one search.

        ``entries`` are the numbers of those that are searched for; None is all.
        """
        found: list[dict[tuple[int, int, int], Hit]] = [{} for _ in texts]
        if not texts:
            return []
        starts = [0, *accumulate(len(text) + 1 for text in texts)]
        buffer = "\n".join(texts)
        spaced = _spaced(buffer)
        number, first, last, words = -1, 0, -1, frozenset[str]()
        for anchors, start, end in self._places(buffer, spaced, entries):
            if start >= last or start < first:
                number = bisect_right(starts, start) - 1
                first, last = starts[number], starts[number + 1]
                words = _beginnings_in(spaced[first + 1 : last])
            for anchor in anchors:
                hit = self._verify(anchor, buffer, start, end, first, last - 1, words)
                if hit is not None:
                    entry, begin, stop, term = hit
                    key = (begin - first, stop - first, entry)
                    if key not in found[number]:
                        found[number][key] = Hit(entry, begin - first, stop - first, term)
        return [[hits[key] for key in sorted(hits)] for hits in found]

    def holding(self, buffer: str, starts: Sequence[int]) -> list[int]:
        """Numbers of the passages that hold any term.

        ``buffer`` is the passages in lower case joined by line breaks, ``starts`` where each
        begins. A passage is verified until its first hit only, which is what makes a long
        document without innovation cheap.
        """
        opened: set[int] = set()
        bounds = [*starts, len(buffer) + 1]
        spaced = _spaced(buffer)
        number, first, last, words = -1, 0, -1, frozenset[str]()
        for anchors, start, end in self._places(buffer, spaced):
            if start >= last or start < first:
                number = bisect_right(bounds, start) - 1
                first, last = bounds[number], bounds[number + 1]
                words = frozenset()
            if number in opened:
                continue
            for anchor in anchors:
                sure = not (anchor.phrase or anchor.open_left or anchor.entry in self._excepted)
                if anchor.phrase and not words:
                    words = _beginnings_in(spaced[first + 1 : last])
                if sure or self._verify(anchor, buffer, start, end, first, last - 1, words):
                    opened.add(number)
                    break
        return sorted(opened)

    def _verify(
        self,
        anchor: _Anchor,
        text: str,
        start: int,
        end: int,
        first: int,
        last: int,
        words: frozenset[str],
    ) -> Hit | None:
        """The hit around a literal at ``start:end``, or None where its term does not stand there.

        The passage is ``first:last`` of ``text`` and its words begin with ``words``.
        """
        if anchor.phrase:
            for need in anchor.needs:
                if need.isdisjoint(words):
                    return None
            low, high = max(first, start - REACH), min(last, end + REACH)
            for match in _compiled(anchor.term).finditer(text, low, high):
                if match.start() <= start and match.end() >= end:
                    return Hit(anchor.entry, match.start(), match.end(), anchor.term)
            return None
        begin = start
        while anchor.open_left and begin > first and _is_word(text[begin - 1]):
            begin -= 1
        if begin < start and not is_first_part(text[begin:start]):
            return None
        while anchor.open_right and end < last and _is_word(text[end]):
            end += 1
        excepted = self._excepted.get(anchor.entry)
        if excepted is not None and excepted.match(text, begin):
            return None
        return Hit(anchor.entry, begin, end, anchor.term)


def _beginnings_in(spaced: str) -> frozenset[str]:
    return frozenset([word[:BEGINNING] for word in spaced.split(" ")])


def _part(text: str) -> str:
    """A space for every mark that parts words, one character for one."""
    for character in set(text) - _LETTERS:
        if not _is_word(character):
            text = text.replace(character, " ")
    return text


def _spaced(text: str) -> str:
    """The text parted, with a space at both ends."""
    return f" {_part(text)} "


@cache
def _compiled(term: str) -> re.Pattern[str]:
    """Compile a phrase when it is first looked for: most of thousands never are."""
    return re.compile(term_pattern(term))


def _is_word(character: str) -> bool:
    return character.isalnum() or character in "_%§"
