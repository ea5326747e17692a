"""Which passages people should code: those that teach most, and enough at random to weigh by."""

from __future__ import annotations

import hashlib
import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.model.codes import SAMPLING_STRATUM
from pipelines.reading.review.candidates import Candidate
from pipelines.reading.review.sampling_key import Draw

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
