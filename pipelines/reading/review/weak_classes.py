"""Which codes people and machine have agreed on least so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

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
