"""The made-up nation's registers: plans and stages, allocations, tests, procurements, actions."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.made_up import CORES, Codes, Random, conform, core_of, lists_of
from pipelines.model.codes import (
    ACTION_LOG_KIND,
    ACTIVITY,
    PROCUREMENT_KIND,
    TESTING_KIND,
    TESTING_PHASE,
    THEME,
)

ACTIVITIES = 5_000
PROCUREMENTS = 50_000
_LOG = 500
_CRITERIA = (["Pris:100"], ["Pris:60", "Klimat:40"], ["Pris:40", "Gestaltning:60"],
             ["Pris:30", "Innovation för klimat:45", "Gestaltning:25"])  # fmt: skip
_BARRIERS = ("Finansiering", "Oklara regler", "Oklart vem som äger nätet", "Tidsbrist")


def registers(
    random: Random, codes: Codes, objects: pl.DataFrame, scale: float
) -> dict[str, pl.DataFrame]:
    """Return the registers of the nation, by table; ``objects`` are its planning objects."""
    plans = objects.filter(pl.col("object_type") != "ma")
    return {
        "regional_core": _cores(random, codes),
        "plan": _plans(random, plans),
        "plan_stage_event": _stages(random, plans.filter(pl.col("object_type") == "dp")),
        "land_allocation": _allocations(random, objects.filter(pl.col("object_type") == "ma")),
        "testing_activity": _activities(random, codes, int(ACTIVITIES * scale)),
        "procurement": _procurements(random, codes, int(PROCUREMENTS * scale)),
        "action": _actions(),
        "action_log": _log(random),
    }


def _cores(random: Random, everywhere: Codes) -> pl.DataFrame:
    codes = everywhere[::5][:CORES]
    return conform(
        "regional_core",
        {
            "core_id": core_of(pl.Series(codes)),
            "core_name": [f"Kärna {code}" for code in codes],
            "municipality_codes": [[code] for code in codes],
            "lat": random.uniform(55, 69, codes.size),
            "lon": random.uniform(11, 24, codes.size),
        },
    )


def _plans(random: Random, own: pl.DataFrame) -> pl.DataFrame:
    """Plans; a third of the detailed plans name the comprehensive plan above them."""
    above = own.filter(pl.col("object_type") == "op").group_by("municipality_code").agg(
        pl.col("object_id").first().alias("above")
    )  # fmt: skip
    parents = own.join(above, on="municipality_code", how="left", maintain_order="left")["above"]
    parent = parents.set(
        (own["object_type"] == "op") | pl.Series(random.random(own.height) > 0.3), None
    )
    return conform(
        "plan",
        {
            "plan_id": own["object_id"],
            "municipality_code": own["municipality_code"],
            "plan_kind": own["object_type"],
            "plan_name": own["object_name"],
            "plan_stage": own["object_stage"],
            "core_id": own["core_id"],
            "parent_plan_id": parent,
            "as_of": pl.repeat("2025-10-31", own.height, eager=True),
        },
    )


def _stages(random: Random, own: pl.DataFrame) -> pl.DataFrame:
    """Samråd for every detailed plan, and granskning for those that have come so far."""
    waited = pl.Series(random.integers(0, 4, own.height))
    come = own.with_columns((pl.col("year") - waited).alias("begun")).with_columns(
        pl.format("{}-03-01", pl.min_horizontal("begun", pl.lit(2025))).alias("samrad"),
        pl.format("{}-09-01", pl.min_horizontal("year", pl.lit(2025))).alias("granskning"),
    )
    reviewed = come.filter(pl.col("object_stage") != "samrad")
    both = [
        rows.select(
            pl.col("object_id").alias("plan_id"),
            pl.lit(stage).alias("plan_stage"),
            pl.col(stage).alias("stage_date"),
        )
        for stage, rows in (("samrad", come), ("granskning", reviewed))
    ]
    return conform("plan_stage_event", pl.concat(both).to_dict())


def _allocations(random: Random, own: pl.DataFrame) -> pl.DataFrame:
    weights = pl.Series(_CRITERIA).gather(random.integers(0, len(_CRITERIA), own.height))
    weights = weights.set(pl.Series(random.random(own.height) < 0.4), None)
    return conform(
        "land_allocation",
        {
            "allocation_id": own["object_id"],
            "municipality_code": own["municipality_code"],
            "allocation_kind": pl.repeat("decision", own.height, eager=True),
            "allocation_name": own["object_name"],
            "allocation_method": pl.repeat("okant", own.height, eager=True),
            "allocation_status": own["object_stage"],
            "decision_date": own["year"].cast(pl.String),
            "core_id": own["core_id"],
            "criteria_weights": weights,
            "criteria": weights.list.eval(pl.element().str.split(":").list.first()),
            "as_of": pl.repeat("2025-12-31", own.height, eager=True),
        },
    )


def _activities(random: Random, codes: Codes, count: int) -> pl.DataFrame:
    start, number = random.integers(2008, 2026, count), np.arange(count)
    places = pl.Series(random.choice(codes, count))
    return conform(
        "testing_activity",
        {
            "activity_id": [f"t{each}" for each in number],
            "activity_name": [f"Test {each}" for each in number],
            "host": [f"Värd {each % 700}" for each in number],
            "host_type": random.choice(["kommun", "foretag", "akademi"], count),
            "partners": [[f"Part {each % 900}", f"Part {each % 37}"] for each in number],
            "partner_types": [["akademi", "foretag"][: 1 + each % 2] for each in number],
            "municipality_code": places,
            "core_id": core_of(places),
            "themes": lists_of(random, THEME.values, 3, count),
            "testing_kind": random.choice(TESTING_KIND.values, count),
            "testing_phase": random.choice(TESTING_PHASE.values, count),
            "start_year": start,
            "scaled_year": pl.Series(start + random.integers(1, 8, count)).set(
                pl.Series(random.random(count) < 0.7), None
            ),
            "open_to_smes": random.choice(["ja", "nej", "okant"], count),
            "contact_published": random.choice(["ja", "nej", "okant"], count),
            "barriers": lists_of(random, _BARRIERS, 2, count),
            "lat": random.uniform(55, 69, count),
            "lon": random.uniform(11, 24, count),
            "as_of": pl.repeat("2025-06-30", count, eager=True),
        },
    )


def _procurements(random: Random, codes: Codes, count: int) -> pl.DataFrame:
    return conform(
        "procurement",
        {
            "procurement_id": [f"u{number}" for number in range(count)],
            "buyer": [f"Köpare {number % 600}" for number in range(count)],
            "buyer_type": random.choice(["kommun", "region", "stat"], count),
            "municipality_code": random.choice(codes, count),
            "procurement_kind": random.choice(PROCUREMENT_KIND.values, count),
            "procurement_year": random.integers(2012, 2027, count),
            "value_sek": random.lognormal(14, 1, count),
            "winner": [f"Firma {number}" for number in random.integers(0, 9000, count)],
            "winner_sme": random.choice(["ja", "nej", "okant"], count),
            "themes": lists_of(random, THEME.values, 2, count),
            "as_of": pl.repeat("2026-01-31", count, eager=True),
        },
    )


def _actions() -> pl.DataFrame:
    return conform(
        "action",
        {
            "action_id": ACTIVITY.values,
            "goal": [int(code[0]) for code in ACTIVITY.values],
            "action_title": list(ACTIVITY.labels.values()),
            "action_status": ["ongoing"] * len(ACTIVITY.values),
            "as_of": ["2025-12-31"] * len(ACTIVITY.values),
        },
    )


def _log(random: Random) -> pl.DataFrame:
    years = random.integers(2020, 2026, _LOG).astype(str)
    return conform(
        "action_log",
        {
            "log_id": [f"l{number}" for number in range(_LOG)],
            "action_log_kind": random.choice(ACTION_LOG_KIND.values, _LOG),
            "log_date": years,
            "log_title": [f"Insats {number}" for number in range(_LOG)],
            "action_ids": [[code] for code in random.choice(ACTIVITY.values, _LOG)],
        },
    )
