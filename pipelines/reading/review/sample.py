"""Which passages people should code: those that teach most, and enough at random to weigh by."""

from __future__ import annotations

import base64
import hashlib
import math
import random
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.model.codes import SAMPLING_STRATUM
from pipelines.reading.codebook import Codebook
from pipelines.reading.coding.code import code_passages
from pipelines.reading.coding.result import Coding
from pipelines.reading.passage import ExtractedDocument
from pipelines.reading.review.quotes import plain

NEAR = 0.2
"""How far from the threshold, in probability, the machine still counts as unsure."""

FEWEST_WORDS = 4
"""Shorter pieces (cells, labels, stubs of lists) say nothing that a coder can judge."""


@dataclass(frozen=True, slots=True)
class DocumentToSample:
    """A document that was read, and what the sample is spread over."""

    document_id: str
    municipality_code: str
    kind: str
    document: ExtractedDocument


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A passage that can be drawn; candidates sort by municipality, document kind and place."""

    municipality_code: str
    kind: str
    document_id: str
    ordinal: int
    stratum: str


def candidates(
    documents: Iterable[DocumentToSample], codebook: Codebook, weak: Set[str] = frozenset()
) -> Iterator[Candidate]:
    """Yield every sentence, list item and table row with its sampling stratum.

    ``weak`` are codes (instrument, theme, commitment) on which people and machine have disagreed.
    A text that stands several times in a document is a candidate once.
    """
    for item in documents:
        passages = item.document.passages
        codings = code_passages(passages, doc_kind=item.kind, codebook=codebook)
        seen: set[str] = set()
        for passage, coding in zip(passages, codings, strict=True):
            is_long = len(passage.text.split()) >= FEWEST_WORDS
            if passage.form == "heading" or not is_long or passage.text in seen:
                continue
            seen.add(passage.text)
            yield Candidate(
                item.municipality_code,
                item.kind,
                item.document_id,
                passage.ordinal,
                stratum_of(coding, codebook.settings.document_threshold, weak),
            )


def stratum_of(coding: Coding, threshold: float, weak: Set[str]) -> str:
    """Return the sampling stratum of a passage; the first that fits, so that none has two."""
    if abs(coding.confidence - threshold) <= NEAR:
        return "near_threshold"
    if coding.relevant:
        codes = {*coding.instruments, *coding.themes, coding.commitment}
        return "other_hit" if codes.isdisjoint(weak) else "weak_class"
    return "considered" if coding.confidence > 0 else "no_hit"


_LAYOUT = struct.Struct(">BIH")
_KEY = re.compile(r"([0-9a-f]{6})-([a-z2-7]{13})")


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: ``drawn`` of the ``size`` passages in a stratum of one sample."""

    sample_id: str
    stratum: str
    size: int
    drawn: int

    @property
    def probability(self) -> float:
        """The probability that a given passage of the stratum was drawn."""
        return self.drawn / self.size


def encode(draw: Draw, document_id: str, quote: str) -> str:
    """Return the key of a drawn passage, such as ``3f09ac-mzxw6ytboi2dg``."""
    content = _LAYOUT.pack(SAMPLING_STRATUM.position(draw.stratum), draw.size, draw.drawn)
    mask = _mask(draw.sample_id, document_id, quote)
    hidden = bytes(a ^ b for a, b in zip(content + _check(content), mask, strict=False))
    return f"{draw.sample_id}-{base64.b32encode(hidden).decode().rstrip('=').casefold()}"


def decode(key: str, document_id: str, quote: str) -> Draw | None:
    """Return the draw that a key tells of; None where the key or the quote has been changed."""
    match = _KEY.fullmatch(key.strip().casefold())
    if match is None:
        return None
    sample_id, text = match.groups()
    hidden = base64.b32decode(text.upper() + "===")
    shown = bytes(a ^ b for a, b in zip(hidden, _mask(sample_id, document_id, quote), strict=False))
    content = shown[: _LAYOUT.size]
    if shown[_LAYOUT.size :] != _check(content):
        return None
    stratum, size, drawn = _LAYOUT.unpack(content)
    if stratum >= len(SAMPLING_STRATUM.values) or not 0 < drawn <= size:
        return None
    return Draw(sample_id, SAMPLING_STRATUM.values[stratum], size, drawn)


