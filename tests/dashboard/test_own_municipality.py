"""*Min kommun* and what a copied link spells out."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.pages import PAGES
from pipelines.model.region import PROJECT
from tests.dashboard.conftest import Place

FRAME = str(PROJECT / "dashboard" / "frame.py")
REGION = "Litenregionen"


@pytest.fixture
def reader(built: Place, monkeypatch: pytest.MonkeyPatch):
    """Open a page as somebody whose browser may remember a municipality."""

    def opened(page: str, own: str | None = None, **params: str | list[str]) -> AppTest:
        for key, value in built.environment().items():
            monkeypatch.setenv(key, value)
        test = AppTest.from_file(FRAME, default_timeout=180)
        if own:
            test.session_state["min_kommun"] = own
        for key, value in ({"region": REGION} | params).items():
            test.query_params[key] = value
        test.run()
        test.switch_page(PAGES[page].script).run()
        assert not test.exception
        return test

    return opened


def keys(test: AppTest) -> set[str]:
    return {button.key for button in test.button}


def shown(test: AppTest) -> str:
    return str(test.selectbox(key="enkommun").value)


def copied(test: AppTest) -> dict[str, list[str]]:
    html = " ".join(element.proto.body for element in test.get("html"))
    link = unescape(html.split('data-copy="')[1].split('"')[0])
    assert link.startswith("?")
    return parse_qs(link[1:])


def test_min_kommun_is_shown_first_and_a_link_goes_before_it(reader):
    assert shown(reader("kommun")) == "9801"
    assert shown(reader("kommun", own="9802")) == "9802"
    assert shown(reader("kommun", own="9802", kommun=["Vreta"])) == "9803"


def test_a_municipality_of_another_region_is_not_offered(reader):
    test = reader("kommun", own="0126")

    assert shown(test) == "9801"
    assert "bara-min-kommun" not in keys(test)


def test_one_press_filters_on_min_kommun_and_one_gives_all_back(reader):
    test = reader("oversiktsplaner", own="9802")
    assert test.session_state["kommun"] == []

    test.button(key="bara-min-kommun").click().run()
    assert test.session_state["kommun"] == ["9802"]
    test.button(key="bara-min-kommun").click().run()
    assert test.session_state["kommun"] == []


def test_reset_keeps_the_memory_and_forgetting_takes_it_away(reader):
    test = reader("kommun", kommun=["Torpa"])
    test.button(key="minkommun-9802-sidan").click().run()
    test.button(key="aterstall").click().run()

    assert test.session_state["kommun"] == []
    assert shown(test) == "9802"
    test.button(key="minkommun-glom-sidan").click().run()
    assert shown(test) == "9801"
    assert "bara-min-kommun" not in keys(test)


def test_one_chosen_municipality_can_be_remembered_from_the_filters(reader):
    assert "minkommun-9803-filter" in keys(reader("belagg", kommun=["Vreta"]))
    assert not any("filter" in key for key in keys(reader("belagg", kommun=["Vreta", "Torpa"])))


def test_the_bank_opens_on_min_kommun_unless_the_link_says_another(reader):
    assert reader("formuleringsbank").selectbox(key="hemma").value is None
    assert reader("formuleringsbank", own="9802").selectbox(key="hemma").value == "9802"
    linked = reader("formuleringsbank", own="9802", hemma="Vreta")
    assert linked.selectbox(key="hemma").value == "9803"


def test_a_copied_link_spells_out_the_choice_and_the_defaults(reader):
    choice = {
        "kommun": ["Ulvsund"],
        "typ": ["Översiktsplan"],
        "fran": ["2010"],
        "till": ["2030"],
        "tema": ["Energi"],
        "styrmedel": ["Testbädd"],
        "hogst": ["Avsikt"],
    }

    test = reader("oversiktsplaner", **choice)

    assert copied(test) == {"region": [REGION], "minst": ["Nämns"]} | choice


@pytest.mark.parametrize(
    ("page", "own", "expected"),
    [
        ("kommun", None, {"kommun": ["Ulvsund"]}),
        ("kommun", "9802", {"kommun": ["Torpa"]}),
        ("roda_traden", None, {"ar": ["8 år"]}),
        ("formuleringsbank", None, {"ordna": ["Styrmedel"]}),
        ("tank_om", None, {"raknas_fran": ["Nämns"]}),
    ],
)
def test_a_copied_link_says_what_the_page_chose_by_itself(reader, page, own, expected):
    found = copied(reader(page, own=own))

    assert found | expected == found


def test_a_copied_link_keeps_what_was_searched_for(reader):
    test = reader("belagg", ord="testbädd")

    assert copied(test)["ord"] == ["testbädd"]
