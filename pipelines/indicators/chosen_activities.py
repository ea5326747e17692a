"""The test activities that a selection leaves, and shares of what they answer."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.fact_arrays import Bools, Ints
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.registers import Register
from pipelines.indicators.scope import Scope
from pipelines.model.codes import PHASES_ACTIVE, TESTING_PHASE

IDEA = TESTING_PHASE.values.index("ide")
_ACTIVE = [TESTING_PHASE.values.index(phase) for phase in PHASES_ACTIVE]


def named_activities(scope: Scope) -> pl.DataFrame:
    """Return the rows of the chosen activities with the names of their municipality and core.

    ``is_running`` tells those that run.
    """
    return scope.index.once(_with_names).filter(pl.Series(scope.activities))


def _with_names(index: FactIndex) -> pl.DataFrame:
    places = index.municipalities.select("municipality_code", "municipality_name")
    cores = index.facts["regional_core"].select("core_id", "core_name")
    rows = index.activities.frame.join(
        places, on="municipality_code", how="left", maintain_order="left"
    )
    return rows.join(cores, on="core_id", how="left", maintain_order="left")


def running(scope: Scope) -> Bools:
    """Return which of the chosen test activities run."""
    return scope.activities & scope.index.activities.is_running


def unsure(scope: Scope) -> Bools:
    """Return which of the chosen test activities ran when last seen, and may have ended since."""
    return scope.activities & unsure_rows(scope.index)


def unsure_rows(index: FactIndex) -> Bools:
    """Return which test activities are stale in a phase that runs."""
    rows = index.activities
    stale: Bools = rows.is_stale & np.isin(rows.phase, _ACTIVE)
    return stale


def started(scope: Scope) -> Bools:
    """Return which of the chosen test activities have come further than the idea."""
    phase = scope.index.activities.phase
    beyond: Bools = (phase != IDEA) & (phase >= 0)
    return scope.activities & beyond


def answered_share(scope: Scope, register: Register, rows: Bools, answer: Ints) -> values.Cells:
    """Return the share of *ja* among rows that answer *ja* or *nej*; *okänt* is no answer."""
    yes, answered, everything = (
        scope.tally(register.place, each)
        for each in (rows & (answer == 1), rows & (answer >= 0), rows)
    )
    return values.share(yes, answered, everything)
