"""Steps that journeys share: open a page, wait until it is drawn, take its picture."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect

OUTPUT = Path(__file__).resolve().parents[1] / "output"


def settle(page: Page) -> None:
    """Wait until the script has ended and nothing is left to draw."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def visit(page: Page, address: str) -> None:
    """Open an address and wait for its heading."""
    page.goto(address)
    expect(page.locator("h1").first).to_be_visible()
    settle(page)


def picture(page: Page, name: str) -> None:
    """Keep a picture for people to look at."""
    OUTPUT.mkdir(exist_ok=True)
    page.screenshot(path=OUTPUT / f"{name}.png")


def path_of(name: str) -> str:
    """The address of a page; the first page has none of its own."""
    return "" if name == "laget" else name


def open_filters(page: Page) -> None:
    page.locator(".st-key-filter summary").click()
    expect(page.get_by_label("Region")).to_be_visible()


def open_list(page: Page, label: str, option: str, *, written: str = "") -> Locator:
    """Open a filter's list and return the option; again, if a redrawing of the page closed it."""
    field = page.get_by_role("combobox", name=label)
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(4):
        field.click()
        field.fill(written)
        try:
            wanted.wait_for(timeout=8_000)
            break
        except TimeoutError:
            page.keyboard.press("Escape")
            settle(page)
    return wanted


def choose(page: Page, label: str, option: str) -> None:
    """Write in a filter and take the choice."""
    open_list(page, label, option, written=option).click()
    expect(page.locator(".st-key-filterrad .val")).to_contain_text(option)
    page.keyboard.press("Escape")


def copied_link(page: Page) -> str:
    """Press *Kopiera länk* and return what the clipboard then holds."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('')")
    page.get_by_role("button", name="Kopiera länk").click()
    page.wait_for_function(
        "async () => (await navigator.clipboard.readText()).startsWith('http')", polling=200
    )
    return str(page.evaluate("navigator.clipboard.readText()"))


def go_to(page: Page, title: str) -> None:
    """Choose a page in the navigation, in its menu where it has one."""
    link = page.locator("a[data-testid^=stTopNav]").filter(has_text=re.compile(f"^{title}$"))
    menus = page.get_by_test_id("stTopNavSection")
    for place in range(menus.count()):
        if link.first.is_visible():
            break
        menus.nth(place).click()
    link.first.click()
