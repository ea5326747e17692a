"""Help for those who are here for the first time, and *Min kommun* for those who come back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.glossary import GLOSSARY
from dashboard.pages import PAGES
from dashboard.theme import DARK, LIGHT
from tests.browser.checks import english, faint, findings, turn
from tests.browser.walking import (
    address_has,
    choose,
    copied_link,
    open_filters,
    open_list,
    settle,
    visit,
)


@pytest.fixture(scope="module")
def elsewhere(browser: Browser) -> Iterator[BrowserContext]:
    """An English browser on a laptop; one for all, so that scripts are fetched once."""
    opened = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    yield opened
    opened.close()


@pytest.fixture
def newcomer(elsewhere: BrowserContext) -> Iterator[Page]:
    """A tab in a browser that remembers nothing."""
    page = elsewhere.new_page()
    page.set_default_timeout(180_000)
    yield page
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.close()


def rgb(colour: str) -> str:
    """``#16212E`` as the browser tells it."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def no_tour_begins(page: Page) -> None:
    """The tour comes when the browser has nothing to do after the first run, or not at all."""
    settle(page)
    page.evaluate("new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))")
    assert page.locator("script[src*=rundtur]").count() == 0, "the tour is being fetched"
    assert page.locator("#rundtur").count() == 0


def test_the_first_visit_gets_a_tour_of_three_steps_once(newcomer: Page, address: str):
    visit(newcomer, address)
    tour = newcomer.get_by_role("region", name="Rundtur")
    expect(tour).to_contain_text("Steg 1 av 3")
    expect(newcomer.locator("script[src*=rundtur]")).to_have_count(1)
    heading, card = newcomer.locator("h1.fynd").bounding_box(), tour.bounding_box()
    assert heading
    assert card
    assert heading["y"] + heading["height"] <= card["y"], "the tour hides the finding"
    assert newcomer.evaluate("document.activeElement === document.body"), "focus was taken"
    assert findings(newcomer) == []

    newcomer.keyboard.press("Tab")
    expect(tour.get_by_role("button", name="Nästa")).to_be_focused()
    newcomer.keyboard.press("Enter")
    expect(tour).to_contain_text("Steg 2 av 3")
    newcomer.keyboard.press("Enter")
    expect(tour).to_contain_text("Steg 3 av 3")
    newcomer.keyboard.press("Enter")
    expect(tour).to_have_count(0)
    newcomer.reload()
    expect(newcomer.locator("h1.fynd")).to_be_visible()
    no_tour_begins(newcomer)


def test_a_link_is_shown_without_a_tour(newcomer: Page, address: str):
    visit(newcomer, f"{address}/?region=Litenregionen")

    no_tour_begins(newcomer)
    assert newcomer.evaluate("localStorage.getItem('planinnovation.rundtur')") is None


def test_help_opens_by_keyboard_and_gives_the_focus_back(newcomer: Page, address: str):
    visit(newcomer, f"{address}/?region=Litenregionen")
    button = newcomer.get_by_role("button", name="Så läser du sidan")
    button.focus()
    newcomer.keyboard.press("Enter")
    words = newcomer.get_by_role("dialog", name="Så läser du sidan")
    expect(words).to_contain_text(PAGES["laget"].question)
    expect(words).to_contain_text(PAGES["laget"].reading)
    assert findings(newcomer) == []
    newcomer.keyboard.press("Escape")
    expect(words).to_be_hidden()
    expect(button).to_be_focused()

    newcomer.keyboard.press("Enter")
    expect(words).to_be_visible()
    newcomer.keyboard.press("Tab")
    expect(words.get_by_role("button", name="Rundtur i tre steg")).to_be_focused()
    newcomer.keyboard.press("Enter")
    tour = newcomer.locator("#rundtur")
    expect(tour).to_contain_text("Steg 1 av 3")
    expect(tour.get_by_role("button", name="Nästa")).to_be_focused()
    newcomer.keyboard.press("Escape")
    expect(tour).to_have_count(0)
    expect(button).to_be_focused()


def test_a_word_is_explained_on_focus_on_hover_and_by_touch(newcomer: Page, address: str):
    visit(newcomer, f"{address}/?region=Litenregionen")
    meaning = newcomer.get_by_role("tooltip")
    word = newcomer.locator(".begrepp").first
    known = {term.meaning for term in GLOSSARY}

    word.focus()
    expect(meaning).to_be_visible()
    assert meaning.inner_text() in known
    assert word.get_attribute("aria-describedby") == meaning.get_attribute("id")
    assert findings(newcomer) == []
    newcomer.keyboard.press("Escape")
    expect(meaning).to_be_hidden()

    newcomer.mouse.move(5, 5)
    word.evaluate("each => each.blur()")
    word.hover()
    expect(meaning).to_be_visible()
    meaning.hover()
    # The page would take it away by a clock of its own that runs out before this one.
    newcomer.evaluate("new Promise((done) => setTimeout(done, 400))")
    expect(meaning).to_be_visible()
    newcomer.mouse.move(5, 5)
    expect(meaning).to_be_hidden()

    word.dispatch_event("click")
    expect(meaning).to_be_visible()
    newcomer.locator("h1.fynd").click()
    expect(meaning).to_be_hidden()


