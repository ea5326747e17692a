"""Möte and its slides as pages: built, opened, stepped through, reloaded from the address."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.mote.minutes import qr_image
from dashboard.database import current_edition
from dashboard.pages import IN_MENU, PAGES
from pipelines.model.region import EXAMPLE_MARK, PROJECT
from tests.dashboard.meeting_world import enter

FRAME = str(PROJECT / "dashboard" / "frame.py")


@pytest.fixture
def opened(built, monkeypatch):
    enter(built, monkeypatch)

    def open_page(
        name: str, region: str = "liten", points: tuple[str, ...] = (), **params: str
    ) -> AppTest:
        test = AppTest.from_file(FRAME, default_timeout=180)
        label = {"liten": "Litenregionen", "stockholm": "Stockholmsregionen"}[region]
        test.query_params["region"] = label
        test.run()
        if points:
            test.query_params["mote"] = "abc123"
            test.query_params["utgava"] = f"{region}.{current_edition(region).stem}"
            test.query_params["punkt"] = list(points)
        for key, value in params.items():
            test.query_params[key] = value
        test.switch_page(PAGES[name].script).run()
        assert not test.exception
        return test

    return open_page


def words(test: AppTest) -> str:
    html = " ".join(element.proto.body for element in test.get("html"))
    text = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S))
    return text.replace("\N{NO-BREAK SPACE}", " ")


def points_of(test: AppTest) -> list[str]:
    held = test.query_params["punkt"]
    return [held] if isinstance(held, str) else list(held)


def test_the_slide_page_stands_in_no_menu():
    assert PAGES["bild"].is_hidden
    assert "bild" not in IN_MENU


def test_an_empty_meeting_offers_an_agenda(opened):
    test = opened("mote")

    assert "Förslag till möte: sex punkter på 40 minuter" in words(test)
    assert "starta" not in {button.key for button in test.button}


def test_the_proposal_gives_six_points_that_stand_in_the_address(opened):
    test = opened("mote")

    test.button(key="foresla").click().run()

    assert "Mötet har sex punkter och tar 40 minuter" in words(test)
    assert len(points_of(test)) == 6
    assert test.button(key="starta")


def test_points_move_and_leave(opened):
    test = opened("mote", points=("1~stege~5", "2~karta~10"))

    test.button(key="ned-1").click().run()
    assert [each[0] for each in points_of(test)] == ["2", "1"]
    test.button(key="tabort-2").click().run()

    assert points_of(test) == ["1~stege~5"]
    assert "Mötet har en punkt och tar 5 minuter" in words(test)


def test_a_title_of_ones_own_goes_into_the_address(opened):
    test = opened("mote", points=("1~stege~5",))

    test.text_input(key="titel-1").set_value("Var står vi?").run()

    assert points_of(test) == ["1~stege~5~n.Var står vi?"]


def test_a_decision_is_written_under_its_point(opened):
    test = opened("mote", points=("1~stege~5",))

    test.text_area[0].set_value("Skicka in planerna.")
    test.button[[b.label for b in test.button].index("Spara i protokollet")].click().run()

    assert "Skicka in planerna." in words(test)
    assert "1 beslut" in words(test)


def test_an_empty_decision_is_not_saved_and_says_so(opened):
    test = opened("mote", points=("1~stege~5",))

    test.button[[b.label for b in test.button].index("Spara i protokollet")].click().run()

    assert "Skriv vad som beslutades" in test.warning[0].value


@pytest.mark.parametrize("region", ["liten", "stockholm"])
def test_a_slide_says_its_place_and_what_it_rests_on(opened, region):
    test = opened("bild", region, ("1~stege~5", "2~op~5"), bild="2")

    shown = words(test)
    assert "2 av 2" in shown
    assert "Källa: " in shown
    assert (EXAMPLE_MARK in shown) == (region == "liten")
    assert test.button(key="bild-nasta").disabled


def test_steps_move_the_address(opened):
    test = opened("bild", points=("1~stege~5", "2~op~5"))

    test.button(key="bild-nasta").click().run()

    assert test.query_params["bild"] in ("2", ["2"])
    assert "2 av 2" in words(test)


@pytest.mark.parametrize("place", ["0", "99", "x", "-1"])
def test_a_place_that_does_not_exist_shows_the_nearest(opened, place):
    test = opened("bild", points=("1~stege~5", "2~op~5"), bild=place)

    assert re.search(r"[12] av 2", words(test))


def test_slides_without_an_agenda_lead_to_the_agenda(opened):
    assert "Förslag till dagordning" in words(opened("bild"))


def test_points_of_an_unknown_kind_are_counted(opened):
    test = opened("mote", points=("1~stege~5", "2~okand~5"))

    assert "1" in test.warning[0].value
    assert "kändes inte igen" in test.warning[0].value


def test_the_qr_code_is_an_image_that_makes_no_request():
    assert qr_image("https://exempel.invalid/bild?mote=ab").startswith("data:image/svg+xml,")
