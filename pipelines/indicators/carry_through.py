"""Whether what comprehensive plans say is carried through to plans, allocations, tests (1.6)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import chain, values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.scope import Scope
from pipelines.model.measure_codes import HELD, JUDGED, STEP

CARRY_THROUGH = Indicator(
    id="1.6",
    label="Genomslag",
    question="Följer det som översiktsplanen säger med till detaljplan, markanvisning och plats?",
    unit="andel",
    formula="Par av kommun och tema som översiktsplanen tar upp på nivån Avsikt eller starkare: "
    "andelen som finns på samma nivå eller starkare i en detaljplan, i en markanvisning och som "
    "test på plats, inom valt antal år. Delmåttet alla räknar alla led tillsammans.",
    needs="Läst antagen översiktsplan, lästa detaljplaner och markanvisningar efter den, kartlagd "
    "testverksamhet.",
    interval="Wilson",
    goals=(1, 2),
    actions=("1.1", "2.4", "3.2"),
    caveats=(
        "Led där inget är läst eller kartlagt är okända och ingår inte i nämnaren.",
        "Handlingar kopplas på samma plan, diarienummer, område eller kommun; kopplingen visas.",
    ),
)
DEFINITIONS = (CARRY_THROUGH,)
_STEPS = STEP.values[1:]
PARTS = (("alla", "Alla led"), *((step, STEP.labels[step]) for step in _STEPS))


def compute(scope: Scope) -> pl.DataFrame:
    """Compute the family for the whole and each municipality, by step."""
    return carry_through(scope, chain.trace(scope))


def carry_through(scope: Scope, traced: pl.DataFrame) -> pl.DataFrame:
    """1.6: share of started pairs that hold, by step.

    Ekö starts on energy and mobility. Both are tested on site, energy holds in a detailed plan;
    in allocations energy weakens and mobility leaks.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> scope = worked_scope()
    >>> told(carry_through(scope, chain.trace(scope)))
    alla: 0.50 (0.19–0.81) n=6/6
    dp: – n=2/2 För få: 2 av minst 5.
    ma: – n=2/2 För få: 2 av minst 5.
    test: – n=2/2 För få: 2 av minst 5.

    Args:
        scope: whose units the numbers are for.
        traced: the table ``carry_through`` for that scope, or its outcomes alone (see
            :func:`chain.trace` and :func:`chain.outcomes`).
    """
    held, judged, known = counts(scope, traced)
    everything = [np.hstack([each.sum(axis=1, keepdims=True), each]) for each in (held, judged)]
    started = np.hstack([known.sum(axis=1, keepdims=True), known])
    read = scope.by_type(scope.read).sum(axis=1, keepdims=True)
    nothing = np.where(
        started > 0,
        values.NOT_REPORTED,
        np.where(read > 0, values.NONE_KNOWN, values.unread_any(scope)),
    )
    cells = values.share(everything[0], everything[1], started, nothing)
    return values.rows(CARRY_THROUGH, scope.units, PARTS, cells)


def counts(
    scope: Scope, traced: pl.DataFrame
) -> tuple[values.Floats, values.Floats, values.Floats]:
    """Return pairs that held, that could be judged and that started, by unit and step.

    A step that does not apply (a municipality without land) is not among the started.
    """
    steps = traced.filter(pl.col("step").is_in(_STEPS) & (pl.col("outcome") != "not_applicable"))
    step = steps["step"].replace_strict(
        {code: i for i, code in enumerate(_STEPS)}, return_dtype=pl.Int64
    )
    key = scope.municipality_numbers(steps) * len(_STEPS) + step.to_numpy()

    def tally(outcomes: tuple[str, ...] | None) -> values.Floats:
        weight = (
            np.ones(steps.height)
            if outcomes is None
            else steps["outcome"].is_in(outcomes).to_numpy().astype(float)
        )
        flat = np.bincount(key, weight, len(scope.index.codes) * len(_STEPS))
        own = flat.reshape(-1, len(_STEPS))[scope.places]
        return np.vstack([own.sum(axis=0, keepdims=True), own])

    return tally(HELD), tally(JUDGED), tally(None)
