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
    "passage",
    "planning_object",
    "delivery",
)
"""The tables of an edition that the measures read."""


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
        """The measuring date: the latest day that any delivered row is said to hold.

        Taken from the facts, not from the clock, so that the same deliveries give the same
        numbers. A date known only by year or month counts as its first day.
        """
        stated = [
            self[name]["as_of"].drop_nulls()
            for name in MEASURED_TABLES
            if "as_of" in self[name].columns
        ]
        dated = [
            self["document"]["document_date"].drop_nulls(),
            self["plan_stage_event"]["stage_date"].drop_nulls(),
            self["summary_passage"]["coded_on"].drop_nulls(),
        ]
        days: list[str] = [str(day) for series in stated + dated for day in (series.max(),) if day]
        return first_day(max(days)) if days else date(1970, 1, 1)


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
