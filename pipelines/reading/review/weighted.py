"""Precision and recall for everything that was read, from a sample drawn with known probability."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.reading.evaluation.agreement import SEED, Measure

_DRAWS = 4000
_LIMITS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sampled passage: its stratum, how many passages it stands for, and both answers."""

    stratum: str
    weight: float
    human: bool
    machine: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    """Sampled passages of one stratum that the machine answered alike.

    ``size`` is how many they stand for, ``sampled`` how many they are, ``yes`` how many of them
    people called relevant.
    """

    machine: bool
    size: float
    sampled: int
    yes: int

    def total(self) -> float:
        """How many passages in the cell are relevant, as the sample has it."""
        return self.size * self.yes / self.sampled

    def totals(self, randomness: np.random.Generator, *, kindly: bool) -> npt.NDArray[np.float64]:
        """The same, drawn from what the sample leaves possible; what was coded is known.

        ``kindly`` takes a cell without any error to hold none, as the Jeffreys interval does at
        its ends; otherwise the cell may hold errors that the sample did not meet.
        """
        without_error = self.yes == (self.sampled if self.machine else 0)
        if kindly and without_error:
            return np.full(_DRAWS, self.total())
        share = randomness.beta(self.yes + 0.5, self.sampled - self.yes + 0.5, _DRAWS)
        return self.yes + max(self.size - self.sampled, 0.0) * share


def weighted_precision_recall(passages: Iterable[Weighed]) -> tuple[Measure, Measure]:
    """Return precision and recall over all passages that the sample was drawn from.

    Each sampled passage stands for 1/probability passages (Horvitz and Thompson 1952). The
    interval draws the share of relevant passages in every stratum from its Jeffreys posterior
    (Brown, Cai and DasGupta 2001), because a bootstrap of a stratum in which nothing was missed
    has no width at all: twenty passages without a miss do not prove that nothing is missed.
    """
    cells = _cells(passages)
    randomness = np.random.default_rng(SEED)
    found, missed = _found_and_missed(cells, randomness, kindly=False)
    found_kindly, missed_kindly = _found_and_missed(cells, randomness, kindly=True)
    said = sum(cell.size for cell in cells if cell.machine)
    true_found = sum(cell.total() for cell in cells if cell.machine)
    true_missed = sum(cell.total() for cell in cells if not cell.machine)
    precision = _measure(true_found, said, found / max(said, 1e-9), found_kindly / max(said, 1e-9))
    recall = _measure(
        true_found,
        true_found + true_missed,
        found / np.maximum(found + missed, 1e-9),
        found_kindly / np.maximum(found_kindly + missed_kindly, 1e-9),
    )
    return precision, recall


def _found_and_missed(
    cells: Iterable[_Cell], randomness: np.random.Generator, *, kindly: bool
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    found, missed = np.zeros(_DRAWS), np.zeros(_DRAWS)
    for cell in cells:
        totals = cell.totals(randomness, kindly=kindly)
        if cell.machine:
            found = found + totals
        else:
            missed = missed + totals
    return found, missed


def _cells(passages: Iterable[Weighed]) -> list[_Cell]:
    grouped: dict[tuple[str, bool], list[Weighed]] = {}
    for passage in passages:
        grouped.setdefault((passage.stratum, passage.machine), []).append(passage)
    return [
        _Cell(machine, sum(p.weight for p in group), len(group), sum(p.human for p in group))
        for (_, machine), group in sorted(grouped.items())
    ]


def _measure(
    part: float,
    whole: float,
    drawn: npt.NDArray[np.float64],
    drawn_kindly: npt.NDArray[np.float64],
) -> Measure:
    if not whole:
        return Measure(float("nan"), float("nan"), float("nan"))
    value = part / whole
    low = float(np.percentile(drawn, _LIMITS[0]))
    high = float(np.percentile(drawn_kindly, _LIMITS[1]))
    return Measure(value, min(low, value), max(high, value))
