"""Since the last meeting: an older edition, or the reason why there is none."""

import shutil
from dataclasses import replace
from datetime import date

import duckdb
import polars as pl
import pytest

from dashboard.database import current_edition
from dashboard.filters import Filters
from dashboard.meeting.compare import compare, edition_of_day, sentence, split
from dashboard.meeting.frozen import find_edition
from dashboard.meeting.kinds import build_slides
from tests.dashboard.conftest import Place
from tests.dashboard.meeting_world import enter, full_agenda, whole

JUNE = date(2026, 6, 11)


@pytest.fixture
def older(built, tmp_path, monkeypatch):
    """A second edition: an older copy without one document and with another version of one."""
    place = Place(built.data, tmp_path / "editions")
    shutil.copytree(built.editions, place.editions)
    enter(place, monkeypatch)
    file = place.editions / "liten" / "2026-06-01-aaaaaaaa.duckdb"
    shutil.copy(current_edition("liten"), file)
    with duckdb.connect(str(file)) as con:
        con.execute("UPDATE edition SET built_at = TIMESTAMP '2026-06-01 09:00', edition_id = 'x'")
        read = con.sql(
            "SELECT document_id FROM document WHERE sha256 IS NOT NULL AND coverage LIKE 'read%' "
            "ORDER BY document_id"
        ).fetchall()
        con.execute("DELETE FROM document WHERE document_id = ?", [read[0][0]])
        con.execute("UPDATE document SET sha256 = 'old' WHERE document_id = ?", [read[1][0]])
    return file


def test_the_edition_of_a_day_is_the_last_one_built_by_then(older):
    now = current_edition("liten")

    assert edition_of_day("liten", JUNE, now).file == older
    assert edition_of_day("liten", JUNE, now).day == "2026-06-01"


def test_new_and_revised_documents_are_told_apart(older):
    agenda = full_agenda("liten")

    change = compare(whole(agenda), older)

    assert change is not None
    assert (change.new.height, change.revised.height, change.gone.height) == (1, 1, 0)
    for row in change.numbers.to_dicts():
        assert row["difference"] == row["now"] - row["then"]


def test_the_slide_says_what_is_new(older):
    agenda = replace(full_agenda("liten", "forandring"), since=JUNE)

    slide = build_slides(whole(agenda), agenda)[0]

    assert slide.finding == "Ett nytt och ett reviderat dokument sedan 2026-06-01"
    assert any(each.startswith("Nya: ") for each in slide.told)
    assert any(each.startswith("Reviderade: ") for each in slide.told)
    assert slide.chart.table["measure"][0] == "Lästa översiktsplaner"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [(date(2020, 1, 1), "Den äldsta är från 2026-06-01."), (date(2090, 1, 1), "Ingen ny utgåva")],
)
def test_absence_is_typed(older, wanted, words):
    found = edition_of_day("liten", wanted, current_edition("liten"))

    assert found.file is None
    assert words in found.absence


def test_an_edition_of_another_make_is_not_compared(older, tmp_path):
    strange = older.with_name("2026-05-01-bbbbbbbb.duckdb")
    with duckdb.connect(str(strange)) as con:
        con.execute("CREATE TABLE edition AS SELECT TIMESTAMP '2026-05-01 09:00' AS built_at")

    agenda = full_agenda("liten")

    assert compare(whole(agenda), strange) is None


def test_a_pruned_edition_is_replaced_and_said_to_be(older):
    agenda = full_agenda("liten")

    assert not find_edition(agenda).is_replaced
    gone = find_edition(replace(agenda, edition_id="2025-01-01-deadbeef"))
    assert gone.is_replaced
    assert gone.file == current_edition("liten")
    assert find_edition(replace(agenda, edition_id="../../x")).is_replaced


def test_an_older_edition_can_be_the_frozen_one(older):
    agenda = replace(full_agenda("liten", "stege"), edition_id=older.stem)
    frozen = find_edition(agenda)

    assert frozen.file == older
    assert not frozen.is_newest
    assert whole(agenda).filters == Filters("liten")


def test_a_newer_edition_is_never_the_earlier_one(older):
    found = edition_of_day("liten", date(2090, 1, 1), older)

    assert found.file is None
    assert "Ingen ny utgåva" in found.absence


def test_a_moved_share_is_split_into_causes_that_sum():
    one = {
        "indicator_id": "1.3",
        "indicator_label": "Andel handlingar med krav och styrmedel",
        "part": "ma",
        "part_label": "Markanvisning",
        "value_unit": "andel",
        "before": 0.29,
        "after": 0.43,
        "change": 0.14,
    }
    rows = pl.DataFrame(
        [
            {**one, "cause_label": "Nya dokument", "contribution": 0.15},
            {**one, "cause_label": "Ändrade register", "contribution": -0.01},
            {**one, "cause_label": "Mänskliga rättelser", "contribution": 0.0},
        ]
    )

    assert sentence(rows) == (
        "Andel handlingar med krav och styrmedel, markanvisning: från 29 till 43 procent "
        "(nya dokument +15, ändrade register −1)"
    )
    assert sentence(rows.with_columns(change=pl.lit(0.0))) == ""


def test_causes_are_computed_from_the_two_editions(older):
    agenda = full_agenda("liten")

    rows = split(older, whole(agenda).edition, Filters("liten"))

    assert {"new_documents", "revised_documents"} <= set(rows["cause"])
