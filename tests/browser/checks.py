"""What every page must hold, as questions to an open page."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import polars as pl
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from pipelines.model.region import PROJECT
from tests.browser.walking import settle

ENGLISH = re.compile(
    r"\b(Choose|option|options|Select|Clear|Search|Download|Fullscreen|Loading|Running|Stop|Rerun"
    r"|Settings|Deploy|Connection|Error|the|and|Filter by|Show|Hide|Close|Open|Skip|None|Press"
    r"|Previous|Next|page|Empty|yyyy|Remove|Upload|Copy|Cancel|Save|Today|Please|Help|Back)\b"
)
STREAMLITS_OWN = {
    "presentation-role-conflict": "Streamlit 1.67: the field where a file is dropped has a role "
    "that says it is only decoration, and a name (minor; docs/tillganglighet.md)",
}
"""Findings of axe-core that are not ours to mend: rule → why it is known."""
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
_AXE = Axe()


def findings(page: Page, *, overlaid: bool = False) -> list[str]:
    """What axe-core finds on the page as it stands, beside Streamlit's own: rule and element.

    Streamlit hangs its lists and calendars outside the page's landmarks, which breaks no criterion
    but axe-core's advice; ``overlaid`` leaves the advice out.
    """
    return _found(page, [*WCAG] if overlaid else [*WCAG, "best-practice"])


def faint(page: Page) -> list[str]:
    """What has too little contrast: all that another colour mode can break."""
    return _found(page, ["color-contrast"])


def _found(page: Page, rules: list[str]) -> list[str]:
    settle(page)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = _AXE.run(page, options=options).response["violations"]
    return [
        f"{each['impact']} {each['id']}: {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
        if each["id"] not in STREAMLITS_OWN
    ]


def sideways(page: Page) -> int:
    """How many pixels the page can be scrolled sideways."""
    main = page.get_by_test_id("stMain")
    return int(main.evaluate("each => each.scrollWidth - each.clientWidth"))


def english(page: Page) -> list[str]:
    """English words on the page or in the names and values that a screen reader speaks."""
    spoken = page.locator("[aria-label], [placeholder], [title], [aria-valuetext]").evaluate_all(
        "parts => parts.map(p => ['aria-label', 'placeholder', 'title', 'aria-valuetext']"
        ".map(name => p.getAttribute(name)).filter(Boolean).join(' '))"
    )
    told = " ".join([page.inner_text("body"), *spoken])
    for name in _own_names():
        told = told.replace(name, "")
    return ENGLISH.findall(told)


@cache
def _own_names() -> tuple[str, ...]:
    """What tests call themselves: the names are theirs, whatever language they chose."""
    register = PROJECT / "data" / "stockholm" / "register" / "testverksamhet.csv"
    names = pl.read_csv(register, infer_schema=False)["testverksamhet"]
    return tuple(name for name in names if ENGLISH.search(name))


def light(color: str) -> float:
    """How light a computed colour is, 0–255."""
    return sum(float(part) for part in re.findall(r"[\d.]+", color)[:3]) / 3


def turn(page: Page, mode: Literal["dark", "light"]) -> None:
    """Switch the reader's colour mode and wait until the page has followed.

    The page lends itself the mode and asks for a new run in the same moment.
    """
    page.emulate_media(color_scheme=mode)
    page.wait_for_function("mode => document.documentElement.style.colorScheme === mode", arg=mode)
    settle(page)
