"""Uncertainty of shares, ratios and medians, for whole arrays at once."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc
from scipy.stats import norm

FEWEST = 5
"""Fewer than this give no value: it is shown as *för få*."""
CONFIDENCE = 0.95

Floats = npt.NDArray[np.float64]
_Z = float(norm.ppf(0.5 + CONFIDENCE / 2))
_TAIL = (1 - CONFIDENCE) / 2


def wilson_limits(hits: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return Wilson's 95 % score interval for ``hits`` of ``n``; NaN where ``n`` is 0.

    Wilson (1927), JASA 22, 209–212. Written for arrays, because ``scipy.stats.binomtest`` takes
    one pair at a time; a test holds the two equal.

    >>> low, high = wilson_limits([6], [14])
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.214, 0.674)
    """
    k, m = np.asarray(hits, np.float64), np.asarray(n, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = k / m
        centre = (p + _Z**2 / (2 * m)) / (1 + _Z**2 / m)
        half = _Z / (1 + _Z**2 / m) * np.sqrt(p * (1 - p) / m + _Z**2 / (4 * m**2))
    low, high = np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
    # At the ends the limit is the share itself; rounding must not put it a hair inside.
    return np.where(k == 0, np.where(m > 0, 0.0, np.nan), low), np.where(
        (k == m) & (m > 0), 1.0, high
    )


def bootstrap_median(values: npt.ArrayLike) -> tuple[float, float, float]:
    """Return median and 95 % percentile bootstrap interval of at least one number.

    The bootstrap distribution of an order statistic is known exactly: the resampled r-th smallest
    is at most x(k) with the probability that a binomial (n, k/n) is at least r (Efron 1979, Annals
    of Statistics 7, 1–26, section 3). So there is nothing to draw and the answer never wavers.

    >>> bootstrap_median([3, 1, 4, 1, 5, 9, 2])
    (3.0, 1.0, 5.0)
    """
    x = np.sort(np.asarray(values, np.float64))
    low, high = _median_ranks(x.size)
    middle = (x[(x.size - 1) // 2] + x[x.size // 2]) / 2
    return float(middle), float(x[low]), float(x[high])


@cache
def _median_ranks(n: int) -> tuple[int, int]:
    """Which of n ordered numbers the bootstrap median stays between, counted from 0."""
    ranks = range(1, n + 1)

    def rank(order: int, probability: float) -> int:
        """The rank that the resampled order-th smallest stays within with this probability."""
        found = bisect_left(ranks, probability, key=lambda k: bdtrc(order - 1, n, k / n))
        return min(found, n - 1)

    return rank((n + 1) // 2, _TAIL), rank(n // 2 + 1, 1 - _TAIL)


def ratio_interval(
    groups: npt.NDArray[np.integer], size: int, y: Floats, x: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return, per group, the ratio of sums Σy/Σx and its 95 % interval; NaN where Σx is 0.

    Linearised variance of the ratio estimator: n/(n−1) · Σ(y − R x)² / (Σx)² (Cochran 1977,
    *Sampling Techniques*, 6.4). The lower limit is not below zero.

    Args:
        groups: the group of each element, 0 to ``size`` − 1.
        size: number of groups.
        y: numerator of each element, for example passages.
        x: denominator of each element, for example pages.

    >>> r, low, high = ratio_interval(np.zeros(3, int), 1, np.array([1., 2., 3.]), np.full(3, 10.))
    >>> round(float(r[0]), 3), round(float(low[0]), 3), round(float(high[0]), 3)
    (0.2, 0.087, 0.313)
    """
    n = np.bincount(groups, minlength=size)
    total_y = np.bincount(groups, y, size)
    total_x = np.bincount(groups, x, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(total_x > 0, total_y / total_x, np.nan)
        residual = (y - ratio[groups] * x) ** 2
        spread = np.sqrt(n / (n - 1) * np.bincount(groups, residual, size)) / total_x
    return ratio, np.maximum(ratio - _Z * spread, 0), ratio + _Z * spread
