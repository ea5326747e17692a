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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

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
MANY = 6
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
    """What must hold around a literal for its term to stand there.

    ``phrase`` says that other words belong to it; ``also`` are the literals of its next rarest
    word, one of which must be near, and ``many`` finds them at once where they are many.
    """

    entry: int
    term: str
    also: tuple[str, ...]
    open_left: bool
    open_right: bool
    phrase: bool
    many: re.Pattern[str] | None = None


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
    also = tuple(a.strip("*") for a in others[0].split("|")) if others else ()
    phrase = len(tokens) > 1
    many = re.compile("|".join(map(re.escape, also))) if len(also) > MANY else None
    for alternative in rarest.split("|"):
        yield (
            alternative.strip("*"),
            _Anchor(
                entry,
                term,
                also,
                alternative.startswith("*"),
                alternative.endswith("*"),
                phrase,
                many,
            ),
        )


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
        self._anchors = list(by_literal.values())
        self._literals = list(by_literal)
        self._whole = [_part(literal) == literal for literal, _, _ in self._literals]

    def prepare(self) -> None:
        """Compile all phrases now, as a process has them that has coded many documents."""
        for anchors in self._anchors:
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

    def _places(self, text: str) -> Iterable[tuple[list[_Anchor], int, int]]:
        """Anchors with where their literal stands; word boundaries hold already.

        The literals carry their boundaries as spaces, and the searched copy has a space for every
        mark that parts words, character for character, so that nothing is left to check by hand.
        """
        if not self._literals:
            return
        for literal, start, end in self._automaton.find_matches_as_indexes(
            _spaced(text), overlapping=True
        ):
            _, left, right = self._literals[literal]
            begin, stop = start - left, end - 2 + right
            if self._whole[literal] or text.startswith(self._literals[literal][0], begin):
                yield self._anchors[literal], begin, stop

    def find(self, text: str) -> list[Hit]:
        """Every hit in ``text`` (already in lower case), by position, each entry once per place."""
        found: dict[tuple[int, int, int], Hit] = {}
        for anchors, start, end in self._places(text):
            low, high = max(0, start - REACH), end + REACH
            for anchor in anchors:
                hit = self._verify(anchor, text, start, end, low, high)
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
        ends = [*starts[1:], len(buffer) + 1]
        for anchors, start, end in self._places(buffer):
            number = bisect_right(starts, start) - 1
            if number in opened:
                continue
            # no phrase goes on over a line break: neighbours need not be looked at
            low, high = max(starts[number], start - REACH), min(ends[number] - 1, end + REACH)
            for anchor in anchors:
                sure = not (anchor.phrase or anchor.open_left or anchor.entry in self._excepted)
                if sure or self._verify(anchor, buffer, start, end, low, high):
                    opened.add(number)
                    break
        return sorted(opened)

    def _verify(
        self, anchor: _Anchor, text: str, start: int, end: int, low: int, high: int
    ) -> Hit | None:
        """The hit around a literal at ``start:end``, or None where its term does not stand there.

        The rest of a phrase is looked for between ``low`` and ``high``.
        """
        if anchor.phrase:
            return _verify_phrase(anchor, text, start, end, low, high)
        begin = start
        while anchor.open_left and begin > 0 and _is_word(text[begin - 1]):
            begin -= 1
        if begin < start and not is_first_part(text[begin:start]):
            return None
        while anchor.open_right and end < len(text) and _is_word(text[end]):
            end += 1
        excepted = self._excepted.get(anchor.entry)
        if excepted is not None and excepted.match(text, begin):
            return None
        return Hit(anchor.entry, begin, end, anchor.term)


def _verify_phrase(
    anchor: _Anchor, text: str, start: int, end: int, low: int, high: int
) -> Hit | None:
    if anchor.many is not None:
        if anchor.many.search(text, low, high) is None:
            return None
    else:
        for word in anchor.also:
            if text.find(word, low, high) >= 0:
                break
        else:
            return None
    for match in _compiled(anchor.term).finditer(text, low, high):
        if match.start() <= start and match.end() >= end:
            return Hit(anchor.entry, match.start(), match.end(), anchor.term)
    return None


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
