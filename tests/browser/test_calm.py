"""What makes a page quiet to look at: one line of filters, and cards no taller than they say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.walking import choose, open_filters, visit

BLANK = """() => [...document.querySelectorAll('[class*=st-key-kort-]')].map(card => {
  const parts = [...card.children].map(part => part.getBoundingClientRect().bottom);
  return {card: card.className.match(/st-key-kort-[\\w-]+/)[0],
          blank: Math.round(card.getBoundingClientRect().bottom - Math.max(...parts))};
})"""


@pytest.fixture
def laptop(browser: Browser, address: str) -> Iterator[Page]:
    """A tab on a laptop of 1280 pixels, the narrowest on which the whole row is told."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800}, locale="sv-SE")
    page = opened.new_page()
    page.set_default_timeout(45_000)
    yield page
    opened.close()


def test_the_filter_row_is_one_line_on_a_laptop(laptop: Page, address: str):
    visit(laptop, address)

    told = laptop.locator(".st-key-filterrad .val, .st-key-filterrad .underlagsrad")
    middles = told.evaluate_all(
        "parts => parts.flatMap(part => [...part.getClientRects()].map(r => r.y + r.height / 2))"
    )
    assert max(middles) - min(middles) < 3
    why = laptop.locator(".st-key-varfor p")
    assert why.evaluate("each => each.getClientRects().length") == 1
    assert why.bounding_box()["y"] > laptop.locator(".st-key-filter").bounding_box()["y"]


@pytest.mark.parametrize("name", ["", "oversiktsplaner", "upphandling", "testverksamhet", "metod"])
@pytest.mark.parametrize("region", ["Litenregionen", "Stockholmsregionen"])
def test_a_card_ends_where_its_content_ends(laptop: Page, address: str, name: str, region: str):
    visit(laptop, f"{address}/{name}?region={region}")

    cards = laptop.evaluate(BLANK)

    assert len(cards) > 2
    assert [each for each in cards if each["blank"] > 40] == []


@pytest.mark.parametrize(
    ("name", "choice"),
    [("kommun", "kommunval"), ("belagg", "sokrad"), ("formuleringsbank", "bankval")],
)
def test_the_finding_stands_above_the_pages_own_choices(
    laptop: Page, address: str, name: str, choice: str
):
    visit(laptop, f"{address}/{name}?region=Litenregionen")

    finding = laptop.locator("h1.fynd").bounding_box()
    chosen = laptop.locator(f".st-key-{choice}").bounding_box()

    assert finding["y"] + finding["height"] <= chosen["y"]


BESIDE = """() => {
  const rect = name => document.querySelector(name).getBoundingClientRect();
  const panel = rect('.st-key-filter details'), finding = rect('h1.fynd');
  const card = rect('[class*=st-key-kort-]');
  if (panel.bottom > innerHeight || finding.top < 0) return false;
  if (innerWidth < 1000) return finding.bottom < panel.top;
  return panel.right < Math.min(finding.left, card.left) && card.top < innerHeight / 2
    && card.right <= innerWidth;
}"""
"""Whether headline and first card are in sight beside the open filters; on a phone the headline."""


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["laptop", "phone"])
def test_open_filters_leave_the_result_in_sight(browser: Browser, address: str, size):
    width, height = size
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        page.set_default_timeout(45_000)
        visit(page, f"{address}/oversiktsplaner?region=Litenregionen")
        open_filters(page)
        page.wait_for_function(BESIDE)
        choose(page, "Teman", "Energi")
        page.wait_for_function(BESIDE)
