"""Steps that journeys share: open a page, wait until it is drawn, press, take its picture."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, TimeoutError, expect

_STILL = """([frames, limit]) => new Promise((done, fail) => {
    const moving = () => {
        const app = document.querySelector('[data-testid=stApp]');
        const state = app ? app.dataset.testScriptState : 'there is no page';
        if (state !== 'notRunning') return `the script: ${state}`;
        const waiting = document.querySelector('[data-testid=stSkeleton], [data-stale=true]');
        if (waiting) return `to be replaced: ${waiting.outerHTML.slice(0, 120)}`;
        const fading = document.getAnimations().find((each) => each.playState === 'running');
        return fading ? 'something is fading' : '';
    };
    let changed = 'nothing yet';
    let still = 0;
    const watch = new MutationObserver((changes) => {
        still = 0;
        changed = changes[0].target.nodeName;
    });
    watch.observe(document,
        { subtree: true, childList: true, attributes: true, characterData: true });
    const start = performance.now();
    const look = () => {
        const why = moving();
        still = why ? 0 : still + 1;
        if (still > frames) { watch.disconnect(); done(); }
        else if (performance.now() - start < limit) requestAnimationFrame(look);
        else { watch.disconnect(); fail(new Error(`never still: ${why || 'changes ' + changed}`)); }
    };
    requestAnimationFrame(look);
})"""
"""Streamlit says that a run has ended before the browser has drawn all that it sent, and a press on
what is about to be replaced is lost. So a page is still when the run has ended, nothing
fades, and some frames have gone by without any change; the frames of a busy machine are
longer, and so is the wait."""
_FRAMES, _LIMIT = 6, 180_000


def settle(page: Page) -> None:
    """Wait until the script has ended and nothing is left to draw."""
    page.evaluate(_STILL, [_FRAMES, _LIMIT])


def visit(page: Page, address: str) -> None:
    """Open an address and wait until its page stands still."""
    page.goto(address)
    expect(page.locator("h1").first).to_be_visible()
    settle(page)


def path_of(name: str) -> str:
    """The address of a page; the first page has none of its own."""
    return "" if name == "laget" else name


def address_has(page: Page, part: str) -> None:
    """The page's address comes to hold these words; Streamlit writes them after the page."""
    expect(page).to_have_url(re.compile(re.escape(part)))


def open_filters(page: Page) -> None:
    page.locator(".st-key-filter summary").click()
    expect(page.get_by_label("Region")).to_be_visible()
    settle(page)


def open_list(page: Page, label: str, option: str, *, written: str = "") -> Locator:
    """Open a filter's list and return the option; again, if a redrawing of the page closed it."""
    field = page.get_by_role("combobox", name=label)
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(4):
        field.click()
        field.fill(written)
        try:
            wanted.wait_for(timeout=20_000)
            break
        except TimeoutError:
            page.keyboard.press("Escape")
            settle(page)
    return wanted


def choose(page: Page, label: str, option: str) -> None:
    """Write in a filter and take the choice; the list is closed and the page drawn anew."""
    open_list(page, label, option, written=option).click()
    expect(page.locator(".st-key-filterrad .val")).to_contain_text(option)
    page.keyboard.press("Escape")
    settle(page)


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
    expect(menus.first).to_be_visible()
    for place in range(menus.count()):
        if link.first.is_visible():
            break
        menus.nth(place).click()
        settle(page)
    link.first.click()


def press(page: Page, name: str) -> None:
    """Reach a button as those without a mouse do: focus, then Enter."""
    button = page.get_by_role("button", name=name, exact=True).first
    expect(button).to_be_enabled()
    settle(page)
    button.focus()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")


def write(page: Page, field: Locator, text: str) -> None:
    """Reach a field without a mouse and write; a dialog that opens first takes the focus itself."""
    expect(field).to_be_visible()
    settle(page)
    field.focus()
    expect(field).to_be_focused()
    page.keyboard.type(text)
    expect(field).to_have_value(text)
