"""Doors for small companies: criteria, innovation procurement, winners, public actors (3.1–3.5)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.allocations import CRITERIA, criteria
from pipelines.indicators.chosen_activities import started
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import NO_YEAR, Bools
from pipelines.indicators.public_actors import PUBLIC_ACTORS, public_actors
from pipelines.indicators.scope import EVERYTHING, Scope
from pipelines.indicators.values import Values
from pipelines.model.codes import INNOVATION_PROCUREMENT, PROCUREMENT_KIND, TESTING_KIND

PROCUREMENTS = Indicator(
    id="3.2",
    label="Upphandlingar med innovationsverktyg",
    question="Hur ofta används upphandling för att få fram nytt?",
    unit="antal",
    formula="Upphandlingar av något av slagen innovations-, funktions-, dialogupphandling, "
    "innovationspartnerskap eller förkommersiell upphandling: antal per slag, summa värde, och "
    "andel av alla kända upphandlingar.",
    needs="Registret upphandlingar; andelen kräver att även andra upphandlingar finns med.",
    interval="Wilson",
    goals=(3,),
    actions=("3.1", "3.2"),
    caveats=(
        "Bara kända upphandlingar räknas.",
        "Andelen gäller registret, inte all upphandling i regionen.",
    ),
)
SME_WINNERS = Indicator(
    id="3.3",
    label="Vunna av små företag och nya leverantörer",
    question="Hur ofta vinner små och medelstora företag, och hur ofta en ny leverantör?",
    unit="andel",
    formula="Upphandlingar med innovationsverktyg vunna av SMF, delat med dem där storleken är "
    "känd; upphandlingar där köparen inte tidigare anlitat leverantören, delat med dem där "
    "leverantören är känd och köparen har en tidigare känd upphandling.",
    needs="Kolumnerna Leverantör och Leverantör SMF i registret upphandlingar.",
    interval="Wilson",
    goals=(3,),
    actions=("3.2",),
)
PILOTS = Indicator(
    id="3.5",
    label="Piloter med flera aktörer",
    question="Hur många piloter drivs av två eller fler aktörer?",
    unit="antal",
    formula="Påbörjade piloter och demonstrationer med minst en angiven partner utöver värden.",
    needs="Kolumnen Partner i registret testverksamhet.",
    goals=(3,),
    actions=("3.3",),
    caveats=("En rad utan partner kan sakna uppgiften; antalet kända står bredvid.",),
)
_PILOTS = [TESTING_KIND.values.index(kind) for kind in ("pilot", "demonstration")]
DEFINITIONS = (CRITERIA, PROCUREMENTS, SME_WINNERS, PUBLIC_ACTORS, PILOTS)


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality."""
    measures = (criteria, procurements, sme_winners, public_actors, pilots)
    return [block for measure in measures for block in measure(scope)]


def chosen_procurements(scope: Scope) -> pl.DataFrame:
    """Return the procurements that a selection leaves, with ``has_tool``."""
    rows = scope.index.procurements
    return rows.frame.with_columns(pl.Series("has_tool", rows.kind >= 0)).filter(
        pl.Series(scope.procurements)
    )


def procurements(scope: Scope) -> Values:
    """3.2: number with an innovation tool, by kind, their value and share of all known.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(procurements(worked_scope()), parts="alla|varde|andel")
    alla: 2.00 n=5/5
    varde: 5000000.00 n=2/2
    andel: 0.40 (0.12–0.77) n=5/5
    """
    rows, chosen = scope.index.procurements, scope.procurements
    kinds = INNOVATION_PROCUREMENT
    with_tool = chosen & (rows.kind >= 0)
    valued = with_tool & ~np.isnan(rows.value)
    tools, known, stated = (scope.tally(rows.place, each) for each in (with_tool, chosen, valued))
    by_kind = scope.tally(rows.place, chosen, rows.kind, len(kinds))
    money = scope.tally(rows.place, np.where(valued, rows.value, 0))
    parts = (*EVERYTHING, *((f"slag:{kind}", PROCUREMENT_KIND.labels[kind]) for kind in kinds))
    wide = np.repeat(known, len(parts), axis=1)
    counted = values.amount(np.hstack([tools, by_kind]), wide, wide)
    # A share needs a denominator: a register that lists innovation tools only has none.
    ordinary = known > tools
    share = values.share(
        tools, np.where(ordinary, known, 0), known, np.full(known.shape, values.NOT_REPORTED)
    )
    worth = values.amount(money, stated, tools)
    return [
        *values.rows(PROCUREMENTS, scope.units, parts, counted),
        *values.rows(PROCUREMENTS, scope.units, (("varde", "Värde"),), worth, unit="kronor"),
        *values.rows(PROCUREMENTS, scope.units, (("andel", "Andel av kända"),), share, "andel"),
    ]


def sme_winners(scope: Scope) -> Values:
    """3.3: share with a tool won by SMEs, and share won by a supplier new to the buyer.

    Ekö has bought before in two of its four; one of those went to a new supplier.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(sme_winners(worked_scope()))
    smf: – n=2/2 För få: 2 av minst 5.
    nya: – n=2/5 För få: 2 av minst 5.
    """
    rows, chosen = scope.index.procurements, scope.procurements
    with_tool = chosen & (rows.kind >= 0)
    won, answered, tools = (
        scope.tally(rows.place, each)
        for each in (with_tool & (rows.won_by_sme == 1), with_tool & (rows.won_by_sme >= 0),
                     with_tool)
    )  # fmt: skip
    is_new, judged = _new_suppliers(scope)
    new, bought_before, known = (scope.tally(rows.place, each) for each in (is_new, judged, chosen))
    by_sme, by_new = values.share(won, answered, tools), values.share(new, bought_before, known)
    return [
        *values.rows(SME_WINNERS, scope.units, (("smf", "Vunna av små företag"),), by_sme),
        *values.rows(SME_WINNERS, scope.units, (("nya", "Nya leverantörer"),), by_new),
    ]


def pilots(scope: Scope) -> Values:
    """3.5: number of started pilots and demonstrations that two or more actors run.

    Four of Ekö's five pilots state a partner.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(pilots(worked_scope()))
    alla: 4.00 n=4/5
    """
    rows = scope.index.activities
    own = started(scope) & np.isin(rows.kind, _PILOTS)
    several, known = (scope.tally(rows.place, each) for each in (own & (rows.partners > 0), own))
    # Where no partner is stated for any, the register lacks the fact; that is not a zero.
    return values.rows(PILOTS, scope.units, EVERYTHING, values.amount(several, several, known))


def _new_suppliers(scope: Scope) -> tuple[Bools, Bools]:
    """Which procurements went to a supplier new to the buyer, and in which that can be told.

    It can where the supplier is known and the buyer has an earlier known procurement.
    """
    rows = scope.index.procurements
    dated = scope.procurements & (rows.year != NO_YEAR) & (rows.pair >= 0)
    own, never = np.flatnonzero(dated), np.iinfo(np.int64).max
    first_buy, first_win = (
        np.full(int(numbers.max(initial=0)) + 1, never) for numbers in (rows.buyer, rows.pair)
    )
    np.minimum.at(first_buy, rows.buyer[own], rows.year[own])
    np.minimum.at(first_win, rows.pair[own], rows.year[own])
    judged = dated & (rows.year > first_buy[rows.buyer])
    return judged & (first_win[rows.pair] == rows.year), judged
