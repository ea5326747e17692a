"""Files that must survive a power cut and tell when they are damaged.

Beside an edition's file is its seal, ``<file>.sha256``, in the form that ``sha256sum -c`` checks.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from pathlib import Path

import duckdb

SEAL = ".sha256"
_SEALED = re.compile(r"([0-9a-f]{64})  \S+\s*")
_State = tuple[int, int, int]
_checked: dict[tuple[str, _State, _State | None], bool] = {}
_checking = threading.Lock()


def flush(path: Path) -> None:
    """Make a file, or the names in a folder, last through a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_safely(file: Path, data: bytes) -> None:
    """Write a small file so that after a power cut all of it is there or the one before."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(data)
        flush(draft)
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    flush(file.parent)


def seal_of(file: Path) -> Path:
    """Return where the seal of a file is."""
    return file.with_name(file.name + SEAL)


def checksum(file: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def seal(file: Path, named: Path) -> None:
    """Write the seal of a file that is, or is about to be, at ``named``."""
    write_safely(seal_of(named), f"{checksum(file)}  {named.name}\n".encode())


def is_sound(file: Path) -> bool:
    """Tell whether an edition is whole: as sealed, or without a seal readable to its last row.

    The answer is remembered until the file or its seal changes.
    """
    try:
        state = _state(file)
    except OSError:
        return False
    key = (str(file), state, _state_or_none(seal_of(file)))
    if key not in _checked:
        with _checking:  # many readers of a new edition wait for one check
            if key not in _checked:
                _checked[key] = _is_whole(file)
    return _checked[key]


def _state(file: Path) -> _State:
    found = file.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _state_or_none(file: Path) -> _State | None:
    try:
        return _state(file)
    except OSError:
        return None


def _is_whole(file: Path) -> bool:
    try:
        expected = _SEALED.fullmatch(seal_of(file).read_text("ascii"))
    except (OSError, ValueError):
        expected = None
    if expected is None:
        return _opens(file)
    try:
        return checksum(file) == expected[1]
    except OSError:
        return False


def _opens(file: Path) -> bool:
    """Read every table of an edition that has no seal; its blocks carry checksums of their own."""
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            con.execute("SELECT edition_id, built_at FROM edition")
            tables = con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            for (name,) in tables:
                con.execute(f'SELECT bit_xor(hash(t)) FROM "{name}" t')
    except duckdb.ConnectionException:
        return True  # open in this process with other settings, so it has been opened before
    except duckdb.Error:
        return False
    return True
