"""Named features × readable weights → probability, and which features made it.

The weights come from a regularised logistic regression (``training.py``) and are a table that
anyone can read: target, feature, weight in log-odds. Here is only the sum.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipelines.reading.codebook import Settings

CONSTANT = "konstant"
Weights = Mapping[str, float]


def log_odds(features: Mapping[str, float], weights: Weights) -> float:
    """The sum of the weights of the features that are present."""
    total = weights.get(CONSTANT, 0.0)
    for name, value in features.items():
        weight = weights.get(name)
        if weight is not None:
            total += weight * value
    return total


def contributions(features: Mapping[str, float], weights: Weights) -> list[tuple[str, float]]:
    """Feature and its share of the log-odds, the largest first, without the constant."""
    parts = [(name, weights[name] * value) for name, value in features.items() if name in weights]
    return sorted(parts, key=lambda part: -abs(part[1]))


def probability(odds: float) -> float:
    """Log-odds → probability."""
    if odds >= 0:
        return 1.0 / (1.0 + math.exp(-odds))
    return math.exp(odds) / (1.0 + math.exp(odds))


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))


def document_shift(odds: Sequence[float], settings: Settings) -> float:
    """How much lower the log-odds lie in this document than among the labelled passages.

    The weights are learned where more than every second opened passage is relevant; in a whole
    plan it is perhaps one in twenty, in many plans none. By Bayes' rule a change of base rate moves
    every log-odds by the same amount. The document's own rate is not known but can be estimated
    from the document: start from ``document_rate``, weigh it as ``document_rate_weight`` passages,
    and repeat (expectation–maximisation; Saerens, Latinne & Decaestecker 2002). An ordinary plan
    keeps a rate near the start and needs strong evidence; a programme full of tests raises its own.
    """
    values: npt.NDArray[np.float64] = np.asarray(odds, dtype=float)
    rate = settings.document_rate
    for _ in range(30):
        shift = _logit(rate) - _logit(settings.loose_rate)
        expected = float((1.0 / (1.0 + np.exp(-(values + shift)))).sum()) if values.size else 0.0
        weight = settings.document_rate_weight
        rate = (settings.document_rate * weight + expected) / (weight + values.size)
    return _logit(rate) - _logit(settings.loose_rate)
