"""Measures of agreement between the reader and people, each with a bootstrap interval.

Cohen (1960, 1968) for kappa and weighted kappa, Krippendorff (2011) for alpha; intervals are
percentiles of draws with replacement over passages (Efron 1979).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval"]
DRAWS = 1000
SEED = 20240501


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its 95 % interval; ``nan`` where it cannot be told."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        if np.isnan(self.value):
            return "–"
        return f"{self.value:.2f} [{self.low:.2f}–{self.high:.2f}]".replace(".", ",")


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """Precision, recall and F1 of one code. ``support`` is how often people gave it."""

    code: str
    support: int
    found: int
    precision: float
    recall: float
    f1: float


def precision_recall_f1(gold: Labels, said: Labels) -> tuple[float, float, float]:
    """Of two 0/1 arrays; ``nan`` where nothing was said or nothing was there."""
    both = float((gold & said).sum())
    precision = both / said.sum() if said.sum() else float("nan")
    recall = both / gold.sum() if gold.sum() else float("nan")
    total = float(gold.sum() + said.sum())
    return precision, recall, 2 * both / total if total else float("nan")


def f1(gold: Labels, said: Labels) -> float:
    """F1 over every cell of two 0/1 arrays: micro-F1 where they have one column per code."""
    return precision_recall_f1(gold, said)[2]


def kappa(gold: Labels, said: Labels) -> float:
    """Cohen's kappa."""
    return _kappa(gold, said, quadratic=False)


def weighted_kappa(gold: Labels, said: Labels) -> float:
    """Quadratic-weighted kappa of two rankings on the commitment ladder."""
    return _kappa(gold, said, quadratic=True)


def _kappa(gold: Labels, said: Labels, *, quadratic: bool) -> float:
    size = int(max(gold.max(initial=0), said.max(initial=0))) + 1
    if size < 2 or not gold.size:
        return float("nan")
    observed = np.zeros((size, size))
    np.add.at(observed, (gold, said), 1.0)
    expected = np.outer(observed.sum(1), observed.sum(0)) / observed.sum()
    place = np.arange(size)
    distance = np.abs(place[:, None] - place[None, :]).astype(float)
    cost = distance**2 if quadratic else (distance > 0).astype(float)
    chance = float((cost * expected).sum())
    return 1.0 - float((cost * observed).sum()) / chance if chance else float("nan")


def alpha(gold: Labels, said: Labels, *, ordinal: bool = False) -> float:
    """Krippendorff's alpha of the reader as one more coder."""
    ratings = np.vstack([gold, said]).astype(float)
    return krippendorff_alpha(ratings, "ordinal" if ordinal else "nominal")


def krippendorff_alpha(ratings: Numbers, level: Level) -> float:
    """Krippendorff's alpha of any number of coders, some of whom may be silent on a unit.

    Source: Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, University of
    Pennsylvania, whose worked examples the tests hold.

    Args:
        ratings: one row per coder, one column per unit; ``nan`` where a coder said nothing.
        level: what a difference between two values weighs: all alike, by the ranks between them,
            or by their distance squared.

    Returns:
        1 for full agreement, 0 for what chance gives; ``nan`` where fewer than two values occur
        among the units that at least two coders rated.
    """
    is_said = ~np.isnan(ratings)
    values, places = np.unique(ratings[is_said], return_inverse=True)
    counts = np.zeros((ratings.shape[1], values.size))
    np.add.at(counts, (np.nonzero(is_said)[1], places), 1.0)
    coders = counts.sum(axis=1)
    counts, coders = counts[coders > 1], coders[coders > 1]
    weighed = counts / (coders - 1)[:, None]
    observed = counts.T @ weighed - np.diag(weighed.sum(axis=0))
    totals = observed.sum(axis=0)
    cost = _differences(values, totals, level)
    chance = float(totals @ cost @ totals)
    if not chance:
        return float("nan")
    return 1.0 - (float(totals.sum()) - 1.0) * float((observed * cost).sum()) / chance


def _differences(values: Numbers, totals: Numbers, level: Level) -> Numbers:
    if level == "nominal":
        return 1.0 - np.eye(values.size)
    # Of ranks: how many values lie between two, each end counted half.
    scale = np.cumsum(totals) - totals / 2 if level == "ordinal" else values
    distance: Numbers = (scale[:, None] - scale[None, :]) ** 2
    return distance


def measured(
    statistic: Callable[[Labels, Labels], float],
    gold: Labels,
    said: Labels,
    draws: int = DRAWS,
) -> Measure:
    """The statistic with its bootstrap interval over rows (passages)."""
    value = statistic(gold, said)
    if not len(gold) or np.isnan(value):
        return Measure(float("nan"), float("nan"), float("nan"))
    random = np.random.default_rng(SEED)
    values = []
    for _ in range(draws):
        rows = random.integers(0, len(gold), len(gold))
        values.append(statistic(gold[rows], said[rows]))
    kept = np.asarray([v for v in values if not np.isnan(v)])
    if not kept.size:
        return Measure(value, float("nan"), float("nan"))
    low, high = np.percentile(kept, [2.5, 97.5])
    return Measure(value, float(low), float(high))


def per_class(codes: Sequence[str], gold: Labels, said: Labels) -> tuple[ClassAgreement, ...]:
    """One row per code of 0/1 tables with a column per code."""
    rows = []
    for column, code in enumerate(codes):
        there, given = gold[:, column], said[:, column]
        precision, recall, score = precision_recall_f1(there, given)
        rows.append(
            ClassAgreement(code, int(there.sum()), int(given.sum()), precision, recall, score)
        )
    return tuple(rows)
