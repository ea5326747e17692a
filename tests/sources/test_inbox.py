"""Files of an inbox: whose each is, and why it is left out."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from pathlib import Path

import polars as pl
import pytest

from pipelines.sources.homes import Homes
from pipelines.sources.inbox import find_files, match_register

HOMES = Homes(
    pl.DataFrame(
        {"municipality_code": ["9801", "9802"], "municipality_name": ["Ulvsund", "Ålunda"]}
    ),
    pl.DataFrame(
        {
            "object_id": ["dp-kvarnen", "dp-akern", "dp-alunda"],
            "municipality_code": ["9801", "9801", "9802"],
            "object_name": ["Kvarnen 3", "Åkern", "Torget"],
        }
    ),
)
ROWS = [
    ("d1", "9801", "dp-kvarnen", "planbeskrivning.txt"),
    ("d2", "9802", "dp-alunda", "planbeskrivning.txt"),
    ("d3", "9801", "dp-akern", "åkern.txt"),
]


def register(rows=ROWS) -> pl.DataFrame:
    names = ("document_id", "municipality_code", "object_id", "file_name")
    return pl.DataFrame(rows, schema=names, orient="row")


def match(inbox: Path, *places: str, rows=ROWS) -> tuple[dict[str, str | None], list[str]]:
    """Deliver files, and return place → document and the rules that were told of."""
    for place in places:
        file = inbox / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Planbeskrivning {place}")
    files, issues = match_register(register(rows), find_files((inbox,)), HOMES)
    told = [issue.rule for issue in issues if issue.rule != "fil_saknas"]
    return {file.place: file.document_id for file in files}, told


def test_a_file_belongs_to_the_folder_that_it_is_in(tmp_path: Path):
    found, told = match(
        tmp_path, "9801/dp-akern/planbeskrivning.txt", "9801/dp-kvarnen/planbeskrivning.txt"
    )
    assert found == {
        "9801/dp-akern/planbeskrivning.txt": None,
        "9801/dp-kvarnen/planbeskrivning.txt": "d1",
    }
    assert told == []


@pytest.mark.parametrize(
    "place",
    [
        "9801/dp-akern/planbeskrivning.txt",  # another object's folder
        "9801/dp-ny/planbeskrivning.txt",  # the folder of an object that no register has
        "planbeskrivning.txt",  # two rows have the name
    ],
)
def test_a_name_alone_is_not_enough(tmp_path: Path, place: str):
    found, told = match(tmp_path, place)
    assert found == {place: None}
    assert told == (["flera_rader"] if "/" not in place else [])


@pytest.mark.parametrize(
    ("place", "document"),
    [
        ("9801/dp-kvarnen/planbeskrivning.txt", "d1"),
        ("9801/dp-kvarnen/handlingar/2024/planbeskrivning.txt", "d1"),
        ("9801/Kvarnen 3/Planbeskrivning.TXT", "d1"),
        ("Ulvsunds kommun/planbeskrivning.txt", "d1"),
        ("9802 Ålunda/planbeskrivning.txt", "d2"),
        ("inkommet/åkern.txt", "d3"),
    ],
)
def test_a_file_is_known_by_its_folder_and_its_name(tmp_path: Path, place: str, document: str):
    found, told = match(tmp_path, unicodedata.normalize("NFD", place))
    assert found == {place: document}
    assert told == []


def test_two_files_that_can_be_the_row_are_asked_about(tmp_path: Path):
    places = ("9801/dp-akern/samråd/åkern.txt", "9801/dp-akern/antagande/åkern.txt")
    found, told = match(tmp_path, *places)
    assert found == dict.fromkeys(places)
    assert told == ["flera_filer", "flera_filer"]


def test_rows_whose_files_are_missing_are_told_of_one_by_one(tmp_path: Path):
    _, issues = match_register(register(), find_files((tmp_path,)), HOMES)
    assert [issue.rule for issue in issues] == ["fil_saknas"] * 3
    assert len({issue.file_name for issue in issues}) == 3


def test_links_are_not_followed_even_when_the_register_names_them(tmp_path: Path):
    outside = tmp_path / "hemligt"
    outside.mkdir()
    (outside / "åkern.txt").write_text("Planbeskrivning")
    inbox = tmp_path / "inbox"
    (inbox / "9801").mkdir(parents=True)
    (inbox / "9801" / "åkern.txt").symlink_to(outside / "åkern.txt")
    (inbox / "9801" / "mapp").symlink_to(outside)
    found, told = match(inbox)
    assert found == {}
    assert told == ["lank", "lank"]


def test_a_pipe_is_no_file_and_is_never_opened(tmp_path: Path):
    os.mkfifo(tmp_path / "plan.pdf")
    assert match(tmp_path) == ({}, ["ingen_fil"])


def test_a_name_that_is_not_utf_8_is_read_and_shown_in_swedish(tmp_path: Path):
    place = os.fsencode(tmp_path) + b"/9801"
    os.mkdir(place)
    for name in ("åkern.txt".encode("cp1252"), "översikt.txt".encode("cp850")):
        with open(place + b"/" + name, "wb") as file:
            file.write(b"Planbeskrivning")
    found, told = match(tmp_path)
    assert found == {"9801/åkern.txt": "d3", "9801/översikt.txt": None}
    assert told == []


def test_a_registered_archive_is_read_so_that_its_reason_is_kept(tmp_path: Path):
    rows = [("d9", "9801", "dp-akern", "handlingar.zip")]
    found, told = match(tmp_path, "9801/dp-akern/handlingar.zip", rows=rows)
    assert (found, told) == ({"9801/dp-akern/handlingar.zip": "d9"}, [])


def test_what_a_file_holds_decides_where_its_ending_does_not(tmp_path: Path):
    folder = tmp_path / "9801"
    folder.mkdir()
    (folder / "plan.pdf_1").write_bytes(b"%PDF-1.7 rest")
    (folder / "plan").write_bytes(b"Planbeskrivning")
    (folder / "karta.dwg").write_bytes(b"AC1027\x00\x01")
    for name, part in (("plan.word", "word/document.xml"), ("bilder.pptx", "ppt/slides.xml")):
        with zipfile.ZipFile(folder / name, "w") as package:
            package.writestr(part, "x")
    found, told = match(tmp_path)
    assert set(found) == {"9801/plan", "9801/plan.pdf_1", "9801/plan.word"}
    assert told == ["okand_filtyp", "okand_filtyp"]
