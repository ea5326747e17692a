"""*Nivån Ska* is the ladder's word, *krav* measure 1.3's: the same words never tell two numbers."""

from __future__ import annotations

import re
from html import unescape

import polars as pl
import pytest

from dashboard.frame_pages import PAGES
from tests.dashboard.conftest import Place, build
from tests.dashboard.shown import Shown, walk
from tests.tiny_region import AIM, write_region

SHALL = "Hamnområdets energi ska lösas med ny och oprövad teknik."
"""A *ska* without any instrument: the level without what measure 1.3 asks for."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    folder = tmp_path_factory.mktemp("ska")
    region = write_region(folder / "data")
    plan = region / "inbox" / "9801" / "op-ny" / "op.txt"
    plan.write_text(plan.read_text("utf-8").replace(AIM, SHALL), "utf-8")
    place = build(Place(folder / "data", folder / "editions"), "liten")
    return walk(place, list(PAGES), region="Litenregionen", kommun=["Ulvsund"])


def words(shown: Shown) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown.html)).split())


def test_the_plan_reaches_the_level_and_makes_no_demand(shown):
    measured = shown["oversiktsplaner"].file("matt_op", "standard")
    assert measured is not None
    assert measured.frame is not None
    demands = measured.frame.filter(pl.col("indicator_id") == "1.3").row(0, named=True)
    ladder = next(
        chart for chart in shown["oversiktsplaner"].charts
        if chart.name == "forpliktelse_per_kommun_op"
    )  # fmt: skip

    assert (demands["numerator"], demands["n"]) == (0, 1)
    assert ladder.table["level_4"].sum() == 1


def test_sentences_tell_the_level_by_its_name(shown):
    assert "skriver om innovation i den – en når nivån Ska" in words(shown["laget"])
    assert "En läst översiktsplan: den når Ska" in words(shown["oversiktsplaner"])
    assert "lästa handlingar når nivån Ska" in words(shown["kommun"])


@pytest.mark.parametrize("page", PAGES)
def test_demands_are_said_of_the_measure_alone(shown, page):
    measured = ("handlingar med krav", "ställer krav med ett styrmedel", "innovation och krav")
    told = words(shown[page])
    for each in measured:
        told = told.replace(each, "")
    assert not re.search(r"ställer krav|\bKrav (är|nås)\b|– krav i|\d+ krav\b", told)
