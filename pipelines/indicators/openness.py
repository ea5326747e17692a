"""How open tests are and who takes part (2.3)."""

from __future__ import annotations

import numpy as np

from pipelines.indicators import network, values
from pipelines.indicators.chosen_activities import answered_share, running
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import Bools
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import Values

OPENNESS = Indicator(
    id="2.3",
    label="Öppna och gemensamma tester",
    question="Hur många tester tar emot små företag, och vilka samarbetar?",
    unit="andel",
    formula="Pågående tester öppna för SMF, respektive med minst två slag av partner, delat med "
    "dem där uppgiften är känd; kommuner som testar tillsammans med en annan kommun, delat med "
    "kommuner där parterna är kända.",
    needs="Kolumnerna Öppen för SMF, Partner och Slag av partner i registret testverksamhet.",
    interval="Wilson",
    goals=(2, 3),
    actions=("1.2", "2.2", "3.3"),
    caveats=("Uppgiften saknas ofta; antalet kända står bredvid.",),
)


def openness(scope: Scope) -> Values:
    """2.3: share open to SMEs, with several kinds of partners, and municipalities cooperating.

    Four of six are open; one of five with known partners has two kinds.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(openness(worked_scope()))
    smf: 0.67 (0.30–0.90) n=6/6
    partnerslag: 0.20 (0.04–0.62) n=5/6
    kommuner: – n=2/2 För få: 2 av minst 5.
    """
    rows, own = scope.index.activities, running(scope)
    several, stated, everything = (
        scope.tally(rows.place, each)
        for each in (own & (rows.partner_kinds > 1), own & (rows.partner_kinds > 0), own)
    )
    to_smes = answered_share(scope, rows, own, rows.open_to_smes)
    kinds = values.share(several, stated, everything)
    return [
        *values.rows(OPENNESS, scope.units, (("smf", "Öppna för små företag"),), to_smes),
        *values.rows(OPENNESS, scope.units, (("partnerslag", "Minst två slag av partner"),), kinds),
        *_municipalities_together(scope, own),
    ]


def _municipalities_together(scope: Scope, own: Bools) -> Values:
    """Share of the municipalities with known partners that test together with another."""
    rows, taking_part = scope.index.activities, scope.index.once(network.municipal_parties)
    chosen = own[taking_part.activity]
    place, others = taking_part.place[chosen], taking_part.others[chosen]
    mapped = np.concatenate([place, rows.place[own & (rows.place >= 0)]])
    hits, n, known = (
        np.array([[float(scope.here[np.unique(each)].sum())]])
        for each in (place[others > 0], place, mapped)
    )
    cells = values.share(hits, n, known)
    part = (("kommuner", "Kommuner som testar tillsammans"),)
    return values.rows(OPENNESS, scope.whole, part, cells)
