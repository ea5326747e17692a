"""Decisions survive the browser's memory and come out as files."""

import csv
import io
import json

import pytest

from dashboard.meeting import notes
from dashboard.meeting.minutes_files import minutes_csv, minutes_markdown
from dashboard.meeting.notes import Entry, Minutes
from pipelines.model.region import EXAMPLE_MARK
from tests.dashboard.meeting_world import enter, full_agenda, packed

DECISION = Entry("beslut", "Skicka in planerna.", "Region Stockholm", "2027-01-31")
FOLLOW_UP = Entry("uppfoljning", "=Pröva\nklausulen", "", "")


@pytest.fixture
def minutes() -> Minutes:
    held = notes.add_entry(Minutes(), 1, DECISION)
    return notes.set_note(notes.add_entry(held, 2, FOLLOW_UP), 2, "Livlig diskussion.")


def test_minutes_come_back_from_the_browser(minutes):
    assert notes.from_json(notes.to_json(minutes)) == minutes
    assert minutes.entries == 2


@pytest.mark.parametrize(
    "text",
    ["", "skräp", "[]", "null", '{"form": 1}', '{"form": 9}', '{"form": 1, "points": {"x": {}}}'],
)
def test_a_memory_that_is_not_ours_gives_empty_minutes(text):
    assert notes.from_json(text) == Minutes()


def test_a_tampered_memory_is_cut_to_what_the_fields_allow():
    entry = {"kind": "annat", "text": "x" * 5000, "responsible": 7, "due": "i morgon"}
    text = json.dumps({"form": 1, "points": {"3": {"note": "", "entries": [entry]}}})

    held = notes.from_json(text).of(3).entries[0]

    assert held == Entry("beslut", "x" * notes.LONGEST_ENTRY, "7", "")


def test_an_entry_without_text_changes_nothing(minutes):
    assert notes.add_entry(minutes, 1, Entry("beslut", "  ")) == minutes


def test_an_entry_can_be_taken_away(minutes):
    left = notes.drop_entry(minutes, 1, 0)

    assert left.of(1).is_empty
    assert left.of(2) == minutes.of(2)


def test_markdown_holds_edition_choice_and_every_decision(built, minutes, monkeypatch):
    enter(built, monkeypatch)
    agenda = full_agenda("liten", "stege", "op")

    text = minutes_markdown(packed(agenda, minutes))

    assert agenda.edition_id in text
    assert "Datum: 2026-11-23" in text
    assert EXAMPLE_MARK in text
    assert "**Beslut:** Skicka in planerna. (ansvarig: Region Stockholm, senast 2027-01-31)" in text
    assert "**Uppföljning:** =Pröva klausulen" in text
    assert "> Livlig diskussion." in text
    assert text.count("\n## ") == 2


def test_csv_has_one_row_an_entry_and_runs_no_formula(built, minutes, monkeypatch):
    enter(built, monkeypatch)
    agenda = full_agenda("liten", "stege", "op")

    text = minutes_csv(packed(agenda, minutes), "excel").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert [row["Slag"] for row in rows] == ["Beslut", "Uppföljning", "Anteckning"]
    assert rows[0]["Utgåva"] == agenda.edition_id
    assert rows[0]["Senast"] == "2027-01-31"
    assert rows[1]["Text"].startswith("'=")
    assert {row["Exempeldata"] for row in rows} == {EXAMPLE_MARK}
