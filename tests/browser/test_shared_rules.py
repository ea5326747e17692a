"""What a reader shares: other rules as a link, the way in from the codebook, the five findings."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.walking import address_has, settle, visit


def headline(page: Page) -> str:
    return page.locator("h1.fynd").inner_text()


def test_rules_go_into_the_address_and_out_again(page, address, outside):
    visit(page, f"{address}/tank_om?region=Litenregionen")
    published = headline(page)

    page.locator(".st-key-raknas_fran").get_by_text("Ska", exact=True).click()
    expect(page.locator("h1.fynd")).not_to_have_text(published)
    settle(page)
    changed = headline(page)
    address_has(page, "raknas_fran=Ska")

    link = page.get_by_text("Kopiera länk till reglerna").get_attribute("data-copy")
    visit(page, f"{address}/tank_om{link}")
    expect(page.locator("h1.fynd")).to_have_text(changed)

    page.get_by_text("Återställ reglerna").click()
    expect(page.locator("h1.fynd")).to_have_text(published)
    assert outside == []


def test_the_codebook_leads_to_the_numbers_without_a_word(page, address):
    visit(page, f"{address}/metod?region=Litenregionen")
    entry = page.locator(".kodbok details").filter(has_text="Testbädd").first
    entry.locator("summary").click()

    entry.get_by_text("Tänk om: talen utan Testbädd").click()

    address_has(page, "/tank_om")
    settle(page)
    address_has(page, f"utan={quote('Testbädd')}")
    expect(page.locator(".st-key-utan")).to_contain_text("Testbädd")


def test_every_finding_leads_to_its_page(page, address):
    visit(page, f"{address}/?region=Litenregionen")
    links = page.locator("ol.femfynd a")
    expect(links).to_have_count(5)
    targets = [links.nth(place).get_attribute("href") for place in range(5)]

    links.nth(3).click()

    address_has(page, "/testverksamhet")
    assert len({target.partition("?")[0] for target in targets}) == 5
