"""A card that a choice leaves empty says which filter to loosen, and with how much that helps."""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape

import pytest

from dashboard.filters import FREE
from tests.dashboard.conftest import Place
from tests.dashboard.shown import html_of, session, walk

Choice = dict[str, str | list[str]]
LATE: Choice = {"fran": "2034"}
CASES: list[tuple[str, Choice, str]] = [
    ("upphandling", LATE, "Inga upphandlingar med innovationsverktyg i urvalet."),
    ("upphandling", LATE, "Ingen köpare i urvalet."),
    ("upphandling", LATE, "Inga upphandlingar i urvalet."),
    ("upphandling", LATE, "Inga markanvisningar i urvalet."),
    ("testverksamhet", LATE, "Ingen stadskärna med pågående test i urvalet."),
    ("testverksamhet", LATE, "Ingen testverksamhet i urvalet."),
    ("tidsfonster", LATE, "Inga öppna planer eller markanvisningar i urvalet."),
    ("oversiktsplaner", LATE, "Inga handlingar i urvalet."),
    ("kommun", LATE, "Inga belägg och inga tester i urvalet."),
    ("roda_traden", {"kommun": ["Silvervik"]}, "Ingen tråd i urvalet."),
]
"""Page, choice, and the sentence that says what there is none of."""


@cache
def _html(place: Place, page: str, said: str) -> str:
    return html_of(next(session(place, [page], region="Exempelregionen", **json.loads(said))))


def empty(place: Place, page: str, choice: Choice) -> dict[str, str]:
    """Sentences that say what there is none of, with the advice after each."""
    html = _html(place, page, json.dumps(choice))
    found = re.findall(r'<p class="tomt"><strong>(.*?)</strong> (.*?)</p>', html)
    return {unescape(what): unescape(advice) for what, advice in found}


@pytest.mark.parametrize(("page", "choice", "what"), CASES)
def test_an_empty_card_says_what_each_filter_hides(regions, page, choice, what):
    advice = empty(regions, page, choice)[what]

    (name,) = choice
    helped = re.search(rf"[Uu]tan filtret {FREE[name].words} finns ([\d\u00a0]+)\.", advice)
    assert helped, advice
    assert int(helped[1].replace("\u00a0", "")) > 0
    assert what not in empty(regions, page, {})


@pytest.mark.parametrize("page", sorted({page for page, _, _ in CASES}))
def test_only_filters_that_help_are_named(regions, page):
    choice: Choice = {**LATE, "hogst": "Ska"}
    for what, advice in empty(regions, page, choice).items():
        named = [name for name in choice if f"utan filtret {FREE[name].words}" in advice.lower()]
        assert named or advice.startswith("Det räcker inte att ta bort ett filter"), what
        for name in named:
            rest = {each: value for each, value in choice.items() if each != name}
            assert what not in empty(regions, page, rest), f"{what} {advice}"


def test_a_list_counts_what_it_would_show_at_the_chosen_level(regions):
    choice: Choice = {"minst": "Ska", "tema": ["Cirkularitet och återbruk"]}
    advice = empty(regions, "oversiktsplaner", choice)["Inga handlingar i urvalet."]
    listed = walk(regions, ["oversiktsplaner"], region="Exempelregionen", minst="Ska")

    file = listed["oversiktsplaner"].file("lista-op", "standard")
    assert file is not None
    assert f"Utan filtret tema finns {len(file.rows) - 1} " in advice


def test_nothing_in_the_edition_is_told_apart_from_a_filter_that_hides(bare):
    html = html_of(next(session(bare, ["upphandling"], region="Litenregionen", fran="2020")))

    assert "Ingen köpare i urvalet.</strong> Det finns inga i utgåvan." in html
