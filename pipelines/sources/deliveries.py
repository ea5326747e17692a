"""Which register a delivered file is, and the files in a register folder that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import PlanInnovationError, SourceError
from pipelines.model.columns import plain_name
from pipelines.model.tables import REGISTERS, Table
from pipelines.sources.characters import composed, shown_name
from pipelines.sources.files import Left, left_out, walk
from pipelines.sources.issues import WARNING, Issue
from pipelines.sources.raw_table import SUFFIXES, RawTable, matches, read_tables
from pipelines.sources.registers import Delivery

_TABLES = (*SUFFIXES, ".xls", ".xlsb", ".ods", ".numbers")
"""Endings of files that people keep registers in."""
_LOST = ("tom_fil", "lank", "gar_ej_att_oppna")
"""Rules by which a file that should have been a register is left out."""
_NAMES = ", ".join(table.file for table in REGISTERS)


@dataclass(slots=True)
class Delivered:
    """Register files by the register that they deliver; what could not be read, and the rest.

    ``unreadable`` are files whose name tells the register; the issues tell of all other files.
    """

    tables: dict[str, list[RawTable]] = field(default_factory=dict)
    unreadable: list[Delivery] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def collect(folders: Iterable[Path], *, also: Iterable[Path] = ()) -> Delivered:
    """Read every register file.

    Args:
        folders: folders of registers; every file in them is taken or named.
        also: folders of documents in which registers may lie at the top; other files there are
            left to :mod:`pipelines.sources.inbox`.
    """
    delivered = Delivered()
    for folder in folders:
        for file in walk(folder):
            _take(file, folder, delivered)
    for folder in also:
        for file in walk(folder):
            if file.parent == folder and is_register_file(file):
                _take(file, folder, delivered)
    return delivered


def is_register_file(file: Path) -> bool:
    """Tell whether a file has the ending of a register and is no temporary or linked file."""
    return file.suffix.casefold() in SUFFIXES and left_out(file) is None


def _take(file: Path, folder: Path, delivered: Delivered) -> None:
    name = shown_name(file.relative_to(folder))
    left = left_out(file)
    if left is None and file.parent != folder:
        left = Left(
            "undermapp", "ligger i en undermapp och lästes inte",
            "registerfiler direkt i mappen register", "Flytta filen dit om den ska läsas.",
        )  # fmt: skip
    named = register_of_name(file.stem) if file.suffix.casefold() in _TABLES else None
    if left:
        if named and left.rule in _LOST:
            issue = left.issue(named.name, name)
            delivered.unreadable.append(Delivery(named.name, name, "", 0, 0, 0, [issue]))
        else:
            delivered.issues.append(left.issue("delivery", name))
        return
    try:
        raws = [(raw, recognise(raw)) for raw in read_tables(file)]
    except PlanInnovationError as error:
        issue = Issue("", name, 0, "", "", "olasbar_fil", error.found, error.expected, error.do)
        if named:
            issue = Issue(named.name, *_rest(issue))
            delivered.unreadable.append(
                Delivery(named.name, name, "", file.stat().st_size, 0, 0, [issue])
            )
        else:
            delivered.issues.append(Issue("delivery", *_rest(issue), WARNING))
        return
    for raw, table in raws:
        delivered.tables.setdefault(table.name, []).append(raw)


def _rest(issue: Issue) -> tuple[str, int, str, str, str, str, str, str]:
    return (
        issue.file_name, issue.row_number, issue.column_name, issue.found_value, issue.rule,
        issue.message, issue.expected, issue.remedy,
    )  # fmt: skip


def register_of_name(stem: str) -> Table | None:
    """Tell the register from a file's name without its ending, whatever its case and additions.

    ``Planer``, ``planer_askhamn``, ``markanvisningar (1)``, ``Upphandlingar 2025`` and
    ``Askhamn planer`` are registers; a name in which two registers are found is none.
    """
    name = plain_name(composed(stem))
    for place in ("^", "(?<![a-z])"):
        found = [
            table
            for table in REGISTERS
            if any(
                re.search(rf"{place}{word}(?![a-z])", name)
                for word in (table.file, plain_name(table.label))
            )
        ]
        if len(found) == 1:
            return found[0]
    return None


def recognise(raw: RawTable) -> Table:
    """Tell which register a file is: by its name where its headings fit, else by the headings.

    Raises:
        SourceError: neither the name nor the headings tell, or they fit two registers as well.
    """
    named = register_of_name(raw.file.stem)
    if named and not _missing(named, raw):
        return named
    fits = sorted(
        ((_found(table, raw) - _missing(table, raw), table.name, table) for table in REGISTERS),
        reverse=True,
        key=lambda fit: fit[0],
    )
    (best, _, table), (second, _, _) = fits[:2]
    whole = best > second and not _missing(table, raw)
    if whole or (best > max(second, 0) and not named):
        return table
    if named:
        return named
    raise SourceError(
        f"Det går inte att se vilket register {raw.name} är.",
        expected=f"Ett filnamn som börjar med ett av: {_NAMES}.",
        do="Byt namn på filen, eller ange registret.",
    )


def _found(table: Table, raw: RawTable) -> int:
    return sum(any(matches(h, column) for h in raw.headers) for column in table.delivered_columns)


def _missing(table: Table, raw: RawTable) -> int:
    return sum(
        not any(matches(header, column) for header in raw.headers)
        for column in table.delivered_columns
        if column.name in table.required
    )
