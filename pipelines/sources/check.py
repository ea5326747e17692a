"""Check one delivered file against its contract and the region's codes, without loading it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from pipelines.errors import SourceError
from pipelines.model.region import Region, map_extent
from pipelines.model.tables import REGISTERS, Table
from pipelines.sources import handed_in
from pipelines.sources.deliveries import collect, recognise
from pipelines.sources.raw_table import RawTable, read_tables
from pipelines.sources.registers import Delivery, load_register


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file: what became of its rows, its tables as delivered, and the rows that hold.

    ``registers`` names the register of each of ``raws``; ``rows`` has the rows by register.
    """

    delivery: Delivery
    raws: tuple[RawTable, ...]
    registers: tuple[str, ...]
    rows: dict[str, pl.DataFrame]


def check_file(file: Path, region: Region, table: str | None = None) -> Delivery:
    """Check a file as the build would read it; nothing is stored.

    Args:
        file: CSV or XLSX.
        region: whose municipalities, plans and cores the file may refer to.
        table: the register's name; told from the file's name or headings when left out.

    Raises:
        SourceError: the file cannot be read, or nothing tells which register it is.
    """
    return read_and_check(file, region, table).delivery


def read_and_check(file: Path, region: Region, table: str | None = None) -> Checked:
    """Check a file as :func:`check_file` does, and return its tables and rows too.

    Where several sheets of a workbook are read, their rows are added up and each issue names its
    sheet.
    """
    raws = read_tables(file)
    tables = [register_named(table) if table else recognise(raw) for raw in raws]
    known, extent = known_keys(region), map_extent(region)
    found: list[Delivery] = []
    rows: dict[str, pl.DataFrame] = {}
    for contract in REGISTERS:
        of_it = [raw for raw, its in zip(raws, tables, strict=True) if its is contract]
        if of_it:
            rows[contract.name], deliveries = load_register(contract, of_it, known, extent)
            # A file may refer to what it delivers itself.
            known[contract.name] |= frozenset(rows[contract.name][contract.key[0]])
            found.extend(deliveries)
    first = found[0]
    for delivery in found[1:]:
        sheet = delivery.file_name.removeprefix(file.name).lstrip(", ").capitalize()
        first.issues.extend(
            replace(i, table_name=first.table_name, message=f"{sheet}: {i.message}")
            for i in delivery.issues
        )
        first.rows_in += delivery.rows_in
        first.rows_loaded += delivery.rows_loaded
    return Checked(first, tuple(raws), tuple(each.name for each in tables), rows)


def register_named(name: str) -> Table:
    """Return the register contract with a file name or table name.

    Raises:
        SourceError: there is none.
    """
    for table in REGISTERS:
        if name.casefold() in (table.file, table.name, table.label.casefold()):
            return table
    raise SourceError(
        f"Registret {name} finns inte.",
        expected=f"Ett av: {', '.join(table.file for table in REGISTERS)}.",
        do="Ange registrets namn.",
    )


def known_keys(region: Region) -> dict[str, frozenset[str]]:
    """Return the keys of the region's registers, for references."""
    known: dict[str, frozenset[str]] = {}
    delivered = collect((region.registers,))
    handed_in.add_to(delivered, region)
    for table in REGISTERS:
        rows, _ = load_register(table, delivered.tables.get(table.name, []), known)
        known[table.name] = frozenset(rows[table.key[0]])
    return known


def allowed_in(region: Region) -> dict[str, list[str]]:
    """Return what a region's templates offer in columns without a code list."""
    return {"municipality_code": sorted(known_keys(region)["municipality"])}
