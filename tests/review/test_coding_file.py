"""The coding file: blind, with drop-downs, and read back as any other delivery."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.cli.review_file import write_review_file
from pipelines.errors import EditionError, SourceError
from pipelines.model.codes import COMMITMENT, INSTRUMENT, SAMPLING_STRATUM, THEME, VOICE
from pipelines.model.region import load_region
from pipelines.model.tables import HUMAN_CODE
from pipelines.reading.review.workbook import CODED
from pipelines.sources.raw_table import ROW, read_tables
from tests.conftest import World
from tests.review.deliveries import TESTBED

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LABEL = {column.name: column.label for column in HUMAN_CODE.delivered_columns}


@pytest.fixture
def region(world: World):
    world.untouched()
    return load_region("liten")


def write(region, file: Path, number: int = 10, seed: int = 1, **options: object) -> pl.DataFrame:
    write_review_file(region, file, number, seed, **({"coder": None, "inbox": None} | options))
    raw = read_tables(file)[0]
    names = {str(position): header for position, header in enumerate(raw.headers)}
    return raw.rows.drop(ROW).rename(names)


def text_of(file: Path) -> str:
    with zipfile.ZipFile(file) as book:
        return "\n".join(
            book.read(name).decode() for name in book.namelist() if name.endswith(".xml")
        )


@pytest.mark.parametrize("name", ["kodning.xlsx", "kodning.csv"])
def test_the_machines_answer_is_nowhere_in_the_file(region, tmp_path: Path, name: str):
    rows = write(region, tmp_path / name, number=100)
    assert TESTBED in rows["Citat"].to_list()
    for column in set(CODED) - {"coder"}:
        assert set(rows[LABEL[column]]) == {""}, column
    assert set(rows.columns) == set(LABEL.values())
    content = text_of(tmp_path / name) if name.endswith("xlsx") else (tmp_path / name).read_text()
    for stratum in SAMPLING_STRATUM.codes:
        assert stratum.code not in content
        assert f">{stratum.label}<" not in content
    cells = " ".join(cell for row in rows.iter_rows() for cell in row)
    assert not re.search(r"\b[01][.,]\d", cells), "no probability may show"


def test_the_order_of_rows_follows_the_documents_and_not_the_groups(region, tmp_path: Path):
    rows = write(region, tmp_path / "kodning.csv", number=100)
    order = list(dict.fromkeys(rows["Dokument-id"]))
    places = list(zip(rows["Dokument-id"], rows["Sida"].cast(pl.Int64), strict=True))
    assert places == sorted(places, key=lambda place: (order.index(place[0]), place[1]))
    assert rows.filter(pl.col("Dokument-id") == "d1")["Citat"].to_list()[-2:] == [
        TESTBED,
        "Vatten och avlopp byggs ut i takt med bebyggelsen.",
    ]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_the_same_seed_gives_the_same_rows(region, tmp_path: Path, name: str):
    first = write(region, tmp_path / name, number=5, seed=3)
    again = write(region, tmp_path / f"igen_{name}", number=5, seed=3)
    assert first.equals(again)
    assert first.height == 5
    others = [write(region, tmp_path / name, number=5, seed=seed) for seed in (4, 5)]
    assert any(not first.equals(other) for other in others)


def validations(file: Path) -> dict[str, str]:
    """Column label → where its drop-down takes its values."""
    with zipfile.ZipFile(file) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    found = {}
    for element in sheet.iter(f"{SHEET}dataValidation"):
        letter = re.match(r"[A-Z]+", element.attrib["sqref"]).group()
        position = sum((ord(c) - 64) * 26**power for power, c in enumerate(reversed(letter))) - 1
        found[HUMAN_CODE.delivered_columns[position].label] = element.findtext(f"{SHEET}formula1")
    return found


def test_every_code_has_a_drop_down_of_swedish_labels(region, tmp_path: Path):
    file = tmp_path / "kodning.xlsx"
    write(region, file)
    found = validations(file)
    assert found["Skriver in innovation"] == found["Nekad"] == '"ja,nej"'
    wanted = {"Förpliktelsegrad", "Röst", *(f"Styrmedel {n}" for n in (1, 2, 3))}
    wanted |= {f"Tema {n}" for n in (1, 2, 3)}
    assert set(found) == wanted | {"Skriver in innovation", "Nekad"}
    assert all(found[label].startswith("Kodlistor!$") for label in wanted)
    content = text_of(file)
    for codes in (INSTRUMENT, THEME, VOICE):
        assert all(f">{code.label}<" in content for code in codes.codes)
    assert all(f">{COMMITMENT.labels[code]}<" in content for code in COMMITMENT.values[1:])


def test_the_file_explains_itself_and_is_marked_as_an_example(region, tmp_path: Path):
    file = tmp_path / "kodning.xlsx"
    write(region, file, coder="kodare A")
    content = text_of(file)
    assert '"Så här kodar du"' in content
    assert region.mark in content
    with zipfile.ZipFile(file) as book:
        for number in (1, 2, 3):
            sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert f"&amp;L{region.mark}" in sheet
            assert ("<sheetProtection" in sheet) == (number == 1)


def fill_in(file: Path, out: Path, answers: dict[str, dict[str, str]]) -> None:
    """Do what a coder does in Excel: answer every row, and save under another name."""
    raw = read_tables(file)[0]
    with xlsxwriter.Workbook(str(out)) as book:
        sheet = book.add_worksheet("Kodning")
        sheet.write_row(0, 0, raw.headers)
        for number, row in enumerate(raw.rows.drop(ROW).iter_rows(), start=1):
            cells = dict(zip(raw.headers, row, strict=True))
            cells |= answers.get(cells["Citat"], {"Skriver in innovation": "nej"})
            sheet.write_row(number, 0, cells.values())


def test_a_filled_in_file_is_a_delivery_like_any_other(world: World, region, tmp_path: Path):
    file = tmp_path / "kodning.xlsx"
    write(region, file, number=100, coder="kodare B")
    answer = {
        "Skriver in innovation": "ja", "Förpliktelsegrad": "Bör", "Styrmedel 1": "Testbädd",
        "Tema 1": "Energi", "Tema 2": "Mobilitet", "Kodad datum": "2026-03-02",
    }  # fmt: skip
    fill_in(file, region.registers / "granskningar_b.xlsx", {TESTBED: answer})
    build = world.build()
    delivery = next(d for d in build.deliveries if d.table_name == "human_code")
    assert (delivery.rows_rejected, delivery.issues) == (0, [])
    assert delivery.rows_in == build.frames["passage_review"].height
    assert not [i for i in build.issues if i.table_name == "human_code"]

    passages = build.frames["passage"]
    assert passages["quote"].to_list() == [TESTBED], "the other belägg got a no"
    assert passages.select("commitment", "themes", "coded_by").row(0) == (
        "should", ["energi", "mobilitet"], "human",
    )  # fmt: skip
    codings = build.frames["human_code"]
    assert codings["inclusion_probability"].to_list() == [1.0] * codings.height
    assert codings["sampling_stratum"].null_count() == 0
    assert codings["sample_id"].n_unique() == 1


def test_an_inbox_may_hold_the_filled_in_file(world: World, region, tmp_path: Path):
    file = tmp_path / "kodning.csv"
    write(region, file, number=100, coder="kodare A")
    inbox = tmp_path / "inkommet"
    inbox.mkdir()
    fill_in(file, inbox / "granskningar.xlsx", {})
    assert world.build(inbox).frames["passage"].is_empty()


def test_a_name_is_not_taken_for_a_coder_and_another_ending_is_refused(region, tmp_path: Path):
    with pytest.raises(SourceError, match="kan inte stå som kodare"):
        write(region, tmp_path / "a.xlsx", coder="Anna Andersson")
    with pytest.raises(SourceError, match="ändelse"):
        write(region, tmp_path / "a.ods")


def test_a_region_without_an_edition_says_what_to_run(world: World, tmp_path: Path):
    with pytest.raises(EditionError, match="planinnovation run"):
        write(load_region("liten"), tmp_path / "a.xlsx")


def test_documents_that_have_left_the_inbox_are_asked_for(world: World, region, tmp_path: Path):
    region.inbox.rename(tmp_path / "annan")
    with pytest.raises(SourceError, match="Inga lästa dokument"):
        write(region, tmp_path / "a.xlsx")
    assert write(region, tmp_path / "a.xlsx", inbox=tmp_path / "annan").height > 0


def test_the_command_says_how_many_and_what_to_do_next(region, tmp_path: Path):
    out = tmp_path / "kodning.xlsx"
    result = CliRunner().invoke(app, ["sample", "--region", "liten", "--out", str(out), "--n", "4"])
    assert result.exit_code == 0
    assert "4 passager i kodning.xlsx." in result.stdout
    assert "namn som börjar med granskningar" in result.stderr
    assert out.is_file()
