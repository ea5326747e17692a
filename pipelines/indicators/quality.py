"""Quality of the data itself: coverage, readability and rejected rows (K.1, K.2, K.5)."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import REGION, UNIT, Facts
from pipelines.indicators.share import with_share
from pipelines.model.plan_codes import OBJECT_TYPE

COVERAGE = Indicator(
    id="K.1",
    label="Täckning",
    question="Hur stor del av de kända handlingarna är lästa?",
    unit="andel",
    formula="Lästa handlingar delat med kända, utan ersatta och ej tillämpliga.",
    direction="up",
)
READABILITY = Indicator(
    id="K.2",
    label="Läsbarhet",
    question="Hur många av de insamlade dokumenten går att läsa?",
    unit="andel",
    formula="Lästa dokument delat med insamlade dokument.",
    direction="up",
)
REJECTED = Indicator(
    id="K.5",
    label="Avvisade rader",
    question="Hur stor del av de levererade raderna avvisades?",
    unit="andel",
    formula="Avvisade rader delat med levererade rader.",
    direction="down",
)
DEFINITIONS = (COVERAGE, READABILITY, REJECTED)
_READ = ("read_found", "read_none")


def compute(facts: Facts) -> pl.DataFrame:
    """Compute the family: K.1 and K.2 for all units, K.5 for the region."""
    return pl.concat([_coverage(facts), _readability(facts), _rejected(facts)])


def _coverage(facts: Facts) -> pl.DataFrame:
    known = facts.objects.filter(~pl.col("coverage").is_in(["superseded", "not_applicable"]))
    parts = pl.DataFrame(
        {"part": OBJECT_TYPE.values, "part_label": list(OBJECT_TYPE.labels.values())}
    )
    counted = (
        facts.by_unit(known.with_columns(pl.col("object_type").alias("part")))
        .group_by(*UNIT, "part")
        .agg(
            pl.col("coverage").is_in(_READ).sum().cast(pl.Float64).alias("numerator"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.len().cast(pl.Int64).alias("known"),
        )
    )
    return (
        facts.units()
        .join(parts, how="cross")
        .join(counted, on=[*UNIT, "part"], how="left")
        .with_columns(pl.col("numerator", "n", "known").fill_null(0))
        .pipe(with_share)
        .pipe(values.named, COVERAGE)
    )


def _readability(facts: Facts) -> pl.DataFrame:
    collected = facts.documents.filter(pl.col("coverage").is_in([*_READ, "unreadable"]))
    counted = (
        facts.by_unit(collected)
        .group_by(UNIT)
        .agg(
            pl.col("coverage").is_in(_READ).sum().cast(pl.Float64).alias("numerator"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.len().cast(pl.Int64).alias("known"),
        )
    )
    return _shares(facts, counted).pipe(values.named, READABILITY)


def _rejected(facts: Facts) -> pl.DataFrame:
    rows_in, rejected = facts.deliveries["rows_in"].sum(), facts.deliveries["rows_rejected"].sum()
    counted = pl.DataFrame(
        {
            "unit_kind": [REGION],
            "unit_id": [facts.region_name],
            "numerator": [float(rejected)],
            "n": [rows_in],
            "known": [rows_in],
        }
    )
    whole = _shares(facts, counted).filter(pl.col("unit_kind") == REGION)
    return whole.pipe(values.named, REJECTED)


def _shares(facts: Facts, counted: pl.DataFrame) -> pl.DataFrame:
    return (
        facts.units()
        .join(counted, on=list(UNIT), how="left")
        .with_columns(pl.col("numerator", "n", "known").fill_null(0))
        .pipe(with_share)
        .with_columns(pl.lit("alla").alias("part"), pl.lit("Alla").alias("part_label"))
    )
