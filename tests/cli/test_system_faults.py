"""A fault of the operating system is told in Swedish by every command, with no English trace."""

import errno
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import EditionError, system_fault
from pipelines.warehouse import edition
from tests.conftest import World


def run(
    *arguments: str, limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipelines", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)


def small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def assert_told(result: subprocess.CompletedProcess[str], words: str) -> None:
    assert result.returncode == 2, result.stderr
    assert words in result.stderr
    assert "Gör så här" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_disk_that_is_full_while_exporting(world: World, tmp_path: Path):
    world.untouched()
    folder = tmp_path / "ut"
    folder.mkdir()
    (folder / "planer.csv").symlink_to("/dev/full")
    assert_told(run("export", "--region", "liten", str(folder)), "Disken är full.")


def test_a_file_that_may_not_grow_while_building(world: World):
    assert_told(run("run", "--region", "liten", "--quiet", limit=small_files), "Gör så här")
    assert edition.current_file("liten") is None
    assert [file.name for file in (world.editions / "liten").glob(".*")] == []
    assert run("run", "--region", "liten", "--quiet").returncode == 0


@pytest.mark.parametrize("command", ["run", "backup"])
def test_a_place_that_cannot_be_written_to(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
):
    blocked = tmp_path / "fil"
    blocked.write_text("en fil, ingen mapp")
    if command == "run":
        monkeypatch.setenv("PLANINNOVATION_EDITIONS", str(blocked / "utgåvor"))
        result = run("run", "--region", "liten", "--quiet")
    else:
        result = run("backup", str(blocked / "kopia.tar"))
    assert_told(result, "En fil ligger där en mapp väntades.")


def test_too_little_room_is_said_before_anything_is_read(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    usage = type("Usage", (), {"free": 10 * 2**20})
    monkeypatch.setattr(edition.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(EditionError, match="10 MB ledigt"):
        world.build()
    assert list((world.editions / "liten").iterdir()) == []
    assert not (world.editions / "cache").exists()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a.csv"), "Disken är full. (a.csv)"),
        (OSError(errno.EROFS, "Read-only file system", "a"), "Mappen är skrivskyddad. (a)"),
        (PermissionError(errno.EACCES, "Permission denied", "a"), "Rättigheter saknas. (a)"),
        (OSError(errno.ELOOP, "Too many links", "a"), "Operativsystemet svarade"),
        (MemoryError(), "Minnet räckte inte."),
        (duckdb.IOException("Could not write: No space left on device"), "Disken är full."),
        (duckdb.IOException("Cannot open: Read-only file system"), "Mappen är skrivskyddad."),
    ],
)
def test_each_fault_has_swedish_words(error: Exception, words: str):
    fault = system_fault(error)
    assert fault is not None
    assert fault.found.startswith(words)


def test_a_fault_of_the_program_is_not_explained_away():
    assert system_fault(ValueError("fel")) is None
    assert system_fault(duckdb.BinderException("no such column")) is None
