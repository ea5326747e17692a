"""Table contracts: what a row means, its columns, its key and what it refers to, from records."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from pipelines.model.columns import COLUMN, Column
from pipelines.model.records import FOLDER, read_records

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

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="små bokstäver och understreck")
    file: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="filens namn utan ändelse")
    label: str = Field(min_length=1, description="tabellens namn i ord")
    row: str = Field(min_length=1, description="svenska ord som passar efter »En rad är«")
    layer: Literal["fact", "derived", "catalog"] = Field(description="fact, derived eller catalog")
    delivered: tuple[str, ...] = Field(default=(), description="en lista med kolumnernas namn")
    computed: tuple[str, ...] = Field(
        default=(),
        validate_default=True,
        description="kolumner som finns, var och en en gång och med egen etikett",
    )
    required: tuple[str, ...] = Field(default=(), description="namn som också står i delivered")
    key: tuple[str, ...] = Field(min_length=1, description="namn på kolumner i tabellen")
    references: dict[str, str] = Field(
        default={}, description="en kolumn i tabellen = namnet på en tabell som finns"
    )

    @field_validator("delivered", "computed")
    @classmethod
    def _are_columns(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if unknown := [name for name in names if name not in COLUMN]:
            raise ValueError(f"kolumnen {unknown[0]} finns inte bland kolumnerna")
        before = () if info.field_name == "delivered" else info.data.get("delivered", ())
        headers = Counter(COLUMN[name].header for name in (*before, *names))
        if headers and max(headers.values()) > 1:
            raise ValueError(f"rubriken {max(headers, key=headers.__getitem__)} finns flera gånger")
        return names

    @field_validator("required", "key", "references")
    @classmethod
    def _are_its_own(
        cls, names: tuple[str, ...] | dict[str, str], info: ValidationInfo
    ) -> tuple[str, ...] | dict[str, str]:
        own = info.data.get("delivered", ())
        if info.field_name != "required":
            own = (*own, *info.data.get("computed", ()))
        if unknown := [name for name in names if name not in own]:
            raise ValueError(f"kolumnen {unknown[0]} finns inte där")
        return names

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


def load_tables(folder: Path = FOLDER) -> tuple[Table, ...]:
    """Return all tables of a folder in the order of the records.

    Raises:
        ContractError: a record is broken; it says which one and how to mend it.
    """
    records = read_records(folder)
    tables = tuple(record.build(Table) for record in records)
    names = {table.name for table in tables}
    files: dict[str, str] = {}
    for record, table in zip(records, tables, strict=True):
        for column, target in table.references.items():
            if target not in names:
                raise record.refused(
                    f"references.{column}",
                    f"tabellen {target} finns inte",
                    f"En av: {', '.join(sorted(names))}.",
                )
        first = files.setdefault(table.file, table.name)
        if first != table.name:
            raise record.refused(
                "file", f"{table.file} är redan filen för {first}", "Ett eget filnamn."
            )
    return tables


TABLES: tuple[Table, ...] = load_tables()
"""Every table of an edition."""

TABLE: dict[str, Table] = {table.name: table for table in TABLES}
"""Every table by name; those that code names are below."""

REGISTERS: tuple[Table, ...] = tuple(table for table in TABLES if table.delivered)
"""What a region delivers, in the order in which references can be checked."""

ACTION = TABLE["action"]
CARRY_THROUGH = TABLE["carry_through"]
COOPERATION = TABLE["cooperation"]
DELIVERY = TABLE["delivery"]
HUMAN_CODE = TABLE["human_code"]
INDEX_RANK = TABLE["index_rank"]
INDEX_SENSITIVITY = TABLE["index_sensitivity"]
INDICATOR_VALUE = TABLE["indicator_value"]
ISSUE = TABLE["issue"]
OPEN_WINDOW = TABLE["open_window"]
PASSAGE = TABLE["passage"]
PROCUREMENT = TABLE["procurement"]
SIMILAR_MUNICIPALITY = TABLE["similar_municipality"]
SUMMARY_PASSAGE = TABLE["summary_passage"]
SURVIVAL = TABLE["survival"]
WINDOW_MATCH = TABLE["window_match"]
