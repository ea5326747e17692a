"""Whether what comprehensive plans say is carried through to plans, allocations, tests (1.6)."""

from __future__ import annotations

import numpy as np

from pipelines.indicators import chain, values
from pipelines.indicators.chain_steps import held_positions
from pipelines.indicators.definition import Indicator
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import Floats, Values
from pipelines.model.codes import HELD, JUDGED, OUTCOME, STEP

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
_APPLICABLE = tuple(code for code in OUTCOME.values if code != "not_applicable")
PARTS = (("alla", "Alla led"), *((step, STEP.labels[step]) for step in _STEPS))


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality, by step."""
    return carry_through(scope)


def carry_through(scope: Scope) -> Values:
    """1.6: share of started pairs that hold, by step.

    Ekö starts on energy and mobility. Both are tested on site, energy holds in a detailed plan;
    in allocations energy weakens and mobility leaks.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(carry_through(worked_scope()))
    alla: 0.50 (0.19–0.81) n=6/6
    dp: – n=2/2 För få: 2 av minst 5.
    ma: – n=2/2 För få: 2 av minst 5.
    test: – n=2/2 För få: 2 av minst 5.
    """
    held, judged, started = (
        np.hstack([each.sum(axis=1, keepdims=True), each]) for each in counts(scope)
    )
    read = scope.by_type(scope.read).sum(axis=1, keepdims=True)
    nothing = np.where(
        started > 0,
        values.NOT_REPORTED,
        np.where(read > 0, values.NONE_KNOWN, values.unread_any(scope)),
    )
    cells = values.share(held, judged, started, nothing)
    return values.rows(CARRY_THROUGH, scope.units, PARTS, cells)


def counts(scope: Scope) -> tuple[Floats, Floats, Floats]:
    """Return pairs that held, that could be judged and that started, by unit and step.

    A step that does not apply (a municipality without land) is not among the started.
    """
    chains = scope.once(chain.follow)
    size = len(scope.index.codes)

    def tally(outcomes: tuple[str, ...]) -> Floats:
        wanted = held_positions(outcomes)
        columns = [
            np.bincount(chains.municipality[wanted[chains.outcome(step)]], minlength=size)
            for step in _STEPS
        ]
        own = np.stack(columns, axis=1)[scope.places].astype(np.float64)
        return np.vstack([own.sum(axis=0, keepdims=True), own])

    return tally(HELD), tally(JUDGED), tally(_APPLICABLE)
