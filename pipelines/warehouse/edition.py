"""An edition: facts and numbers of one region at one time, in a DuckDB file that never changes."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
from pipelines.warehouse.sealed import (
    SEAL,
    flush,
    is_sound,
    seal,
    seal_of,
    write_safely,
)
from pipelines.warehouse.verify import verify

POINTER = "CURRENT"
KEPT = 12
"""Editions kept per region, so that a meeting can compare with those before."""

ASIDE = ".skadad"
"""Ending of a damaged edition that a build has set aside."""

ARCHIVE = "arkiv"
"""Folder of the tables of editions that are no longer kept whole; their addresses remain."""

_HASHED_AT_ONCE = 50_000
_SPARE_BYTES = 64 * 2**20
_LONGEST_NAME = 200


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


@dataclass(frozen=True, slots=True)
class Current:
    """The edition to show.

    Attributes:
        file: its file; None where the region has no whole edition.
        damaged: ids of later or chosen editions that are damaged and therefore not shown.
        pointer_fault: why the pointer was not followed, in Swedish; empty where it was.
    """

    file: Path | None
    damaged: tuple[str, ...] = ()
    pointer_fault: str = ""


def prepare(region: Region) -> None:
    """Make a region's folder ready before anything is read, and set damaged editions aside.

    Raises:
        EditionError: there is no room for another edition as large as the largest.
        OSError: the folder cannot be written to.
    """
    folder = editions_folder() / region.name
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _sweep_drafts(folder)
        for file in list_editions(region.name):
            if not is_sound(file):
                seal_of(file).unlink(missing_ok=True)
                os.replace(file, file.with_name(file.name + ASIDE))
        largest = max((file.stat().st_size for file in list_editions(region.name)), default=0)
        need_room(folder, largest)


def need_room(folder: Path, size: int) -> None:
    """Refuse to begin what would not fit on the disk.

    Args:
        folder: where something is to be written.
        size: about how many bytes.

    Raises:
        EditionError: less is free, with some room for what is written on the way.
    """
    free, needed = shutil.disk_usage(folder).free, size * 3 // 2 + _SPARE_BYTES
    if free < needed:
        raise EditionError(
            f"Disken där {folder.name} ligger har {free // 2**20} MB ledigt.",
            expected=f"Minst {needed // 2**20} MB innan något skrivs.",
            do="Frigör plats eller flytta utgåvorna (PLANINNOVATION_EDITIONS) och kör igen.",
        )


def publish(
    region: Region,
    frames: Mapping[str, pl.DataFrame],
    catalogs: Mapping[str, pl.DataFrame],
    inputs: Inputs,
    built_at: datetime,
) -> Published:
    """Write, verify, seal and publish an edition; nothing is written for unchanged content.

    A new file name for each edition, because DuckDB caches an instance per path: readers of the
    old file go on undisturbed until they look for the current one again.

    Raises:
        ContractError: the written edition breaks a contract; the last good one stays current.
        EditionError: the disk has no room.
    """
    folder = editions_folder() / region.name
    prepare(region)
    digest = content_hash(frames, inputs)
    edition_id = f"{built_at:%Y-%m-%d}-{digest[:8]}"
    with _alone(folder):
        current = current_file(region.name)
        if current is not None and current.stem.endswith(digest[:8]):
            return _as_it_was(folder, current, digest)
        file = folder / f"{edition_id}.duckdb"
        if file.is_file():  # the same content as an earlier edition of today: point back to it
            return _as_it_was(folder, file, digest)
        need_room(folder, sum(int(frame.estimated_size()) for frame in frames.values()))
        draft = folder / f".{edition_id}.{os.getpid()}.tmp"
        try:
            _write(draft, region, frames, catalogs, inputs, edition_id, digest, built_at)
            flush(draft)
            seal(draft, file)  # before the file has its name, so that none is without
            os.replace(draft, file)
            flush(folder)
        finally:
            _sweep_drafts(folder)
        _point_to(folder, file.name)
        _prune(folder, file)
    return Published(edition_id, file, digest, is_new=True)


def find_current(region_name: str) -> Current:
    """Find the edition to show: the one pointed to if it is whole, else the newest whole one.

    The pointer is a hint: it may be empty, damaged, or name what is not in the folder.
    """
    folder = editions_folder() / region_name
    name, fault = _pointed_to(folder)
    if name and is_sound(folder / name):
        return Current(folder / name)
    held = list_editions(region_name)
    newest = next((file for file in reversed(held) if is_sound(file)), None)
    moment = newest.stat().st_mtime if newest else 0.0
    aside = [file for file in folder.glob(f"*.duckdb{ASIDE}") if file.stat().st_mtime > moment]
    later = held[held.index(newest) + 1 :] if newest else held
    damaged = {file.name.partition(".duckdb")[0] for file in (*aside, *later)}
    if name:
        damaged.add(name.partition(".duckdb")[0])
    return Current(newest, tuple(sorted(damaged)), fault)


def current_file(region_name: str) -> Path | None:
    """Return the file of the edition to show, or None where the region has no whole one."""
    return find_current(region_name).file


def list_editions(region_name: str) -> list[Path]:
    """Return the region's editions, oldest first, damaged ones too; links are no editions."""
    folder = editions_folder() / region_name
    files = [file for file in folder.glob("*.duckdb") if _is_own(file)]
    return sorted(files, key=lambda file: (file.stat().st_mtime, file.name))


