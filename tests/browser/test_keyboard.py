"""Everything by keyboard: the way in, the way through, what is seen on the way, no traps."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import english, faint, findings, turn
from tests.browser.test_meeting import meeting, place
from tests.browser.walking import path_of, press, settle, visit

__all__ = ["meeting"]
MANY = 400
_STOP = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const seen = (each) => {
        const style = getComputedStyle(each);
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        return ring || style.boxShadow !== 'none';
    };
    let ringed = false;
    for (let each = at, up = 0; each && up < 4; each = each.parentElement, up += 1) {
        ringed ||= seen(each);
    }
    const box = at.getBoundingClientRect();
    const header = document.querySelector('[data-testid=stHeader]');
    const below = header.contains(at) || at.tagName === 'MAIN' || at.closest('.st-key-marken')
        || box.bottom > header.getBoundingClientRect().bottom;
    return { what: at.outerHTML.slice(0, 160), ringed, below: Boolean(below),
        inside: box.left < innerWidth && box.right > 0 && box.top < innerHeight && box.bottom > 0 };
}"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Tab from the top to the end of the page and tell about every stop."""
    stops = []
    for _ in range(MANY):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"after {MANY} steps the focus has not left the page: {stops[-3:]}")


def test_the_first_stop_leads_past_the_menus(page: Page, address: str):
    visit(page, f"{address}/?region=Litenregionen")

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Hoppa till innehållet")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    page.wait_for_function(
        "() => document.querySelector('[data-testid=stMain]').contains(document.activeElement)"
    )


@pytest.mark.parametrize("name", ["laget", "kommun", "roda_traden", "kontrollera"])
def test_every_stop_is_seen_and_the_walk_ends(page: Page, address: str, name: str):
    page.set_viewport_size({"width": 1366, "height": 768})
    visit(page, f"{address}/{path_of(name)}?region=Litenregionen")
    page.locator(".st-key-filter summary").click()
    page.evaluate("document.activeElement.blur()")
    settle(page)

    stops = walk(page)

    assert len(stops) > 20
    for stop in stops:
        assert stop["ringed"], f"the focus is not seen: {stop['what']}"
        assert stop["inside"], f"the focus is out of sight: {stop['what']}"
        assert stop["below"], f"the focus is under the header: {stop['what']}"


def test_a_menu_opens_and_closes_and_leads_on_by_keyboard(page: Page, address: str):
    visit(page, f"{address}/?region=Litenregionen")

    menu = page.get_by_test_id("stTopNavSection").first
    menu.focus()
    page.keyboard.press("Enter")
    link = page.get_by_test_id("stTopNavDropdownLink").first
    expect(link).to_be_visible()
    assert findings(page, overlaid=True) == []
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()


def test_a_dialog_keeps_the_focus_and_gives_it_back(meeting: Page):
    press(meeting, "Starta mötet")
    place(meeting, "1 av 6")
    assert findings(meeting) == []
    press(meeting, "Skriv beslut")
    dialog = meeting.get_by_role("dialog")
    expect(dialog.get_by_label("Beslut eller uppföljning")).to_be_visible()
    assert findings(meeting, overlaid=True) == []
    assert english(meeting) == []

    held = dialog.element_handle()
    for _ in range(12):
        meeting.keyboard.press("Tab")
        # A guard at each end of the dialog takes the focus for a moment and hands it back.
        meeting.wait_for_function("each => each.contains(document.activeElement)", arg=held)
    turn(meeting, "dark")
    assert faint(meeting) == []
    meeting.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert findings(meeting) == []
