"""An edition: facts and numbers of one region at one time, in a DuckDB file that never changes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import polars as pl

from pipelines.errors import EditionError
from pipelines.model.region import Region, editions_folder
from pipelines.model.tables import TABLES
from pipelines.warehouse import ddl
from pipelines.warehouse.lookup import create_keys
from pipelines.warehouse.verify import verify

POINTER = "CURRENT"
KEPT = 12
"""Editions kept per region, so that a meeting can compare with those before."""

_HASHED_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an edition was made with, beside the deliveries that its own table lists."""

    reader_version: str
    codebook_version: str
    codebook_hash: str


@dataclass(frozen=True, slots=True)
class Published:
    """The edition that is current after a build; ``is_new`` is false when nothing had changed."""

    edition_id: str
    file: Path
    content_hash: str
    is_new: bool


def content_hash(frames: Mapping[str, pl.DataFrame], inputs: Inputs) -> str:
    """Hash all rows and inputs; the same deliveries, codebook and reader give the same hash."""
    digest = hashlib.sha256(repr(inputs).encode())
    for table in TABLES:
        digest.update(table.name.encode())
        # In slices: the text of a million rows is several times the size of the rows.
        for rows in table.conform(frames[table.name]).iter_slices(_HASHED_AT_ONCE):
            digest.update(rows.write_ndjson().encode())
    return digest.hexdigest()


def publish(
    region: Region,
    frames: Mapping[str, pl.DataFrame],
    catalogs: Mapping[str, pl.DataFrame],
    inputs: Inputs,
    built_at: datetime,
) -> Published:
    """Write, verify and publish an edition; nothing is written when the content is unchanged.

    A new file name for each edition, because DuckDB caches an instance per path: readers of the
    old file go on undisturbed until they look at the pointer again.

    Raises:
        ContractError: the written edition breaks a contract; the last good one stays current.
    """
    folder = editions_folder() / region.name
    folder.mkdir(parents=True, exist_ok=True)
    digest = content_hash(frames, inputs)
    edition_id = f"{built_at:%Y-%m-%d}-{digest[:8]}"
    current = current_file(region.name)
    if current is not None and current.stem.endswith(digest[:8]):
        return Published(current.stem, current, digest, is_new=False)
    file = folder / f"{edition_id}.duckdb"
    if file.is_file():  # the same content as an earlier edition of today: point back to it
        _point_to(folder, file.name)
        return Published(edition_id, file, digest, is_new=False)
    draft = folder / f".{edition_id}.{os.getpid()}.tmp"
    draft.unlink(missing_ok=True)
    try:
        _write(draft, region, frames, catalogs, inputs, edition_id, digest, built_at)
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    _point_to(folder, file.name)
    _prune(folder, file)
    return Published(edition_id, file, digest, is_new=True)


def current_file(region_name: str) -> Path | None:
    """Return the current edition's file, or None where the region has none."""
    folder = editions_folder() / region_name
    pointer = folder / POINTER
    if not pointer.is_file():
        return None
    file = folder / pointer.read_text(encoding="utf-8").strip()
    return file if file.is_file() else None


def list_editions(region_name: str) -> list[Path]:
    """Return the region's editions, oldest first."""
    folder = editions_folder() / region_name
    return sorted(folder.glob("*.duckdb"), key=lambda file: (file.stat().st_mtime, file.name))


def open_edition(region_name: str) -> duckdb.DuckDBPyConnection:
    """Open the current edition read-only.

    Raises:
        EditionError: the region has no edition yet.
    """
    file = current_file(region_name)
    if file is None:
        raise EditionError(
            f"Regionen {region_name} har ingen utgåva.",
            expected="Minst en byggd utgåva.",
            do=f"Kör planinnovation run --region {region_name}.",
        )
    return duckdb.connect(str(file), read_only=True)


def _write(
    draft: Path,
    region: Region,
    frames: Mapping[str, pl.DataFrame],
    catalogs: Mapping[str, pl.DataFrame],
    inputs: Inputs,
    edition_id: str,
    digest: str,
    built_at: datetime,
) -> None:
    with duckdb.connect(str(draft)) as con:
        con.begin()  # one transaction: a commit per statement is most of a small build's time
        for table in TABLES:
            ddl.create_table(con, table)
            ddl.insert(con, table.name, table.conform(frames[table.name]))
        ddl.create_from_frame(con, "catalog_table", ddl.catalog_tables())
        ddl.create_from_frame(con, "catalog_column", ddl.catalog_columns())
        ddl.create_from_frame(con, "catalog_code", ddl.catalog_codes())
        for name, frame in catalogs.items():
            ddl.create_from_frame(con, name, frame)
        facts = {
            "edition_id": edition_id,
            "region": region.name,
            "region_label": region.label,
            "is_example": region.is_example,
            "attribution": region.attribution,
            "built_at": built_at,
            "content_hash": digest,
            "software_version": version("planinnovation"),
            **asdict(inputs),
        }
        ddl.create_from_frame(con, "edition", pl.DataFrame([facts]))
        con.commit()
        create_keys(con)  # afterwards: rows have no lasting place before they are committed
        verify(con)
        con.execute("CHECKPOINT")


def _point_to(folder: Path, name: str) -> None:
    draft = folder / f"{POINTER}.{os.getpid()}.tmp"
    draft.write_text(name + "\n", encoding="utf-8")
    os.replace(draft, folder / POINTER)


def _prune(folder: Path, current: Path) -> None:
    editions = list_editions(folder.name)
    for old in editions[:-KEPT]:
        if old != current:
            old.unlink(missing_ok=True)
