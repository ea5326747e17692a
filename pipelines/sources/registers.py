"""Delivered registers → typed rows that keep their contract, and issues for the other rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from pipelines.model.columns import Column
from pipelines.model.tables import Table
from pipelines.sources import doubts, rules
from pipelines.sources.cells import parse, unknown_codes
from pipelines.sources.issues import REJECTED, WARNING, Issue
from pipelines.sources.questioned import Extent, question
from pipelines.sources.raw_table import ROW, RawTable, matches
from pipelines.sources.same_plan import PlanSigns, twins

_SUM = re.compile(r"(?:del|total)?summa\b|totalt?\b|summering\b|s:a\b", re.I)
_FIRST_YEAR, _LAST_YEAR, _YEARS_AHEAD = "1850", "2100", 10
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


@dataclass(slots=True)
class _GivenWay:
    """Rows that files which were handed in have taken over: by key, or by municipality."""

    keys: set[tuple[object, ...]] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)

    def add(self, table: Table, raw: RawTable, rows: pl.DataFrame) -> None:
        """Note what a file takes over from those after it."""
        if raw.replaces:
            self.keys.update(rows.select(table.key).rows())
        if raw.replaces == "municipalities" and "municipality_code" in table.delivered:
            self.municipalities.update(rows["municipality_code"].drop_nulls())

    def leave_out(
        self, table: Table, file: str, rows: pl.DataFrame, issues: list[Issue]
    ) -> pl.DataFrame:
        """Drop the rows that have given way, with one issue that counts them."""
        gone = [key in self.keys for key in rows.select(table.key).rows()]
        if self.municipalities:
            of_them = rows["municipality_code"].is_in(list(self.municipalities)).to_list()
            gone = [key or code for key, code in zip(gone, of_them, strict=True)]
        if not any(gone):
            return rows
        issues.append(rules.given_way(table, file, sum(gone)))
        return rows.filter(~pl.Series(gone))


def load_register(
    table: Table, raws: Sequence[RawTable], known: Known, extent: Extent | None = None
) -> tuple[pl.DataFrame, list[Delivery]]:
    """Load every file that delivers one table.

    Args:
        table: the contract.
        raws: the files as delivered; those that were handed in come first, the newest first, and
            rows of later files give way to them.
        known: keys of the tables that this one refers to; a table that is absent is not checked.
        extent: where the region lies, for places.

    Returns the rows that keep the contract (the delivered columns) and one delivery per file.
    """
    loaded: list[tuple[pl.DataFrame, Delivery]] = []
    taken: set[tuple[object, ...]] = set()
    first_with: dict[tuple[str, str, tuple[str, ...], int], str] = {}
    given_way = _GivenWay()
    for raw in raws:
        content = (raw.sha256, raw.sheet, raw.headers, raw.rows.height)
        if first := first_with.get(content):
            again = [rules.same_file_again(table, raw.name, first)]
            delivery = Delivery(
                table.name, raw.name, raw.sha256, raw.size, raw.rows.height, 0, again
            )
            rows = pl.DataFrame(schema=_schema(table))
        else:
            first_with[content] = raw.name
            rows, delivery = _load_rows(table, raw, known, taken, extent, given_way)
            taken.update(rows.select(table.key).rows())
            given_way.add(table, raw, rows)
        loaded.append((rows, delivery))
    loaded = _check_own_references(table, loaded, known)
    if table.name == "plan" and loaded:
        _tell_twins(table, loaded)
    empty = pl.DataFrame(schema=table.delivered_schema)
    return pl.concat([empty, *(rows.drop(ROW) for rows, _ in loaded)]), [d for _, d in loaded]


def _load_rows(
    table: Table,
    raw: RawTable,
    known: Known,
    taken: set[tuple[object, ...]],
    extent: Extent | None,
    given_way: _GivenWay,
) -> tuple[pl.DataFrame, Delivery]:
    """Type and check the rows of one file against a table's contract; row numbers are kept.

    ``taken`` are the keys that earlier files have already delivered.
    """
    name = raw.name
    positions, issues = _match_headers(table, raw)
    issues = [*(replace(issue, table_name=table.name) for issue in raw.issues), *issues]
    delivery = Delivery(table.name, name, raw.sha256, raw.size, raw.rows.height, 0, issues)
    missing = [
        c for c in table.delivered_columns if c.name in table.required and c.name not in positions
    ]
    if missing:
        issues.extend(rules.missing_column(table, name, raw.header_row, c) for c in missing)
        return pl.DataFrame(schema=_schema(table)), delivery
    cells = raw.rows.select(
        ROW,
        *(
            pl.col(positions[column.name]).replace("", None).alias(column.name)
            if column.name in positions
            else pl.lit(None, pl.String).alias(column.name)
            for column in table.delivered_columns
        ),
    )
    cells = _leave_out_sums(table, name, cells, issues)
    cells = _restore_leading_zeros(table, name, cells, known, issues)
    cells, questions = question(table, raw, cells, extent)
    issues.extend(questions)
    told = {(issue.row_number, issue.column_name) for issue in questions}
    typed = cells.select(
        ROW, *(parse(pl.col(c.name), c).alias(c.name) for c in table.delivered_columns)
    )
    issues.extend(rules.surplus_cells(table, name, row) for row in raw.surplus)
    for column in table.delivered_columns:
        found = _cell_issues(table, name, column, cells, typed)
        issues.extend(i for i in found if (i.row_number, i.column_name) not in told)
        if column.kind == "date":
            typed = _question_dates(table, name, column, cells, typed, issues)
    others = {column: target for column, target in table.references.items() if target != table.name}
    typed = _check_references(table, name, typed, others, known, issues)
    if "object_id" in table.delivered and "plan" in known and "land_allocation" in known:
        objects = known["plan"] | known["land_allocation"]
        issues.extend(
            rules.unknown_object(table, name, row, shown)
            for row, shown in typed.select(ROW, "object_id").drop_nulls().rows()
            if shown not in objects
        )
    rejected = {issue.row_number for issue in issues if issue.severity == REJECTED}
    typed = typed.filter(~pl.col(ROW).is_in(list(rejected)))
    typed = given_way.leave_out(table, name, typed, issues)
    typed = _reject_duplicates(table, name, typed, taken, issues)
    delivery.rows_loaded = typed.height
    return typed.cast(_schema(table)), delivery


def _schema(table: Table) -> pl.Schema:
    return pl.Schema({ROW: pl.Int64(), **table.delivered_schema})


def _leave_out_sums(
    table: Table, file: str, cells: pl.DataFrame, issues: list[Issue]
) -> pl.DataFrame:
    """Reject rows of totals, notes and repeated headings, one issue each.

    A row of totals begins with a word for a sum, and most that is needed is empty.
    """
    needed = [name for name in table.required if name in table.delivered]
    sums = []
    for values in cells.iter_rows(named=True):
        first = next((str(values[c]) for c in table.delivered if values[c] is not None), "")
        empty = sum(values[name] is None for name in needed)
        if _SUM.match(first) and empty * 2 >= len(needed):
            issues.append(rules.sum_row(table, file, values[ROW], first))
            sums.append(values[ROW])
            continue
        filled = [c for c in table.delivered_columns if values[c.name] is not None]
        repeated = [c for c in filled if matches(values[c.name], c)]
        is_heading = len(repeated) > 1 and len(repeated) == len(filled)
        if is_heading or (len(filled) == 1 and len(needed) > 2):
            issues.append(rules.note_row(table, file, values[ROW], first, is_heading=is_heading))
            sums.append(values[ROW])
    return cells.filter(~pl.col(ROW).is_in(sums)) if sums else cells


def _question_dates(
    table: Table,
    file: str,
    column: Column,
    cells: pl.DataFrame,
    typed: pl.DataFrame,
    issues: list[Issue],
) -> pl.DataFrame:
    """Leave out dates of years long gone, and ask about those far ahead."""
    ahead = f"{date.today().year + _YEARS_AHEAD}"
    value = pl.col(column.name)
    for row, day in typed.select(ROW, column.name).drop_nulls().rows():
        if day < _FIRST_YEAR or day > _LAST_YEAR or day[:4] > ahead:
            cell = cells.filter(pl.col(ROW) == row)[column.name][0]
            is_kept = _FIRST_YEAR <= day <= _LAST_YEAR
            issue = doubts.doubtful_date(table, file, row, column, cell, is_kept=is_kept)
            is_lost = not is_kept and rules.costs_row(table, column)
            issues.append(replace(issue, severity=REJECTED) if is_lost else issue)
    return typed.with_columns(
        pl.when((value >= _FIRST_YEAR) & (value <= _LAST_YEAR)).then(value).alias(column.name)
    )


def _match_headers(table: Table, raw: RawTable) -> tuple[dict[str, str], list[Issue]]:
    """Column name → position in the file; unknown headers are warned about, never guessed."""
    positions: dict[str, str] = {}
    issues: list[Issue] = []
    for position, header in enumerate(raw.headers):
        column = next((c for c in table.delivered_columns if matches(header, c)), None)
        if column is None:
            if header:
                issues.append(rules.unknown_header(table, raw.name, raw.header_row, header))
        elif column.name in positions:
            issues.append(rules.repeated_header(table, raw.name, raw.header_row, header))
        else:
            positions[column.name] = str(position)
    return positions, issues


def _cell_issues(
    table: Table, file: str, column: Column, cells: pl.DataFrame, typed: pl.DataFrame
) -> list[Issue]:
    """Cells that are empty though required, or that did not parse as the column's kind."""
    bad = pl.col("value").is_null()
    if column.kind == "codes":
        bad |= unknown_codes(pl.col("cell"), column)
    rows = (
        pl.DataFrame({ROW: cells[ROW], "cell": cells[column.name], "value": typed[column.name]})
        .filter(bad)
        .select(ROW, "cell")
    )
    found: list[Issue] = []
    for row, cell in rows.rows():
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
    if "municipality_code" not in table.delivered:
        return cells
    code = pl.col("municipality_code")
    # programs write a code as text with a sign before it, or as a number with a decimal
    cells = cells.with_columns(code.str.replace(r"^'?(\d{3,4})(?:[.,]0)?$", "$1"))
    if not municipalities:
        return cells
    padded = code.str.zfill(4)
    mended = code.str.contains(r"^\d{3}$") & padded.is_in(list(municipalities))
    for row, cell in cells.filter(mended).select(ROW, code).rows():
        issues.append(rules.lost_zero(table, file, row, cell))
    return cells.with_columns(
        pl.when(mended).then(padded).otherwise(code).alias("municipality_code")
    )


