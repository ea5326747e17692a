"""How certain a rank is: draws over weights, normalisation and aggregation, and what drives it.

After the OECD/JRC *Handbook on Constructing Composite Indicators* (2008), part 1, step 7, and
Saisana, Saltelli and Tarantola (2005), JRSS A 168, 307–323.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int32]

DRAWS = 1000
SEED = 20_260_131
CONCENTRATION = 16.0
"""Sum of the Dirichlet parameters: with four equal weights each spreads about 0.25 ± 0.10."""
NORMALISATIONS = ("fast skala", "min–max", "rang")
AGGREGATIONS = ("aritmetiskt", "geometriskt")
CHOICES = ("weights", "normalisation", "aggregation")
_FLOOR = 1.0
"""Least score that a geometric mean sees: a zero would erase everything else."""
_DIGITS = 9


@dataclass(frozen=True)
class Drawn:
    """Ranks of units under drawn choices, 1 is highest.

    ``ranks`` is draws × units, ``low`` and ``high`` each unit's 95 % interval, ``scores`` the
    index on the fixed scale under the same draws of weights and aggregation.
    """

    ranks: Ranks
    low: Ranks
    high: Ranks
    scores: Floats


def normalised(components: Floats) -> Floats:
    """Return normalisations × units × components, each on 0 to 100.

    *Fast skala* is the components as they are; *min–max* stretches each from its lowest to its
    highest unit; *rang* is the share of units that are not above. A component in which all units
    are equal keeps its fixed value, because it tells none apart.

    >>> normalised(np.array([[0.0, 50.0], [20.0, 50.0], [40.0, 50.0]]))[:, 1].round(1).tolist()
    [[20.0, 50.0], [50.0, 50.0], [50.0, 50.0]]
    """
    lowest, spread = components.min(axis=0), np.ptp(components, axis=0)
    flat = spread == 0
    stretched = 100 * (components - lowest) / np.where(flat, 1.0, spread)
    below = (components[:, None, :] > components[None, :, :]).sum(axis=1)
    equal = (components[:, None, :] == components[None, :, :]).sum(axis=1)
    ranked = 100 * (below + (equal - 1) / 2) / max(components.shape[0] - 1, 1)
    return np.stack(
        [components, np.where(flat, components, stretched), np.where(flat, components, ranked)]
    )


def aggregated(values: Floats, weights: Floats) -> Floats:
    """Return aggregations × draws × units: weighted arithmetic and geometric means.

    Args:
        values: units × components, 0 to 100.
        weights: draws × components, each row sums to 1.

    >>> aggregated(np.array([[100.0, 25.0]]), np.array([[0.5, 0.5]])).round(1).ravel().tolist()
    [62.5, 50.0]
    """
    arithmetic = weights @ values.T
    geometric = np.exp(weights @ np.log(np.maximum(values, _FLOOR)).T)
    return np.stack([arithmetic, geometric])


def ranked(scores: Floats) -> Ranks:
    """Return ranks along the last axis, 1 highest, equals sharing the best rank.

    >>> ranked(np.array([[3.0, 1.0, 3.0, 2.0]])).tolist()
    [[1, 4, 1, 3]]
    """
    rounded = np.round(scores, _DIGITS)
    order = np.argsort(-rounded, axis=-1)  # equals share a rank, so their order is no matter
    ordered = np.take_along_axis(rounded, order, axis=-1)
    places = np.arange(1, scores.shape[-1] + 1, dtype=np.int32)
    new = np.ones(ordered.shape, np.bool_)
    new[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    shared = np.maximum.accumulate(np.where(new, places, 0), axis=-1).astype(np.int32)
    ranks = np.empty(shared.shape, np.int32)
    np.put_along_axis(ranks, order, shared, axis=-1)
    return ranks


def draw(components: Floats, weights: Floats, draws: int = DRAWS, seed: int = SEED) -> Drawn:
    """Draw choices and return every unit's ranks.

    Weights come from a Dirichlet distribution around those given, normalisation and aggregation
    with equal chance; the seed is fixed, so the same facts give the same intervals.

    Args:
        components: units × components, 0 to 100.
        weights: one for each component, zero or more and not all zero; they are scaled to
            sum to 1.
        draws: number of draws.
        seed: of the generator.
    """
    random = np.random.default_rng(seed)
    drawn = random.dirichlet(CONCENTRATION * weights / weights.sum(), draws)
    which_scale = random.integers(len(NORMALISATIONS), size=draws)
    which_mean = random.integers(len(AGGREGATIONS), size=draws)
    scaled = normalised(components)
    scores = np.empty((draws, components.shape[0]))
    for scale in range(len(NORMALISATIONS)):
        chosen = which_scale == scale
        both = aggregated(scaled[scale], drawn[chosen])
        scores[chosen] = np.where((which_mean[chosen] == 0)[:, None], both[0], both[1])
    fixed = aggregated(components, drawn)
    ranks = ranked(scores)
    low, high = np.quantile(ranks, [0.025, 0.975], axis=0, method="inverted_cdf")
    return Drawn(
        ranks,
        low.astype(np.int32),
        high.astype(np.int32),
        np.where((which_mean == 0)[:, None], fixed[0], fixed[1]),
    )


def overlapping(low: Ranks, high: Ranks) -> npt.NDArray[np.bool_]:
    """Return which units' rank intervals overlap another's; their ranks are withheld.

    >>> overlapping(np.array([1, 2, 2]), np.array([1, 3, 3])).tolist()
    [False, True, True]
    """
    touches = (low[:, None] <= high[None, :]) & (low[None, :] <= high[:, None])
    np.fill_diagonal(touches, val=False)
    return np.asarray(touches.any(axis=1), np.bool_)


def sensitivity(
    components: Floats, weights: Floats, draws: int = DRAWS, seed: int = SEED
) -> Floats:
    """Return the share of each rank's variance that each choice accounts for.

    Weights, normalisation and aggregation are independent and the two last have few values, so
    all combinations are computed and the indices of the drawn weights are exact (see
    :func:`sobol`).

    Returns:
        2 (first order, total) × choices × (units + 1): the last column is the mean absolute
        shift of all ranks from those with the given weights, fixed scale and arithmetic mean.
        NaN where a rank never moves.

    Args:
        components: units × components, 0 to 100.
        weights: one for each component.
        draws: number of weight vectors.
        seed: of the generator.
    """
    random = np.random.default_rng(seed)
    drawn = random.dirichlet(CONCENTRATION * weights / weights.sum(), draws)
    ranks = np.stack([ranked(aggregated(each, drawn)) for each in normalised(components)])
    central = ranked(components @ (weights / weights.sum()))
    shift = np.abs(ranks - central).mean(axis=-1, keepdims=True)
    by_choice = np.moveaxis(np.concatenate([ranks, shift], axis=-1), 2, 0)
    return sobol(by_choice)


def sobol(outcome: Floats) -> Floats:
    """Return first-order and total Sobol indices of an outcome known for all combinations.

    Sobol (2001), Mathematics and Computers in Simulation 55, 271–280; Saltelli et al. (2010),
    Computer Physics Communications 181, 259–270. With every combination at hand the variances are
    sums of squares, without sampling error.

    Args:
        outcome: an axis for each independent choice and its values, equally likely; the outcomes
            on the last axis.

    Returns:
        2 × choices × outcomes; NaN where an outcome never moves.

    Two choices of two values each, that add up: the second moves it twice as far, so it has four
    fifths of the variance.

    >>> sobol(np.array([[[0.0], [2.0]], [[1.0], [3.0]]])).round(2).tolist()
    [[[0.2], [0.8]], [[0.2], [0.8]]]
    """
    axes = range(outcome.ndim - 1)
    variance = outcome.var(axis=tuple(axes))
    first, total = [], []
    with np.errstate(divide="ignore", invalid="ignore"):
        for axis in axes:
            others = tuple(other for other in axes if other != axis)
            first.append(outcome.mean(axis=others).var(axis=0) / variance)
            own = outcome.var(axis=axis)
            total.append(own.mean(axis=tuple(range(own.ndim - 1))) / variance)
    return np.where(variance > 0, np.array([first, total]), np.nan)
