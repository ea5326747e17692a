"""How much innovation plans hold, how bindingly and how broadly (1.1-1.5, 1.8)."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import UNIT, Facts
from pipelines.indicators.share import NONE_KNOWN, with_share
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.model.plan_codes import OBJECT_TYPE

READ = ("read_found", "read_none")
NOT_KNOWN = ("superseded", "not_applicable")
"""Coverage that takes an object out of the known: replaced, or the question does not apply."""

INCLUSION = Indicator(
    id="1.1",
    label="Andel handlingar med innovation",
    question="Hur många planer och markanvisningar skriver in innovation?",
    unit="andel",
    formula="Lästa handlingar med minst ett belägg, delat med lästa handlingar.",
    goals=(1,),
    actions=("1.1", "3.2"),
    caveats=("Ersatta planer räknas inte.", "Handlingar som inte är lästa ingår inte i nämnaren."),
)
LADDER = Indicator(
    id="1.2",
    label="Förpliktelsegrad",
    question="Hur bindande är det starkaste som handlingen säger?",
    unit="andel",
    formula="Lästa handlingar efter högsta förpliktelsegrad, delat med lästa handlingar.",
    direction="none",
    goals=(1,),
    actions=("1.1", "3.2"),
    caveats=("Graden gäller det verb som styr innovationen.",),
)
REQUIREMENT = Indicator(
    id="1.3",
    label="Andel handlingar med krav",
    question="Hur många ställer krav med ett styrmedel?",
    unit="andel",
    formula="Lästa handlingar med minst ett belägg på nivån Ska som anger ett styrmedel, "
    "delat med lästa handlingar.",
    goals=(1, 3),
    actions=("3.2",),
    caveats=("Tekniska krav i detaljplan kan sakna lagstöd (8 kap. 4 a § PBL) och flaggas.",),
)
BREADTH = Indicator(
    id="1.4",
    label="Bredd",
    question="Hur många teman och styrmedel används?",
    unit="av 11",
    formula="Antal olika teman, respektive styrmedel, i räknade belägg.",
    goals=(1,),
    actions=("1.3",),
)
DENSITY = Indicator(
    id="1.5",
    label="Täthet",
    question="Hur ofta återkommer innovation i texten?",
    unit="per 10 sidor",
    formula="Räknade belägg delat med lästa sidor, gånger tio.",
    goals=(1,),
    actions=("1.1",),
    caveats=("Långa planer blir inte bättre av sin längd; antalet belägg visas bredvid.",),
)
WINDOWS = Indicator(
    id="1.8",
    label="Öppna tidsfönster",
    question="Vilka handlingar kan ännu påverkas?",
    unit="antal",
    formula="Planer före granskning och markanvisningar före beslut, utan belägg.",
    direction="none",
    goals=(1,),
    actions=("1.2",),
    caveats=("Skedet gäller per källans datum.",),
)
DEFINITIONS = (INCLUSION, LADDER, REQUIREMENT, BREADTH, DENSITY, WINDOWS)


def compute(facts: Facts) -> pl.DataFrame:
    """Compute the family for the region and each municipality, by object type."""
    objects = _with_requirement(facts)
    return pl.concat(
        [
            _share(facts, objects, INCLUSION, pl.col("passages") > 0),
            *_ladder(facts, objects),
            _share(facts, objects, REQUIREMENT, pl.col("has_requirement")),
            *_breadth(facts, objects),
            _density(facts, objects),
            _windows(facts, objects),
        ]
    )


def _with_requirement(facts: Facts) -> pl.DataFrame:
    shall = facts.passages.filter(
        "is_counted",
        pl.col("level") == COMMITMENT.position("shall"),
        pl.col("instruments").list.len() > 0,
    )
    return facts.objects.with_columns(
        pl.col("object_id").is_in(shall["object_id"].unique().to_list()).alias("has_requirement"),
        pl.col("coverage").is_in(READ).alias("is_read"),
        (~pl.col("coverage").is_in(NOT_KNOWN)).alias("is_known"),
    )


def _grid(facts: Facts) -> pl.DataFrame:
    types = pl.DataFrame(
        {"part": OBJECT_TYPE.values, "part_label": list(OBJECT_TYPE.labels.values())}
    )
    return facts.units().join(types, how="cross")


def _counts(facts: Facts, objects: pl.DataFrame, hit: pl.Expr) -> pl.DataFrame:
    """``numerator, n, known`` for every unit and object type, zero counts included."""
    counted = (
        facts.by_unit(objects.with_columns(pl.col("object_type").alias("part")))
        .group_by(*UNIT, "part")
        .agg(
            (hit & pl.col("is_read")).sum().cast(pl.Float64).alias("numerator"),
            pl.col("is_read").sum().cast(pl.Int64).alias("n"),
            pl.col("is_known").sum().cast(pl.Int64).alias("known"),
        )
    )
    return (
        _grid(facts)
        .join(counted, on=[*UNIT, "part"], how="left")
        .with_columns(pl.col("numerator", "n", "known").fill_null(0))
    )


def _share(facts: Facts, objects: pl.DataFrame, indicator: Indicator, hit: pl.Expr) -> pl.DataFrame:
    return _counts(facts, objects, hit).pipe(with_share).pipe(values.named, indicator)


def _ladder(facts: Facts, objects: pl.DataFrame) -> list[pl.DataFrame]:
    return [
        _counts(facts, objects, pl.col("level") == level)
        .pipe(with_share)
        .with_columns(
            pl.format("{}:{}", "part", pl.lit(code.code)).alias("part"),
            pl.format("{}: {}", "part_label", pl.lit(code.label)).alias("part_label"),
        )
        .pipe(values.named, LADDER)
        for level, code in enumerate(COMMITMENT.codes)
    ]


def _breadth(facts: Facts, objects: pl.DataFrame) -> list[pl.DataFrame]:
    parts = (("themes", THEME.label), ("instruments", INSTRUMENT.label))
    return [_breadth_of(facts, objects, column, label) for column, label in parts]


def _breadth_of(facts: Facts, objects: pl.DataFrame, column: str, label: str) -> pl.DataFrame:
    current = facts.by_unit(objects.filter("is_known"))
    counted = current.group_by(UNIT).agg(
        pl.col("is_read").sum().cast(pl.Int64).alias("n"),
        pl.len().cast(pl.Int64).alias("known"),
        pl.col(column)
        .filter("is_read")
        .explode()
        .drop_nulls()
        .n_unique()
        .cast(pl.Float64)
        .alias("value"),
    )
    return (
        values.absolute(facts, counted)
        .with_columns(pl.lit(column).alias("part"), pl.lit(label).alias("part_label"))
        .pipe(values.named, BREADTH)
    )


def _density(facts: Facts, objects: pl.DataFrame) -> pl.DataFrame:
    read = facts.by_unit(objects.with_columns(pl.col("object_type").alias("part")))
    pages = pl.col("pages").filter("is_read").sum()
    found = pl.col("passages").filter("is_read").sum().cast(pl.Float64)
    counted = read.group_by(*UNIT, "part").agg(
        pl.col("is_read").sum().cast(pl.Int64).alias("n"),
        pl.col("is_known").sum().cast(pl.Int64).alias("known"),
        found.alias("numerator"),
        pl.when(pages > 0).then(10 * found / pages).alias("value"),
    )
    return (
        _grid(facts)
        .join(counted, on=[*UNIT, "part"], how="left")
        .with_columns(pl.col("n", "known").fill_null(0))
        .pipe(values.without_interval)
        .pipe(values.named, DENSITY)
    )


def _windows(facts: Facts, objects: pl.DataFrame) -> pl.DataFrame:
    without = pl.col("is_open") & (pl.col("passages").fill_null(0) == 0) & pl.col("is_known")
    counted = (
        facts.by_unit(objects.with_columns(pl.col("object_type").alias("part")))
        .group_by(*UNIT, "part")
        .agg(
            pl.col("is_open").sum().cast(pl.Int64).alias("n"),
            pl.col("is_known").sum().cast(pl.Int64).alias("known"),
            without.sum().cast(pl.Float64).alias("value"),
        )
    )
    return (
        _grid(facts)
        .join(counted, on=[*UNIT, "part"], how="left")
        .with_columns(pl.col("n", "known").fill_null(0))
        .with_columns(
            pl.when(pl.col("known") > 0).then(pl.col("value")).alias("value"),
            pl.col("value").alias("numerator"),
        )
        .with_columns(
            pl.lit(None, pl.Float64).alias("low"),
            pl.lit(None, pl.Float64).alias("high"),
            pl.when(pl.col("value").is_null()).then(pl.lit(NONE_KNOWN)).alias("absence"),
        )
        .pipe(values.named, WINDOWS)
    )
