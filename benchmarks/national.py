"""A made-up nation for benchmarks: 290 municipalities, 150 000 documents, 3 million passages."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators.facts import Facts
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.model.market_codes import PROCUREMENT_KIND, TESTING_KIND, TESTING_PHASE
from pipelines.model.tables import TABLE

MUNICIPALITIES = 290
OBJECTS = 100_000
DOCUMENTS = 150_000
PASSAGES = 3_000_000
ACTIVITIES = 5_000
PROCUREMENTS = 50_000
_SEED = 20_260_131
_PATTERNS = 400
Codes = np.ndarray[tuple[int, ...], np.dtype[np.str_]]


def national_facts(scale: float = 1.0, municipalities: int = MUNICIPALITIES) -> Facts:
    """Return the facts of the nation, or of a part of it with fewer documents and passages.

    Two in a hundred objects are comprehensive plans, about seven for each municipality; seven in
    ten are read and passages fall on them unevenly, as they do in life.
    """
    random = np.random.default_rng(_SEED)
    codes = municipality_codes(municipalities)
    objects = _objects(random, codes, int(OBJECTS * scale))
    tables = {
        "municipality": _municipalities(random, codes),
        "planning_object": objects,
        "document": _documents(objects, int((DOCUMENTS - OBJECTS) * scale)),
        "passage": _passages(random, objects, int(PASSAGES * scale)),
        "plan": _plans(objects),
        "testing_activity": _activities(random, codes),
        "procurement": _procurements(random, codes),
    }
    return Facts("nation", "Nationen", tables)


def _conform(table: str, columns: dict[str, object]) -> pl.DataFrame:
    frame = pl.DataFrame(columns)
    schema = TABLE[table].polars_schema
    return frame.select(
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind).alias(name)
        for name, kind in schema.items()
    )


def municipality_codes(count: int) -> Codes:
    """Made-up codes, one a municipality."""
    return np.array([f"{1000 + number}" for number in range(count)])


def _municipalities(random: np.random.Generator, codes: Codes) -> pl.DataFrame:
    count = len(codes)
    return _conform(
        "municipality",
        {
            "municipality_code": codes,
            "municipality_name": [f"Ort {number}" for number in range(count)],
            "population": random.lognormal(10, 1, count).astype(int),
            "area_km2": random.lognormal(6, 1, count),
            "owns_land": random.choice(["ja", "nej"], count, p=[0.9, 0.1]),
            "as_of": ["2026-01-31"] * count,
        },
    )


def _objects(random: np.random.Generator, codes: Codes, count: int) -> pl.DataFrame:
    kind = random.choice(["op", "dp", "ma"], count, p=[0.02, 0.63, 0.35])
    labels = {"op": "Översiktsplan", "dp": "Detaljplan", "ma": "Beslut"}
    stages = {"op": "laga_kraft", "dp": "samrad", "ma": "awarded"}
    coverage = random.choice(
        ["read_found", "not_collected", "unreadable", "superseded"], count, p=[0.7, 0.2, 0.05, 0.05]
    )
    return _conform(
        "planning_object",
        {
            "object_id": [f"h{number}" for number in range(count)],
            "object_type": kind,
            "object_kind": [labels[each] for each in kind],
            "object_name": [f"Handling {number}" for number in range(count)],
            "municipality_code": random.choice(codes, count),
            "object_stage": [stages[each] for each in kind],
            "is_open": random.random(count) < 0.1,
            "year": random.integers(2010, 2027, count),
            "coverage": coverage,
            "pages": random.integers(5, 120, count),
            "passages": np.zeros(count, int),
        },
    )


def _documents(objects: pl.DataFrame, reports: int) -> pl.DataFrame:
    """One plan document for each object, and consultation reports for some."""
    own = objects.select(
        pl.col("object_id").alias("document_id"),
        "object_id",
        "municipality_code",
        pl.col("object_type").replace({"ma": "ma_decision"}).alias("document_kind"),
        pl.when(pl.col("object_type") == "dp").then(pl.lit("samrad")).alias("document_stage"),
        "coverage",
        "pages",
        pl.lit(value=True).alias("is_latest"),
        pl.lit("2026-01-31").alias("as_of"),
    )
    more = own.head(reports).with_columns(
        pl.format("{}-svar", "document_id").alias("document_id"),
        pl.lit("samradsredogorelse").alias("document_kind"),
    )
    return _conform("document", pl.concat([own, more]).to_dict())


def _patterns(random: np.random.Generator, codes: tuple[str, ...], most: int) -> pl.Series:
    """Some lists of codes to choose from: making three million lists one by one takes minutes."""
    lists = [
        list(random.choice(codes, random.integers(0, most + 1), replace=False))
        for _ in range(_PATTERNS)
    ]
    return pl.Series(lists, dtype=pl.List(pl.String))


def _passages(random: np.random.Generator, objects: pl.DataFrame, count: int) -> pl.DataFrame:
    read = objects.with_row_index("place").filter(pl.col("coverage") == "read_found")
    weight = random.pareto(1.5, read.height) + 0.05
    owner = random.choice(read["place"].to_numpy(), count, p=weight / weight.sum())
    level = random.choice([1, 2, 3, 4], count, p=[0.4, 0.3, 0.15, 0.15])
    ids = objects["object_id"].gather(owner)
    pick = random.integers(0, _PATTERNS, (2, count))
    return _conform(
        "passage",
        {
            "passage_id": pl.select(
                pl.concat_str(pl.lit("b"), pl.int_range(count).cast(pl.String))
            ).to_series(),
            "object_id": ids,
            "document_id": ids,
            "municipality_code": objects["municipality_code"].gather(owner),
            "object_type": objects["object_type"].gather(owner),
            "themes": _patterns(random, THEME.values, 3).gather(pick[0]),
            "instruments": _patterns(random, INSTRUMENT.values, 2).gather(pick[1]),
            "level": level,
            "commitment": pl.Series(list(COMMITMENT.values)).gather(level),
            "voice": pl.repeat("plan", count, eager=True),
            "is_negated": pl.repeat(value=False, n=count, eager=True),
            "is_counted": random.random(count) < 0.95,
            "legal_flag": pl.repeat(value=False, n=count, eager=True),
            "confidence": random.random(count),
            "coded_by": pl.repeat("machine", count, eager=True),
            "spans": pl.repeat("[]", count, eager=True),
        },
    )


def _plans(objects: pl.DataFrame) -> pl.DataFrame:
    own = objects.filter(pl.col("object_type") != "ma")
    return _conform(
        "plan",
        {
            "plan_id": own["object_id"],
            "municipality_code": own["municipality_code"],
            "plan_kind": own["object_type"],
            "plan_name": own["object_name"],
            "plan_stage": own["object_stage"],
        },
    )


def _activities(random: np.random.Generator, codes: Codes) -> pl.DataFrame:
    start = random.integers(2008, 2026, ACTIVITIES)
    return _conform(
        "testing_activity",
        {
            "activity_id": [f"t{number}" for number in range(ACTIVITIES)],
            "activity_name": [f"Test {number}" for number in range(ACTIVITIES)],
            "host": [f"Värd {number % 700}" for number in range(ACTIVITIES)],
            "host_type": random.choice(["kommun", "foretag", "akademi"], ACTIVITIES),
            "partners": [[f"Part {number % 900}", f"Part {number % 37}"]
                         for number in range(ACTIVITIES)],
            "partner_types": [["akademi", "foretag"][: 1 + number % 2]
                              for number in range(ACTIVITIES)],
            "municipality_code": random.choice(codes, ACTIVITIES),
            "themes": _patterns(random, THEME.values, 3).gather(
                random.integers(0, _PATTERNS, ACTIVITIES)
            ),
            "testing_kind": random.choice(TESTING_KIND.values, ACTIVITIES),
            "testing_phase": random.choice(TESTING_PHASE.values, ACTIVITIES),
            "start_year": start,
            "scaled_year": pl.Series(start + random.integers(1, 8, ACTIVITIES)).set(
                pl.Series(random.random(ACTIVITIES) < 0.7), None
            ),
            "open_to_smes": random.choice(["ja", "nej", "okant"], ACTIVITIES),
            "contact_published": random.choice(["ja", "nej", "okant"], ACTIVITIES),
            "lat": random.uniform(55, 69, ACTIVITIES),
            "lon": random.uniform(11, 24, ACTIVITIES),
        },
    )  # fmt: skip


def _procurements(random: np.random.Generator, codes: Codes) -> pl.DataFrame:
    return _conform(
        "procurement",
        {
            "procurement_id": [f"u{number}" for number in range(PROCUREMENTS)],
            "buyer": [f"Köpare {number % 600}" for number in range(PROCUREMENTS)],
            "buyer_type": random.choice(["kommun", "region", "stat"], PROCUREMENTS),
            "municipality_code": random.choice(codes, PROCUREMENTS),
            "procurement_kind": random.choice(PROCUREMENT_KIND.values, PROCUREMENTS),
            "procurement_year": random.integers(2012, 2027, PROCUREMENTS),
            "value_sek": random.lognormal(14, 1, PROCUREMENTS),
            "winner": [f"Firma {number}" for number in random.integers(0, 9000, PROCUREMENTS)],
            "winner_sme": random.choice(["ja", "nej", "okant"], PROCUREMENTS),
        },
    )