def find_edition(region_name: str, edition_id: str) -> Path | None:
    """Return a named edition that is kept and whole, else None."""
    file = editions_folder() / region_name / f"{edition_id}.duckdb"
    is_name = file.name == f"{edition_id}.duckdb" and not edition_id.startswith(".")
    return file if is_name and _is_own(file) and is_sound(file) else None


def was_published(region_name: str, digest: str) -> bool:
    """Whether one of the region's kept editions has this content."""
    for file in list_editions(region_name):
        if file.stem.endswith(digest[:8]) and is_sound(file):
            with duckdb.connect(str(file), read_only=True) as con:
                if con.execute("SELECT content_hash FROM edition").fetchall() == [(digest,)]:
                    return True
    return False


def archive_folder(region_name: str, edition_id: str) -> Path | None:
    """Return the folder of an edition that is no longer kept whole, one Parquet file a table."""
    folder = editions_folder() / region_name / ARCHIVE / edition_id
    is_name = folder.name == edition_id and not edition_id.startswith(".")
    return folder if is_name and folder.is_dir() and not folder.is_symlink() else None


def list_archived(region_name: str) -> list[str]:
    """Return the ids of archived editions in alphabetical order."""
    return sorted(each.name for each in (editions_folder() / region_name / ARCHIVE).glob("[!.]*"))


def set_aside(region_name: str) -> list[str]:
    """Return the names of the damaged editions that builds have set aside."""
    folder = editions_folder() / region_name
    return sorted(file.name for file in folder.glob(f"*.duckdb{ASIDE}"))


def open_edition(region_name: str) -> duckdb.DuckDBPyConnection:
    """Open the current edition read-only.

    Raises:
        EditionError: the region has no whole edition.
    """
    current = find_current(region_name)
    if current.file is None:
        raise no_edition(region_name, current)
    return duckdb.connect(str(current.file), read_only=True)


def no_edition(region_name: str, current: Current) -> EditionError:
    """Return the error of a region that has no edition to show, or damaged ones alone."""
    damaged = f" Skadade: {', '.join(current.damaged)}." if current.damaged else ""
    return EditionError(
        f"Regionen {region_name} har ingen{' hel' if damaged else ''} utgåva.{damaged}",
        expected="Minst en byggd utgåva.",
        do=f"Kör planinnovation run --region {region_name}.",
    )


def _is_own(file: Path) -> bool:
    """Whether it is a file of its own: a link could lead out of the folder."""
    return file.is_file() and not file.is_symlink()


def _pointed_to(folder: Path) -> tuple[str, str]:
    """Return the name that the pointer gives, or an empty one and why it is not followed."""
    pointer = folder / POINTER
    if not _is_own(pointer):
        return "", "CURRENT saknas" if any(folder.glob("*.duckdb")) else ""
    try:
        with pointer.open("rb") as content:
            name = content.read(_LONGEST_NAME).decode("utf-8").strip()
    except (OSError, ValueError):
        return "", "CURRENT går inte att läsa"
    if not name:
        return "", "CURRENT är tom"
    file = folder / name.replace("\0", "")
    if file.name != name or file.suffix != ".duckdb":
        return "", "CURRENT anger ingen utgåva i mappen"
    if not _is_own(file):
        lost = file.with_name(name + ASIDE).is_file()
        return "", "" if lost else "CURRENT anger en utgåva som inte finns"
    return name, ""


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process writes editions of this folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sweep_drafts(folder: Path) -> None:
    """Remove what builds that died have left; whoever holds the lock is the only one alive."""
    for draft in folder.glob(".*.tmp*"):
        draft.unlink(missing_ok=True)
    for lone in folder.glob(f"*.duckdb{SEAL}"):
        if not lone.with_name(lone.name.removesuffix(SEAL)).exists():
            lone.unlink(missing_ok=True)


def _as_it_was(folder: Path, file: Path, digest: str) -> Published:
    if not seal_of(file).exists():  # an edition of a version that wrote no seals
        seal(file, file)
    _point_to(folder, file.name)
    return Published(file.stem, file, digest, is_new=False)


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
    if _pointed_to(folder)[0] != name:
        write_safely(folder / POINTER, f"{name}\n".encode())


def _archive(file: Path) -> None:
    """Keep the tables of an edition that goes, a twentieth of its size; a damaged one has none."""
    if not is_sound(file):
        return
    folder = file.parent / ARCHIVE / file.stem
    draft = folder.with_name(f".{file.stem}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    with duckdb.connect(str(file), read_only=True) as con:
        held = [name for (name,) in con.execute("SELECT table_name FROM catalog_table").fetchall()]
        for name in (*held, "catalog_table", "catalog_indicator", "edition"):
            con.sql(f"FROM {name}").write_parquet(
                str(draft / f"{name}.parquet"), compression="zstd"
            )
    if not folder.exists():
        os.replace(draft, folder)
    shutil.rmtree(draft, ignore_errors=True)


def _prune(folder: Path, current: Path) -> None:
    editions = list_editions(folder.name)
    for old in editions[:-KEPT]:
        if old != current:
            try:
                _archive(old)
            except (OSError, duckdb.Error):
                continue  # no room for its tables: it stays whole until a later build
            old.unlink(missing_ok=True)
            seal_of(old).unlink(missing_ok=True)
    oldest = min(file.stat().st_mtime for file in list_editions(folder.name))
    for aside in folder.glob(f"*.duckdb{ASIDE}"):
        if aside.stat().st_mtime < oldest:
            aside.unlink(missing_ok=True)
