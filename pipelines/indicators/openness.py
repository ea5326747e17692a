"""How open tests are and who takes part (2.3)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import network, values
from pipelines.indicators.chosen_activities import answered_share, chosen_activities
from pipelines.indicators.definition import Indicator
from pipelines.indicators.scope import Scope

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


def openness(scope: Scope) -> pl.DataFrame:
    """2.3: share open to SMEs, with several kinds of partners, and municipalities cooperating.

    Four of six are open; one of five with known partners has two kinds.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(openness(worked_scope()))
    smf: 0.67 (0.30–0.90) n=6/6
    partnerslag: 0.20 (0.04–0.62) n=5/6
    kommuner: – n=2/2 För få: 2 av minst 5.
    """
    running = chosen_activities(scope).filter("is_running")
    stated = running.with_columns(
        (pl.col("partner_types").list.len() > 0).fill_null(value=False).alias("stated"),
        (pl.col("partner_types").list.n_unique() > 1).fill_null(value=False).alias("several"),
        pl.lit(value=True).alias("row"),
    )
    several, known_partners, everything = scope.tally(stated, "several", "stated", "row")
    return pl.concat(
        [
            values.rows(
                OPENNESS,
                scope.units,
                (("smf", "Öppna för små företag"),),
                answered_share(scope, running, "open_to_smes"),
            ),
            values.rows(
                OPENNESS,
                scope.units,
                (("partnerslag", "Minst två slag av partner"),),
                values.share(several, known_partners, everything),
            ),
            _municipalities_together(scope, running),
        ]
    )


def _municipalities_together(scope: Scope, running: pl.DataFrame) -> pl.DataFrame:
    """Share of the municipalities with known partners that test together with another."""
    taking_part = network.municipalities_by_activity(scope.facts, running)
    known = set(running["municipality_code"]) & set(scope.codes_here)
    stated = set(taking_part["municipality_code"])
    together = set(taking_part.filter(pl.col("others") > 0)["municipality_code"])
    here = set(scope.codes_here)
    hits, n, everything = (
        np.array([[float(len(each))]]) for each in (together & here, stated & here, known | stated)
    )
    cells = values.share(hits, n, everything)
    part = (("kommuner", "Kommuner som testar tillsammans"),)
    return values.rows(OPENNESS, scope.units[:1], part, cells)
