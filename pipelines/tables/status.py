"""The age of a status: per which day a stage, a state or a phase is known, and whether it holds.

A status is true per the newest of the fact's own ``as_of``, the dates of its stages and the dates
of its documents; the day on which somebody coded or loaded it is no such date. Past its shelf life
(see :mod:`pipelines.model.shelf_life`) the row is stale: neither open nor closed, neither running
nor ended. A row without any date is stale at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.model.codes import (
    ALLOCATIONS_BEFORE_AWARD,
    PHASE_ENDED,
    PHASES_ACTIVE,
    STAGES_BEFORE_ADOPTION,
)
from pipelines.model.shelf_life import ShelfLife, first_day, last_day


@dataclass(frozen=True)
class Clock:
    """The day that statuses are judged on, and how long each kind holds.

    ``today`` is the day of the build, or the day that an earlier edition is built for.
    """

    today: date
    lives: ShelfLife


def objects_with_status(
    objects: pl.DataFrame,
    plans: pl.DataFrame,
    events: pl.DataFrame,
    allocations: pl.DataFrame,
    documents: pl.DataFrame,
    clock: Clock,
) -> pl.DataFrame:
    """Return the objects (see ``known_objects``) with ``status_per`` and ``is_stale``.

    ``is_open`` stays true only where the status holds. Steps and documents dated after the day
    of judgement have not been seen yet and give no date; ``as_of`` is a day of seeing and does.

    >>> from datetime import date
    >>> from pipelines.model.tables import TABLE
    >>> objects = pl.DataFrame(
    ...     {
    ...         "object_id": ["a", "b", "c"],
    ...         "object_type": ["dp", "dp", "ma"],
    ...         "object_stage": ["samrad", "samrad", "awarded"],
    ...         "is_open": [True, True, False],
    ...     }
    ... )
    >>> events = pl.DataFrame({"plan_id": ["a", "b"], "stage_date": ["2023", "2024-01-15"]})
    >>> plans, allocations, documents = (TABLE[t].empty() for t in
    ...                                  ("plan", "land_allocation", "document"))
    >>> clock = Clock(date(2027, 1, 1), ShelfLife())
    >>> found = objects_with_status(objects, plans, events, allocations, documents, clock)
    >>> found.select("object_id", "status_per", "is_stale", "is_open").rows()
    ... # doctest: +NORMALIZE_WHITESPACE
    [('a', '2023', True, False), ('b', '2024-01-15', False, True), ('c', None, True, False)]
    """
    dated = pl.concat(
        [
            _dates(plans, "plan_id", "stage_date"),
            _dates(plans, "plan_id", "adopted_date"),
            _dates(plans, "plan_id", "legal_force_date"),
            _dates(events, "plan_id", "stage_date"),
            _dates(allocations, "allocation_id", "decision_date"),
            _dates(documents, "object_id", "document_date"),
        ]
    ).filter(first_day(pl.col("day")) <= clock.today)
    seen = pl.concat(
        [_dates(plans, "plan_id", "as_of"), _dates(allocations, "allocation_id", "as_of")]
    )
    newest = _newest(pl.concat([dated, seen]), "object_id")
    lives = clock.lives
    stage = pl.col("object_stage")
    is_allocation = pl.col("object_type") == "ma"
    years = (
        pl.when(is_allocation & stage.is_in(ALLOCATIONS_BEFORE_AWARD))
        .then(lives.allocation_years)
        .when(~is_allocation & stage.is_in(STAGES_BEFORE_ADOPTION))
        .then(lives.plan_years)
    )
    return (
        objects.join(newest, on="object_id", how="left", maintain_order="left")
        .with_columns(_is_past(pl.col("status_per"), years, clock.today).alias("is_stale"))
        .with_columns(pl.col("is_open") & ~pl.col("is_stale"))
    )


def register_with_status(register: pl.DataFrame, key: str, objects: pl.DataFrame) -> pl.DataFrame:
    """Return plans or allocations with the ``status_per`` and ``is_stale`` of their object."""
    status = objects.select(pl.col("object_id").alias(key), "status_per", "is_stale")
    return register.join(status, on=key, how="left", maintain_order="left")


def activities_with_status(activities: pl.DataFrame, clock: Clock) -> pl.DataFrame:
    """Return test activities with ``status_per``, ``is_stale`` and ``is_running``.

    A test is known per its newest ``as_of`` or stated year. One that has not ended holds to the
    end of its stated end year, else for ``test_years`` after it was last seen.

    >>> from datetime import date
    >>> from pipelines.model.tables import TABLE
    >>> names = "activity_id testing_phase start_year end_year as_of".split()
    >>> rows = [
    ...     ("ended", "avslutad", 2015, 2018, None),
    ...     ("planned end", "test", 2022, 2026, None),
    ...     ("past its end", "test", 2022, 2025, "2026-03"),
    ...     ("seen lately", "test", 2015, None, "2025"),
    ...     ("seen long ago", "test", 2015, None, "2023-11"),
    ...     ("no date", "test", None, None, None),
    ... ]
    >>> schema = pl.Schema(TABLE["testing_activity"].delivered_schema)
    >>> tests = pl.DataFrame([dict(zip(names, row)) for row in rows], schema=schema)
    >>> found = activities_with_status(tests, Clock(date(2026, 11, 30), ShelfLife()))
    >>> for row in found.select("activity_id", "status_per", "is_stale", "is_running").rows():
    ...     print(*row)
    ended 2018 False False
    planned end 2022 False True
    past its end 2026-03 True False
    seen lately 2025 False True
    seen long ago 2023-11 True False
    no date None True False
    """
    has_ended = pl.col("testing_phase") == PHASE_ENDED
    # The end of a test that goes on is a plan, not something seen.
    stated = activities.with_columns(pl.when(has_ended).then("end_year").alias("end_year"))
    years = (
        _dates(
            stated.with_columns(
                pl.when(pl.col(name) <= clock.today.year).then(name).cast(pl.String)
            ),
            "activity_id",
            name,
        )
        for name in ("start_year", "scaled_year", "end_year")
    )
    newest = _newest(pl.concat([_dates(activities, "activity_id", "as_of"), *years]), "activity_id")
    end = pl.col("end_year").cast(pl.String)
    held = pl.when(~has_ended).then(clock.lives.test_years)
    is_stale = (
        pl.when(~has_ended & end.is_not_null())
        .then(last_day(end) < clock.today)
        .otherwise(_is_past(pl.col("status_per"), held, clock.today))
    )
    return (
        activities.join(newest, on="activity_id", how="left", maintain_order="left")
        .with_columns(is_stale.alias("is_stale"))
        .with_columns(
            (pl.col("testing_phase").is_in(PHASES_ACTIVE) & ~pl.col("is_stale")).alias("is_running")
        )
    )


def _dates(rows: pl.DataFrame, key: str, column: str) -> pl.DataFrame:
    return rows.select(pl.col(key).alias("object_id"), pl.col(column).alias("day")).drop_nulls()


def _newest(dates: pl.DataFrame, key: str) -> pl.DataFrame:
    """The newest date of each object; of two with the same last day the more precise one."""
    order = [last_day(pl.col("day")), pl.col("day").str.len_chars()]
    return (
        dates.filter(last_day(pl.col("day")).is_not_null())
        .sort(*order)
        .group_by("object_id", maintain_order=True)
        .agg(pl.col("day").last().alias("status_per"))
        .rename({"object_id": key})
    )


def _is_past(day: pl.Expr, years: pl.Expr, today: date) -> pl.Expr:
    """Whether there is no date, or it is older than the years that it holds (null: for good)."""
    until = last_day(day).dt.offset_by(pl.format("{}y", years.cast(pl.String)))
    return day.is_null() | (until < today).fill_null(value=False)
