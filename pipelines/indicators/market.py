"""Doors for small companies: criteria, innovation procurement, winners, public actors (3.1–3.5)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.allocations import CRITERIA, criteria
from pipelines.indicators.chosen_activities import chosen_activities
from pipelines.indicators.definition import Indicator
from pipelines.indicators.public_actors import PUBLIC_ACTORS, public_actors
from pipelines.indicators.scope import EVERYTHING, Scope
from pipelines.model.market_codes import INNOVATION_PROCUREMENT, PROCUREMENT_KIND

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
    "känd; upphandlingar där köparen inte tidigare anlitat leverantören, delat med dem där köparen "
    "har en tidigare känd upphandling.",
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
DEFINITIONS = (CRITERIA, PROCUREMENTS, SME_WINNERS, PUBLIC_ACTORS, PILOTS)


def compute(scope: Scope) -> pl.DataFrame:
    """Compute the family for the whole and each municipality."""
    measures = (criteria, procurements, sme_winners, public_actors, pilots)
    return pl.concat([measure(scope) for measure in measures])


def chosen_procurements(scope: Scope) -> pl.DataFrame:
    """Return the procurements that a selection leaves, with ``has_tool`` and ``row``."""
    wanted = scope.selection
    rows = scope.rows("procurement").with_columns(
        pl.col("procurement_kind").is_in(INNOVATION_PROCUREMENT).alias("has_tool"),
        pl.lit(value=True).alias("row"),
    )
    if wanted.themes:
        rows = rows.filter(
            pl.any_horizontal(pl.col("themes").list.contains(theme) for theme in wanted.themes)
        )
    if wanted.from_year is not None:
        rows = rows.filter(pl.col("procurement_year") >= wanted.from_year)
    if wanted.to_year is not None:
        rows = rows.filter(pl.col("procurement_year") <= wanted.to_year)
    return rows


def procurements(scope: Scope) -> pl.DataFrame:
    """3.2: number with an innovation tool, by kind, their value and share of all known.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(procurements(worked_scope()).filter(~pl.col("part").str.starts_with("slag")))
    alla: 2.00 n=5/5
    varde: 5000000.00 n=2/2
    andel: 0.40 (0.12–0.77) n=5/5
    """
    rows = chosen_procurements(scope)
    tools, known = scope.tally(rows, "has_tool", "row")
    kinds = INNOVATION_PROCUREMENT
    by_kind = scope.tally(rows, "row", part="procurement_kind", parts=kinds)[0]
    valued = rows.filter("has_tool").with_columns(pl.col("value_sek").is_not_null().alias("valued"))
    money, stated = scope.tally(valued, "value_sek", "valued")
    parts = (*EVERYTHING, *((f"slag:{kind}", PROCUREMENT_KIND.labels[kind]) for kind in kinds))
    wide = np.repeat(known, len(parts), axis=1)
    # A share needs a denominator: a register that lists innovation tools only has none.
    ordinary = known > tools
    share = values.share(
        tools, np.where(ordinary, known, 0), known, np.full(known.shape, values.NOT_REPORTED)
    )
    return pl.concat(
        [
            values.rows(
                PROCUREMENTS,
                scope.units,
                parts,
                values.amount(np.hstack([tools, by_kind]), wide, wide),
            ),
            values.rows(
                PROCUREMENTS,
                scope.units,
                (("varde", "Värde"),),
                values.amount(money, stated, tools),
                unit="kronor",
            ),
            values.rows(
                PROCUREMENTS, scope.units, (("andel", "Andel av kända"),), share, unit="andel"
            ),
        ]
    )


def sme_winners(scope: Scope) -> pl.DataFrame:
    """3.3: share with a tool won by SMEs, and share won by a supplier new to the buyer.

    Ekö has bought before in two of its four; one of those went to a new supplier.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(sme_winners(worked_scope()))
    smf: – n=2/2 För få: 2 av minst 5.
    nya: – n=2/5 För få: 2 av minst 5.
    """
    rows = chosen_procurements(scope).with_columns(
        (pl.col("winner_sme") == "ja").fill_null(value=False).alias("yes"),
        pl.col("winner_sme").is_in(["ja", "nej"]).fill_null(value=False).alias("answered"),
    )
    won, answered, with_tool = scope.tally(rows.filter("has_tool"), "yes", "answered", "row")
    new, judged, known = scope.tally(_new_suppliers(rows), "is_new", "judged", "row")
    return pl.concat(
        [
            values.rows(SME_WINNERS, scope.units, ((part, label),), cells)
            for part, label, cells in (
                ("smf", "Vunna av små företag", values.share(won, answered, with_tool)),
                ("nya", "Nya leverantörer", values.share(new, judged, known)),
            )
        ]
    )


def pilots(scope: Scope) -> pl.DataFrame:
    """3.5: number of started pilots and demonstrations that two or more actors run.

    Four of Ekö's five pilots state a partner.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(pilots(worked_scope()))
    alla: 4.00 n=4/5
    """
    rows = chosen_activities(scope).filter(
        pl.col("testing_kind").is_in(["pilot", "demonstration"]), pl.col("testing_phase") != "ide"
    )
    counted = rows.with_columns(
        (pl.col("partners").list.len() > 0).fill_null(value=False).alias("several"),
        pl.lit(value=True).alias("row"),
    )
    several, known = scope.tally(counted, "several", "row")
    # Where no partner is stated for any, the register lacks the fact; that is not a zero.
    return values.rows(PILOTS, scope.units, EVERYTHING, values.amount(several, several, known))


def _new_suppliers(rows: pl.DataFrame) -> pl.DataFrame:
    """Mark the procurements whose buyer has an earlier one, and whether the supplier is new."""
    dated = rows.select("buyer", "winner", "procurement_year").drop_nulls()
    first_buy = dated.group_by("buyer").agg(pl.col("procurement_year").min().alias("first_buy"))
    first_win = dated.group_by("buyer", "winner").agg(
        pl.col("procurement_year").min().alias("first_win")
    )
    year = pl.col("procurement_year")
    return (
        rows.join(first_buy, on="buyer", how="left")
        .join(first_win, on=["buyer", "winner"], how="left")
        .with_columns(
            (year > pl.col("first_buy")).fill_null(value=False).alias("judged"),
            (pl.col("first_win") == year).fill_null(value=False).alias("first"),
        )
        .with_columns((pl.col("judged") & pl.col("first")).alias("is_new"))
    )
