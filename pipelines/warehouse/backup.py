"""One file that holds everything that cannot be made anew, and back again.

A backup is a tar file: ``data/`` (settings, registers, inboxes, reference and codebook) and
``editions/`` (editions with their seals and pointers, kept documents), then ``SHA256SUMS``. The
reading cache, drafts and damaged editions are left out.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.errors import EditionError
from pipelines.model.region import data_folder, editions_folder
from pipelines.warehouse.edition import ASIDE, need_room
from pipelines.warehouse.sealed import SEAL, checksum, flush, is_sound

SUMS = "SHA256SUMS"
_LEFT_OUT = (".tmp", ".wal", ".part", ASIDE)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Copied:
    """How many files were copied, how many bytes, and what was left out because it is damaged."""

    files: int
    size: int
    damaged: tuple[str, ...] = ()


def backup(target: Path, *, overwrite: bool = False) -> Copied:
    """Write a backup of every region to one file, whole or not at all.

    Args:
        target: the file to write.
        overwrite: replace a file that is there.

    Raises:
        EditionError: the file is there already, or the disk has no room.
    """
    if target.exists() and not overwrite:
        raise EditionError(
            f"{target} finns redan.",
            expected="Ett nytt filnamn.",
            do="Välj ett annat namn, eller ange --overwrite.",
        )
    damaged = _damaged_editions()
    skipped = {target.resolve(), *damaged, *(file.with_name(file.name + SEAL) for file in damaged)}
    files = [(name, file) for name, file in _all_files() if file.resolve() not in skipped]
    need_room(target.absolute().parent, sum(file.stat().st_size for _, file in files))
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    sums: list[str] = []
    size = 0
    try:
        with tarfile.open(draft, "w", format=tarfile.PAX_FORMAT) as archive:
            for name, file in files:
                archive.add(file, name, recursive=False)
                sums.append(f"{checksum(file)}  {name}\n")
                size += file.stat().st_size
            content = "".join(sums).encode("utf-8", "surrogateescape")
            member = tarfile.TarInfo(SUMS)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        flush(draft)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    flush(target.absolute().parent)
    return Copied(len(files), size, tuple(sorted(file.stem for file in damaged)))


def restore(source: Path, *, overwrite: bool = False) -> Copied:
    """Put back what a backup holds; files that it does not hold are left alone.

    The whole backup is checked before the first file is written. A file that is there with the
    same content is left as it is.

    Args:
        source: a file that :func:`backup` wrote.
        overwrite: replace files that are there with other content.

    Raises:
        EditionError: the backup is damaged or no backup, files would be overwritten, or the disk
            has no room.
    """
    sums = _checked(source)
    different = [name for name, digest in sums.items() if _differs(_place(name), digest)]
    taken = [name for name in different if _place(name).exists()]
    if taken and not overwrite:
        names = ", ".join(taken[:_SHOWN])
        more = f" och {len(taken) - _SHOWN} till" if len(taken) > _SHOWN else ""
        raise EditionError(
            f"{len(taken)} filer finns redan med annat innehåll: {names}{more}.",
            expected="En tom mapp, eller filer med samma innehåll som i säkerhetskopian.",
            do="Inget är ändrat. Ange --overwrite för att ersätta dem.",
        )
    size = 0
    with tarfile.open(source, "r:") as archive:
        members = {member.name: member for member in archive}
        total = sum(members[name].size for name in different)
        editions_folder().mkdir(parents=True, exist_ok=True)
        need_room(editions_folder(), total)
        for name in different:
            content = archive.extractfile(members[name])
            if content is not None:
                _put(_place(name), content.read(), members[name].mtime)
                size += members[name].size
    return Copied(len(different), size)


def _all_files() -> Iterator[tuple[str, Path]]:
    """Every file to keep with its name in the backup; links are not followed."""
    editions = editions_folder().resolve()
    for root, folder, passed in (
        ("data", data_folder().resolve(), editions),
        ("editions", editions, editions / "cache"),
    ):
        for place, folders, names in os.walk(folder, followlinks=False):
            here = Path(place)
            folders[:] = sorted(each for each in folders if here / each != passed)
            for name in sorted(names):
                file = here / name
                if file.is_file() and not file.is_symlink() and not name.endswith(_LEFT_OUT):
                    yield f"{root}/{file.relative_to(folder).as_posix()}", file


def _damaged_editions() -> set[Path]:
    files = editions_folder().resolve().glob("*/*.duckdb")
    return {file for file in files if not file.is_symlink() and not is_sound(file)}


def _checked(source: Path) -> dict[str, str]:
    """Return the name and checksum of every file, after the content of each has been compared."""
    found: dict[str, str] = {}
    listed: dict[str, str] | None = None
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() else None
                if content is None:
                    raise ValueError(member.name)
                if member.name == SUMS:
                    text = content.read().decode("utf-8", "surrogateescape")
                    rows = [line.split("  ", 1) for line in text.split("\n") if line]
                    listed = {name: digest for digest, name in rows}
                else:
                    found[member.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise _no_backup(source) from error
    if listed is None or listed != found or not all(map(_is_inside, found)):
        raise _no_backup(source)
    return found


def _no_backup(source: Path) -> EditionError:
    return EditionError(
        f"{source} är skadad eller ingen säkerhetskopia.",
        expected="En hel fil som planinnovation backup har skrivit.",
        do="Inget är ändrat. Använd en annan säkerhetskopia.",
    )


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] in ("data", "editions") and ".." not in parts


def _place(name: str) -> Path:
    root, *rest = PurePosixPath(name).parts
    return (data_folder() if root == "data" else editions_folder()).joinpath(*rest)


def _differs(file: Path, digest: str) -> bool:
    return not file.is_file() or checksum(file) != digest


def _put(file: Path, content: bytes, moment: float) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name[:100]}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(content)
        os.utime(draft, (moment, moment))
        flush(draft)
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    flush(file.parent)
