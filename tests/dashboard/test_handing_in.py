"""Hand in on the page: only where the region allows it and only by those who may."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import ANONYMOUS, AccessError
from dashboard.app_pages.kontrollera import handing_in
from dashboard.app_pages.kontrollera.cards import Checked
from dashboard.pages import PAGES
from pipelines.errors import SourceError
from pipelines.model.region import PROJECT, load_region
from pipelines.sources.check import read_and_check
from pipelines.sources.handed_in import hand_ins
from pipelines.sources.issues import issue_frame
from tests.built_once import Place

CONTENT = (
    "Upphandling-id;Köpare;Kommunkod;Upphandling;Slag av upphandling;Upphandlingsår\n"
    "u9;Torpa kommun;9802;<b>Ny</b> belysning;Funktionsupphandling;2024\n"
)


@pytest.fixture
def place(built: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The tiny region with its edition, where files are taken."""
    own = Place(tmp_path / "data", tmp_path / "editions")
    shutil.copytree(built.data / "liten", own.data / "liten")
    shutil.copy(built.data / "karta.geojson", own.data)
    shutil.copytree(built.editions / "liten", own.editions / "liten")
    with (own.data / "liten/region.toml").open("a", encoding="utf-8") as file:
        file.write("hand_in = true\n")
    own.enter(monkeypatch)
    return own


def checked(tmp_path: Path) -> Checked:
    file = tmp_path / "upphandlingar.csv"
    file.write_text(CONTENT, "utf-8")
    found = read_and_check(file, load_region("liten"))
    return Checked(
        file.name, "procurement", found.delivery.rows_in, found.delivery.rows_loaded,
        issue_frame([]), file.read_bytes(), None, found.rows,
    )  # fmt: skip


def test_a_reader_and_a_closed_region_are_refused_where_it_is_done(place, tmp_path, monkeypatch):
    result, view = checked(tmp_path), SimpleNamespace(region=load_region("liten"))
    monkeypatch.setenv(ANONYMOUS, "läsare, granskare, samordnare")
    with pytest.raises(AccessError):
        handing_in.hand_in(view, result, "rows")
    monkeypatch.setenv(ANONYMOUS, "leverantör")
    closed = SimpleNamespace(region=view.region.model_copy(update={"hand_in": False}))
    with pytest.raises(SourceError):
        handing_in.hand_in(closed, result, "rows")
    assert hand_ins(view.region) == []

    kept = handing_in.hand_in(view, result, "rows")
    with pytest.raises(SourceError):
        handing_in.undo(closed, kept.hand_in_id)
    monkeypatch.setenv(ANONYMOUS, "läsare")
    with pytest.raises(AccessError):
        handing_in.undo(view, kept.hand_in_id)
    assert [each.undone_at for each in hand_ins(view.region)] == [""]


def test_the_page_shows_the_change_takes_the_file_and_undoes_it(place, monkeypatch):
    monkeypatch.setenv(ANONYMOUS, "leverantör")
    test = AppTest.from_file(str(PROJECT / "dashboard" / "frame.py"), default_timeout=180)
    test.query_params["region"] = "Litenregionen"
    test.run()
    test.switch_page(PAGES["kontrollera"].script).run()
    file = ("<i>upphandlingar.csv", CONTENT.encode(), "text/csv")
    test.file_uploader(key="leverans").set_value(file).run()
    assert "u9" in html(test)
    test.button(key="lamna-in").click().run()

    assert not test.exception
    assert len(hand_ins(load_region("liten"))) == 1
    assert "väntar på nästa bygge" in html(test)
    assert "<i>upphandlingar" not in html(test)
    undo = next(each for each in test.button if each.key and each.key.startswith("angra-"))
    undo.click().run()
    assert not test.exception
    assert hand_ins(load_region("liten"))[0].undone_at


def html(test: AppTest) -> str:
    return " ".join(element.proto.body for element in test.get("html"))
