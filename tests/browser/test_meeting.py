"""A whole meeting by keyboard: six points, two decisions, a reload, the pack downloaded."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pptx import Presentation

from tests.browser.walking import press, settle, visit, write

SIZES = [(390, 844), (1280, 800), (1366, 768), (1920, 1080)]


def decide(page: Page, text: str, who: str) -> None:
    """Write a decision in the slide's dialog."""
    press(page, "Skriv beslut")
    dialog = page.get_by_role("dialog")
    write(page, dialog.get_by_label("Beslut eller uppföljning"), text)
    write(page, dialog.get_by_label("Ansvarig organisation"), who)
    press(page, "Spara i protokollet")
    expect(dialog).to_have_count(0)


def place(page: Page, words: str) -> None:
    expect(page.locator(".plats")).to_contain_text(words)
    settle(page)


def step(page: Page, key: str, words: str) -> None:
    """Press a key as a presenter does: again, if the slide had not yet begun to listen."""
    for _ in range(3):
        page.keyboard.press(key)
        try:
            expect(page.locator(".plats")).to_contain_text(words, timeout=12_000)
            break
        except AssertionError:
            continue
    place(page, words)


@pytest.fixture
def meeting(page: Page, address: str) -> Page:
    """Möte in the fictional region with the proposed agenda."""
    visit(page, f"{address}/mote?region=Litenregionen")
    press(page, "Använd förslaget")
    expect(page.locator("h1.fynd")).to_have_text("Mötet har sex punkter och tar 40 minuter")
    settle(page)
    return page


def test_a_meeting_is_walked_by_keyboard_and_nothing_is_lost(meeting: Page, outside: list[str]):
    press(meeting, "Starta mötet")
    place(meeting, "1 av 6")
    decide(meeting, "Alla kommuner skickar in sin plan.", "Region Liten")
    expect(meeting.get_by_role("button", name=re.compile("Beslut.*1.beslut"))).to_be_visible()
    for number in range(2, 7):
        step(meeting, "ArrowRight", f"{number} av 6")
    step(meeting, "ArrowLeft", "5 av 6")
    decide(meeting, "Ta fram en klausul om testbädd.", "Ulvsund")
    expect(meeting.get_by_role("button", name=re.compile("Beslut.*1.beslut"))).to_be_visible()
    settle(meeting)

    meeting.reload()
    place(meeting, "5 av 6")
    expect(meeting.get_by_role("button", name=re.compile("Beslut.*1.beslut"))).to_be_visible()
    press(meeting, "Dagordning")
    expect(meeting.get_by_text("Alla kommuner skickar in sin plan.")).to_be_visible()
    expect(meeting.get_by_text("Ta fram en klausul om testbädd.")).to_be_visible()

    deck = Presentation(io.BytesIO(fetch(meeting, "PowerPoint").read_bytes()))
    charts = [shape for sheet in deck.slides for shape in sheet.shapes if shape.has_chart]
    assert charts
    words = [cell.text for s in deck.slides for h in s.shapes if h.has_table
             for row in h.table.rows for cell in row.cells]  # fmt: skip
    assert "Alla kommuner skickar in sin plan." in words
    assert "Ta fram en klausul om testbädd." in words
    minutes = fetch(meeting, "Markdown").read_text("utf-8")
    assert minutes.count("**Beslut:**") == 2
    assert fetch(meeting, "PDF").read_bytes().startswith(b"%PDF")
    assert outside == []


def fetch(page: Page, name: str) -> Path:
    """Download a file by keyboard."""
    with page.expect_download() as waiting:
        press(page, name)
    return Path(waiting.value.path())


def test_the_link_opens_the_same_slides_on_another_screen(meeting: Page, context: BrowserContext):
    link = meeting.locator(".lanktext a").get_attribute("href")
    assert link

    other = context.new_page()
    try:
        other.goto(link)
        place(other, "1 av 6")
        expect(other.get_by_text("Källa: ")).to_be_visible()
    finally:
        other.close()


def test_arrows_move_the_cursor_and_not_the_slide_while_writing(meeting: Page):
    press(meeting, "Starta mötet")
    place(meeting, "1 av 6")
    press(meeting, "Skriv beslut")
    field = meeting.get_by_role("dialog").get_by_label("Beslut eller uppföljning")
    write(meeting, field, "ab")
    meeting.keyboard.press("ArrowLeft")
    meeting.keyboard.type("x")

    expect(field).to_have_value("axb")
    expect(meeting.locator(".plats")).to_contain_text("1 av 6")


def test_the_clock_can_be_paused_and_remembers(meeting: Page):
    press(meeting, "Starta mötet")
    place(meeting, "1 av 6")
    clock = meeting.locator("[data-klocka]")
    expect(clock).to_have_text(re.compile(r"^(?!00:0[01])\d\d:\d\d av 5 min$"))
    press(meeting, "Pausa klockan")
    expect(meeting.get_by_role("button", name="Starta klockan")).to_be_visible()
    kept = clock.inner_text()

    meeting.reload()
    place(meeting, "1 av 6")

    expect(clock).to_have_text(kept)
    press(meeting, "Starta klockan")
    expect(meeting.get_by_role("button", name="Pausa klockan")).to_be_visible()


def test_a_presenters_page_keys_step(meeting: Page):
    press(meeting, "Starta mötet")
    place(meeting, "1 av 6")

    step(meeting, "PageDown", "2 av 6")
    step(meeting, "PageUp", "1 av 6")


def test_slides_fit_every_screen_and_are_large(meeting: Page):
    press(meeting, "Starta mötet")
    for number in range(1, 7):
        place(meeting, f"{number} av 6")
        for width, height in SIZES:
            meeting.set_viewport_size({"width": width, "height": height})
            settle(meeting)
            fits_and_is_large(meeting, width)
        if number < 6:
            step(meeting, "ArrowRight", f"{number + 1} av 6")


def fits_and_is_large(meeting: Page, width: int) -> None:
    """Names on the map are as large as their places allow, all else has a least size."""
    assert meeting.evaluate("document.documentElement.scrollWidth") <= width
    small = meeting.evaluate(
        """() => [...document.querySelectorAll('.bild :not(.ort, .ort *)')]
            .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .map((e) => [!!e.closest('.bildfot, footer'),
                parseFloat(getComputedStyle(e).fontSize)])"""
    )
    sources = [pixels for is_source, pixels in small if is_source]
    rest = [pixels for is_source, pixels in small if not is_source]
    assert min(rest) >= (28 if width > 900 else 13.5)
    assert min(sources) >= (18 if width > 900 else 13.5)
    assert min(sources) < min(rest)
    low = meeting.locator(".bildfot").bounding_box()
    row = meeting.locator(".st-key-bildrad").bounding_box()
    assert low
    assert row
    assert low["y"] + low["height"] <= row["y"] + 1
