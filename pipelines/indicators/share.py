"""One share at a time, as a chart or a sentence needs it; whole tables use ``intervals``."""

from __future__ import annotations

from pipelines.indicators.intervals import FEWEST, wilson_limits

__all__ = ["FEWEST", "wilson"]


def wilson(hits: float, n: float) -> tuple[float, float]:
    """Return Wilson's 95 % score interval for ``hits`` of ``n``, which is above zero.

    >>> tuple(round(limit, 3) for limit in wilson(6, 14))
    (0.214, 0.674)
    """
    low, high = wilson_limits(hits, n)
    return float(low), float(high)
