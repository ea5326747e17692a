"""Shares with their uncertainty: Wilson's interval, and silence when too little is known."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
from scipy.stats import binomtest

FEWEST = 5
"""Fewer read objects than this give no share: it is shown as *för få*."""
CONFIDENCE = 0.95

TOO_FEW = "för få lästa"
NONE_READ = "inget läst"
NONE_KNOWN = "ingen känd"


@lru_cache(maxsize=4096)
def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % score interval for ``hits`` of ``n`` (Wilson 1927, JASA 22, 209-212).

    >>> tuple(round(limit, 3) for limit in wilson(6, 14))
    (0.214, 0.674)
    """
    interval = binomtest(hits, n).proportion_ci(confidence_level=CONFIDENCE, method="wilson")
    return float(interval.low), float(interval.high)


def with_share(counts: pl.DataFrame) -> pl.DataFrame:
    """Turn ``numerator, n, known`` into ``value, low, high, absence``.

    A share needs at least five read objects. Six of fourteen gives 0.43 (0.21-0.67); three of
    four gives no value and the reason *för få lästa*; none of none gives *inget läst*.
    """
    rows = counts.select("numerator", "n").rows()
    limits = [wilson(int(hits), int(n)) if n >= FEWEST else (None, None) for hits, n in rows]
    enough = pl.col("n") >= FEWEST
    return counts.with_columns(
        pl.when(enough).then(pl.col("numerator") / pl.col("n")).alias("value"),
        pl.Series("low", [low for low, _ in limits], dtype=pl.Float64),
        pl.Series("high", [high for _, high in limits], dtype=pl.Float64),
        absence().alias("absence"),
    )


def absence() -> pl.Expr:
    """Say why there is no value, from ``n`` and ``known``; null where there is one."""
    return (
        pl.when(pl.col("n") >= FEWEST)
        .then(None)
        .when(pl.col("known") == 0)
        .then(pl.lit(NONE_KNOWN))
        .when(pl.col("n") == 0)
        .then(pl.lit(NONE_READ))
        .otherwise(pl.lit(TOO_FEW))
    )
