"""Why a share has moved since the last meeting, in one sentence; the parts sum to the change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from dashboard.budget import asked, question
from dashboard.database import connection
from dashboard.filters import Filters
from dashboard.measures import selection_of
from dashboard.parts.view import View
from dashboard.text import MINUS, measure_name, number
from pipelines.indicators.change import split_between
from pipelines.indicators.facts import Facts
from pipelines.indicators.worlds import Worlds

_TOLD_FIRST = ("1.3", "1.1", "3.1")
"""Shares worth telling, the most important first."""
_LEAST = 0.005
"""Half a percentage point: less is nothing in whole percent."""


def why(view: View, earlier: Path) -> str:
    """Return a sentence about the share that has moved most, or an empty text.

    *Andel handlingar med innovation, markanvisning: från 29 till 43 procent (nya dokument +11,
    ändrad kodbok eller läsare +3).*
    """
    return sentence(asked(lambda: split(earlier, view.edition, view.filters)))


@lru_cache(maxsize=16)
def split(earlier: Path, now: Path, filters: Filters) -> pl.DataFrame:
    """Split the change of the shares worth telling into causes.

    At every level, as bars are; editions never change, so the answer is kept.
    """
    with question():
        worlds = _worlds(earlier, now, filters.region)
        return split_between(worlds, selection_of(filters), _TOLD_FIRST)


@lru_cache(maxsize=2)
def _worlds(earlier: Path, now: Path, region: str) -> Worlds:
    """All that lies between two editions; most of the time goes to finding it."""
    return Worlds(*(_facts(file, region) for file in (earlier, now)))


def most_moved(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the causes of one share, that which is worth telling first; none where none moved."""
    moved = rows.filter((pl.col("value_unit") == "andel") & (pl.col("change").abs() >= _LEAST))
    for indicator in _TOLD_FIRST:
        own = moved.filter(pl.col("indicator_id") == indicator)
        if own.height:
            largest = own.sort(pl.col("change").abs(), descending=True, maintain_order=True)
            return own.filter(pl.col("part") == largest["part"][0])
    return rows.clear()


def sentence(rows: pl.DataFrame) -> str:
    """Put the first moved share of ``split_change`` into words."""
    own = most_moved(rows)
    return _told(own) if own.height else ""


def from_to(row: Mapping[str, Any]) -> str:
    """``Andel handlingar med krav och styrmedel, markanvisning: från 29 till 43 procent``."""
    before, after = (number(100 * row[name]) for name in ("before", "after"))
    about = measure_name(row["indicator_label"], row["part_label"])
    return f"{about}: från {before} till {after} procent"


def _told(rows: pl.DataFrame) -> str:
    causes = [
        f"{row['cause_label'].lower()} {_points(row['contribution'])}"
        for row in rows.to_dicts()
        if abs(row["contribution"] or 0.0) >= _LEAST
    ]
    return f"{from_to(rows.row(0, named=True))} ({', '.join(causes)})"


def _points(share: float) -> str:
    return f"{'+' if share > 0 else MINUS}{number(abs(100 * share))}"


def _facts(edition: Path, region: str) -> Facts:
    return Facts(region, region, connection=connection(edition))
