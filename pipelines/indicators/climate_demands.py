"""Climate demands in procurement, by two sources side by side (3.6)."""

from __future__ import annotations

import numpy as np

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import positions
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import Values
from pipelines.model.codes import ANSWER

CLIMATE_DEMANDS = Indicator(
    id="3.6",
    label="Klimatkrav i upphandling",
    question="Hur många kommuner ställer klimatkrav när de upphandlar?",
    unit="andel",
    formula="Kommuner som svarat ja, delat med dem som svarat ja eller nej, för varje källa för "
    "sig. Delmåttet svarade inte räknar dem som källan frågat utan att få svar; de är varken ja "
    "eller nej.",
    needs="Registret klimatkrav.",
    interval="Wilson",
    goals=(3,),
    actions=("3.1", "3.2"),
    caveats=("Källorna frågar olika och kan säga emot varandra; båda visas.",),
)
DEFINITIONS = (CLIMATE_DEMANDS,)
_SOURCES = {
    "enkat": ("climate_survey", "Enkäten 2022"),
    "barometern": ("climate_barometer", "Miljöbarometern"),
}
_YES, _NO, _SILENT = (ANSWER.values.index(code) for code in ("ja", "nej", "no_answer"))


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality."""
    return climate_demands(scope)


def climate_demands(scope: Scope) -> Values:
    """3.6: share of municipalities that set climate demands, by source, and who did not answer.

    Ekö answers yes in one source; Lunda did not answer it and says no in the other.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(climate_demands(worked_scope()))
    enkat: – n=1/2 För få: 1 av minst 5.
    enkat:svarade_inte: 1.00 n=2/2
    barometern: – n=2/2 För få: 2 av minst 5.
    barometern:svarade_inte: 0.00 n=2/2
    """
    register = scope.index.register("climate_demand")
    asked = scope.within(register)
    blocks: Values = []
    for part, (column, label) in _SOURCES.items():
        answer = register.frame.select(positions(column, ANSWER.values)).to_series().to_numpy()
        yes, answered, silent, known = (
            scope.tally(register.place, asked & each)
            for each in (
                answer == _YES,
                np.isin(answer, (_YES, _NO)),
                answer == _SILENT,
                answer >= 0,
            )
        )
        quiet = ((f"{part}:svarade_inte", f"{label}, svarade inte"),)
        blocks += values.rows(
            CLIMATE_DEMANDS, scope.units, ((part, label),), values.share(yes, answered, known)
        )
        blocks += values.rows(
            CLIMATE_DEMANDS, scope.units, quiet, values.amount(silent, known, known), "antal"
        )
    return blocks
