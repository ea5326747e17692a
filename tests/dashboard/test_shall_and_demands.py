"""*Krav* is the level Ska, *krav och styrmedel* measure 1.3: no words tell two numbers."""

from __future__ import annotations

import re
from html import unescape

import polars as pl
import pytest

from dashboard.pages import IN_MENU
from pipelines.indicators.catalog import INDICATOR
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
    return walk(place, list(IN_MENU), region="Litenregionen", kommun=["Ulvsund"])


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


def test_sentences_call_the_level_a_demand(shown):
    assert "skriver om innovation i den – en ställer krav" in words(shown["laget"])
    assert "1 av 1 lästa översiktsplaner" in words(shown["laget"])
    assert "lästa handlingar ställer krav" in words(shown["kommun"])


@pytest.mark.parametrize("page", IN_MENU)
def test_the_measure_is_never_called_by_the_levels_words_alone(shown, page):
    told = words(shown[page])
    label = INDICATOR["1.3"].label
    assert label.endswith("krav och styrmedel")
    assert not re.search(r"(?i)\bhandlingar med krav\b(?! och styrmedel)", told)
    assert not re.search(r"(?i)andel\w* med krav\b(?! och styrmedel)", told)
