"""Whose a document is and which version of it counts; nothing is guessed."""

from __future__ import annotations

from pathlib import PurePath

import polars as pl
import pytest

from pipelines.sources.homes import Homes
from pipelines.tables.document import _latest, _Version
from pipelines.tables.identify import (
    _municipality,
    _same_name,
    date_of,
    same_case_number,
    stage_of,
)
from tests.conftest import World

OBJECTS = pl.DataFrame(
    {
        "object_id": ["dp-ett", "dp-tva", "dp-tre", "dp-fyra"],
        "object_name": ["Kvarnen 3", "Kvarnen 3:12", "Kajen", "Kajen"],
        "object_type": ["dp", "dp", "dp", "ma"],
        "case_number": ["BN 2021/20", "BN 2021/204", "2021-03", "BN 2021/20"],
    }
)


@pytest.mark.parametrize(
    ("cover", "ids"),
    [
        ("Dnr BN 2021/204", ["dp-tva"]),
        ("Dnr BN 2021-0204, planbeskrivning", ["dp-tva"]),
        ("Dnr BN 2021/20", ["dp-ett", "dp-fyra"]),
        ("Dnr SBN 2021/20", []),
        ("Ulvsund 2021-03-05", []),
        ("Dnr 2021-03.", ["dp-tre"]),
    ],
)
def test_a_case_number_matches_as_a_whole(cover: str, ids: list[str]):
    assert same_case_number(OBJECTS, cover) == ids


def test_a_name_matches_as_a_whole_and_the_longest_wins():
    assert _same_name(OBJECTS, "Detaljplan för Kvarnen 3", "dp") == ["dp-ett"]
    assert _same_name(OBJECTS, "Detaljplan för Kvarnen 3:12", "dp") == ["dp-tva"]
    assert _same_name(OBJECTS, "Detaljplan för Kvarnen 31", "dp") == []


@pytest.mark.parametrize(
    ("cover", "code"),
    [
        ("Planbeskrivning\nTorpa stad, stadsbyggnadskontoret", "9802"),
        ("Torpas kommun", "9802"),
        ("Ulvsunds kommun. Planen gränsar till Torpa kommun. Ulvsunds kommun", "9801"),
        ("Ulvsunds kommun och Torpa kommun", ""),
        ("Nedertorpa kommun", ""),
        ("Torpa stadsdel", ""),
    ],
)
def test_a_municipality_is_named_as_one_and_never_guessed(cover: str, code: str):
    homes = Homes(
        pl.DataFrame(
            {"municipality_code": ["9801", "9802"], "municipality_name": ["Ulvsund", "Torpa"]}
        ),
        pl.DataFrame(schema={"object_id": str, "municipality_code": str, "object_name": str}),
    )
    assert _municipality(("inkommet",), cover, homes)[0] == code


@pytest.mark.parametrize(
    ("place", "cover", "stage"),
    [
        ("plan.pdf", "Antagandehandling\nGranskning i maj, samråd i januari.", "infor_antagande"),
        ("plan.pdf", "Samrådshandling\nFöre antagandehandling följer granskning.", "samrad"),
        ("plan.pdf", "Samråd 2024\nPlanen från 1980 vann laga kraft 1981.", "samrad"),
        ("plan_antagande.pdf", "Planbeskrivning\nSamråd hölls 2022.", "infor_antagande"),
        ("granskning/plan.pdf", "Planbeskrivning", "granskning"),
        ("plan.pdf", "Antagen av kommunfullmäktige den 5 mars 2024", "antagen"),
        ("plan.pdf", "Planbeskrivning", ""),
    ],
)  # fmt: skip
def test_a_document_says_its_stage(place: str, cover: str, stage: str):
    assert stage_of(PurePath(place), cover) == stage


@pytest.mark.parametrize(
    ("cover", "day"),
    [
        ("Ulvsunds kommun, 2023-02-01", "2023-02-01"),
        ("Ulvsunds kommun, den 5 mars 2024", "2024-03-05"),
        ("Upprättad 5/3 2023, reviderad den 1 juni 2024. Antas 2025-01-01.", "2024-06-01"),
        ("Mars 2024", "2024-03"),
        ("Dnr BN 2021/204", ""),
    ],
)
def test_a_document_says_its_day(cover: str, day: str):
    assert date_of(cover) == day


