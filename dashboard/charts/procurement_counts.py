"""The procurements that the measures count, grouped for tables: by tool, by year, by buyer.

Every function takes *procurements* of ``pages.procurement``, which has ``has_tool``.
"""

from __future__ import annotations

import polars as pl

from pipelines.model.codes import PROCUREMENT_KIND

_KIND = pl.Enum(PROCUREMENT_KIND.values)


def by_kind(procurements: pl.DataFrame) -> pl.DataFrame:
    """One row a kind that occurs: how many, how many won by SMEs, and what they were worth.

    ``procurement_kind, procurements, value_sek, with_value, won_by_sme, size_known``; ``value_sek``
    is the sum over the ``with_value`` procurements whose value is known, null when none is. Tools
    first, the most used of them on top.
    """
    size = pl.col("winner_sme")
    return (
        procurements.group_by("procurement_kind", "has_tool")
        .agg(
            pl.len().cast(pl.Int64).alias("procurements"),
            pl.when(pl.col("value_sek").count() > 0)
            .then(pl.col("value_sek").sum())
            .alias("value_sek"),
            pl.col("value_sek").count().cast(pl.Int64).alias("with_value"),
            (size == "ja").sum().cast(pl.Int64).alias("won_by_sme"),
            size.is_in(["ja", "nej"]).sum().cast(pl.Int64).alias("size_known"),
        )
        .sort(
            "has_tool", "procurements", pl.col("procurement_kind").cast(_KIND),
            descending=[True, True, False],
        )
        .drop("has_tool")
    )  # fmt: skip


def by_year(procurements: pl.DataFrame) -> pl.DataFrame:
    """``procurement_year, with_tool, ordinary``: how many a year; the undated are left out."""
    return (
        procurements.drop_nulls("procurement_year")
        .group_by("procurement_year")
        .agg(
            pl.col("has_tool").sum().cast(pl.Int64).alias("with_tool"),
            (~pl.col("has_tool")).sum().cast(pl.Int64).alias("ordinary"),
        )
        .sort("procurement_year")
    )


def kind_by_year(procurements: pl.DataFrame) -> pl.DataFrame:
    """``procurement_kind, procurement_year, procurements`` of those with a tool and a year."""
    return (
        procurements.filter("has_tool")
        .drop_nulls("procurement_year")
        .group_by("procurement_kind", "procurement_year")
        .agg(pl.len().cast(pl.Int64).alias("procurements"))
        .sort("procurement_kind", "procurement_year")
    )


def by_buyer(procurements: pl.DataFrame) -> pl.DataFrame:
    """Buyers that have used a tool: how often, with which tools, when last and for how much.

    ``buyer, buyer_type, procurements, kinds, last_year, value_sek``, most tools first.
    """
    return (
        procurements.filter("has_tool")
        .group_by("buyer", maintain_order=True)
        .agg(
            pl.col("buyer_type").drop_nulls().first(),
            pl.len().cast(pl.Int64).alias("procurements"),
            pl.col("procurement_kind").unique().sort().alias("kinds"),
            pl.col("procurement_year").max().alias("last_year"),
            pl.when(pl.col("value_sek").count() > 0)
            .then(pl.col("value_sek").sum())
            .alias("value_sek"),
        )
        .sort("procurements", "last_year", descending=True, nulls_last=True, maintain_order=True)
    )
