"""A document page in a browser: the picture is drawn and the mark lies on the words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import serving
from tests.dashboard.handling_world import passages, write_some_documents


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, object]]]:
    """A dashboard over some of the example's documents, and a passage of a PDF."""
    place = write_some_documents(tmp_path_factory.mktemp("handlingar"))
    with pytest.MonkeyPatch.context() as patch:
        place.enter(patch)
        row = next(row for row in passages("exempel") if row["document_id"] == "D01")
    with serving(place.environment()) as address:
        yield address, row


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_picture_and_the_mark_are_seen(
    browser: Browser, documents: tuple[str, dict[str, object]], width: int, height: int
) -> None:
    address, row = documents
    page = browser.new_page(viewport={"width": width, "height": height})
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}/handling/D01?sida={row['page']}&belagg={row['passage_id']}#belagg")

    assert page.evaluate("document.querySelector('figure img').naturalWidth") >= 1500
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture = page.locator("figure img").bounding_box()
    mark = page.locator("rect").first.bounding_box()
    assert picture is not None
    assert mark is not None
    assert picture["x"] <= mark["x"] < mark["x"] + mark["width"] <= picture["x"] + picture["width"]
    assert 0 <= mark["y"] < height, "the page opens where the mark is"
    assert _is_yellow(page)
    assert not errors
    page.close()


def _is_yellow(page: Page) -> bool:
    """Whether the corner of the mark is drawn in its colour, over white paper."""
    return bool(
        page.evaluate(
            """() => {
                const rect = document.querySelector('rect')
                const look = getComputedStyle(rect)
                const at = rect.getBoundingClientRect()
                const over = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)
                return look.fill === 'rgb(255, 224, 138)' && over === rect
            }"""
        )
    )
