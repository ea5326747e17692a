"""Doors for small companies: criteria in allocations, innovation procurement, winners (3.1-3.3)."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import UNIT, Facts
from pipelines.indicators.share import with_share
from pipelines.model.market_codes import INNOVATION_PROCUREMENT

CRITERIA = Indicator(
    id="3.1",
    label="Markanvisningar med kriterier för innovation eller klimat",
    question="Hur många markanvisningar väljer byggherre på annat än pris?",
    unit="andel",
    formula="Lästa markanvisningar med belägg för kriterier, tävling eller funktionskrav, "
    "delat med lästa.",
    goals=(3,),
    actions=("3.1", "3.2"),
)
PROCUREMENTS = Indicator(
    id="3.2",
    label="Upphandlingar med innovationsverktyg",
    question="Hur ofta används upphandling för att få fram nytt?",
    unit="antal",
    formula="Upphandlingar av något av slagen innovations-, funktions-, dialogupphandling, "
    "innovationspartnerskap eller förkommersiell upphandling.",
    goals=(3,),
    actions=("3.1", "3.2"),
    caveats=("Bara kända upphandlingar räknas.",),
)
SME_WINNERS = Indicator(
    id="3.3",
    label="Upphandlingar vunna av små företag",
    question="Hur ofta vinner små och medelstora företag?",
    unit="andel",
    formula="Upphandlingar med innovationsverktyg vunna av SMF, delat med dem där storleken "
    "är känd.",
    goals=(3,),
    actions=("3.2",),
)
DEFINITIONS = (CRITERIA, PROCUREMENTS, SME_WINNERS)
_SELECTING = ("markanvisning_kriterier", "tavling", "funktionskrav")


def compute(facts: Facts) -> pl.DataFrame:
    """Compute the family for the region and each municipality."""
    return pl.concat([_criteria(facts), _procurements(facts), _sme_winners(facts)])


def _whole() -> list[pl.Expr]:
    return [pl.lit("alla").alias("part"), pl.lit("Alla").alias("part_label")]


def _shares(facts: Facts, counted: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    return (
        facts.units()
        .join(counted, on=list(UNIT), how="left")
        .with_columns(pl.col("numerator", "n", "known").fill_null(0))
        .pipe(with_share)
        .with_columns(_whole())
        .pipe(values.named, indicator)
    )


def _criteria(facts: Facts) -> pl.DataFrame:
    read = pl.col("coverage").is_in(["read_found", "read_none"])
    selects = pl.col("instruments").list.eval(pl.element().is_in(_SELECTING)).list.any()
    allocations = facts.objects.filter(
        pl.col("object_type") == "ma", ~pl.col("coverage").is_in(["superseded", "not_applicable"])
    )
    counted = (
        facts.by_unit(allocations)
        .group_by(UNIT)
        .agg(
            (read & selects).sum().cast(pl.Float64).alias("numerator"),
            read.sum().cast(pl.Int64).alias("n"),
            pl.len().cast(pl.Int64).alias("known"),
        )
    )
    return _shares(facts, counted, CRITERIA)


def _procurements(facts: Facts) -> pl.DataFrame:
    tool = pl.col("procurement_kind").is_in(INNOVATION_PROCUREMENT)
    counted = (
        facts.by_unit(facts.procurements)
        .group_by(UNIT)
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.len().cast(pl.Int64).alias("known"),
            tool.sum().cast(pl.Float64).alias("value"),
        )
    )
    return values.absolute(facts, counted).with_columns(_whole()).pipe(values.named, PROCUREMENTS)


def _sme_winners(facts: Facts) -> pl.DataFrame:
    with_tool = facts.procurements.filter(pl.col("procurement_kind").is_in(INNOVATION_PROCUREMENT))
    answered = pl.col("winner_sme").is_in(["ja", "nej"]).fill_null(False)
    counted = (
        facts.by_unit(with_tool)
        .group_by(UNIT)
        .agg(
            (pl.col("winner_sme") == "ja")
            .fill_null(False)
            .sum()
            .cast(pl.Float64)
            .alias("numerator"),
            answered.sum().cast(pl.Int64).alias("n"),
            pl.len().cast(pl.Int64).alias("known"),
        )
    )
    return _shares(facts, counted, SME_WINNERS)
