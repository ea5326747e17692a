"""Indicator 1.2 laid out for drawing: one row a document type, a municipality or a place on a map.

``values`` are the rows of ``planning.ladder`` under the reader's choice.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from dashboard.draw.levels import LEVEL_COLUMNS
from dashboard.text import TYPE_PLURAL
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.model.codes import COMMITMENT

_TYPE = pl.col("part").str.split(":").list.first()


def by_type(values: pl.DataFrame) -> pl.DataFrame:
    """Lay out the ladder of the whole choice, one row a document type of which any is known.

    ``values`` are the rows of indicator 1.2 (``planning.ladder``). Returns ``unit_id, unit_name,
    level_0 … level_4, unread, read, known, absence``; the last says why there is no share.
    """
    whole = values.filter(pl.col("unit_kind") != MUNICIPALITY).with_columns(_TYPE.alias("unit_id"))
    names = {code: plural.capitalize() for code, plural in TYPE_PLURAL.items()}
    return _wide(whole.with_columns(pl.col("unit_id").replace_strict(names).alias("unit_name")))


def by_municipality(values: pl.DataFrame, places: Mapping[str, str]) -> pl.DataFrame:
    """Lay out the ladder of each municipality of which any document is known, as :func:`by_type`.

    ``places`` is municipality code → name in the order to show.
    """
    order = {code: place for place, code in enumerate(places)}
    return _wide(values.filter(pl.col("unit_kind") == MUNICIPALITY)).sort(
        pl.col("unit_id").replace_strict(order, default=len(order))
    )


def highest(values: pl.DataFrame, places: Mapping[str, str]) -> pl.DataFrame:
    """Say how far every municipality reaches, also those outside the choice: a map has no holes.

    Returns ``municipality_code, municipality_name, known, read, level`` in the order of
    ``places``; ``level`` is null where nothing is read.
    """
    everywhere = pl.DataFrame(
        {"municipality_code": list(places), "municipality_name": list(places.values())},
        schema_overrides={"municipality_code": pl.String, "municipality_name": pl.String},
    )
    top = pl.max_horizontal(
        pl.when(pl.col(name) > 0).then(step) for step, name in enumerate(LEVEL_COLUMNS)
    )
    own = by_municipality(values, places).select(
        pl.col("unit_id").alias("municipality_code"),
        "known",
        "read",
        top.cast(pl.Int64).alias("level"),
    )
    return everywhere.join(own, on="municipality_code", how="left", maintain_order="left").select(
        "municipality_code", "municipality_name", pl.col("known", "read").fill_null(0), "level"
    )


def _wide(values: pl.DataFrame) -> pl.DataFrame:
    """One row a unit; what nobody has read has no number of hits, and no bar."""
    step, hits = pl.col("part").str.split(":").list.last(), pl.col("numerator").fill_null(0)
    first = step == COMMITMENT.values[0]
    levels = [
        hits.filter(step == code).sum().cast(pl.Int64).alias(name)
        for code, name in zip(COMMITMENT.values, LEVEL_COLUMNS, strict=True)
    ]
    counted = values.group_by("unit_id", "unit_name", maintain_order=True).agg(
        *levels,
        *(
            pl.col(old).filter(first).sum().alias(new)
            for old, new in (("n", "read"), ("known",) * 2)
        ),
        pl.col("absence").filter(first, pl.col("known") > 0).first(),
    )
    return counted.filter(pl.col("known") > 0).select(
        "unit_id",
        "unit_name",
        *LEVEL_COLUMNS,
        (pl.col("known") - pl.col("read")).alias("unread"),
        "read",
        "known",
        "absence",
    )


def read_first(wide: pl.DataFrame) -> pl.DataFrame:
    """Units with something read before those without, otherwise in the same order."""
    return wide.sort(pl.col("read") == 0, maintain_order=True)
