"""Damaged editions and pointers: none is shown, the newest whole one is, and a build mends it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.web.routes import HEALTH, ROUTES
from pipelines.errors import EditionError
from pipelines.warehouse import edition, kept_documents, sealed
from pipelines.warehouse.status import region_status
from tests.conftest import World
from tests.tiny_region import write_region


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def zero(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) * 2 // 3] ^= 4
    file.write_bytes(content)


def grow(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


DAMAGE = (truncate, empty, zero, flip_a_bit, grow)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The tiny region with an older and a newer edition; not to be changed."""
    folder = tmp_path_factory.mktemp("två")
    made = World(folder / "data", folder / "editions")
    register = write_region(made.data) / "register/upphandlingar.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANINNOVATION_DATA", str(made.data))
        patch.setenv("PLANINNOVATION_EDITIONS", str(made.editions))
        older = made.build().published.file
        text = register.read_text("utf-8-sig")
        register.write_text(text + "v1;K;9801;Köp;Fkup;2024\n", "utf-8-sig")
        made.build()
    os.utime(older, (1_700_000_000, 1_700_000_000))
    return made


@pytest.fixture
def two(world: World, made: World) -> tuple[Path, Path]:
    """A copy of the older and the newer edition; the newer is current."""
    shutil.copytree(made.data, world.data, dirs_exist_ok=True)
    shutil.copytree(made.editions, world.editions)
    files = sorted(
        (world.editions / "liten").glob("*.duckdb"), key=lambda file: file.stat().st_mtime
    )
    older, newer = files
    return older, newer


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Health waits for what is new instead of telling what was."""
    monkeypatch.setattr(HEALTH, "patience", None)


def health() -> tuple[int, dict[str, object]]:
    answer = TestClient(Starlette(routes=ROUTES)).get("/halsa")
    return answer.status_code, answer.json()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_edition_is_passed_over_told_set_aside_and_built_anew(
    world: World, two: tuple[Path, Path], damage: Callable[[Path], None]
):
    older, newer = two
    damage(newer)
    assert edition.find_current("liten") == edition.Current(older, (newer.stem,))
    state = region_status("liten")
    assert state.current == older.stem
    assert f"{newer.stem} är skadad" in state.faults[0]
    code, body = health()
    assert (code, body["status"]) == (200, "skadad")
    assert body["utgavor"]["liten"]["utgava"] == older.stem
    assert body["utgavor"]["liten"]["skadade"] == [newer.stem]

    again = world.build().published
    assert again.is_new
    assert again.edition_id == newer.stem
    assert edition.find_current("liten") == edition.Current(again.file)
    assert edition.set_aside("liten") == [f"{newer.name}.skadad"]
    assert "Lagd åt sidan" in region_status("liten").faults[0]
    assert health()[1]["status"] == "ok"


def test_where_no_edition_is_whole_that_is_said_and_a_build_gives_one(
    world: World, two: tuple[Path, Path]
):
    for file in two:
        zero(file)
    with pytest.raises(EditionError, match="ingen hel utgåva"):
        edition.open_edition("liten")
    assert region_status("liten").current is None
    assert health()[0] == 503
    assert world.build().published.is_new


def test_an_edition_without_a_seal_is_read_through_and_sealed_by_the_next_build(
    world: World, two: tuple[Path, Path]
):
    newer = two[1]
    sealed.seal_of(newer).unlink()
    assert edition.current_file("liten") == newer
    assert not world.build().published.is_new
    assert sealed.seal_of(newer).read_text() == (
        f"{hashlib.sha256(newer.read_bytes()).hexdigest()}  {newer.name}\n"
    )
    sealed.seal_of(newer).unlink()
    truncate(newer)
    assert edition.current_file("liten") == two[0]


@pytest.mark.parametrize(
    "pointer",
    [
        b"", b"\xff\xfe\x00bad", b"finns-inte.duckdb\n", b"../../../etc/passwd\n", b"..\n",
        b"/etc/passwd", b"utanfor.duckdb", b"x" * 100_000, b"a\x00b.duckdb", None,
    ],
)  # fmt: skip
def test_a_bad_pointer_is_only_a_hint(
    world: World, two: tuple[Path, Path], pointer: bytes | None, tmp_path: Path
):
    older, newer = two
    outside = tmp_path / "utanfor.duckdb"
    shutil.copyfile(older, outside)
    (newer.parent / "utanfor.duckdb").symlink_to(outside)
    file = newer.parent / edition.POINTER
    file.unlink()
    if pointer is not None:
        file.write_bytes(pointer)
    current = edition.find_current("liten")
    assert (current.file, current.damaged) == (newer, ())
    assert current.pointer_fault.startswith("CURRENT")
    assert current.pointer_fault in region_status("liten").faults[-1]
    assert health()[1]["utgavor"]["liten"]["utgava"] == newer.stem
    assert not world.build().published.is_new
    assert file.read_text() == f"{newer.name}\n"


def test_a_pointer_that_is_a_link_or_a_folder_is_not_followed(
    two: tuple[Path, Path], tmp_path: Path
):
    newer = two[1]
    pointer = newer.parent / edition.POINTER
    pointer.unlink()
    (tmp_path / "pekare").write_text(two[0].name)
    pointer.symlink_to(tmp_path / "pekare")
    assert edition.current_file("liten") == newer
    pointer.unlink()
    pointer.mkdir()
    assert edition.current_file("liten") == newer


def test_an_older_edition_that_is_pointed_to_is_shown_without_a_word(two: tuple[Path, Path]):
    older, newer = two
    (newer.parent / edition.POINTER).write_text(older.name)
    assert edition.find_current("liten") == edition.Current(older)


def test_one_regions_fault_leaves_the_others(world: World, two: tuple[Path, Path]):
    other = world.data / "trasig"
    other.mkdir()
    (other / "region.toml").write_bytes(b'name = "trasig\xff')
    broken = world.editions / "trasig"
    broken.mkdir()
    (broken / "CURRENT").write_bytes(b"\xff")
    (broken / "2026-01-01-aaaaaaaa.duckdb").write_bytes(b"inget")
    result = subprocess.run(
        [sys.executable, "-m", "pipelines", "status", "--format", "json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    regions = {each["region"]: each for each in json.loads(result.stdout)["regions"]}
    assert regions["liten"]["current"] == two[1].stem
    assert "går inte att läsa" in regions["trasig"]["faults"][0]
    code, body = health()
    assert (code, body["utgavor"]["liten"]["utgava"]) == (200, two[1].stem)
    assert "2026-01-01-aaaaaaaa" in body["utgavor"]["trasig"]["fel"]


def test_drafts_and_seals_that_dead_builds_left_are_swept(world: World):
    folder = world.editions / "liten"
    folder.mkdir(parents=True)
    for name in (
        ".2026-01-01-aaaaaaaa.77.tmp",
        ".2026-01-01-aaaaaaaa.77.tmp.wal",
        ".CURRENT.9.tmp",
    ):
        (folder / name).write_bytes(b"rest")
    (folder / "2026-01-01-aaaaaaaa.duckdb.sha256").write_text("rest")
    world.build()
    assert [file.name for file in folder.glob(".*")] == []
    assert len(list(folder.glob("*.sha256"))) == len(list(folder.glob("*.duckdb"))) == 1


def test_a_named_edition_is_one_of_the_folder(two: tuple[Path, Path]):
    older, newer = two
    assert edition.find_edition("liten", older.stem) == older
    for name in ("", ".", "..", "../liten/" + older.stem, "/etc/passwd", "finns-inte"):
        assert edition.find_edition("liten", name) is None
    flip_a_bit(older)
    assert edition.find_edition("liten", older.stem) is None
    assert edition.current_file("liten") == newer


@pytest.mark.parametrize("damage", [truncate, empty, flip_a_bit])
def test_a_damaged_kept_document_is_not_shown_and_kept_anew(
    world: World, damage: Callable[[Path], None]
):
    world.build()
    whole = {file: file.read_bytes() for file in kept_documents.folder("liten").glob("*/*")}
    for file in whole:
        damage(file)
    documents = [file for file in whole if file.suffix != ".gz"]
    assert documents
    for file in documents:
        assert kept_documents.file_of("liten", file.stem, file.suffix[1:]) is None
    assert not world.build().published.is_new
    assert {file: file.read_bytes() for file in whole} == whole
