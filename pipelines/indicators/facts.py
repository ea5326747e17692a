"""The facts that indicators are computed from: contract tables of one region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from pipelines.model.tables import TABLE

REGION = "region"
CHOICE = "urval"
MUNICIPALITY = "kommun"
CORE = "stadskärna"
"""Kinds of units that numbers are for."""

PASSAGE_COLUMNS = (
    "passage_id",
    "object_id",
    "document_id",
    "themes",
    "instruments",
    "level",
    "voice",
    "is_negated",
    "is_counted",
    "legal_flag",
    "confidence",
    "coded_by",
    "spans",
)
"""The columns of *passage* that the measures read; quotes stay in the edition."""

MEASURED_TABLES = (
    "municipality",
    "regional_core",
    "plan",
    "plan_stage_event",
    "land_allocation",
    "document",
    "testing_activity",
    "procurement",
    "action",
    "action_log",
    "summary_passage",
    "climate_demand",
    "passage",
    "planning_object",
    "delivery",
)
"""The tables of an edition that the measures read."""

_MEASURED_BY = {
    "plan": ("status_per", "as_of"),
    "land_allocation": ("status_per", "as_of"),
    "testing_activity": ("status_per", "as_of"),
    "procurement": ("as_of", "procurement_year"),
}
"""What the measuring day is taken from; a status is known per its newest date."""


@dataclass(frozen=True)
class Facts:
    """One region's tables by contract name (see :mod:`pipelines.model.tables`).

    ``codebook`` is the catalog of codebook entries, ``agreement`` the measured agreement of machine
    and people (``pair, measure, value, low, high, n, absence``); either may be empty, and what
    needs it says so.
    """

    region_name: str
    region_label: str
    tables: Mapping[str, pl.DataFrame]
    codebook: pl.DataFrame = field(default_factory=pl.DataFrame)
    agreement: pl.DataFrame = field(default_factory=pl.DataFrame)

    def __getitem__(self, table: str) -> pl.DataFrame:
        """Return a table's rows; a table that was not delivered has none."""
        frame = self.tables.get(table)
        return TABLE[table].empty() if frame is None else frame

    @cached_property
    def as_of(self) -> date:
        """The measuring day: the newest day that a plan, allocation, test or procurement is known.

        Taken from the facts, not from the clock, so that the same deliveries give the same
        numbers; the day on which somebody coded or loaded a row does not move it. A date known
        only by year or month counts as its first day.
        """
        newest = [
            str(day)
            for table, columns in _MEASURED_BY.items()
            for day in self[table].select(pl.col(columns).cast(pl.String).max()).row(0)
            if day
        ]
        return first_day(max(newest)) if newest else date(1970, 1, 1)


def first_day(text: str) -> date:
    """Return the first day that a date of reduced precision can mean.

    >>> first_day("2024-06"), first_day("2019")
    (datetime.date(2024, 6, 1), datetime.date(2019, 1, 1))
    """
    year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def days_of(column: str) -> pl.Expr:
    """Turn dates of reduced precision (text) into days, the first that each can mean."""
    text = pl.col(column)
    full = pl.concat_str(text, pl.lit("-01-01").str.slice(0, 10 - text.str.len_chars()))
    return full.str.to_date("%Y-%m-%d", strict=False)
