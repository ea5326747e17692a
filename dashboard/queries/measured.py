"""What the indicators are computed from: an edition's tables, without the quotes."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.queries.scope import select, select_all
from pipelines.indicators.facts import MEASURED_TABLES, PASSAGE_COLUMNS
from pipelines.model.tables import TABLE


def measured_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    """Return every table that the measures read, in its key's order; old editions lack some."""
    held = select(connection, "SELECT table_name FROM duckdb_tables()")["table_name"].to_list()
    return {
        name: select_all(
            connection,
            f"SELECT {', '.join(_columns(name))} FROM {name} ORDER BY {', '.join(TABLE[name].key)}",
        )
        for name in MEASURED_TABLES
        if name in held
    }


def agreement(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """``pair, measure, value, low, high, n, absence``: how well people and machine agree."""
    return select_all(connection, "SELECT * FROM catalog_agreement")


def _columns(name: str) -> tuple[str, ...]:
    return PASSAGE_COLUMNS if name == "passage" else ("*",)