def version(name: str, stage: int, day: str, *, readable: bool = True) -> _Version:
    return _Version(name, readable, stage, day)


@pytest.mark.parametrize(
    ("group", "latest"),
    [
        ([version("a", 3, "2024-06-01"), version("b", 5, "2024-03-05")], "b"),
        ([version("a", 3, "2023-01-01"), version("b", 3, "2024-01-01")], "b"),
        ([version("a", 3, "2023-01-01"), version("b", -1, "2024-01-01")], "b"),
        ([version("a", 5, "2023-01-01"), version("b", -1, "2022-01-01")], "a"),
        ([version("a", 3, "2023-01-01"), version("b", 5, "2024", readable=False)], "a"),
        ([version("a", 3, ""), version("b", -1, "")], "a"),
    ],
)
def test_the_latest_stage_counts_and_within_it_the_newest(group: list[_Version], latest: str):
    assert _latest(group) == latest


def test_the_same_plan_under_two_ids_and_the_same_file_twice_count_once(world: World):
    folder = world.data / "liten"
    plans = folder / "register" / "planer.csv"
    plans.write_text(
        plans.read_text("utf-8-sig")
        + "dp-kvarnen-2;9801;Detaljplan;Detaljplan för Kvarnen 3;BN 2021-0204;Granskning;;\n"
        + "dp-kopia;9801;Detaljplan;Tornet;BN 2024/9;Samråd;;\n",
        "utf-8-sig",
    )
    text = (folder / "inbox/9801/op-ny/op.txt").read_bytes()
    for place in ("9801/op-ny/op (1).txt", "9801/dp-kopia/op.txt"):
        (folder / "inbox" / place).parent.mkdir(exist_ok=True)
        (folder / "inbox" / place).write_bytes(text)
    build = world.build()
    objects = {row["object_id"]: row for row in build.frames["planning_object"].to_dicts()}
    # the later stage is kept, and the documents of both are its documents
    assert objects["dp-kvarnen"]["coverage"] == "superseded"
    assert "dp-kvarnen-2" in objects["dp-kvarnen"]["coverage_reason"]
    assert objects["dp-kvarnen-2"]["coverage"] == "read_none"
    assert objects["dp-kopia"]["coverage"] == "superseded"
    assert build.frames["passage"].filter("is_counted")["quote"].n_unique() == 2
    assert build.frames["passage"].filter("is_counted").height == 2
    told = {issue.rule for issue in build.issues}
    assert {"samma_plan", "samma_fil"} <= told
    assert any(rule.startswith("samma_fil_") for rule in told)


def test_what_fits_two_plans_is_read_and_asked_about(world: World):
    folder = world.data / "liten"
    plans = folder / "register" / "planer.csv"
    plans.write_text(
        plans.read_text("utf-8-sig") + "dp-b;9801;Detaljplan;Tornet;BN 2021/204;Samråd;;\n",
        "utf-8-sig",
    )
    text = "Planbeskrivning\nDnr BN 2021/204\n\nMarken är plan och består av lera på fast botten.\n"
    (folder / "inbox/9801/oviss.txt").write_text(text)
    build = world.build()
    row = build.frames["document"].filter(pl.col("file_name") == "oviss.txt").row(0, named=True)
    assert (row["object_id"], row["coverage"]) == (row["document_id"], "read_none")
    issue = next(i for i in build.issues if i.file_name == "9801/oviss.txt")
    assert "dp-kvarnen eller dp-b" in issue.message
    assert "Lägg filen i mappen" in issue.remedy


def test_a_document_of_an_unknown_object_is_asked_about_in_its_row(world: World):
    register = world.data / "liten" / "register" / "dokument.csv"
    register.write_text(
        register.read_text("utf-8-sig") + "d9;9801;dp-okand;Planbeskrivning;Bro;Samråd;;bro.pdf\n",
        "utf-8-sig",
    )
    build = world.build()
    issue = next(i for i in build.issues if i.found_value == "dp-okand")
    assert (issue.file_name, issue.row_number, issue.column_name) == (
        "dokument.csv",
        6,
        "Handling-id",
    )
    assert "planer eller markanvisningar" in issue.remedy
    assert "d9" in build.frames["document"]["document_id"].to_list()
