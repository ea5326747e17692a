"""The test activities that a selection leaves, and shares of what they answer."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import values
from pipelines.indicators.scope import Scope
from pipelines.model.market_codes import PHASES_ACTIVE


def chosen_activities(scope: Scope) -> pl.DataFrame:
    """Return the test activities that a selection leaves, with ``is_running``.

    A period leaves those known to have run within it; one without a start year is left out then.
    """
    wanted, now = scope.selection, scope.facts.as_of.year
    rows = scope.rows("testing_activity").with_columns(
        pl.col("testing_phase").is_in(PHASES_ACTIVE).alias("is_running")
    )
    if wanted.themes:
        rows = rows.filter(
            pl.any_horizontal(pl.col("themes").list.contains(theme) for theme in wanted.themes)
        )
    if wanted.from_year is not None:
        rows = rows.filter(
            pl.col("start_year").is_not_null()
            & (pl.col("end_year").fill_null(now) >= wanted.from_year)
        )
    if wanted.to_year is not None:
        rows = rows.filter(pl.col("start_year") <= wanted.to_year)
    return rows


def answered_share(scope: Scope, rows: pl.DataFrame, column: str) -> values.Cells:
    """Return the share of *ja* among rows that answer *ja* or *nej*; *okänt* is no answer."""
    answers = rows.with_columns(
        (pl.col(column) == "ja").fill_null(value=False).alias("yes"),
        pl.col(column).is_in(["ja", "nej"]).fill_null(value=False).alias("answered"),
        pl.lit(value=True).alias("row"),
    )
    yes, answered, everything = scope.tally(answers, "yes", "answered", "row")
    return values.share(yes, answered, everything)
