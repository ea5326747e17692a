"""Delivered registers → typed rows that keep their contract, and issues for the other rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipelines.errors import PlanInnovationError
from pipelines.model.column import Column
from pipelines.model.table import Table
from pipelines.sources import rules
from pipelines.sources.cells import parse
from pipelines.sources.issues import REJECTED, WARNING, Issue
from pipelines.sources.raw_table import ROW, SUFFIXES, RawTable, read_raw_table

Known = Mapping[str, frozenset[str]]
"""Table name → the keys that exist, for references between registers."""


@dataclass(slots=True)
class Delivery:
    """One delivered register file and what became of its rows.

    ``rows_in`` = ``rows_loaded`` + ``rows_rejected`` always holds.
    """

    table_name: str
    file_name: str
    sha256: str
    bytes: int
    rows_in: int
    rows_loaded: int
    issues: list[Issue] = field(default_factory=list)

    @property
    def rows_rejected(self) -> int:
        """Rows that were not loaded."""
        return self.rows_in - self.rows_loaded


def find_register_files(table: Table, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files that deliver a table: ``planer.csv`` or ``planer_askhamn.xlsx``."""
    return tuple(
        file
        for folder in folders
        if folder.is_dir()
        for file in sorted(folder.iterdir())
        if file.suffix.casefold() in SUFFIXES
        and (file.stem == table.file or file.stem.startswith((f"{table.file}_", f"{table.file}-")))
    )


def load_register(
    table: Table, files: tuple[Path, ...], known: Known
) -> tuple[pl.DataFrame, list[Delivery]]:
    """Load every file that delivers one table.

    Returns the rows that keep the contract (the delivered columns) and one delivery per file. A
    file that cannot be read is a delivery with no rows and one issue.
    """
    frames: list[pl.DataFrame] = [pl.DataFrame(schema=table.delivered_schema)]
    deliveries: list[Delivery] = []
    taken: set[tuple[object, ...]] = set()
    for file in files:
        try:
            raw = read_raw_table(file)
        except PlanInnovationError as error:
            deliveries.append(_unreadable(table, file, error))
            continue
        rows, delivery = load_rows(table, raw, known, taken)
        taken.update(rows.select(table.key).rows())
        frames.append(rows)
        deliveries.append(delivery)
    return pl.concat(frames), deliveries


def load_rows(
    table: Table, raw: RawTable, known: Known, taken: set[tuple[object, ...]] | None = None
) -> tuple[pl.DataFrame, Delivery]:
    """Type and check the rows of one file against a table's contract.

    Args:
        table: the contract.
        raw: the file as delivered.
        known: keys of the tables that this one refers to; a table that is absent is not checked.
        taken: keys that earlier files have already delivered.
    """
    name = raw.file.name
    positions, issues = _match_headers(table, raw)
    delivery = Delivery(table.name, name, raw.sha256, raw.size, raw.rows.height, 0, issues)
    missing = [
        c for c in table.delivered_columns if c.name in table.required and c.name not in positions
    ]
    if missing:
        issues.extend(rules.missing_column(table, name, column) for column in missing)
        return pl.DataFrame(schema=table.delivered_schema), delivery
    cells = raw.rows.select(
        ROW,
        *(
            pl.col(positions[column.name]).replace("", None).alias(column.name)
            if column.name in positions
            else pl.lit(None, pl.String).alias(column.name)
            for column in table.delivered_columns
        ),
    )
    cells = _restore_leading_zeros(table, name, cells, known, issues)
    typed = cells.select(
        ROW, *(parse(pl.col(c.name), c).alias(c.name) for c in table.delivered_columns)
    )
    issues.extend(rules.surplus_cells(table, name, row) for row in raw.surplus)
    for column in table.delivered_columns:
        issues.extend(_cell_issues(table, name, column, cells, typed))
    typed = _check_references(table, name, typed, known, issues)
    rejected = {issue.row_number for issue in issues if issue.severity == REJECTED}
    typed = typed.filter(~pl.col(ROW).is_in(list(rejected)))
    typed = _reject_duplicates(table, name, typed, taken or set(), issues)
    delivery.rows_loaded = typed.height
    return typed.drop(ROW).cast(pl.Schema(table.delivered_schema)), delivery


