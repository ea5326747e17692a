"""A delivery that lacks what the edition before had stops the build, until it is accepted."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import SourceError
from pipelines.model.region import LossLimits
from pipelines.warehouse import edition
from pipelines.warehouse.losses import LossError, find_losses, read_accepted
from pipelines.warehouse.status import region_status
from tests.conftest import World

REGISTERS = ("planer", "markanvisningar", "dokument", "testverksamhet", "upphandlingar")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def remove(file: Path) -> None:
    file.unlink()


def halve(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def headings_alone(file: Path) -> None:
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])


def scramble(file: Path) -> None:
    file.write_bytes(os.urandom(4000))


FAULTS = (empty, remove, halve, headings_alone, scramble)


def test_a_fault_of_any_register_stops_the_build_and_leaves_the_edition(world: World):
    good = world.untouched().published
    for register, fault in zip(REGISTERS, FAULTS, strict=True):
        file = world.data / f"liten/register/{register}.csv"
        whole = file.read_bytes()
        fault(file)
        with pytest.raises(LossError) as caught:
            world.build()
        assert register in {loss.name for loss in caught.value.losses}, (register, fault)
        assert edition.current_file("liten") == good.file
        file.write_bytes(whole)
    assert not world.build().published.is_new


@pytest.mark.parametrize("folder", ["inbox", "inbox/9801", "inbox/9801/op-ny"])
def test_a_folder_that_is_not_mounted_stops_the_build(world: World, folder: str):
    good = world.untouched().published
    shutil.rmtree(world.data / "liten" / folder)
    with pytest.raises(LossError) as caught:
        world.build()
    assert {"dokument", "belagg"} & {loss.name for loss in caught.value.losses}
    assert edition.current_file("liten") == good.file


def test_the_command_shows_a_table_ends_with_2_and_tells_how_to_accept(world: World):
    world.untouched()
    (world.data / "liten/register/upphandlingar.csv").unlink()

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipelines", "run", "--region", "liten", "--quiet", *more]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    refused = run()
    assert refused.returncode == 2
    assert "upphandlingar" in refused.stdout
    assert "Förra utgåvan" in refused.stdout
    assert "--accept-loss upphandlingar" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert run("--accept-loss", "planer").returncode == 2
    unknown = run("--accept-loss", "inget")
    assert (unknown.returncode, "ingen sådan tabell" in unknown.stderr) == (2, True)

    accepted = run("--accept-loss", "upphandlingar")
    assert accepted.returncode == 0, accepted.stderr
    kept = region_status("liten").accepted_losses
    assert {(row["table_name"], row["before"], row["now"]) for row in kept} == {
        ("procurement", 1, 0)
    }
    json.dumps(region_status("liten").summary(), default=str)


def test_what_grows_or_changes_within_the_limits_is_published(world: World):
    first = world.untouched().published
    register = world.data / "liten/register/planer.csv"
    text = register.read_text("utf-8-sig")
    register.write_text(text.replace("Vreta skola", "Vreta skola 2"), "utf-8-sig")
    register.rename(register.with_name("planer_2025.csv"))  # a new name is no loss
    second = world.build().published
    assert second.is_new
    assert second.file != first.file
    with duckdb.connect(str(second.file), read_only=True) as con:
        assert read_accepted(con).is_empty()


def test_a_region_sets_its_own_limits(world: World):
    world.untouched()
    settings = world.data / "liten/region.toml"
    settings.write_text(
        settings.read_text("utf-8") + "[loss_limits]\nrows = 0.5\nplans = 0.5\n", "utf-8"
    )
    register = world.data / "liten/register/planer.csv"
    lines = register.read_text("utf-8-sig").splitlines()
    register.write_text("\n".join(lines[:-1]) + "\n", "utf-8-sig")
    assert world.build().published.is_new
    settings.write_text(settings.read_text("utf-8").replace("rows = 0.5", "rows = 0.1"), "utf-8")
    register.write_text("\n".join(lines[:-2]) + "\n", "utf-8-sig")
    with pytest.raises(LossError) as caught:
        world.build()
    assert "planer" in {loss.name for loss in caught.value.losses}


def test_an_edition_before_the_table_has_accepted_nothing(world: World):
    file = world.untouched().published.file
    with duckdb.connect(str(file)) as con:
        con.execute("DROP TABLE catalog_accepted_loss")
        assert read_accepted(con).is_empty()


def test_a_share_is_of_the_edition_before(world: World):
    built = world.untouched()
    with duckdb.connect(str(built.published.file), read_only=True) as con:
        assert find_losses(con, built.frames, LossLimits()) == []
        fewer = built.frames | {"passage": built.frames["passage"].head(1)}
        held = built.frames["passage"].height
        assert held == 2
        assert find_losses(con, fewer, LossLimits(passages=0.5)) == []
        (loss,) = find_losses(con, fewer, LossLimits(passages=0.49))
        assert (loss.table_name, loss.before, loss.now) == ("passage", 2, 1)
        none = built.frames | {"passage": built.frames["passage"].clear()}
        assert len(find_losses(con, none, LossLimits(passages=1))) == 1


def test_only_tables_that_exist_can_be_accepted(world: World):
    with pytest.raises(SourceError, match="ingen sådan tabell"):
        world.build(accept=["planerna"])