def test_min_kommun_is_remembered_filters_in_one_press_and_can_be_forgotten(
    newcomer: Page, address: str
):
    visit(newcomer, f"{address}/kommun?region=Litenregionen&kommun=Torpa")
    newcomer.locator(".st-key-minkommun-9802-sidan button").click()
    expect(newcomer.get_by_role("button", name="Glöm min kommun").first).to_be_visible()

    visit(newcomer, f"{address}/kommun?region=Litenregionen&kommun=Vreta")
    expect(newcomer.locator("h1.fynd")).to_contain_text("Vreta")
    visit(newcomer, f"{address}/kommun?region=Litenregionen")
    expect(newcomer.locator("h1.fynd")).to_contain_text("Torpa")
    newcomer.get_by_role("button", name="Min kommun: Torpa").click()
    expect(newcomer.locator(".st-key-filterrad .val")).to_contain_text("Torpa")
    address_has(newcomer, "kommun=Torpa")
    expect(newcomer.get_by_role("button", name="Alla kommuner")).to_be_visible()

    newcomer.locator(".st-key-minkommun-glom-sidan button").click()
    expect(newcomer.locator(".st-key-bara-min-kommun")).to_have_count(0)
    visit(newcomer, f"{address}/kommun?region=Litenregionen")
    expect(newcomer.locator("h1.fynd")).to_contain_text("Ulvsund")


def test_a_copied_link_opens_the_same_view_for_another_reader(
    newcomer: Page, context: BrowserContext, address: str
):
    for page, shown in (
        ("kommun?region=Litenregionen&tema=Energi&hogst=Avsikt&fran=2010", "h1.fynd"),
        ("roda_traden?region=Litenregionen&ar=12+år", "h1.fynd"),
        ("formuleringsbank?region=Litenregionen&ordna=Tema&hemma=Torpa", "h1.fynd"),
        ("tidsfonster?region=Litenregionen", ".st-key-kort-fonstret h2"),
    ):
        visit(newcomer, f"{address}/{page}")
        open_filters(newcomer)
        link = copied_link(newcomer)
        asked, said = (parse_qs(urlsplit(each).query) for each in (page, link))
        assert said | asked == said
        assert said["minst"] == ["Nämns"]
        other = context.new_page()
        other.set_default_timeout(180_000)
        visit(other, link)
        expect(other.locator(shown)).to_have_text(newcomer.inner_text(shown))
        other.close()


def test_a_live_region_stays_and_says_what_a_filter_changed(newcomer: Page, address: str):
    visit(newcomer, f"{address}/oversiktsplaner?region=Litenregionen")
    told = newcomer.locator("#besked")
    expect(told).to_have_attribute("role", "status")
    expect(told).to_have_text("")
    told.evaluate("each => { each.isTheSame = true; }")

    for theme in ("Energi", "Mobilitet"):
        if theme == "Energi":
            open_filters(newcomer)
        choose(newcomer, "Teman", theme)
        expect(told).to_contain_text(theme)
        expect(told).to_contain_text(newcomer.inner_text("h1.fynd"))
        expect(told).to_contain_text("kända handlingar lästa")
        assert told.evaluate("each => each.isTheSame") is True


def test_the_calendar_is_swedish_in_an_english_browser(newcomer: Page, address: str):
    visit(newcomer, f"{address}/mote?region=Litenregionen")
    expect(newcomer.get_by_role("group", name="Förra mötet")).to_contain_text("åååå")

    newcomer.get_by_role("button", name="Välj datum").click()

    expect(newcomer.get_by_role("grid")).to_contain_text("M")
    expect(newcomer.get_by_role("button", name="Föregående månad")).to_be_visible()
    assert english(newcomer) == []
    assert findings(newcomer, overlaid=True) == []


def test_opened_filters_and_tables_have_names_and_contrast(newcomer: Page, address: str):
    visit(newcomer, f"{address}/?region=Litenregionen&kommun=Ulvsund")
    open_filters(newcomer)
    expect(open_list(newcomer, "Teman", "Energi")).to_be_visible()
    assert findings(newcomer, overlaid=True) == []
    assert english(newcomer) == []
    newcomer.keyboard.press("Escape")

    settle(newcomer)
    newcomer.get_by_role("button", name="Visa som tabell").first.click()
    expect(newcomer.get_by_test_id("stPopoverBody").locator("table")).to_be_visible()
    assert findings(newcomer, overlaid=True) == []
    turn(newcomer, "dark")
    assert faint(newcomer) == []


def test_charts_follow_when_the_colour_mode_changes(newcomer: Page, address: str):
    newcomer.emulate_media(color_scheme="light")
    visit(newcomer, f"{address}/?region=Litenregionen")
    chart = newcomer.locator(".st-key-kort-stege .diagram").first
    expect(chart).to_have_css("color", rgb(LIGHT.ink))

    turn(newcomer, "dark")

    expect(chart).to_have_css("color", rgb(DARK.ink))
