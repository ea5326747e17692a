"""Open data: what an edition gives out, in which forms, and the bytes of every file.

A file's name is its address: ``planer.csv`` and ``indikatorer/1.1.csv``, the same in an exported
folder and in the dashboard's ``/filer/<region>/``. The bytes depend on the edition and its region
alone, so that a checksum holds wherever they are made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.errors import EditionError
from pipelines.model.columns import Column
from pipelines.model.region import Region
from pipelines.model.tables import INDICATOR_VALUE, TABLES, Table
from pipelines.warehouse.delimited import MARK_HEADER, Dialect, write_csv
from pipelines.warehouse.edition import archive_folder, find_edition

FORMS = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
"""Form → media type."""
SUMS = "SHA256SUMS"
INDICATOR_FOLDER = INDICATOR_VALUE.file
MARK_COLUMN = Column(name="example_mark", label=MARK_HEADER, meaning="Säger att raden är påhittad.")


@dataclass(frozen=True, slots=True)
class Resource:
    """One table, or the rows of one indicator, that is given out in every form.

    ``stem`` is the file's name without its ending; ``indicator`` is empty for a whole table.
    """

    stem: str
    title: str
    about: str
    table: Table
    indicator: str = ""

    @property
    def name(self) -> str:
        """The name within a data package, where only some characters may be used."""
        return self.stem.replace("/", "-").casefold()

    def count(self, con: duckdb.DuckDBPyConnection) -> int:
        """Return the number of rows."""
        text, values = self._rows("count(*)")
        return int(con.execute(text, values).fetchall()[0][0])

    def read(self, con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
        """Return the rows in the order of the key."""
        text, values = self._rows("*")
        order = ", ".join(self.table.key)
        frame: pl.DataFrame = con.sql(f"{text} ORDER BY {order}", params=values or None).pl()
        return frame

    def _rows(self, what: str) -> tuple[str, dict[str, str]]:
        text = f"SELECT {what} FROM {self.table.name}"
        if not self.indicator:
            return text, {}
        return f"{text} WHERE indicator_id = $id", {"id": self.indicator}


def resources(con: duckdb.DuckDBPyConnection) -> list[Resource]:
    """Return what an edition gives out: every table of the contract that it has, and indicators."""
    held = {name for (name,) in con.execute("SELECT table_name FROM catalog_table").fetchall()}
    tables = [
        Resource(each.file, each.label, f"En rad är {each.row}.", each)
        for each in TABLES
        if each.name in held
    ]
    listed = con.execute(
        "SELECT indicator_id, label, question, formula FROM catalog_indicator ORDER BY position"
    ).fetchall()
    return tables + [
        Resource(
            f"{INDICATOR_FOLDER}/{key}", f"{key} {label}", f"{asks} {formula}", INDICATOR_VALUE, key
        )
        for key, label, asks, formula in listed
    ]


def find_resource(con: duckdb.DuckDBPyConnection, stem: str) -> Resource | None:
    """Return the resource with a file name without its ending, or None."""
    return next((each for each in resources(con) if each.stem == stem), None)


def edition_facts(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return the edition's only row."""
    found: dict[str, Any] = con.sql("SELECT * FROM edition").pl().row(0, named=True)
    return found


def columns_of(resource: Resource, frame: pl.DataFrame, mark: str) -> tuple[Column, ...]:
    """Return the columns of a resource's files; an edition of a former version may lack some."""
    held = tuple(column for column in resource.table.columns if column.name in frame.columns)
    return (*held, MARK_COLUMN) if mark else held


def table_csv(resource: Resource, frame: pl.DataFrame, mark: str, dialect: Dialect) -> bytes:
    """Return a resource as CSV."""
    return write_csv(frame, columns_of(resource, frame, ""), dialect, mark)


def encode(
    resource: Resource, frame: pl.DataFrame, form: str, region: Region, facts: dict[str, Any]
) -> bytes:
    """Return a resource's file in one of :data:`FORMS`.

    Names of columns are the plain Swedish headers in all of them, and codes are as stored. JSON
    has the region, the edition and the meaning of the columns before the rows (*rader*).
    """
    if form == "csv":
        return table_csv(resource, frame, region.mark, "standard")
    columns = columns_of(resource, frame, region.mark)
    rows = frame.with_columns(pl.lit(region.mark).alias(MARK_COLUMN.name)).select(
        pl.col(column.name).alias(column.header) for column in columns
    )
    if form == "parquet":
        content = BytesIO()
        rows.write_parquet(content, compression="zstd")
        return content.getvalue()
    about = described(resource, columns, region, facts)
    head = json.dumps(about, ensure_ascii=False, default=str)
    return f'{head[:-1]}, "rader": {rows.write_json()}}}\n'.encode()


