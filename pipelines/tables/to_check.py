"""The region's to-do list: what to look up or collect, in order of what the answer would change.

Priority: 1 a plan or allocation that would be an open window if its stage still held; 2 a test
that would be running; 3 a text that exists and could not be read or understood, or may not be
shown; 4 a text that is not collected; 5 the rest (states without a date, climate plans); 6 a
municipality of which no plan of a type is registered, which makes the list of a new region. Within
a priority what was known most recently comes first, because it most likely still holds. A row
leaves the list when a delivery answers it.
"""

from __future__ import annotations

import polars as pl

from pipelines.model.codes import (
    ALLOCATIONS_BEFORE_AWARD,
    CHECK_REASON,
    CHECK_SUBJECT,
    OBJECT_STAGE,
    PHASES_ACTIVE,
    STAGES_BEFORE_REVIEW,
    TESTING_PHASE,
)
from pipelines.model.shelf_life import last_day
from pipelines.model.tables import TABLE

CONTRACT = TABLE["to_check"]
_WINDOW, _RUNNING, _UNREAD, _UNCOLLECTED, _OTHER, _UNREGISTERED = 1, 2, 3, 4, 5, 6
_EXISTS = ("unreadable", "not_understood", "withheld")
_MISSING = ("not_collected", "excerpt_only")
_PAGE = {"op": "oversiktsplaner", "dp": "detaljplaner", "ma": "markanvisningar"}
_UNREGISTERED_NAME = {
    "op": "Kommunens översiktsplan",
    "dp": "Kommunens detaljplaner",
    "ma": "Kommunens markanvisningar",
}


def build(
    objects: pl.DataFrame,
    documents: pl.DataFrame,
    activities: pl.DataFrame,
    climate: pl.DataFrame,
    municipalities: pl.DataFrame,
) -> pl.DataFrame:
    """Return the table ``to_check`` from facts whose states have been judged.

    A plan that is both stale and not collected is one row with two reasons: its page is looked at
    once. Where an object has documents, those that could not be read are rows of their own. A
    climate plan is a steering document to collect, outside the shares of plans and allocations.
    """
    rows = pl.concat(
        [
            _objects(objects),
            _documents(documents),
            _tests(activities),
            _climate_plans(climate),
            _unregistered(objects, municipalities),
        ],
        how="diagonal",
    ).join(municipalities.select("municipality_code", "website"), on="municipality_code")
    places = {code: place for place, code in enumerate(CHECK_SUBJECT.values)}
    return (
        rows.with_columns(pl.coalesce("source_url", "website").alias("look_at"))
        .sort(
            "priority",
            last_day(pl.col("status_per")),
            pl.col("check_subject").replace_strict(places, return_dtype=pl.Int64),
            "municipality_code",
            "subject_name",
            "subject_id",
            descending=[False, True, False, False, False, False],
            nulls_last=True,
        )
        .with_columns((pl.int_range(pl.len()) + 1).alias("check_order"))
        .pipe(CONTRACT.conform)
    )


def _objects(objects: pl.DataFrame) -> pl.DataFrame:
    coverage = pl.col("coverage")
    gone = coverage.is_in(["superseded", "not_applicable"])
    stale = pl.col("is_stale").fill_null(value=False) & ~gone
    could_open = pl.col("object_stage").is_in([*STAGES_BEFORE_REVIEW, *ALLOCATIONS_BEFORE_AWARD])
    # Documents that are registered stand for themselves; the object is asked for only without any.
    missing = coverage.is_in(_MISSING) & (pl.col("documents_known") == 0)
    rows = objects.filter(stale | missing)
    return rows.select(
        pl.when(stale & could_open)
        .then(_WINDOW)
        .when(missing)
        .then(_UNCOLLECTED)
        .otherwise(_OTHER)
        .alias("priority"),
        "municipality_code",
        pl.col("object_type").alias("check_subject"),
        pl.col("object_id").alias("subject_id"),
        pl.col("object_name").alias("subject_name"),
        _reasons(stale, pl.when(missing).then(coverage)),
        pl.col("object_stage").replace(OBJECT_STAGE.labels).alias("last_step"),
        "status_per",
        "source_url",
        pl.when(stale & could_open)
        .then(pl.lit("Om handlingen ännu kan påverkas: öppna tidsfönster (1.8) och förslag."))
        .when(missing)
        .then(pl.lit("Om innovation är inskriven: andel, nivå och röda tråden (1.1–1.9)."))
        .otherwise(pl.lit("Hur färsk uppgiften är (K.3)."))
        .alias("would_change"),
        pl.when(stale & could_open)
        .then(pl.lit("tidsfonster"))
        .otherwise(pl.col("object_type").replace(_PAGE))
        .alias("check_page"),
    )


