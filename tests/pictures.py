"""The guide's pictures, taken of the fictional region: ``python -m tests.pictures``.

The pictures are small on purpose: one screen each, in few colours.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.guide import FILE
from pipelines.build import build_region
from pipelines.model.region import load_region
from pipelines.progress import Progress
from pipelines.warehouse.edition import current_file
from tests.browser.serving import serving
from tests.browser.walking import open_filters, settle, visit
from tests.browser_setup import FLAGS, MISSING, find_chromium

FOLDER = FILE.parent / "bilder"
REGION = "exempel"
COLOURS = 96
_SCREEN, _PHONE = (1280, 800), (390, 844)


def _as_it_opens(_page: Page) -> None:
    """Nothing is pressed."""


def _filters(page: Page) -> None:
    open_filters(page)


def _help(page: Page) -> None:
    page.get_by_role("button", name="Så läser du sidan").click()
    expect(page.locator("#sidhjalp")).to_be_visible()


def _word(page: Page) -> None:
    page.locator(".begrepp").first.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()


def _tour(page: Page) -> None:
    expect(page.locator("#rundtur")).to_be_visible()


def _agenda(page: Page) -> None:
    page.get_by_role("button", name="Använd förslaget").click()
    expect(page.locator("h1.fynd")).to_contain_text("sex punkter")


def _slide(page: Page) -> None:
    _agenda(page)
    settle(page)
    page.get_by_role("button", name="Starta mötet").click()
    expect(page.locator(".plats")).to_contain_text("1 av 6")


class Picture(NamedTuple):
    """``name`` of the file, ``address`` after the server's, what is pressed, and the window."""

    name: str
    address: str
    prepare: Callable[[Page], None] = _as_it_opens
    size: tuple[int, int] = _SCREEN


_ALL = "?region=Exempelregionen"
PICTURES = (
    Picture("rundtur", "", _tour),
    Picture("hjalp", _ALL, _help),
    Picture("begrepp", f"oversiktsplaner{_ALL}", _word),
    Picture("filter", f"{_ALL}&kommun=Askhamn", _filters),
    Picture("belagg", f"belagg{_ALL}&ord=testbädd&minst=Bör"),
    Picture("roda_traden", f"roda_traden{_ALL}"),
    Picture("kommun", f"kommun{_ALL}&kommun=Askhamn"),
    Picture("dagordning", f"mote{_ALL}", _agenda),
    Picture("motesbild", f"mote{_ALL}", _slide),
    Picture("telefon", _ALL, size=_PHONE),
    Picture("laget", _ALL),
)
"""In the order of the guide; the last one opens README."""


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """Return one picture as PNG in few colours, as a new reader in light mode sees it."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="sv-SE", color_scheme="light"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    visit(page, f"{address}/{picture.address}")
    picture.prepare(page)
    settle(page)
    page.wait_for_timeout(700)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    packed = io.BytesIO()
    few = shot.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main() -> None:
    """Build the region if it has no edition, then take every picture anew."""
    program = find_chromium()
    if program is None:
        raise SystemExit(MISSING)
    if current_file(REGION) is None:
        build_region(load_region(REGION), progress=Progress())
    FOLDER.mkdir(exist_ok=True)
    expect.set_options(timeout=60_000)
    with serving({}) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(FLAGS))
        for picture in PICTURES:
            file: Path = FOLDER / f"{picture.name}.png"
            file.write_bytes(take(browser, address, picture))
            print(f"{file.name}: {file.stat().st_size // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main()
