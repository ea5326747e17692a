"""A backup holds what cannot be made anew, and comes back whole or not at all."""

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from pipelines.errors import EditionError
from pipelines.warehouse import edition, kept_documents
from pipelines.warehouse.backup import backup, restore
from pipelines.warehouse.sealed import checksum
from tests.conftest import World


def content(*folders: Path) -> dict[str, str]:
    return {
        f"{folder.name}/{file.relative_to(folder)}": checksum(file)
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and "cache" not in file.parts
    }


def test_everything_comes_back_and_the_next_build_finds_nothing_changed(
    world: World, tmp_path: Path
):
    published = world.untouched().published
    before = content(world.data, world.editions)
    written = published.file.stat().st_mtime
    file = tmp_path / "kopia.tar"
    assert backup(file).files == len(before)
    shutil.rmtree(world.data)
    shutil.rmtree(world.editions)
    assert restore(file).files == len(before)
    assert content(world.data, world.editions) == before
    assert published.file.stat().st_mtime == pytest.approx(written)
    assert edition.current_file("liten") == published.file
    assert kept_documents.folder("liten").is_dir()
    assert not world.build().published.is_new


def test_nothing_is_overwritten_without_being_told(world: World, tmp_path: Path):
    world.untouched()
    file = tmp_path / "kopia.tar"
    backup(file)
    with pytest.raises(EditionError, match="finns redan"):
        backup(file)
    backup(file, overwrite=True)
    assert restore(file).files == 0
    register = world.data / "liten/register/planer.csv"
    register.write_text("ändrad")
    with pytest.raises(EditionError, match="finns redan med annat innehåll"):
        restore(file)
    assert register.read_text() == "ändrad"
    assert restore(file, overwrite=True).files == 1
    assert register.read_text("utf-8-sig").startswith("Plan-id")


def test_a_damaged_backup_changes_nothing(world: World, tmp_path: Path):
    world.untouched()
    file = tmp_path / "kopia.tar"
    backup(file)
    whole = file.read_bytes()
    shutil.rmtree(world.data / "liten/register")
    before = content(world.data, world.editions)
    bit = bytearray(whole)
    bit[len(whole) // 2] ^= 1
    for damaged in (whole[: len(whole) // 2], b"", bytes(len(whole)), bytes(bit), b"inget" * 999):
        file.write_bytes(damaged)
        with pytest.raises(EditionError, match="skadad eller ingen säkerhetskopia"):
            restore(file)
    assert content(world.data, world.editions) == before


def test_a_backup_that_leads_out_of_the_folders_is_refused(world: World, tmp_path: Path):
    file = tmp_path / "kopia.tar"
    for name in ("data/../../ute", "/tmp/ute", "annat/ute", "data"):
        (tmp_path / "innehall").write_text("x")
        sums = tmp_path / "SHA256SUMS"
        sums.write_text(f"{checksum(tmp_path / 'innehall')}  {name.lstrip('/')}\n")
        with tarfile.open(file, "w") as archive:
            archive.add(tmp_path / "innehall", name)
            archive.add(sums, "SHA256SUMS")
        with pytest.raises(EditionError):
            restore(file)


def test_a_damaged_edition_is_left_out_and_named(world: World, tmp_path: Path):
    published = world.untouched().published
    published.file.write_bytes(b"skadad")
    copied = backup(tmp_path / "kopia.tar")
    assert copied.damaged == (published.edition_id,)
    with tarfile.open(tmp_path / "kopia.tar") as archive:
        assert not [name for name in archive.getnames() if ".duckdb" in name]


def test_the_commands(world: World, tmp_path: Path):
    world.untouched()
    file = tmp_path / "kopia.tar"

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipelines", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "filer" in run("backup", str(file)).stdout
    assert run("backup", str(file)).returncode == 2
    assert "0 filer återställda" in run("restore", str(file)).stdout
