"""Testing: how much goes on, how open it is and where (2.1-2.4)."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import UNIT, Facts
from pipelines.indicators.share import NONE_KNOWN, with_share
from pipelines.model.market_codes import PHASES_ACTIVE

ACTIVE = Indicator(
    id="2.1",
    label="Pågående testverksamhet",
    question="Hur många tester pågår?",
    unit="antal",
    formula="Testverksamheter i fasen test, demonstration eller uppskalning.",
    goals=(2,),
    actions=("2.1",),
    caveats=("Bara kartlagda verksamheter räknas; en kommun utan rader är inte kartlagd.",),
)
PUBLISHED = Indicator(
    id="2.2",
    label="Kartlagda och tillgängliga tester",
    question="Hur många tester går att hitta och kontakta?",
    unit="andel",
    formula="Pågående tester med publik kontaktväg, delat med dem där uppgiften är känd.",
    goals=(2,),
    actions=("2.1", "2.2"),
)
OPEN_TO_SMES = Indicator(
    id="2.3",
    label="Tester öppna för små företag",
    question="Hur många tester tar emot små och medelstora företag?",
    unit="andel",
    formula="Pågående tester öppna för SMF, delat med dem där uppgiften är känd.",
    goals=(2, 3),
    actions=("2.2", "3.3"),
    caveats=("Uppgiften saknas ofta; antalet kända står bredvid.",),
)
CORES = Indicator(
    id="2.4",
    label="Stadskärnor som testbäddar",
    question="Hur många teman testas i stadskärnan?",
    unit="av 11",
    formula="Antal teman med minst en pågående test i stadskärnan.",
    goals=(2,),
    actions=("2.3",),
)
DEFINITIONS = (ACTIVE, PUBLISHED, OPEN_TO_SMES, CORES)


def compute(facts: Facts) -> pl.DataFrame:
    """Compute the family: 2.1-2.3 for the region and municipalities, 2.4 for each core."""
    running = facts.activities.filter(pl.col("testing_phase").is_in(PHASES_ACTIVE))
    return pl.concat(
        [
            _active(facts),
            _known_share(facts, running, PUBLISHED, "contact_published"),
            _known_share(facts, running, OPEN_TO_SMES, "open_to_smes"),
            _themes_by_core(facts, running),
        ]
    )


def _active(facts: Facts) -> pl.DataFrame:
    running = pl.col("testing_phase").is_in(PHASES_ACTIVE)
    counted = (
        facts.by_unit(facts.activities)
        .group_by(UNIT)
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.len().cast(pl.Int64).alias("known"),
            running.sum().cast(pl.Float64).alias("value"),
        )
    )
    return values.absolute(facts, counted).with_columns(_whole()).pipe(values.named, ACTIVE)


def _known_share(
    facts: Facts, running: pl.DataFrame, indicator: Indicator, column: str
) -> pl.DataFrame:
    """Share of *ja* among the running activities whose answer is known."""
    answered = pl.col(column).is_in(["ja", "nej"]).fill_null(False)
    counted = (
        facts.by_unit(running)
        .group_by(UNIT)
        .agg(
            (pl.col(column) == "ja").fill_null(False).sum().cast(pl.Float64).alias("numerator"),
            answered.sum().cast(pl.Int64).alias("n"),
            pl.len().cast(pl.Int64).alias("known"),
        )
    )
    return (
        facts.units()
        .join(counted, on=list(UNIT), how="left")
        .with_columns(pl.col("numerator", "n", "known").fill_null(0))
        .pipe(with_share)
        .with_columns(_whole())
        .pipe(values.named, indicator)
    )


def _themes_by_core(facts: Facts, running: pl.DataFrame) -> pl.DataFrame:
    counted = running.group_by("core_id").agg(
        pl.len().cast(pl.Int64).alias("n"),
        pl.col("themes").explode().drop_nulls().n_unique().cast(pl.Float64).alias("value"),
    )
    return (
        facts.cores.select("core_id", "core_name")
        .join(counted, on="core_id", how="left")
        .select(
            pl.lit("stadskärna").alias("unit_kind"),
            pl.col("core_id").alias("unit_id"),
            pl.col("core_name").alias("unit_name"),
            "value",
            pl.col("value").alias("numerator"),
            pl.col("n").fill_null(0),
            pl.col("n").fill_null(0).alias("known"),
            pl.lit(None, pl.Float64).alias("low"),
            pl.lit(None, pl.Float64).alias("high"),
            pl.when(pl.col("value").is_null()).then(pl.lit(NONE_KNOWN)).alias("absence"),
        )
        .with_columns(_whole())
        .pipe(values.named, CORES)
    )


def _whole() -> list[pl.Expr]:
    return [pl.lit("alla").alias("part"), pl.lit("Alla").alias("part_label")]