def _mask(sample_id: str, document_id: str, quote: str) -> bytes:
    return hashlib.sha256(f"{sample_id}|{document_id}|{plain(quote)}".encode()).digest()


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:1]


SHARES = {
    "near_threshold": 0.30,
    "weak_class": 0.15,
    "other_hit": 0.20,
    "considered": 0.15,
    "no_hit": 0.20,
}
"""How a sample is divided. Most goes where an answer moves the threshold or a weak code; every
group gets some, because a group without a chance of being drawn cannot be weighed back."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A passage to code and how it came to be drawn."""

    candidate: Candidate
    draw: Draw


def draw_sample(candidates: Sequence[Candidate], number: int, seed: int) -> list[Drawn]:
    """Draw a stratified systematic sample, the same for the same candidates and seed.

    Within each stratum the passages lie in order of municipality, document kind and place, and
    every k-th is taken from a random start (Cochran 1977, ch. 8): each has the same probability,
    and municipalities and kinds are met in proportion to their text. The result is in reading
    order, which says nothing of the strata.
    """
    by_stratum: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in sorted(candidates):
        by_stratum[candidate.stratum].append(candidate)
    sizes = {stratum: len(by_stratum[stratum]) for stratum in SAMPLING_STRATUM.values}
    sample_id = _sample_id(candidates, number, seed)
    drawn: list[Drawn] = []
    for stratum, count in allocate(sizes, number).items():
        chosen = _systematic(by_stratum[stratum], count, random.Random(f"{seed}/{stratum}"))
        draw = Draw(sample_id, stratum, sizes[stratum], count)
        drawn.extend(Drawn(candidate, draw) for candidate in chosen)
    return sorted(drawn, key=lambda item: item.candidate)


def allocate(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """Divide a sample over strata of given sizes by :data:`SHARES`, none beyond its size.

    What a small stratum cannot use goes to the others in the same proportions.
    """
    given: Counter[str] = Counter()
    left = min(number, sum(sizes.values()))
    while left:
        open_strata = {s: SHARES[s] for s in sizes if given[s] < sizes[s]}
        total = sum(open_strata.values())
        wished = {stratum: left * share / total for stratum, share in open_strata.items()}
        whole = {stratum: math.floor(wish) for stratum, wish in wished.items()}
        if not any(whole.values()):
            # Fewer are left than strata: the largest remainders take one each.
            ordered = sorted(wished, key=lambda stratum: -wished[stratum])
            whole = dict.fromkeys(ordered[:left], 1)
        for stratum, count in whole.items():
            given[stratum] += min(count, sizes[stratum] - given[stratum])
        left = min(number, sum(sizes.values())) - given.total()
    return {stratum: given[stratum] for stratum in sizes if given[stratum]}


def _systematic(
    ordered: Sequence[Candidate], count: int, randomness: random.Random
) -> list[Candidate]:
    step = len(ordered) / count
    start = randomness.random() * step
    return [ordered[math.floor(start + number * step)] for number in range(count)]


def _sample_id(candidates: Sequence[Candidate], number: int, seed: int) -> str:
    digest = hashlib.sha256(f"{number}|{seed}".encode())
    for candidate in sorted(candidates):
        digest.update(f"{candidate.document_id}:{candidate.ordinal};".encode())
    return digest.hexdigest()[:6]


FEWEST = 5
"""Fewer passages than this with a code tell nothing about it."""

WEAK = 0.7
"""A code with a lower F1 than this is worth more human codings."""


def weak_classes(reviews: pl.DataFrame) -> frozenset[str]:
    """Return the instruments, themes and commitments with F1 below 0.7 in the table of reviews.

    Counted over passages that both call relevant; codes met fewer than five times are left out.
    """
    people: Counter[str] = Counter()
    machine: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for row in reviews.filter("machine_relevant", "is_relevant").to_dicts():
        said = set(_codes(row, ""))
        found = set(_codes(row, "machine_"))
        people.update(said)
        machine.update(found)
        both.update(said & found)
    return frozenset(
        code
        for code in people | machine
        if max(people[code], machine[code]) >= FEWEST
        and 2 * both[code] / (people[code] + machine[code]) < WEAK
    )


def _codes(row: Mapping[str, Any], side: str) -> Iterable[str]:
    return (*row[f"{side}instruments"], *row[f"{side}themes"], row[f"{side}commitment"])
