"""Plans and land allocations under one set of names: what a document can belong to."""

from __future__ import annotations

import polars as pl

from pipelines.model.codes import ALLOCATION_KIND, ALLOCATIONS_OPEN, PLAN_KIND, STAGES_BEFORE_REVIEW
from pipelines.sources.registers import plan_signs
from pipelines.sources.same_plan import twins

_OP_KINDS = ("op", "fop", "tillagg")


def build(plans: pl.DataFrame, allocations: pl.DataFrame) -> pl.DataFrame:
    """Return one row per plan or allocation.

    Columns: ``object_id``, ``object_type``, ``object_kind`` (Swedish label), ``object_name``,
    ``municipality_code``, ``core_id``, ``case_number``, ``object_stage`` (code), ``is_open``,
    ``decided`` (ISO date of reduced precision), ``source_url``, ``replaces_plan_id``,
    ``plan_kind`` and ``twin_of`` (the id that is kept of a plan that is there under two).
    """
    # plans that surely are another one under a second id → the id that is kept
    sure = {t.plan_id: t.kept_id for t in twins(plan_signs(plans)) if t.is_certain}
    of_plans = plans.select(
        pl.col("plan_id").alias("object_id"),
        pl.when(pl.col("plan_kind").is_in(_OP_KINDS))
        .then(pl.lit("op"))
        .otherwise(pl.lit("dp"))
        .alias("object_type"),
        pl.col("plan_kind")
        .replace_strict(PLAN_KIND.labels, return_dtype=pl.String)
        .alias("object_kind"),
        pl.col("plan_name").alias("object_name"),
        "municipality_code",
        "core_id",
        "case_number",
        pl.col("plan_stage").alias("object_stage"),
        pl.col("plan_stage").is_in(STAGES_BEFORE_REVIEW).alias("is_open"),
        pl.coalesce("adopted_date", "legal_force_date", "stage_date").alias("decided"),
        "source_url",
        "replaces_plan_id",
        "plan_kind",
        pl.col("plan_id")
        .replace_strict(sure, default=None, return_dtype=pl.String)
        .alias("twin_of"),
    )
    of_allocations = allocations.select(
        pl.col("allocation_id").alias("object_id"),
        pl.lit("ma").alias("object_type"),
        pl.col("allocation_kind")
        .replace_strict(ALLOCATION_KIND.labels, return_dtype=pl.String)
        .alias("object_kind"),
        pl.col("allocation_name").alias("object_name"),
        "municipality_code",
        "core_id",
        "case_number",
        pl.coalesce(
            "allocation_status",
            pl.when(pl.col("allocation_kind") == "policy")
            .then(pl.lit("in_force"))
            .otherwise(pl.lit("unknown")),
        ).alias("object_stage"),
        pl.col("allocation_status").is_in(ALLOCATIONS_OPEN).fill_null(False).alias("is_open"),
        pl.col("decision_date").alias("decided"),
        "source_url",
        pl.lit(None, pl.String).alias("replaces_plan_id"),
        pl.lit(None, pl.String).alias("plan_kind"),
        pl.lit(None, pl.String).alias("twin_of"),
    )
    return pl.concat([of_plans, of_allocations])


def under_one_id(documents: pl.DataFrame, objects: pl.DataFrame) -> pl.DataFrame:
    """Give the documents of a plan that is there under two ids to the one that is kept."""
    kept = dict(objects.select("object_id", "twin_of").drop_nulls().rows())
    return documents.with_columns(pl.col("object_id").replace(kept)) if kept else documents


def superseded(objects: pl.DataFrame) -> pl.DataFrame:
    """Return ``object_id`` and ``coverage_reason`` of plans that another plan takes the place of.

    A plan is replaced when another plan says so, or when the same municipality has later adopted
    another comprehensive plan for its whole area (3 kap. PBL: one such plan is in force at a time).
    A plan that is there under a second id is not counted again.
    """
    named = objects.join(
        objects.select(
            pl.col("replaces_plan_id").alias("object_id"), pl.col("object_name").alias("newer")
        ).drop_nulls(),
        on="object_id",
    )
    adopted = objects.filter(
        (pl.col("plan_kind") == "op")
        & pl.col("object_stage").is_in(["antagen", "laga_kraft"])
        & pl.col("decided").is_not_null()
    )
    newest = adopted.sort("decided").group_by("municipality_code", maintain_order=True).last()
    older = adopted.join(
        newest.select(
            "municipality_code",
            pl.col("object_id").alias("newest_id"),
            pl.col("object_name").alias("newer"),
        ),
        on="municipality_code",
    ).filter(pl.col("object_id") != pl.col("newest_id"))
    replaced = (
        pl.concat([named.select("object_id", "newer"), older.select("object_id", "newer")])
        .unique("object_id", keep="first", maintain_order=True)
        .select("object_id", pl.format("Ersatt av {}.", "newer").alias("coverage_reason"))
    )
    again = objects.drop_nulls("twin_of").select(
        "object_id",
        pl.format("Samma plan som {}, och räknas där.", "twin_of").alias("coverage_reason"),
    )
    return pl.concat([again, replaced]).unique("object_id", keep="first", maintain_order=True)
