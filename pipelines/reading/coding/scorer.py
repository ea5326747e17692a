"""Named features × readable weights → probability, and which features made it.

The weights come from a regularised logistic regression (``training.py``) and are a table that
anyone can read: target, feature, weight in log-odds. Here is only the sum.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipelines.reading.codebook import CONSTANT, CodeWeights, Settings

ROUNDS = 40
STRETCH_WEIGHT = 15.0
"""Passages that the labelled share weighs where a loose stretch estimates its own."""
Weights = Mapping[str, float]


def log_odds(features: Mapping[str, float], weights: Weights) -> float:
    """The sum of the weights of the features that are present."""
    total = weights.get(CONSTANT, 0.0)
    for name, value in features.items():
        weight = weights.get(name)
        if weight is not None:
            total += weight * value
    return total


def all_log_odds(features: Mapping[str, float], table: CodeWeights) -> dict[str, float]:
    """The log-odds of every instrument and theme at once, the sums of `log_odds`."""
    rows, values = [table.rows[CONSTANT]], [1.0]
    for name, value in features.items():
        row = table.rows.get(name)
        if row is not None:
            rows.append(row)
            values.append(value)
    totals = (table.weights[rows] * np.array(values)[:, None]).sum(axis=0)
    return dict(zip(table.targets, totals.tolist(), strict=True))


def contributions(features: Mapping[str, float], weights: Weights) -> list[tuple[str, float]]:
    """Feature and its share of the log-odds, the largest first, without the constant."""
    parts = [(name, weights[name] * value) for name, value in features.items() if name in weights]
    return sorted(parts, key=lambda part: -abs(part[1]))


def probability(odds: float) -> float:
    """Log-odds → probability."""
    if odds >= 0:
        return 1.0 / (1.0 + math.exp(-odds))
    return math.exp(odds) / (1.0 + math.exp(odds))


def logit(share: float) -> float:
    """Return the log-odds of a share."""
    return math.log(share / (1.0 - share))


def stretch_shifts(odds: Sequence[float], settings: Settings) -> npt.NDArray[np.float64]:
    """How much the log-odds of each passage of a loose stretch move with its neighbours.

    Relevant passages stand together. The share of the stretch is estimated from itself as in
    `document_shift`, from a start at the labelled share that weighs ``STRETCH_WEIGHT`` passages,
    and each passage is moved by what the others say. A passage alone is not moved.
    """
    own: npt.NDArray[np.float64] = np.asarray(odds, dtype=float)
    if len(own) < 2:
        return np.zeros_like(own)
    base, rate = settings.loose_rate, settings.loose_rate
    said = np.zeros_like(own)
    for _ in range(ROUNDS):
        said = 1.0 / (1.0 + np.exp(-(own + logit(rate) - logit(base))))
        rate = (base * STRETCH_WEIGHT + float(said.sum())) / (STRETCH_WEIGHT + len(own))
    others = (base * STRETCH_WEIGHT + said.sum() - said) / (STRETCH_WEIGHT + len(own) - 1)
    shifts: npt.NDArray[np.float64] = np.log(others / (1.0 - others)) - logit(base)
    return shifts


def document_shift(odds: Sequence[float], passages: int, settings: Settings) -> float:
    """How much the log-odds of a document's passages differ from those of labelled passages.

    The weights are learned where more than every third passage is relevant; in a whole plan it is
    perhaps one in a hundred, in many plans none. By Bayes' rule a change of base rate moves every
    log-odds by the same amount. Two things about the document are unknown and estimated from
    itself, by expectation–maximisation (Saerens, Latinne & Decaestecker 2002) from a start that
    weighs as much as a number of passages: the share that is relevant, and how often its ordinary
    passages hold an opening word all the same. A long plan in which few passages open anything
    keeps its low rate and needs strong words; a programme full of tests raises its own.

    A document is never read more generously than loose passages, and never further down than
    ``lowest_shift``. ``odds`` are those of the opened passages, ``passages`` how many the document
    has in all.
    """
    against: npt.NDArray[np.float64] = np.exp(-np.asarray(odds, dtype=float))
    rate, opening = settings.document_rate, settings.document_opening
    for _ in range(ROUNDS):
        shift = (
            logit(max(rate, settings.document_rate_floor))
            - logit(settings.loose_rate)
            + math.log(settings.loose_opening / opening)
        )
        relevant = float((1.0 / (1.0 + against * math.exp(-shift))).sum())
        weight = settings.document_rate_weight
        rate = (settings.document_rate * weight + relevant) / (weight + passages)
        weight = settings.document_opening_weight
        ordinary = settings.document_opening * weight + len(odds) - relevant
        opening = ordinary / (weight + passages - relevant)
    return min(max(shift, settings.lowest_shift), 0.0)
