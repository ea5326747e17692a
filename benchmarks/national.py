"""A made-up nation to measure: 290 municipalities, 150 000 documents, 3 million passages."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.made_up import Codes, Random, conform, core_of, lists_of, municipality_codes
from benchmarks.national_registers import registers
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME

__all__ = ["municipality_codes", "national_tables"]

MUNICIPALITIES = 290
OBJECTS = 100_000
PASSAGES = 3_000_000
_SEED = 20_260_131
_AS_OF = "2026-01-31"
_LABEL = {"op": "Översiktsplan", "dp": "Detaljplan", "ma": "Beslut"}
_STAGES = {"op": ("laga_kraft",), "dp": ("samrad", "granskning", "laga_kraft"),
           "ma": ("open", "awarded")}  # fmt: skip


def national_tables(
    scale: float = 1.0, municipalities: int = MUNICIPALITIES
) -> dict[str, pl.DataFrame]:
    """Return the tables of the nation, or of a part of it with fewer documents and passages.

    Two in a hundred objects are comprehensive plans, about seven for each municipality; seven in
    ten are read and passages fall on them unevenly, as they do in life.
    """
    random = np.random.default_rng(_SEED)
    codes = municipality_codes(municipalities)
    objects = _objects(random, codes, int(OBJECTS * scale))
    return {
        "municipality": _municipalities(random, codes),
        "planning_object": objects,
        "document": _documents(objects),
        "passage": _passages(random, objects, int(PASSAGES * scale)),
        **registers(random, codes, objects, scale),
    }


def _municipalities(random: Random, codes: Codes) -> pl.DataFrame:
    count = codes.size
    return conform(
        "municipality",
        {
            "municipality_code": codes,
            "municipality_name": [f"Ort {number}" for number in range(count)],
            "population": random.lognormal(10, 1, count).astype(int),
            "area_km2": random.lognormal(6, 1, count),
            "owns_land": random.choice(["ja", "nej"], count, p=[0.9, 0.1]),
            "as_of": [_AS_OF] * count,
        },
    )


def _objects(random: Random, codes: Codes, count: int) -> pl.DataFrame:
    kind = random.choice(list(_LABEL), count, p=[0.02, 0.63, 0.35])
    places = pl.Series(random.choice(codes, count))
    stage = [_STAGES[each][random.integers(len(_STAGES[each]))] for each in kind]
    coverage = random.choice(
        ["read_found", "not_collected", "unreadable", "superseded"], count, p=[0.7, 0.2, 0.05, 0.05]
    )
    return conform(
        "planning_object",
        {
            "object_id": [f"h{number}" for number in range(count)],
            "object_type": kind,
            "object_kind": [_LABEL[each] for each in kind],
            "object_name": [f"Handling {number}" for number in range(count)],
            "municipality_code": places,
            "core_id": core_of(places),
            "object_stage": stage,
            "is_open": np.isin(stage, ["samrad", "open"]) & (random.random(count) < 0.3),
            "year": random.integers(2010, 2027, count),
            "coverage": coverage,
            "pages": random.integers(5, 120, count),
            "passages": np.zeros(count, int),
        },
    )


def _documents(objects: pl.DataFrame) -> pl.DataFrame:
    """One plan document for each object; an earlier one or a consultation report for half."""
    own = objects.select(
        pl.col("object_id").alias("document_id"),
        "object_id",
        "municipality_code",
        pl.col("object_type").replace({"ma": "ma_decision"}).alias("document_kind"),
        pl.when(pl.col("object_type") == "dp").then(pl.lit("laga_kraft")).alias("document_stage"),
        "coverage",
        "pages",
        pl.lit(value=True).alias("is_latest"),
        pl.lit(_AS_OF).alias("as_of"),
    )
    earlier = own.filter(_has_earlier(objects)).with_columns(
        pl.format("{}-samrad", "document_id").alias("document_id"),
        pl.lit("samrad").alias("document_stage"),
        pl.lit(value=False).alias("is_latest"),
    )
    reports = own.head(objects.height // 2 - earlier.height).with_columns(
        pl.format("{}-svar", "document_id").alias("document_id"),
        pl.lit("samradsredogorelse").alias("document_kind"),
    )
    return conform("document", pl.concat([own, earlier, reports]).to_dict())


def _has_earlier(objects: pl.DataFrame) -> pl.Series:
    """Every third detailed plan has its samråd document too."""
    number = pl.select(pl.int_range(objects.height)).to_series()
    return (objects["object_type"] == "dp") & (number % 3 == 0)


def _passages(random: Random, objects: pl.DataFrame, count: int) -> pl.DataFrame:
    read = objects.with_row_index("place").filter(pl.col("coverage") == "read_found")
    weight = random.pareto(1.5, read.height) + 0.05
    owner = random.choice(read["place"].to_numpy(), count, p=weight / weight.sum())
    level = random.choice([1, 2, 3, 4], count, p=[0.4, 0.3, 0.15, 0.15])
    ids = objects["object_id"].gather(owner)
    number = pl.select(pl.int_range(count)).to_series()
    is_earlier = _has_earlier(objects).gather(owner) & pl.Series(random.random(count) < 0.05)
    documents = pl.select(
        pl.when(is_earlier).then(pl.format("{}-samrad", pl.lit(ids))).otherwise(pl.lit(ids))
    ).to_series()
    return conform(
        "passage",
        {
            "passage_id": pl.select(pl.format("b{}", pl.lit(number))).to_series(),
            "object_id": ids,
            "document_id": documents,
            "municipality_code": objects["municipality_code"].gather(owner),
            "object_type": objects["object_type"].gather(owner),
            "themes": lists_of(random, THEME.values, 3, count),
            "instruments": lists_of(random, INSTRUMENT.values, 2, count),
            "level": level,
            "commitment": pl.Series(list(COMMITMENT.values)).gather(level),
            "voice": pl.repeat("plan", count, eager=True),
            "is_negated": pl.repeat(value=False, n=count, eager=True),
            "is_counted": ~is_earlier & pl.Series(random.random(count) < 0.95),
            "legal_flag": pl.repeat(value=False, n=count, eager=True),
            "confidence": random.random(count),
            "coded_by": pl.repeat("machine", count, eager=True),
            "spans": pl.repeat("[]", count, eager=True),
        },
    )
