"""A reader in headless Chromium: chooses a filter and waits until nothing more changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from tests.browser_setup import FLAGS, find_chromium

QUIET_MS = 600
"""The page is drawn when it has not changed for so long; the wait is not part of the time.

What is only spoken (``role=status``) comes later on purpose and is not waited for.
"""
_PATIENCE_MS = 60_000
_WATCH = """
window.__last = 0; window.__start = 0;
const apart = (change) => (change.target.closest ? change.target : change.target.parentElement)
  ?.closest("[role=status]");
new MutationObserver((changes) => {
  if (!changes.every(apart)) { window.__last = performance.now(); }
})
  .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
addEventListener("keydown", (event) => {
  if (event.key === "Enter") { window.__start = performance.now(); }
}, true);
"""
_DRAWN = f"""() => {{
  const app = document.querySelector("[data-testid=stApp]");
  return app && app.dataset.testScriptState === "notRunning"
    && window.__last > window.__start && performance.now() - window.__last > {QUIET_MS};
}}"""


@dataclass
class Reader:
    """One open page and what its connection has received."""

    page: Page
    received: int = 0
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> float:
        """Go to an address; returns seconds from then until the page is drawn."""
        self.page.goto(address)
        return self._drawn()

    def choose_year(self, year: int) -> float:
        """Choose the first year; returns seconds from the key that chooses until all is drawn."""
        box = self.page.locator(".st-key-fran input")
        box.click()
        box.fill(str(year))
        self.page.wait_for_timeout(250)
        self.received = 0
        self.page.keyboard.press("Enter")
        return self._drawn()

    def figures(self) -> int:
        """How many figures are on the page."""
        return self.page.locator(".js-plotly-plot .main-svg:first-child, .diagram").count()

    def _drawn(self) -> float:
        self.page.wait_for_function(_DRAWN, timeout=_PATIENCE_MS)
        found = self.page.get_by_test_id("stException")
        self.errors += found.all_inner_texts()
        milliseconds: float = self.page.evaluate("window.__last - window.__start")
        return milliseconds / 1000


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that the journeys use."""
    program = find_chromium()
    if program is None:
        raise RuntimeError("Chromium was not found; run python -m tests.browser_setup.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def fresh_reader(browser: Browser) -> Iterator[Reader]:
    """A reader with an empty cache."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="sv-SE", timezone_id="Europe/Stockholm"
    )
    context.add_init_script(_WATCH)
    reader = Reader(context.new_page())

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", count)

    def count(body: str | bytes) -> None:
        reader.received += len(body)

    reader.page.on("websocket", listen)
    yield reader
    context.close()
