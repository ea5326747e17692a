"""What a table is: what one row means, its columns, its key and what it refers to."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict

from pipelines.model.column import Column
from pipelines.model.columns import COLUMN

_POLARS: dict[str, pl.DataType] = {
    "text": pl.String(),
    "texts": pl.List(pl.String()),
    "code": pl.String(),
    "codes": pl.List(pl.String()),
    "integer": pl.Int64(),
    "decimal": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.String(),
    "timestamp": pl.Datetime("us"),
    "url": pl.String(),
}


class Table(BaseModel):
    """One table contract.

    ``row`` says in Swedish what one row is, ``delivered`` the columns that a register holds,
    ``computed`` those that the pipeline adds, ``required`` the delivered columns that must have a
    value, ``references`` which column points to which table's key, ``layer`` whether it is a fact,
    derived from facts, or describes the edition itself.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    file: str
    label: str
    row: str
    layer: Literal["fact", "derived", "catalog"]
    delivered: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    key: tuple[str, ...]
    references: dict[str, str] = {}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns in order."""
        return tuple(COLUMN[name] for name in (*self.delivered, *self.computed))

    @cached_property
    def delivered_columns(self) -> tuple[Column, ...]:
        """The columns of the delivery template, in order."""
        return tuple(COLUMN[name] for name in self.delivered)

    @cached_property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """Polars schema of the whole table."""
        return {column.name: _POLARS[column.kind] for column in self.columns}

    @cached_property
    def delivered_schema(self) -> dict[str, pl.DataType]:
        """Polars schema of the delivered columns."""
        return {column.name: _POLARS[column.kind] for column in self.delivered_columns}

    def empty(self) -> pl.DataFrame:
        """Return a frame with the right columns and no rows."""
        return pl.DataFrame(schema=self.polars_schema)

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the contract's columns of a frame, in order and of the right types."""
        return frame.select(list(self.polars_schema)).cast(pl.Schema(self.polars_schema))
