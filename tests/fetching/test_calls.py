"""Calls of funders: matched by case number, never doubled, no persons and no guessed days."""

import json
from typing import Any

import polars as pl
import pytest

from pipelines.fetching.delivery import Outcome
from pipelines.fetching.refresh import refresh
from pipelines.fetching.source import own_file
from pipelines.model.region import Region
from tests.fetching.conftest import QUICK
from tests.fetching.fault_server import Answer, FaultServer


def call(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "Diarienummer": f"2025-{number:05}", "DiarienummerProgram": "2024-00001",
        "Titel": f"Testbädd {number}", "Beskrivning": None, "TitelEngelska": "x",
        "Publiceringsdatum": "2025-09-01T00:00:00", "LankLista": [],
        "KontaktLista": [{"Namn": "Någon Annan"}], "Publik": True, **changes,
    }  # fmt: skip


@pytest.fixture
def fetch(region: Region, server: FaultServer):
    file = own_file(region, "vinnova_calls")
    file.parent.mkdir()
    file.write_text(f'address = "{server.address}"\n', "utf-8")

    def run(answer: list[dict[str, Any]] | Answer | str) -> Outcome:
        server.put("/utlysning", json.dumps(answer) if isinstance(answer, list) else answer)
        (outcome,) = refresh(region, ["vinnova_calls"], QUICK)
        return outcome

    return run


def test_calls_are_delivered_without_persons_and_days_that_nobody_gave(fetch, region: Region):
    outcome = fetch([
        call(1, LankLista=[{"Beskrivning": "Läs mer", "URL": "https://exempel.invalid/1"}]),
        call(2, LankLista=[{"Lanknamn": "Läs", "Lankadress": "https://exempel.invalid/2"}]),
        call(3, Titel="Läkemedel"),
        call(4, Publiceringsdatum="2019-05-01"),
        call(5, Publik=False),
        call(6, Titel="Stöd", Beskrivning="För kommuner", Publiceringsdatum="", LankLista=None),
    ])  # fmt: skip
    assert outcome.error == ""
    file = region.registers / "utlysningar_vinnova_calls.csv"
    rows = pl.read_csv(file, separator=";", infer_schema=False).to_dicts()
    assert [row["Utlysningens diarienummer"][-1] for row in rows] == ["1", "2", "6"]
    assert [row["Källa"][-2:] for row in rows[:2]] == ["/1", "/2"]
    assert [row["Publicerad"] for row in rows] == ["2025-09-01", "2025-09-01", None]
    assert {row["Öppnar"] or row["Stänger"] for row in rows} == {None}
    assert "Någon" not in file.read_text("utf-8-sig")
    said = " ".join(outcome.notes)
    assert "1 om annat, 1 publicerade före 2025-01-01, 1 som inte är publika" in said
    assert "för hand" in said


def test_calls_that_cannot_be_used_are_named(fetch, region: Region):
    (region.registers / "utlysningar.csv").write_text(
        "utlysnings_id;utlysningens_diarienummer;utlysning;finansiar;stanger\n"
        "egen-3;2025-00003;Testbädd 3;Vinnova;2026-05-01\n",
        "utf-8",
    )
    nameless = call(4)
    del nameless["Titel"]
    outcome = fetch([
        call(1), call(1), call(2), call(3), nameless, call(5, Publiceringsdatum="snart"), call(6),
    ])  # fmt: skip
    words = " ".join(each.reason for each in outcome.rejections)
    assert "två gånger" in words
    assert "Finns redan i registret som egen-3" in words
    assert "Fältet Titel saknas" in words
    assert "Publiceringsdatum har värdet 'snart'" in words
    counted = outcome.counts["funding_call"]
    assert (counted.fetched, counted.loaded, counted.rejected) == (7, 3, 4)


def test_an_empty_list_is_no_fault(fetch, region: Region):
    assert fetch([]).error == ""
    assert not (region.registers / "utlysningar_vinnova_calls.csv").exists()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"fel": "slut"}', "har en annan form"),
        ('["2025-00001"]', "har en annan form"),
        ("<html>", "inte är JSON"),
        (Answer(status=401), "401"),
    ],
)
def test_another_form_changes_nothing(fetch, region: Region, answer: str | Answer, words: str):
    fetch([call(1)])
    before = (region.registers / "utlysningar_vinnova_calls.csv").read_bytes()
    assert words in fetch(answer).error
    assert (region.registers / "utlysningar_vinnova_calls.csv").read_bytes() == before
