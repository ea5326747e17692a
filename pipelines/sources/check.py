"""Check one delivered file against its contract and the region's codes, without loading it."""

from __future__ import annotations

from pathlib import Path

from pipelines.errors import SourceError
from pipelines.model.region import Region
from pipelines.model.registers import REGISTERS
from pipelines.model.table import Table
from pipelines.sources.raw_table import RawTable, read_raw_table
from pipelines.sources.registers import (
    Delivery,
    Known,
    find_register_files,
    load_register,
    load_rows,
)


def check_file(file: Path, region: Region, table: str | None = None) -> Delivery:
    """Check a file as the build would read it; nothing is stored.

    Args:
        file: CSV or XLSX.
        region: whose municipalities, plans and cores the file may refer to.
        table: the register's name; told from the file's name or headings when left out.

    Raises:
        SourceError: the file cannot be read, or nothing tells which register it is.
    """
    raw = read_raw_table(file)
    contract = register_named(table) if table else recognise(raw)
    _, delivery = load_rows(contract, raw, known_keys(region))
    return delivery


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


def recognise(raw: RawTable) -> Table:
    """Tell which register a file is: by its name, else by how many headings fit.

    Raises:
        SourceError: neither the name nor the headings tell.
    """
    stem = raw.file.stem.casefold()
    for table in REGISTERS:
        if stem == table.file or stem.startswith((f"{table.file}_", f"{table.file}-")):
            return table
    headers = {header.casefold() for header in raw.headers}
    fits = {
        table.name: sum(bool(headers & column.spellings) for column in table.delivered_columns)
        - sum(
            not (headers & c.spellings) for c in table.delivered_columns if c.name in table.required
        )
        for table in REGISTERS
    }
    best = max(REGISTERS, key=lambda table: fits[table.name])
    if fits[best.name] > 0:
        return best
    raise SourceError(
        f"Det går inte att se vilket register {raw.file.name} är.",
        expected=f"Ett filnamn som börjar med ett av: {', '.join(t.file for t in REGISTERS)}.",
        do="Byt namn på filen, eller ange registret.",
    )


def known_keys(region: Region) -> Known:
    """Return the keys of the region's registers, for references."""
    known: dict[str, frozenset[str]] = {}
    for table in REGISTERS:
        rows, _ = load_register(table, find_register_files(table, (region.registers,)), known)
        known[table.name] = frozenset(rows[table.key[0]])
    return known
