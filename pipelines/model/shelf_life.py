"""How long a stated status holds: the one place for shelf lives and for how a date ages.

A date of reduced precision counts as its last day (2018 is 31 December 2018), both where the
newest of several dates is chosen and where its age is measured: a status is called unknown only
when even the latest day that its date can mean is too old.
"""

from __future__ import annotations

import polars as pl
from pydantic import BaseModel, ConfigDict, Field


class ShelfLife(BaseModel):
    """Years that a status holds after the newest date it is known for.

    ``plan_years`` holds for a plan before adoption, ``allocation_years`` for a land allocation
    before award, ``test_years`` for a test without an end year. A region overrides them in the
    table ``[shelf_life]`` of its ``region.toml``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan_years: int = Field(default=3, ge=1)
    allocation_years: int = Field(default=2, ge=1)
    test_years: int = Field(default=2, ge=1)


def first_day(text: pl.Expr) -> pl.Expr:
    """Return the first day that a date of reduced precision can mean; null where it is no date.

    >>> dates = pl.DataFrame({"day": ["2018", "2018-02", "2018-06-13", "okänt"]})
    >>> [str(day) for day in dates.select(first_day(pl.col("day")))["day"]]
    ['2018-01-01', '2018-02-01', '2018-06-13', 'None']
    """
    full = pl.concat_str(text, pl.lit("-01-01").str.slice(0, 10 - text.str.len_chars()))
    return full.str.to_date("%Y-%m-%d", strict=False)


def last_day(text: pl.Expr) -> pl.Expr:
    """Return the last day that a date of reduced precision can mean; null where it is no date.

    >>> dates = pl.DataFrame({"day": ["2018", "2018-02", "2018-06-13", None]})
    >>> [str(day) for day in dates.select(last_day(pl.col("day")))["day"]]
    ['2018-12-31', '2018-02-28', '2018-06-13', 'None']
    """
    length, first = text.str.len_chars(), first_day(text)
    return (
        pl.when(length == len("2018"))
        .then(first.dt.offset_by("1y").dt.offset_by("-1d"))
        .when(length == len("2018-06"))
        .then(first.dt.month_end())
        .otherwise(first)
    )
