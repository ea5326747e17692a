"""What readers do: open, filter, follow a bar to a passage, take a file, switch region, share."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from pipelines.model.region import EXAMPLE_MARK
from tests.browser.walking import (
    address_has,
    choose,
    copied_link,
    go_to,
    open_filters,
    settle,
    visit,
)


def test_a_part_of_a_bar_leads_to_its_passages_without_loading_the_page_anew(page, address):
    visit(page, f"{address}/?region=Litenregionen&tema=Energi")
    part = page.locator(".st-key-kort-stege .stapel a").last
    meant = parse_qs(urlsplit(part.get_attribute("href") or "").query)
    page.evaluate("window.opened_once = true")
    page.mouse.wheel(0, 300)

    part.click()

    address_has(page, "/belagg")
    expect(page.locator("article.belagg mark.avgor").first).to_be_visible()
    settle(page)
    params = parse_qs(urlsplit(page.url).query)
    assert {name: params[name] for name in ("typ", "hogst", "tema")} == {
        name: meant[name] for name in ("typ", "hogst", "tema")
    }
    assert page.evaluate("window.opened_once")
    assert page.locator("h1.fynd").evaluate("each => each.getBoundingClientRect().top >= 0")

    page.go_back()
    expect(page.locator(".st-key-kort-stege .stapel a").first).to_be_visible()
    settle(page)
    assert parse_qs(urlsplit(page.url).query).get("hogst") is None
    address_has(page, "tema=Energi")


def test_a_place_on_the_map_leads_to_its_passages_by_keyboard(page, address):
    visit(page, f"{address}/?region=Litenregionen")
    place = page.locator(".st-key-kort-karta a.plats").first
    name = (place.get_attribute("aria-label") or "").partition(":")[0]

    place.focus()
    page.keyboard.press("Enter")

    address_has(page, f"kommun={name}")
    expect(page.locator("article.belagg").first).to_be_visible()


def test_a_link_beside_the_bars_leads_there_by_keyboard(page, address):
    visit(page, f"{address}/?region=Litenregionen")

    page.get_by_role("navigation", name="Läs beläggen").get_by_role("link").first.focus()
    page.keyboard.press("Enter")

    address_has(page, "/belagg")
    expect(page.locator("article.belagg").first).to_be_visible()


def test_a_filter_is_kept_on_other_pages_and_after_reload(page, address):
    visit(page, f"{address}/?region=Litenregionen")
    open_filters(page)
    choose(page, "Teman", "Energi")

    go_to(page, "Belägg")
    expect(page.locator("h1.fynd")).to_contain_text("belägg i urvalet")
    settle(page)
    before = page.inner_text("h1.fynd"), page.inner_text(".st-key-filterrad .val")
    address_has(page, "tema=Energi")

    page.reload()
    expect(page.locator("h1.fynd")).to_have_text(before[0])
    expect(page.locator(".st-key-filterrad .val")).to_have_text(before[1])


def test_the_region_is_switched_and_the_address_tells(page, address):
    visit(page, address)
    expect(page.locator(".tag.varm")).to_have_text(EXAMPLE_MARK)

    open_filters(page)
    page.get_by_text("Stockholmsregionen", exact=True).click()

    expect(page.locator("h1.fynd")).to_contain_text("I utdrag skriver")
    expect(page.locator(".tag.varm")).to_have_count(0)
    address_has(page, "region=Stockholmsregionen")
    page.reload()
    expect(page.locator("h1.fynd")).to_contain_text("I utdrag skriver")


def test_the_copied_link_spells_out_the_choice(page, address):
    visit(page, f"{address}/?region=Litenregionen&minst=Ska")
    open_filters(page)

    assert copied_link(page) == f"{address}/?region=Litenregionen&minst=Ska"


@pytest.mark.parametrize(
    ("button", "start", "separator"),
    [("CSV för Excel", b"\xef\xbb\xbf", ";"), ("CSV standard", b"", ",")],
)
def test_a_table_comes_as_a_file_that_says_what_it_is(page, address, button, start, separator):
    visit(page, f"{address}/oversiktsplaner?region=Litenregionen")
    card = page.locator(".st-key-kort-lista-op")

    with page.expect_download() as waiting:
        card.get_by_role("button", name=button).click()

    file = waiting.value
    content = file.path().read_bytes()
    assert file.suggested_filename.startswith("exempeldata_")
    assert content.startswith(start)
    assert separator in content.decode("utf-8-sig").splitlines()[0]
    assert EXAMPLE_MARK in content.decode("utf-8-sig").splitlines()[1]


def test_a_search_finds_words_and_marks_the_deciding_one(page, address):
    visit(page, f"{address}/belagg?region=Litenregionen")

    page.get_by_label("Sök i citat").fill("testbädd produkter")
    page.keyboard.press("Enter")

    expect(page.locator("h1.fynd")).to_contain_text("testbädd produkter")
    expect(page.locator("article.belagg")).to_have_count(1)
    address_has(page, "ord=testb")


def test_single_keys_do_nothing(page, address):
    asked: list[str | bytes] = []

    def note(sent: str | bytes) -> None:
        asked.append(sent)

    page.on("websocket", lambda line: line.on("framesent", note))
    visit(page, f"{address}/?region=Litenregionen")
    assert asked, "the page itself is asked for"
    before = len(asked)

    page.keyboard.press("c")
    page.keyboard.press("r")

    settle(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(asked) == before


def test_paper_keeps_the_words_that_carry_an_explanation(page, address):
    visit(page, f"{address}/kommun?region=Litenregionen&kommun=Ulvsund")
    term = page.locator("[class*=st-key-kort-] .begrepp").first
    expect(term).to_be_visible()

    page.emulate_media(media="print")

    expect(term).to_be_visible()
    expect(page.get_by_role("button", name="Skriv ut")).to_be_hidden()
