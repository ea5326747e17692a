"""Every page in each region: both colour modes, four widths, words, requests, cards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dashboard.pages import IN_MENU
from pipelines.model.region import EXAMPLE_MARK
from tests.browser.checks import english, faint, findings, light, sideways, turn
from tests.browser.walking import go_to, path_of, settle, visit

MENUS = {
    menu or "utan meny": [name for name, page in IN_MENU.items() if page.menu == menu]
    for menu in dict.fromkeys(page.menu for page in IN_MENU.values())
}
PROJECTOR, LAPTOP, PHONE = (1920, 1080), (1366, 768), (390, 844)
MAGNIFIED = (320, 256)
"""What is left of a window of 1280 × 1024 pixels at 400 percent (WCAG 1.4.10)."""
BLANK = """() => [...document.querySelectorAll('[class*=st-key-kort-]')].map(card => {
  const parts = [...card.children].map(part => part.getBoundingClientRect().bottom);
  return [card.className.match(/st-key-kort-[\\w-]+/)[0],
          Math.round(card.getBoundingClientRect().bottom - Math.max(...parts))];
}).filter(([, blank]) => blank > 40)"""
"""Cards that end more than 40 pixels below their content."""
CHOICES = ".st-key-kommunval, .st-key-sokrad, .st-key-bankval"


@pytest.mark.parametrize("region", ["Litenregionen", "Stockholmsregionen"])
@pytest.mark.parametrize("names", MENUS.values(), ids=MENUS)
def test_pages_are_whole_swedish_and_accessible(
    page: Page, address, outside, broken, names, region
):
    modes = ["light", "dark"] if region == "Litenregionen" else ["light"]
    for name in names:
        if name == names[0]:
            visit(page, f"{address}/{path_of(name)}?region={region}")
        else:
            go_to(page, IN_MENU[name].title)
        expect(page).to_have_title(f"{IN_MENU[name].title} – Innovation i planeringen")
        settle(page)
        assert page.locator("html").get_attribute("lang") == "sv"
        assert (EXAMPLE_MARK in page.inner_text("body")) is (region == "Litenregionen"), name
        assert english(page) == [], name
        for mode in modes:
            turn(page, mode)
            assert (findings if mode == "light" else faint)(page) == [], (name, mode)
            ink = page.locator("h1").first.evaluate("each => getComputedStyle(each).color")
            assert (light(ink) > 200) is (mode == "dark"), name
        modes.reverse()  # the next page opens in the mode that this one is left in
        _fits(page, name, PROJECTOR, PHONE, MAGNIFIED, LAPTOP)
        assert page.evaluate(BLANK) == [], name
        _finding_first(page)
        assert page.get_by_test_id("stException").count() == 0, name
        assert (broken, outside) == ([], []), name


def _fits(page: Page, name: str, *sizes: tuple[int, int]) -> None:
    """No page scrolls sideways, and the menu can always be reached."""
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        assert sideways(page) <= 0, f"{name} scrolls sideways at {width} pixels"
        menu = page.get_by_test_id("stExpandSidebarButton")
        link = page.get_by_test_id("stTopNavLink")
        expect(menu.or_(link).first).to_be_visible()
        if menu.count():
            box = menu.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width, f"{name}: no menu in sight at {width} pixels"


def _finding_first(page: Page) -> None:
    """The finding stands above the page's own choices, where it has any."""
    for chosen in page.locator(CHOICES).all():
        finding, choice = page.locator("h1.fynd").bounding_box(), chosen.bounding_box()
        assert finding is not None
        assert choice is not None
        assert finding["y"] + finding["height"] <= choice["y"]
