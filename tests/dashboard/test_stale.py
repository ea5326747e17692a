"""No stale row is in a headline, list of what is open or running, slide, pack or file of such."""

from __future__ import annotations

import re

import duckdb
import polars as pl
import pytest

from dashboard.database import current_edition
from dashboard.filters import from_params, stage_labels
from dashboard.meeting.kinds import build_slides
from dashboard.meeting.pack_pptx import write_pptx
from dashboard.parts.windows import open_now
from dashboard.queries.scope import scoped
from pipelines.warehouse.lookup import open_with_keys
from tests.dashboard.meeting_world import full_agenda, packed, whole
from tests.dashboard.shown import html_of, text_of

REGION = "stockholm"
LABEL = "Stockholmsregionen"


@pytest.fixture
def stale(regions, monkeypatch) -> dict[str, set[str]]:
    """Names of what could be open or running had its state not been too old, by table."""
    regions.enter(monkeypatch)
    with duckdb.connect(str(current_edition(REGION)), read_only=True) as con:
        windows = con.execute(
            """SELECT object_name FROM planning_object
               WHERE is_stale AND object_stage IN ('samrad', 'planuppdrag', 'planbesked',
                     'under_framtagande', 'program', 'planned', 'open', 'unknown')"""
        ).fetchall()
        tests = con.execute(
            """SELECT activity_name FROM testing_activity
               WHERE is_stale AND testing_phase IN ('test', 'demonstration', 'uppskalning')"""
        ).fetchall()
    return {"windows": {name for (name,) in windows}, "tests": {name for (name,) in tests}}


def test_the_region_has_stale_rows_to_look_for(stale):
    assert len(stale["windows"]) > 30
    assert len(stale["tests"]) > 30


def test_no_stale_row_is_open_running_or_matched_in_the_edition(regions, monkeypatch):
    regions.enter(monkeypatch)
    questions = {
        "open": "SELECT count(*) FROM planning_object WHERE is_open AND is_stale",
        "running": "SELECT count(*) FROM testing_activity WHERE is_running AND is_stale",
        "window": """SELECT count(*) FROM open_window JOIN planning_object o USING (object_id)
                     WHERE o.is_stale""",
        "match of an object": """SELECT count(*) FROM window_match
                                 JOIN planning_object o USING (object_id) WHERE o.is_stale""",
        "match of a test": """SELECT count(*) FROM window_match w
                              JOIN testing_activity t ON t.activity_id = w.match_id
                              WHERE w.match_kind = 'test' AND NOT t.is_running""",
    }
    with duckdb.connect(str(current_edition(REGION)), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM open_window").fetchone() != (0,)
        found = {name: con.execute(question).fetchone() for name, question in questions.items()}
    assert found == dict.fromkeys(questions, (0,))


@pytest.mark.parametrize("page", ["laget", "tidsfonster", "testverksamhet"])
def test_headlines_count_what_is_certain_and_name_the_rest(open_page, regions, page):
    with_numbers = open_page(regions, page, region=LABEL)
    with duckdb.connect(str(current_edition(REGION)), read_only=True) as con:
        open_objects = con.execute("SELECT count(*) FROM planning_object WHERE is_open").fetchone()
        running = con.execute("SELECT count(*) FROM testing_activity WHERE is_running").fetchone()
    words = text_of(html_of(with_numbers))
    assert "okänt" in words
    said = re.findall(r"(\d+) ?handling(?:ar)? kan ännu påverkas", words)
    assert set(said) <= {str(open_objects[0])}
    said = re.findall(r"(\d+) ?test(?:er)? pågår", words)
    assert set(said) <= {str(running[0])}
    if page == "laget":
        assert said


def test_slides_list_no_stale_row(regions, monkeypatch, stale):
    regions.enter(monkeypatch)
    agenda = full_agenda(REGION, "fonster", "test")
    windows, tests = build_slides(whole(agenda), agenda)
    assert set(windows.chart.table["object_name"]).isdisjoint(stale["windows"])
    assert "har okänt läge" in windows.finding
    assert "har okänt läge" in tests.finding


def test_the_open_list_and_its_file_hold_no_stale_row(regions, monkeypatch, stale):
    regions.enter(monkeypatch)
    rows = open_now(whole(full_agenda(REGION, "fonster")))
    assert rows.height
    assert set(rows["object_name"]).isdisjoint(stale["windows"])
    assert rows["status_per"].null_count() == 0


def test_the_pack_lists_no_stale_window(regions, monkeypatch, stale):
    regions.enter(monkeypatch)
    pack = packed(full_agenda(REGION, "fonster"))
    ((_, slide),) = pack.points
    assert isinstance(slide.chart.table, pl.DataFrame)
    assert set(slide.chart.table["object_name"]).isdisjoint(stale["windows"])
    assert write_pptx(pack)[:2] == b"PK"


def test_readers_can_choose_what_has_an_unknown_state(regions, monkeypatch):
    regions.enter(monkeypatch)
    chosen = from_params(
        {"region": LABEL, "skede": "Läget okänt"}, regions={REGION: LABEL}, places={}
    )
    with open_with_keys(current_edition(REGION)) as con:
        shown = scoped(con, chosen, "SELECT object_id FROM scope ORDER BY 1")
        expected = con.execute(
            """SELECT object_id FROM planning_object
               WHERE is_stale AND coverage NOT IN ('superseded', 'not_applicable') ORDER BY 1"""
        ).fetchall()
    assert len(expected) > 30
    assert shown["object_id"].to_list() == [each for (each,) in expected]
    assert stage_labels(chosen.stages) == ["Läget okänt"]


def test_the_first_view_leads_to_what_is_unknown(regions, open_page):
    html = html_of(open_page(regions, "laget", region=LABEL))
    links = re.findall(r'<a class="okant" href="(att_kontrollera[^"]*)"', html)
    assert len(links) == 2
    assert all("skal=L%C3%A4get+ok%C3%A4nt" in each for each in links)


def test_planning_times_of_open_statistics_are_beside_the_windows(regions, open_page):
    text = text_of(html_of(open_page(regions, "tidsfonster", region=LABEL)))
    assert "Kolada N07926" in text
    assert "22 · 41 · 36 · 49 månader" in text