def described(
    resource: Resource, columns: tuple[Column, ...], region: Region, facts: dict[str, Any]
) -> dict[str, Any]:
    """Return the Swedish description that a JSON file begins with."""
    return {
        "region": region.name,
        "namn": region.label,
        **({"exempeldata": region.mark} if region.mark else {}),
        "utgava": facts["edition_id"],
        "byggd": facts["built_at"],
        "kontrollsumma": facts["content_hash"],
        "karta": facts["attribution"],
        "tabell": resource.title,
        "en_rad_ar": resource.table.row,
        "kolumner": [
            {
                "kolumn": column.label,
                "rubrik": column.header,
                "betydelse": column.meaning,
                "enhet": column.unit,
                "koder": column.codes.labels if column.codes else None,
            }
            for column in columns
        ],
    }


def open_files(con: duckdb.DuckDBPyConnection, region: Region) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file of an edition: data, metadata, checksums at the end."""
    from pipelines.warehouse import open_metadata as metadata  # imports rdflib, which is slow

    facts = edition_facts(con)
    parts, sums = [], []

    def summed(name: str, content: bytes) -> tuple[str, bytes]:
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        return name, content

    for resource in resources(con):
        frame = resource.read(con)
        sizes = {}
        for form in FORMS:
            content = encode(resource, frame, form, region, facts)
            sizes[form] = (len(content), hashlib.sha256(content).hexdigest())
            yield summed(f"{resource.stem}.{form}", content)
        columns = columns_of(resource, frame, region.mark)
        part = metadata.Part(resource, columns, metadata.sources_of(frame), sizes)
        parts.append(part)
        yield summed(f"{resource.stem}.csv-metadata.json", metadata.csvw(part, region, facts))
    yield summed(metadata.PACKAGE, metadata.package(parts, region, facts))
    for name, content in metadata.catalogue(parts, region, facts).items():
        yield summed(name, content)
    yield SUMS, "".join(sums).encode()


@contextmanager
def opened(region_name: str, edition_id: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a named edition for reading, one that is kept or one whose tables are archived.

    Raises:
        EditionError: there is none of that name.
    """
    file = find_edition(region_name, edition_id)
    archive = archive_folder(region_name, edition_id)
    if file is None and archive is None:
        raise EditionError(
            f"Utgåvan {edition_id} finns inte.",
            expected=f"En utgåva av {region_name} som har byggts.",
            do="Byt utgåva i adressen, eller ta bort den för att få den senaste.",
        )
    with duckdb.connect(str(file) if file else ":memory:", read_only=file is not None) as con:
        for table in [] if archive is None or file else sorted(archive.glob("*.parquet")):
            con.read_parquet(str(table)).create_view(table.stem)
        yield con


def export_files(
    con: duckdb.DuckDBPyConnection, region: Region, folder: Path, dialect: Dialect, form: str
) -> list[tuple[str, int]]:
    """Write an edition's files to a folder; return each name and its size in bytes.

    Args:
        con: the edition.
        region: whose edition it is.
        folder: where to write; made if missing.
        dialect: *excel* writes every table as CSV for Swedish Excel and nothing else, because the
            metadata describes the standard files.
        form: one of :data:`FORMS` for the tables in that form alone, or *all* for every file.
    """
    if dialect == "excel" or form != "all":
        facts = edition_facts(con)
        found: Iterator[tuple[str, bytes]] = (
            (
                f"{each.stem}.{form if dialect == 'standard' else 'csv'}",
                table_csv(each, each.read(con), region.mark, dialect)
                if dialect == "excel"
                else encode(each, each.read(con), form, region, facts),
            )
            for each in resources(con)
            if not each.indicator
        )
    else:
        found = open_files(con, region)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in found:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
        written.append((name, len(content)))
    return written
