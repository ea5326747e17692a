"""What makes a page quiet to look at: one line of filters, and the result beside open ones."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.walking import choose, open_filters, visit


def test_the_filter_row_is_one_line_on_a_laptop(page: Page, address: str):
    page.set_viewport_size({"width": 1280, "height": 800})
    visit(page, address)

    told = page.locator(".st-key-filterrad .val, .st-key-filterrad .underlagsrad")
    middles = told.evaluate_all(
        "parts => parts.flatMap(part => [...part.getClientRects()].map(r => r.y + r.height / 2))"
    )
    assert max(middles) - min(middles) < 3
    why = page.locator(".st-key-varfor p")
    assert why.evaluate("each => each.getClientRects().length") == 1
    assert why.bounding_box()["y"] > page.locator(".st-key-filter").bounding_box()["y"]


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
def test_open_filters_leave_the_result_in_sight(page: Page, address: str, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, f"{address}/oversiktsplaner?region=Litenregionen")
    open_filters(page)
    page.wait_for_function(BESIDE)
    choose(page, "Teman", "Energi")
    page.wait_for_function(BESIDE)
