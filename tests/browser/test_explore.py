"""Utforska in a browser: a box lists rows that the address keeps, and a point leads on."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.walking import address_has, settle, visit


def test_a_box_lists_the_rows_of_its_points_and_the_address_keeps_them(page, address):
    query = "region=Litenregionen&enhet=Handlingar&farg=Ingen&storlek=Ingen"
    visit(page, f"{address}/utforska?{query}")
    plot = page.locator(".st-key-kort-utforska .nsewdrag").first
    expect(plot).to_be_visible()
    settle(page)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 2, steps=5)
    page.mouse.up()

    rows = page.locator(".st-key-kort-markerade table tbody tr")
    expect(rows.first).to_be_visible()
    address_has(page, "markerade=")
    settle(page)
    kept = parse_qs(urlsplit(page.url).query)["markerade"]
    listed = rows.locator("th").all_inner_texts()
    assert sorted(listed) == sorted(kept)
    tools = page.locator(".modebar-btn").evaluate_all("all => all.map(e => e.dataset.title)")
    assert "Hämta bild (PNG)" in tools
    assert "Hämta bild (SVG)" in tools

    page.reload()
    expect(rows.first).to_be_visible()
    settle(page)
    assert rows.locator("th").all_inner_texts() == listed
