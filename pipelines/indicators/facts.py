"""The facts that indicators are computed from, and the units that they are computed for."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

REGION = "region"
MUNICIPALITY = "kommun"
UNIT = ("unit_kind", "unit_id")


@dataclass(frozen=True, slots=True)
class Facts:
    """Contract tables of one region (see :mod:`pipelines.model.tables`)."""

    region_name: str
    region_label: str
    municipalities: pl.DataFrame
    cores: pl.DataFrame
    objects: pl.DataFrame
    documents: pl.DataFrame
    passages: pl.DataFrame
    allocations: pl.DataFrame
    activities: pl.DataFrame
    procurements: pl.DataFrame
    deliveries: pl.DataFrame

    def units(self) -> pl.DataFrame:
        """The region and its municipalities: ``unit_kind, unit_id, unit_name``."""
        region = pl.DataFrame(
            {"unit_kind": [REGION], "unit_id": [self.region_name], "unit_name": [self.region_label]}
        )
        municipalities = self.municipalities.select(
            pl.lit(MUNICIPALITY).alias("unit_kind"),
            pl.col("municipality_code").alias("unit_id"),
            pl.col("municipality_name").alias("unit_name"),
        )
        return pl.concat([region, municipalities])

    def by_unit(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Repeat each row for the region and for its municipality, as ``unit_kind, unit_id``."""
        whole = frame.with_columns(
            pl.lit(REGION).alias("unit_kind"), pl.lit(self.region_name).alias("unit_id")
        )
        own = frame.filter(pl.col("municipality_code").is_not_null()).with_columns(
            pl.lit(MUNICIPALITY).alias("unit_kind"), pl.col("municipality_code").alias("unit_id")
        )
        return pl.concat([whole, own])
