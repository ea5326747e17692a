"""Each page in each region, in one visit: both colour modes, four widths, words, requests."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dashboard.pages import IN_MENU
from pipelines.model.region import EXAMPLE_MARK
from tests.browser.checks import english, findings, light, sideways, turn_dark
from tests.browser.walking import path_of, picture, settle, visit

REGIONS = ("Litenregionen", "Stockholmsregionen")
PROJECTOR, LAPTOP, PHONE = (1920, 1080), (1366, 768), (390, 844)
MAGNIFIED = (320, 256)
"""What is left of a window of 1280 × 1024 pixels at 400 percent (WCAG 1.4.10)."""


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("name", IN_MENU)
def test_a_page_is_whole_swedish_and_accessible(page: Page, address, outside, broken, name, region):
    visit(page, f"{address}/{path_of(name)}?region={region}")

    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.title() == f"{IN_MENU[name].title} – Innovation i planeringen"
    assert (EXAMPLE_MARK in page.inner_text("body")) is (region == "Litenregionen")
    assert english(page) == []
    assert findings(page) == []
    _fits(page, f"{name}_{region}", PROJECTOR, LAPTOP, PHONE, MAGNIFIED)

    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    turn_dark(page)
    assert findings(page) == []
    ink = page.locator("h1").first.evaluate("each => getComputedStyle(each).color")
    assert light(ink) > 200
    _fits(page, f"{name}_{region}_dark", LAPTOP)

    assert page.get_by_test_id("stException").count() == 0
    assert broken == []
    assert outside == []


def _fits(page: Page, name: str, *sizes: tuple[int, int]) -> None:
    """No page scrolls sideways, and the menu can always be reached."""
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        assert sideways(page) <= 0, f"scrolls sideways at {width} pixels"
        menu = page.get_by_test_id("stExpandSidebarButton")
        link = page.get_by_test_id("stTopNavLink")
        expect(menu.or_(link).first).to_be_visible()
        if menu.count():
            box = menu.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width, f"the menu is out of sight at {width} pixels"
        picture(page, f"{name}_{width}")