def _check_references(
    table: Table,
    file: str,
    typed: pl.DataFrame,
    references: Mapping[str, str],
    known: Known,
    issues: list[Issue],
) -> pl.DataFrame:
    """An unknown reference rejects the row if required, else it is emptied and warned about."""
    for name, target in references.items():
        if target not in known:
            continue
        keys = known[target]
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
            severity = REJECTED if required else WARNING
            issues.append(
                rules.unknown_reference(table, file, row, column, shown, target, severity)
            )
        if not required:
            typed = typed.with_columns(
                pl.when(~unknown.fill_null(value=False)).then(value).alias(name)
            )
    return typed


def _check_own_references(
    table: Table, loaded: list[tuple[pl.DataFrame, Delivery]], known: Known
) -> list[tuple[pl.DataFrame, Delivery]]:
    """Check references within the table when all its files are there."""
    own = {column: target for column, target in table.references.items() if target == table.name}
    if not own:
        return loaded
    keys = known.get(table.name, frozenset()).union(*(rows[table.key[0]] for rows, _ in loaded))
    return [
        (
            _check_references(
                table, d.file_name, rows, own, {table.name: frozenset(keys)}, d.issues
            ),
            d,
        )
        for rows, d in loaded
    ]


def _tell_twins(table: Table, loaded: list[tuple[pl.DataFrame, Delivery]]) -> None:
    """Warn of plans that are there under two ids."""
    rows_of = {
        plan_id: (row, delivery)
        for rows, delivery in loaded
        for row, plan_id in rows.select(ROW, "plan_id").rows()
    }
    for twin in twins(plan_signs(pl.concat([rows.drop(ROW) for rows, _ in loaded]))):
        row, delivery = rows_of[twin.plan_id]
        delivery.issues.append(rules.twin(table, delivery.file_name, row, twin))


def plan_signs(plans: pl.DataFrame) -> list[PlanSigns]:
    """The rows of the plan register as :func:`same_plan.twins` takes them."""
    return [
        PlanSigns(
            row["plan_id"],
            row["municipality_code"],
            row["plan_kind"],
            row["plan_name"],
            row["case_number"] or "",
            row["plan_stage"],
            row["adopted_date"] or row["legal_force_date"] or row["stage_date"] or "",
            tuple(filter(None, (row["parent_plan_id"], row["replaces_plan_id"]))),
        )
        for row in plans.iter_rows(named=True)
    ]


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