def _match_headers(table: Table, raw: RawTable) -> tuple[dict[str, str], list[Issue]]:
    """Column name → position in the file; unknown headers are warned about, never guessed."""
    positions: dict[str, str] = {}
    issues: list[Issue] = []
    for position, header in enumerate(raw.headers):
        column = next(
            (c for c in table.delivered_columns if header.casefold() in c.spellings), None
        )
        if column is None or column.name in positions:
            if header:
                issues.append(rules.unknown_header(table, raw.file.name, header))
        else:
            positions[column.name] = str(position)
    return positions, issues


def _cell_issues(
    table: Table, file: str, column: Column, cells: pl.DataFrame, typed: pl.DataFrame
) -> list[Issue]:
    """Cells that are empty though required, or that did not parse as the column's kind."""
    bad = (
        pl.DataFrame({ROW: cells[ROW], "cell": cells[column.name], "value": typed[column.name]})
        .filter(pl.col("value").is_null())
        .select(ROW, "cell")
    )
    found: list[Issue] = []
    for row, cell in bad.rows():
        if cell is None:
            if column.name in table.required:
                found.append(rules.empty_cell(table, file, row, column))
        else:
            found.append(rules.bad_value(table, file, row, column, cell))
    return found


def _restore_leading_zeros(
    table: Table, file: str, cells: pl.DataFrame, known: Known, issues: list[Issue]
) -> pl.DataFrame:
    """Excel turns 0180 into 180: put the zero back where that gives a known municipality."""
    municipalities = known.get("municipality", frozenset())
    if "municipality_code" not in table.delivered or not municipalities:
        return cells
    code = pl.col("municipality_code")
    padded = code.str.zfill(4)
    mended = code.str.contains(r"^\d{3}$") & padded.is_in(list(municipalities))
    for row, cell in cells.filter(mended).select(ROW, code).rows():
        issues.append(rules.lost_zero(table, file, row, cell))
    return cells.with_columns(
        pl.when(mended).then(padded).otherwise(code).alias("municipality_code")
    )


def _check_references(
    table: Table, file: str, typed: pl.DataFrame, known: Known, issues: list[Issue]
) -> pl.DataFrame:
    """An unknown reference rejects the row if required, else it is emptied and warned about."""
    for name, target in table.references.items():
        if target not in known:
            continue
        keys = known[target] | (frozenset(typed[name]) if target == table.name else frozenset())
        column = next(c for c in table.delivered_columns if c.name == name)
        value = pl.col(name)
        unknown = (
            value.list.eval(~pl.element().is_in(list(keys))).list.any()
            if column.is_list
            else value.is_not_null() & ~value.is_in(list(keys))
        )
        required = name in table.required
        for row, cell in typed.filter(unknown).select(ROW, name).rows():
            shown = "; ".join(cell) if isinstance(cell, list) else str(cell)
            severity = REJECTED if required or target == "municipality" else WARNING
            issues.append(
                rules.unknown_reference(table, file, row, column, shown, target, severity)
            )
        if not required and target != "municipality":
            typed = typed.with_columns(pl.when(~unknown).then(value).alias(name))
    return typed


def _reject_duplicates(
    table: Table,
    file: str,
    typed: pl.DataFrame,
    taken: set[tuple[object, ...]],
    issues: list[Issue],
) -> pl.DataFrame:
    """The first row with a key is kept; later ones are rejected with a pointer to the first."""
    first: dict[tuple[object, ...], int] = {}
    keep: list[bool] = []
    for row, *key_parts in typed.select(ROW, *table.key).rows():
        key = tuple(key_parts)
        if key in taken or key in first:
            issues.append(rules.duplicate(table, file, row, key, first.get(key)))
            keep.append(False)
        else:
            first[key] = row
            keep.append(True)
    return typed.filter(pl.Series(keep, dtype=pl.Boolean))


def _unreadable(table: Table, file: Path, error: PlanInnovationError) -> Delivery:
    issue = Issue(
        table.name, file.name, 0, "", "", "olasbar_fil", error.found, error.expected, error.do
    )
    size = file.stat().st_size if file.is_file() else 0
    return Delivery(table.name, file.name, "", size, 0, 0, [issue])
