"""Which municipalities are alike: Gower's distance on what is known of both.

Population, density and plan volume on a logarithmic scale, land ownership as equal or not. A
variable that either of the two lacks is left out for that pair (Gower 1971, Biometrics 27,
857–871), so an unknown never makes two municipalities alike or different.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.model.tables import SIMILAR_MUNICIPALITY

NEIGHBOURS = 5
_WORDS = ("folkmängd", "befolkningstäthet", "antal kända planer", "om kommunen äger mark")

Floats = npt.NDArray[np.float64]


def gower(numbers: Floats, answers: npt.NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Return all pairs' mean difference and the share of variables known of both.

    Args:
        numbers: rows × numeric variables, NaN where unknown; differences are divided by the range.
        answers: rows × yes or no, NaN where unknown; a difference is 1.

    >>> distance, known = gower(np.array([[0.0], [1.0], [4.0]]), np.array([[1.0], [1.0], [np.nan]]))
    >>> distance[0].tolist(), known[0].tolist()
    ([0.0, 0.125, 1.0], [1.0, 1.0, 0.5])
    """
    spread = np.fmax.reduce(numbers) - np.fmin.reduce(numbers)
    scaled = numbers / np.where(spread > 0, spread, 1.0)
    parts = [np.abs(scaled[:, None, :] - scaled[None, :, :])]
    parts.append(np.where(np.isnan(answers[:, None, :] + answers[None, :, :]), np.nan,
                          answers[:, None, :] != answers[None, :, :]))  # fmt: skip
    difference = np.concatenate(parts, axis=-1)
    known = (~np.isnan(difference)).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        distance = np.nansum(difference, axis=-1) / known
    return distance, known / difference.shape[-1]


def similar_municipalities(municipalities: pl.DataFrame, plans: Floats) -> pl.DataFrame:
    """Return each municipality's five most alike (see ``similar_municipality``), nearest first.

    Pairs of which nothing is known on either side are not compared; equal distances follow the
    municipality code, so the answer does not depend on the order of rows.

    Args:
        municipalities: the register.
        plans: number of known plans and allocations of each.
    """
    count, codes = municipalities.height, municipalities["municipality_code"].to_list()
    rows: list[dict[str, object]] = []
    if count > 1:
        variables, answers = _variables(municipalities, plans)
        distance, known = gower(variables, answers)
        for place, code in enumerate(codes):
            order = sorted(
                (round(float(distance[place, other]), 9), codes[other], other)
                for other in range(count)
                if other != place and known[place, other] > 0
            )[:NEIGHBOURS]
            rows += [
                {
                    "municipality_code": code,
                    "similar_code": similar,
                    "similar_rank": rank,
                    "distance": round(far, 6),
                    "reason": _reason(variables, answers, place, other),
                }
                for rank, (far, similar, other) in enumerate(order, start=1)
            ]
    return pl.DataFrame(rows, schema=pl.Schema(SIMILAR_MUNICIPALITY.polars_schema))


def _variables(municipalities: pl.DataFrame, plans: Floats) -> tuple[Floats, Floats]:
    frame = municipalities.with_columns(
        pl.Series("plans", plans),
        (pl.col("population") / pl.col("area_km2")).alias("density"),
    )
    numbers = frame.select(
        pl.col("population").log1p(), pl.col("density").log1p(), pl.col("plans").log1p()
    ).cast(pl.Float64)
    answers = frame.select(
        pl.col("owns_land").replace_strict(
            {"ja": 1.0, "nej": 0.0}, default=None, return_dtype=pl.Float64
        )
    ).cast(pl.Float64)
    return numbers.to_numpy().astype(float), answers.to_numpy().astype(float)


def _reason(numbers: Floats, answers: Floats, one: int, other: int) -> str:
    both = np.concatenate([numbers[one] + numbers[other], answers[one] + answers[other]])
    words = [word for word, value in zip(_WORDS, both, strict=True) if not np.isnan(value)]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"
    return f"Jämförda på {listed}."
