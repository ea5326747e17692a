"""Check one delivered file against its contract and the region's codes, without loading it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipelines.errors import SourceError
from pipelines.model.region import Region, map_extent
from pipelines.model.tables import REGISTERS, Table
from pipelines.sources.deliveries import collect, recognise
from pipelines.sources.raw_table import read_tables
from pipelines.sources.registers import Delivery, Known, load_register


def check_file(file: Path, region: Region, table: str | None = None) -> Delivery:
    """Check a file as the build would read it; nothing is stored.

    Where several sheets of a workbook are read, their rows are added up and each issue names its
    sheet.

    Args:
        file: CSV or XLSX.
        region: whose municipalities, plans and cores the file may refer to.
        table: the register's name; told from the file's name or headings when left out.

    Raises:
        SourceError: the file cannot be read, or nothing tells which register it is.
    """
    raws = read_tables(file)
    tables = [register_named(table) if table else recognise(raw) for raw in raws]
    known, extent = known_keys(region), map_extent(region)
    found: list[Delivery] = []
    for contract in REGISTERS:
        of_it = [raw for raw, its in zip(raws, tables, strict=True) if its is contract]
        found.extend(load_register(contract, of_it, known, extent)[1])
    first = found[0]
    for delivery in found[1:]:
        sheet = delivery.file_name.removeprefix(file.name).lstrip(", ").capitalize()
        first.issues.extend(
            replace(i, table_name=first.table_name, message=f"{sheet}: {i.message}")
            for i in delivery.issues
        )
        first.rows_in += delivery.rows_in
        first.rows_loaded += delivery.rows_loaded
    return first


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


def known_keys(region: Region) -> Known:
    """Return the keys of the region's registers, for references."""
    known: dict[str, frozenset[str]] = {}
    delivered = collect((region.registers,))
    for table in REGISTERS:
        rows, _ = load_register(table, delivered.tables.get(table.name, []), known)
        known[table.name] = frozenset(rows[table.key[0]])
    return known
