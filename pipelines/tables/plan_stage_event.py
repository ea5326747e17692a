"""Dated stages of plans: those delivered as such, and those that a plan's own dates imply."""

from __future__ import annotations

import polars as pl

from pipelines.model.tables import TABLE

CONTRACT = TABLE["plan_stage_event"]
_DATED = {"adopted_date": "antagen", "legal_force_date": "laga_kraft"}


def build(delivered: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Return one row per plan, stage and date.

    Args:
        delivered: the register *planskeden*.
        plans: the register *planer*; ``adopted_date``, ``legal_force_date`` and the date of the
            present stage are stages too.
    """
    note = pl.lit(None, pl.String).alias("note")
    implied = [
        plans.select(
            "plan_id", pl.lit(stage).alias("plan_stage"), pl.col(column).alias("stage_date"), note
        )
        for column, stage in _DATED.items()
    ]
    present = plans.select("plan_id", "plan_stage", "stage_date", note)
    return (
        pl.concat([delivered, *implied, present])
        .drop_nulls("stage_date")
        .unique(subset=list(CONTRACT.key), keep="first", maintain_order=True)
        .sort(CONTRACT.key)
    )
