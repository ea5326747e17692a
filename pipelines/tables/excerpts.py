"""Excerpts (*referat*): what is known of a plan from a page or somebody else's text, counted apart.

They never enter a share. An excerpt makes an object *endast utdrag* only where it is about that
object; a page about a city district says nothing about a detailed plan.
"""

from __future__ import annotations

import polars as pl

from pipelines.model.codes import COMMITMENT
from pipelines.model.tables import TABLE

_REGION, _MUNICIPALITY = "region", "kommun"


def resolve(summaries: pl.DataFrame, objects: pl.DataFrame) -> pl.DataFrame:
    """Return the excerpts with what they are about.

    An object that is not known is emptied; it was reported when the register was loaded.
    ``summary_scope`` says whether the excerpt is a municipality's or the whole region's.
    """
    known = pl.col("object_id").is_in(objects["object_id"].implode())
    return summaries.with_columns(
        pl.when(known).then("object_id").alias("object_id"),
        pl.col("is_general").fill_null(value=False),
        pl.when(pl.col("municipality_code").is_null())
        .then(pl.lit(_REGION))
        .otherwise(pl.lit(_MUNICIPALITY))
        .alias("summary_scope"),
    )


def count(
    summaries: pl.DataFrame, municipalities: pl.DataFrame, region: str, label: str
) -> pl.DataFrame:
    """Return the table ``excerpt_count``: excerpts by place, document kind, voice and level.

    General statements have rows of their own (``is_general``): by the letter they reach a level,
    but they colour no ladder. Regional excerpts stand under the region's name.
    """
    contract = TABLE["excerpt_count"]
    levels = {code: place for place, code in enumerate(COMMITMENT.values)}
    named = summaries.join(
        municipalities.select("municipality_code", "municipality_name"),
        on="municipality_code",
        how="left",
    ).with_columns(
        pl.col("summary_scope").alias("unit_kind"),
        pl.coalesce("municipality_code", pl.lit(region)).alias("unit_id"),
        pl.coalesce("municipality_name", pl.lit(label)).alias("unit_name"),
        pl.col("commitment").replace_strict(levels, return_dtype=pl.Int64).alias("level"),
    )
    return (
        named.group_by(*contract.key, "unit_name", "level")
        .agg(
            pl.len().cast(pl.Int64).alias("excerpts"),
            pl.col("is_unsure").fill_null(value=False).sum().cast(pl.Int64).alias(
                "unsure_excerpts"
            ),
        )
        .pipe(contract.conform)
        .sort(contract.key)
    )  # fmt: skip
