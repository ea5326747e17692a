"""Every page on a fictional region, on Stockholm as it is, and on an edition with nothing in it."""

from __future__ import annotations

import re
from html import unescape

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.database import current_edition
from dashboard.filters import STAGES
from dashboard.pages import PAGES
from pipelines.model.region import EXAMPLE_MARK
from tests.dashboard.shown import html_of, session

CHOSEN = ("oversiktsplaner", "detaljplaner", "markanvisningar", "testverksamhet", "belagg")
EVERY = list(PAGES)
"""The pages of the menus, and those that other pages lead to."""
ENGLISH = re.compile(
    r"\b(the|and|with|from|your|none|null|nan|true|false|error|loading|select|show|more|page|data"
    r" not|no data|unknown|missing|empty)\b",
    re.IGNORECASE,
)


def words(test: AppTest) -> str:
    """Everything a reader meets in text and HTML."""
    return unescape(re.sub(r"<[^>]+>", " ", html_of(test)))


def own_words(test: AppTest) -> str:
    """The page's own text, without quotations and tables."""
    said = re.sub(r"<style>.*?</style>", " ", html_of(test), flags=re.DOTALL)
    own = re.sub(r"<(blockquote|article|table|details)\b.*?</\1>", " ", said, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", own))


def headline(test: AppTest) -> str:
    return unescape(re.findall(r'<h1 class="fynd">(.*?)</h1>', html_of(test))[0])


def test_pages_of_the_fictional_region_say_so_in_swedish(built):
    for name, test in zip(EVERY, session(built, EVERY, region="Litenregionen"), strict=True):
        assert headline(test), name
        assert EXAMPLE_MARK in words(test), name
        assert not test.warning, name
        assert not ENGLISH.findall(own_words(test)), name


def known(*types: str, stages: tuple[str, ...] = ()) -> int:
    """How many plans and allocations Stockholm's edition knows, of some types and stages."""
    with duckdb.connect(str(current_edition("stockholm")), read_only=True) as con:
        (number,) = con.execute(
            """SELECT count(*) FROM planning_object
               WHERE coverage NOT IN ('superseded', 'not_applicable')
                 AND list_contains($types::VARCHAR[], object_type)
                 AND (len($stages::VARCHAR[]) = 0
                      OR list_contains($stages::VARCHAR[], object_stage))""",
            {"types": list(types), "stages": list(stages)},
        ).fetchone()
    return int(number)


def test_pages_of_stockholm_say_that_nothing_is_read(built, monkeypatch):
    built.enter(monkeypatch)
    unread = f"0 av {known('op', 'dp', 'ma')}"
    for name, test in zip(EVERY, session(built, EVERY, region="Stockholmsregionen"), strict=True):
        assert headline(test), name
        assert EXAMPLE_MARK not in words(test), name
        assert unread in words(test), name
        assert not ENGLISH.findall(own_words(test)), name


def test_pages_open_on_one_municipality_and_on_an_edition_with_nothing_in_it(built, bare):
    for each in (session(built, EVERY, region="Litenregionen", kommun=["Ulvsund"]),
                 session(bare, EVERY)):  # fmt: skip
        for name, test in zip(EVERY, each, strict=True):
            assert headline(test), name


def test_a_choice_that_leaves_nothing_says_which_filter_to_loosen(built):
    params = {"region": "Litenregionen", "kommun": ["Torpa"], "fran": "2034", "tema": ["Mobilitet"]}
    advice = re.compile(r"utan filtret|ta bort filtret|Återställ under Filter", re.IGNORECASE)
    for name, test in zip(EVERY, session(built, EVERY, **params), strict=True):
        assert headline(test), name
        assert name not in CHOSEN or advice.search(words(test)), name


def test_only_filters_that_help_are_named_with_what_they_leave(open_page, built):
    late = words(open_page(built, "oversiktsplaner", region="Litenregionen", fran="2034"))
    two = {"kommun": ["Torpa"], "tema": ["Energi"], "fran": "2034"}
    both = words(open_page(built, "oversiktsplaner", region="Litenregionen", **two))
    apart = {"kommun": ["Torpa"], "fran": "2034", "till": "2006"}
    none = words(open_page(built, "oversiktsplaner", region="Litenregionen", **apart))

    assert re.search(r"Utan filtret från och med år finns \d+\.", late)
    assert re.search(r"Utan filtret från och med år finns \d+\.", both)
    assert "utan filtret kommun" not in both.lower()
    assert "Det räcker inte att ta bort ett filter" in none


@pytest.mark.parametrize("name", ["innovationsindex", "tank_om"])
def test_a_page_of_measures_says_when_the_choice_is_empty(open_page, built, name):
    none = words(open_page(built, name, region="Litenregionen", fran="2034"))
    some = words(open_page(built, name, region="Litenregionen"))

    assert "Utan filtret från och med år finns" in none
    assert "i urvalet. Utan filtret" not in some


def test_a_page_does_not_ask_to_loosen_what_it_is_about(open_page, built):
    text = words(open_page(built, "kommun", region="Litenregionen", kommun=["Torpa"], fran="2034"))

    assert "utan filtret från och med år" in text.lower()
    assert "filtret kommun" not in text


def test_the_example_opens_first_and_says_why(open_page, built):
    test = open_page(built, "laget")

    assert "Exemplet visas tills planhandlingar är lästa i Stockholmsregionen" in words(test)


def test_without_an_edition_the_reader_is_told_what_to_do(open_page, unbuilt):
    test = open_page(unbuilt, "laget")

    assert "planinnovation demo" in test.warning[0].value


def test_a_filter_in_the_address_changes_the_figures(open_page, built):
    everything = open_page(built, "belagg", region="Litenregionen")
    demands = open_page(built, "belagg", region="Litenregionen", minst="Ska")

    first, second = (int(headline(test).split("\u00a0")[0]) for test in (everything, demands))
    assert second < first


def test_reset_gives_every_filter_back(open_page, built):
    test = open_page(built, "laget", region="Litenregionen", tema=["Energi"], minst="Bör")
    assert test.session_state["tema"] == ["energi"]

    test.button(key="aterstall").click().run()

    assert test.session_state["tema"] == []
    assert test.session_state["minst"] == 1
    assert not test.exception


def test_summaries_are_never_shown_as_quotations(open_page, built):
    test = open_page(built, "belagg", region="Stockholmsregionen")
    html = " ".join(element.proto.body for element in test.get("html"))

    assert "Referat:" in html
    assert "<blockquote" not in html
    assert "Inte citat och inte plantext" in html
    assert "ingår inte i någon andel" in html


def test_every_chart_has_a_text_alternative(open_page, built):
    for name in ("laget", "oversiktsplaner", "testverksamhet"):
        test = open_page(built, name, region="Litenregionen")
        html = " ".join(element.proto.body for element in test.get("html"))
        said = re.findall(r'<div class="diagram [^>]*role="group" aria-label="([^"]*)"', html)
        assert said
        assert all(len(each) > 40 for each in said)
        assert html.count('<div class="diagram ') == len(said)


@pytest.mark.parametrize("name", ["laget", "oversiktsplaner", "belagg"])
def test_a_theme_that_no_read_plan_takes_up_is_not_called_unread(open_page, built, name):
    test = open_page(built, name, region="Litenregionen", tema=["Avfall och logistik"])

    assert re.search(r"Inget sådant belägg i \d+\s(läst|lästa) handling", words(test))
    assert re.search(r"Utan filtret tema finns \d+", words(test))
    assert "Inget är läst ännu" not in words(test)


def test_a_stage_narrows_lists_and_figures_alike(open_page, built):
    everything = open_page(built, "detaljplaner", region="Stockholmsregionen")
    review = open_page(built, "detaljplaner", region="Stockholmsregionen", skede=["Granskning"])

    narrowed = known("dp", stages=STAGES["Granskning"])
    assert 0 < narrowed < known("dp")
    assert f"Ingen av {known('dp')} kända detaljplaner" in headline(everything)
    assert f"Ingen av {narrowed} kända detaljplaner" in headline(review)
    assert f"{narrowed}\u00a0handlingar" in words(review)


def test_similar_municipalities_are_added_as_choices_of_their_own(open_page, built):
    test = open_page(built, "laget", region="Stockholmsregionen", kommun=["Nacka"])

    test.button(key="liknande").click().run()

    assert test.session_state["kommun"][0] == "0182"
    assert len(test.session_state["kommun"]) == 6
    assert not test.exception
