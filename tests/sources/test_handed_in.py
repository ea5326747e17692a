"""From template to edition and back: checked, handed in, published, exported, undone."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.errors import SourceError
from pipelines.intake import Work, load_registers
from pipelines.model.region import load_region
from pipelines.model.tables import PROCUREMENT, TABLE
from pipelines.progress import Progress
from pipelines.sources import handed_in
from pipelines.sources.check import allowed_in, read_and_check
from pipelines.sources.template import write_template
from pipelines.warehouse.edition import open_edition
from pipelines.warehouse.open_data import export_files
from tests.conftest import World

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ROW = {
    "Upphandling-id": "u1", "Köpare": "Ulvsunds kommun", "Kommunkod": "9801",
    "Upphandling": "Ny belysning i hamnen", "Slag av upphandling": "Funktionsupphandling",
    "Upphandlingsår": 2024,
}  # fmt: skip
NEW = ROW | {"Upphandling-id": "u2", "Kommunkod": "9802", "Köpare": "Torpa kommun",
             "Anmärkning": "-räknas, =1+1"}  # fmt: skip
PLANS = """Plan-id;Kommunkod;Planslag;Plannamn;Skede
op-ny;9801;Översiktsplan;Översiktsplan 2035;Antagen
dp-ny;9801;Detaljplan;Nya kajen;Samråd
"""


@pytest.fixture
def region(world: World):
    with (world.data / "liten/region.toml").open("a", encoding="utf-8") as file:
        file.write("hand_in = true\n")
    return load_region("liten")


def filled(file: Path, *rows: dict[str, object]) -> bytes:
    """The region's template for procurements with rows filled in as a person would."""
    write_template(PROCUREMENT, file, allowed_in(load_region("liten")))
    book = openpyxl.load_workbook(file)
    sheet = book[PROCUREMENT.label]
    place = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, 2):
        for heading, value in row.items():
            sheet.cell(number, place[heading], value)
    book.save(file)
    return file.read_bytes()


def hand_in(region, name: str, content: bytes, replaces="rows", when=NOW):
    return handed_in.store(region, name, content, None, replaces, "abc123", when)


def in_edition(table) -> pl.DataFrame:
    with open_edition("liten") as con:
        return con.sql(f"SELECT * FROM {table.name}").pl().select(table.delivered).sort(table.key)


def test_a_filled_template_goes_round_and_can_be_undone(world: World, region, tmp_path: Path):
    first = world.build().published
    before = in_edition(PROCUREMENT)
    file = tmp_path / "upphandlingar.xlsx"
    content = filled(file, ROW, NEW)
    checked = read_and_check(file, region)
    assert checked.delivery.issues == []
    change = handed_in.change(PROCUREMENT, before, checked.rows["procurement"], "rows")
    assert (change.new, change.changed, change.gone) == (["u2"], ["u1"], [])
    assert change.cells.rows() == [("u1", "Upphandling", "Ny belysning", "Ny belysning i hamnen")]

    kept = hand_in(region, file.name, content)
    second = world.build().published
    assert second.content_hash != first.content_hash
    assert_frame_equal(in_edition(PROCUREMENT), checked.rows["procurement"].sort("procurement_id"))
    with open_edition("liten") as con:
        assert (kept.sha256, 2) in con.execute(
            "SELECT sha256, rows_loaded FROM delivery"
        ).fetchall()
        export_files(con, region, tmp_path / "ut", "standard", "all")
        export_files(con, region, tmp_path / "excel", "excel", "all")
    for folder in ("ut", "excel"):
        again = read_and_check(tmp_path / folder / "upphandlingar.csv", region)
        assert again.delivery.rows_rejected == 0
        assert_frame_equal(
            again.rows["procurement"].sort("procurement_id"), in_edition(PROCUREMENT)
        )

    handed_in.undo(region, kept.hand_in_id, "abc123", NOW)
    assert world.build().published.content_hash == first.content_hash
    assert_frame_equal(in_edition(PROCUREMENT), before)
    assert [each.undone_by for each in handed_in.hand_ins(region)] == ["abc123"]


def test_a_file_that_is_all_of_its_municipalities_takes_the_place_of_their_rows(region, world):
    def plans() -> list[str]:
        work = Work()
        load_registers(work, region, (region.inbox,), Progress(quiet=True))
        assert all(d.rows_in == d.rows_loaded + d.rows_rejected for d in work.deliveries)
        return sorted(work.frames["plan"]["plan_id"])

    everything = plans()
    kept = hand_in(region, "planer.csv", PLANS.encode(), "municipalities")
    assert plans() == ["dp-ny", "dp-vreta", "op-ny", "op-torpa"]

    newer = hand_in(
        region,
        "planer.csv",
        PLANS.replace("dp-ny", "dp-nyast").encode(),
        "rows",
        NOW.replace(hour=13),
    )
    assert plans() == ["dp-ny", "dp-nyast", "dp-vreta", "op-ny", "op-torpa"]

    stored = world.editions / "liten" / handed_in.FOLDER / newer.hand_in_id / newer.stored_as
    stored.write_text("annat", "utf-8")
    assert plans() == ["dp-ny", "dp-vreta", "op-ny", "op-torpa"]
    for each in (kept, newer):
        handed_in.undo(region, each.hand_in_id, "abc123", NOW)
    assert plans() == everything


def test_what_goes_is_said_before_it_goes(region, tmp_path: Path):
    (tmp_path / "planer.csv").write_text(PLANS, "utf-8")
    rows = read_and_check(tmp_path / "planer.csv", region).rows["plan"]
    work = Work()
    load_registers(work, region, (), Progress(quiet=True))
    before = work.frames["plan"]
    whole = handed_in.change(TABLE["plan"], before, rows, "municipalities")
    assert (whole.new, sorted(whole.gone)) == (["dp-ny"], ["dp-kvarnen", "op-gammal"])
    assert handed_in.change(TABLE["plan"], before, rows, "rows").gone == []


def test_what_may_not_be_handed_in_is_refused(world: World, region):
    closed = region.model_copy(update={"hand_in": False})
    with pytest.raises(SourceError, match="tar inte emot"):
        hand_in(closed, "planer.csv", PLANS.encode())
    with pytest.raises(SourceError, match="1 av 2 rader avvisas"):
        hand_in(region, "planer.csv", PLANS.replace("9801;Detaljplan", "0180;Detaljplan").encode())
    kept = hand_in(region, "../../x/planer=cmd|'.csv", PLANS.encode())
    with pytest.raises(SourceError, match="redan inlämnad"):
        hand_in(region, "planer.csv", PLANS.encode())
    home = world.editions / "liten" / handed_in.FOLDER
    files = {file.relative_to(home).parts for file in home.rglob("*") if file.is_file()}
    assert {parts[0] for parts in files} == {kept.hand_in_id}
    for wrong in ("../../x", "20261130-120000-00000000"):
        with pytest.raises(SourceError, match="finns inte"):
            handed_in.undo(region, wrong, "abc123", NOW)
    command = ["handed-in", "undo", kept.hand_in_id, "--region", "liten"]
    undone = subprocess.run(
        [sys.executable, "-m", "pipelines", *command],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert undone.returncode == 0, undone.stderr
    with pytest.raises(SourceError, match="redan ångrad"):
        handed_in.undo(region, kept.hand_in_id, "abc123", NOW)