def _documents(documents: pl.DataFrame) -> pl.DataFrame:
    coverage = pl.col("coverage")
    rows = documents.filter(coverage.is_in([*_EXISTS, "not_collected"]))
    return rows.select(
        pl.when(coverage.is_in(_EXISTS)).then(_UNREAD).otherwise(_UNCOLLECTED).alias("priority"),
        "municipality_code",
        pl.lit("document").alias("check_subject"),
        pl.col("document_id").alias("subject_id"),
        pl.coalesce("document_title", "file_name").alias("subject_name"),
        _reasons(pl.lit(value=False), coverage),
        pl.col("document_stage").replace(OBJECT_STAGE.labels).alias("last_step"),
        pl.col("document_date").alias("status_per"),
        "source_url",
        pl.lit("Om innovation är inskriven: andel, nivå och röda tråden (1.1–1.9).").alias(
            "would_change"
        ),
        pl.col("object_type").replace(_PAGE).alias("check_page"),
    )


def _tests(activities: pl.DataFrame) -> pl.DataFrame:
    ran = pl.col("testing_phase").is_in(PHASES_ACTIVE)
    return activities.filter(pl.col("is_stale").fill_null(value=False)).select(
        pl.when(ran).then(_RUNNING).otherwise(_OTHER).alias("priority"),
        "municipality_code",
        pl.lit("test").alias("check_subject"),
        pl.col("activity_id").alias("subject_id"),
        pl.col("activity_name").alias("subject_name"),
        _reasons(pl.lit(value=True), pl.lit(None, pl.String)),
        pl.col("testing_phase").replace(TESTING_PHASE.labels).alias("last_step"),
        "status_per",
        "source_url",
        pl.when(ran)
        .then(
            pl.lit("Om testet pågår: antal (2.1), förslag till tidsfönster och uppskalning (2.5).")
        )
        .otherwise(pl.lit("Vilken fas testet är i (2.1)."))
        .alias("would_change"),
        pl.lit("testverksamhet").alias("check_page"),
    )


def _climate_plans(climate: pl.DataFrame) -> pl.DataFrame:
    return climate.drop_nulls("climate_plan_url").select(
        pl.lit(_OTHER).alias("priority"),
        "municipality_code",
        pl.lit("climate_plan").alias("check_subject"),
        pl.col("municipality_code").alias("subject_id"),
        pl.col("climate_plan").alias("subject_name"),
        _reasons(pl.lit(value=False), pl.lit("not_collected")),
        pl.lit("Antagen").alias("last_step"),
        pl.col("climate_plan_year").cast(pl.String).alias("status_per"),
        pl.col("climate_plan_url").alias("source_url"),
        pl.lit("Vad kommunen styr med utanför planerna; ingår inte i andelarna.").alias(
            "would_change"
        ),
        pl.lit("upphandling").alias("check_page"),
    )


def _unregistered(objects: pl.DataFrame, municipalities: pl.DataFrame) -> pl.DataFrame:
    """One row per municipality and type without any object; the municipality is its key."""
    types = pl.DataFrame({"check_subject": list(_PAGE)})
    known = objects.select("municipality_code", pl.col("object_type").alias("check_subject"))
    rows = municipalities.select("municipality_code").join(types, how="cross")
    kind = pl.col("check_subject")
    return rows.join(known, on=["municipality_code", "check_subject"], how="anti").select(
        pl.lit(_UNREGISTERED).alias("priority"),
        "municipality_code",
        kind,
        pl.col("municipality_code").alias("subject_id"),
        kind.replace(_UNREGISTERED_NAME).alias("subject_name"),
        _reasons(pl.lit(value=False), pl.lit("not_registered")),
        pl.lit("Vilka planer och markanvisningar som finns att läsa (K.1).").alias("would_change"),
        kind.replace(_PAGE).alias("check_page"),
    )


def _reasons(stale: pl.Expr, coverage: pl.Expr) -> pl.Expr:
    reasons = [pl.when(stale).then(pl.lit(CHECK_REASON.values[0])), coverage]
    return pl.concat_list(reasons).list.drop_nulls().alias("check_reasons")
