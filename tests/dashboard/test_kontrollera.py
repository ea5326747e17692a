"""The file check in the browser: the same errors as the build gives, and nothing left behind."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.kontrollera.cards import template
from dashboard.app_pages.kontrollera.finding import finding
from dashboard.pages import PAGES
from dashboard.roles import ACTIONS
from dashboard.text import word
from pipelines.errors import SourceError
from pipelines.model.region import PROJECT
from pipelines.model.tables import PROCUREMENT, REGISTERS
from pipelines.warehouse import audit
from tests.dashboard.conftest import Place

HEADERS = "Upphandling-id;Köpare;Kommunkod;Upphandling;Slag av upphandling;Upphandlingsår\n"
GOOD = HEADERS + "u9;Torpa kommun;9802;Ny belysning;Funktionsupphandling;2024\n"
BAD = GOOD + "u10;Torpa kommun;9802;Ny brygga;Auktion;i fjol\n"


@pytest.fixture
def drop(built: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def dropped(name: str, content: str) -> AppTest:
        for key, value in built.environment().items():
            monkeypatch.setenv(key, value)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        monkeypatch.setenv(audit.FOLDER, str(tmp_path / "logg"))
        test = AppTest.from_file(str(PROJECT / "dashboard" / "frame.py"), default_timeout=180)
        test.query_params["region"] = "Litenregionen"
        test.run()
        test.switch_page(PAGES["kontrollera"].script).run()
        test.file_uploader(key="leverans").set_value((name, content.encode(), "text/csv")).run()
        assert not test.exception
        return test

    return dropped


def html(test: AppTest) -> str:
    return " ".join(element.proto.body for element in test.get("html"))


def test_a_sound_file_is_said_to_be_ready(drop):
    test = drop("upphandlingar.csv", GOOD)

    assert "Inga fel: 1\u00a0rad kan läsas in" in html(test)
    assert "Inga fel" in html(test.run())
    assert [event.action for event in audit.events()].count(ACTIONS["hand_in"]) == 1


def test_errors_name_row_column_value_and_remedy(drop, tmp_path):
    text = html(drop("upphandlingar.csv", BAD))

    assert "1 av 2 rader kan läsas in, 1 avvisas" in text
    assert "Auktion" in text
    assert "i fjol" in text
    assert ">3</th>" in text
    assert not list(tmp_path.rglob("upphandlingar*"))


def test_a_file_that_fits_no_register_says_what_to_do(drop):
    test = drop("okand.csv", "foo;bar\n1;2\n")

    assert "Filen kunde inte kontrolleras" in html(test)
    assert "Byt namn på filen" in test.warning[0].value


def test_the_page_says_what_it_is_for_before_a_file_is_dropped():
    known = word(len(REGISTERS)).capitalize()
    assert finding(None).headline.startswith(f"{known} slags leveranser")
    broken = SourceError("Filen är skadad.", expected="En hel fil.", do="Spara om den.")
    assert finding(broken).lead == "Filen är skadad."


@pytest.mark.parametrize("table", REGISTERS, ids=lambda table: table.name)
def test_csv_templates_hold_the_headings(table):
    first = template(table, "csv").decode("utf-8-sig").splitlines()[0]

    assert first.split(";") == [column.label for column in table.delivered_columns]


def test_excel_templates_open_with_help_beside():
    sheets = openpyxl.load_workbook(io.BytesIO(template(PROCUREMENT, "xlsx"))).sheetnames

    assert sheets[:2] == [PROCUREMENT.label, "Hjälp"]
