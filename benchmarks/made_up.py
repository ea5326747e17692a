"""What the made-up nation's tables share: codes of municipalities, lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.model.tables import TABLE

CORES = 60
PATTERNS = 400
_FIRST_CODE = 1000

Random = np.random.Generator
Codes = npt.NDArray[np.str_]


def municipality_codes(count: int) -> Codes:
    """Return made-up codes, one a municipality, in order."""
    return np.arange(_FIRST_CODE, _FIRST_CODE + count).astype(str)


def core_of(municipalities: pl.Series) -> pl.Series:
    """Return the core of each municipality that has one: every fifth, under one id each."""
    number = municipalities.cast(pl.Int64) - _FIRST_CODE
    has_core = (number % 5 == 0) & (number < 5 * CORES)
    names = pl.select(pl.format("k{}", pl.lit(number // 5))).to_series()
    return names.set(~has_core, None)


def conform(table: str, columns: Mapping[str, object]) -> pl.DataFrame:
    """Return columns as rows of a contract table; what is not given is null."""
    frame = pl.DataFrame(columns)
    return frame.select(
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind).alias(name)
        for name, kind in TABLE[table].polars_schema.items()
    )


def lists_of(random: Random, codes: Sequence[str], most: int, count: int) -> pl.Series:
    """Return lists of up to ``most`` codes; three million made one by one would take minutes."""
    patterns = [
        list(random.choice(codes, random.integers(0, most + 1), replace=False))
        for _ in range(PATTERNS)
    ]
    chosen = random.integers(0, PATTERNS, count)
    return pl.Series(patterns, dtype=pl.List(pl.String)).gather(chosen)
