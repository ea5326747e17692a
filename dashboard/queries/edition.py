"""Questions about the edition itself: facts, deliveries, issues, dictionary, whole tables."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.queries.scope import select, select_all
from pipelines.model.tables import TABLE
from pipelines.warehouse.losses import read_accepted

Connection = duckdb.DuckDBPyConnection


def edition_facts(connection: Connection) -> dict[str, object]:
    """Return the edition's only row."""
    return select(connection, "SELECT * FROM edition").row(0, named=True)


def municipality_names(connection: Connection) -> dict[str, str]:
    """Return municipality code → name in alphabetical order."""
    return dict(
        select(
            connection,
            """SELECT municipality_code, municipality_name FROM municipality
           ORDER BY municipality_name COLLATE sv""",
        ).rows()
    )


def count_read(connection: Connection) -> int:
    """How many plans and allocations have been read."""
    return int(
        select(
            connection,
            """SELECT count(*) FROM planning_object
           WHERE coverage IN ('read_found', 'read_none')""",
        ).item()
    )


def row_counts(connection: Connection) -> pl.DataFrame:
    """``table_name, file, label, row, rows`` for every table that the edition holds."""
    held = select(connection, "SELECT table_name FROM catalog_table")["table_name"]
    counted = " UNION ALL ".join(
        f"SELECT '{name}' AS table_name, count(*)::BIGINT AS rows FROM {name}"
        for name in TABLE
        if name in held
    )
    return select(
        connection,
        f"""SELECT c.table_name, c.file, c.label, c.row, n.rows
            FROM catalog_table c JOIN ({counted}) n USING (table_name)""",
    )


def whole_table(connection: Connection, name: str) -> pl.DataFrame:
    """Return every row of one of the contract's tables, in the order of its key."""
    table = TABLE[name]
    return select_all(connection, f"SELECT * FROM {table.name} ORDER BY {', '.join(table.key)}")


def deliveries(connection: Connection) -> pl.DataFrame:
    """Every delivered file with rows in, loaded and rejected, and its table's label."""
    return select(
        connection,
        """SELECT d.*, c.label AS table_label FROM delivery d
           JOIN catalog_table c USING (table_name) ORDER BY d.table_name, d.file_name""",
    )


def accepted_losses(connection: Connection) -> pl.DataFrame:
    """What shrank more than the limits allow and was accepted: ``label, what, before, now``."""
    return read_accepted(connection).select("label", "what", "before", "now")


def issues(connection: Connection) -> pl.DataFrame:
    """Every rejected or doubtful row or file; rejected first."""
    return select(
        connection,
        "SELECT * FROM issue ORDER BY severity <> 'rejected', file_name, row_number",
    )


def dictionary(connection: Connection) -> pl.DataFrame:
    """``table_label, label, header, meaning, unit``: every column of every table."""
    return select(
        connection,
        """SELECT t.label AS table_label, c.label, c.header, c.meaning, c.unit, c.table_name
           FROM catalog_column c JOIN catalog_table t USING (table_name)
           ORDER BY t.label COLLATE sv, c.position""",
    )
