"""One server and one browser for all journeys; both are ended by the process that started them."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.serving import serving
from tests.browser_setup import FLAGS, MISSING, find_chromium, is_required
from tests.built_once import tiny_and_stockholm


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the journeys, with a message, where there is no browser and none is required."""
    here = Path(__file__).parent
    journeys = [item for item in items if here in item.path.parents]
    for item in journeys:
        item.add_marker(pytest.mark.browser)
    if journeys and find_chromium() is None and not is_required():
        config.hook.pytest_deselected(items=journeys)
        items[:] = [item for item in items if item not in journeys]
        config.stash[_REPORT] = MISSING


_REPORT: pytest.StashKey[str] = pytest.StashKey()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say at the end that journeys were left out."""
    message = config.stash.get(_REPORT, "")
    if message:
        terminalreporter.write_line(message, yellow=True)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a free port over a tiny fictional region and Stockholm's registers."""
    with serving(tiny_and_stockholm(tmp_path_factory).environment()) as found:
        yield found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=180_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    program = find_chromium()
    assert program is not None, MISSING
    launched = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """An English browser on a projector; one for all, so that scripts are fetched once."""
    with urllib.request.urlopen(f"{address}/halsa", timeout=60) as answer:
        assert answer.status == 200
    opened = browser.new_context(
        viewport={"width": 1920, "height": 1080}, locale="en-US", timezone_id="Europe/Stockholm"
    )
    yield opened
    opened.close()


@pytest.fixture
def outside() -> list[str]:
    """Requests that left the host during the test."""
    return []


@pytest.fixture
def broken() -> list[str]:
    """Errors that scripts in the page threw during the test."""
    return []


@pytest.fixture
def page(
    context: BrowserContext, address: str, outside: list[str], broken: list[str]
) -> Iterator[Page]:
    """A fresh tab."""
    opened = context.new_page()
    opened.set_default_timeout(180_000)
    opened.on("request", lambda sent: _note_outside(sent.url, address, outside))
    opened.on("pageerror", lambda error: broken.append(str(error)))
    yield opened
    opened.close()


def _note_outside(url: str, address: str, outside: list[str]) -> None:
    own = (address, address.replace("http", "ws"), "data:", "blob:")
    if not url.startswith(own):
        outside.append(url)
