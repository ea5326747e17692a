"""What *Lägsta förpliktelsegrad* means for each kind of number: lists follow, measures do not."""

from __future__ import annotations

import pytest

from dashboard.filters import Filters
from dashboard.pages import IN_MENU
from dashboard.queries.municipality import theme_steps
from dashboard.queries.wordings import levers_by_type
from tests.dashboard.conftest import Place
from tests.dashboard.shown import Shown, stem_of, walk

PASSAGES = ("teman_styrmedel",)
"""Charts that count passages, and so follow the filter; all others count plans and acts."""
LISTS = ("lista-", "belagg", "formuleringsbank", "teman_per_led", "referat")
"""Files of lists, and of counts of passages."""
THREAD = ("roda_traden_teman",)
"""The thread's own question: from which level a municipality counts, said in its subtitle."""


@pytest.fixture(scope="module")
def both(regions: Place) -> tuple[dict[str, Shown], dict[str, Shown]]:
    """Every page without the filter and with it."""
    pages = [page for page in IN_MENU if page != "mote"]
    every, high = (
        walk(regions, pages, region="Exempelregionen", **chosen)
        for chosen in ({}, {"minst": "Ska"})
    )
    return every, high


def follows(name: str, kinds: tuple[str, ...]) -> bool:
    return name.startswith(kinds)


def test_charts_of_plans_tests_and_purchases_say_the_same(both):
    every, high = both
    compared = 0
    for page, shown in every.items():
        for chart, other in zip(shown.charts, high[page].charts, strict=True):
            assert chart.name == other.name
            if not follows(chart.name, (*PASSAGES, *THREAD)):
                compared += 1
                assert chart.table.equals(other.table), f"{page}: {chart.name}"
                assert chart.title == other.title, f"{page}: {chart.name}"
    assert compared > 20


def test_charts_of_passages_follow(both):
    every, high = both
    for page in ("oversiktsplaner", "detaljplaner", "markanvisningar"):
        counted, left = (
            sum(
                chart.table["passages"].sum()
                for chart in shown[page].charts
                if follows(chart.name, PASSAGES)
            )
            for shown in (every, high)
        )
        assert 0 < left < counted


def test_files_of_measures_say_the_same_and_lists_follow(both):
    every, high = both
    same, shorter = 0, 0
    for page, shown in every.items():
        charts = {chart.name for chart in shown.charts}
        for stem in {stem_of(file) for file in shown.files}:
            if stem in charts or stem.startswith("tabell_"):
                continue
            files = (shown.file(stem, "standard"), high[page].file(stem, "standard"))
            rows = [file.rows for file in files if file is not None]
            if follows(stem, LISTS):
                shorter += len(rows[-1]) < len(rows[0])
            else:
                same += 1
                assert len(rows) == 2, f"{page}: {stem}"
                assert rows[0] == rows[1], f"{page}: {stem}"
    assert same > 15
    assert shorter >= 5


def test_headlines_of_measures_are_the_same(both):
    every, high = both
    for page in ("laget", "oversiktsplaner", "markanvisningar", "upphandling", "innovationsindex"):
        first, second = (
            shown[page].html.split('<h1 class="fynd">')[1].split("</h1>")[0] for shown in both
        )
        assert first == second
    assert every.keys() == high.keys()


def test_counts_of_passages_by_theme_and_type_follow(connection):
    low, high = (
        {row[0]: row[1] for row in levers_by_type(connection, chosen).select(
            "object_type", "passages").rows()}
        for chosen in (Filters("liten"), Filters("liten", minimum=4))
    )  # fmt: skip
    assert low == {"ma": 1, "op": 1}
    assert high == {"ma": 1}
    steps = theme_steps(connection, Filters("liten", minimum=4))
    assert set(steps["step"]) == {"ma"}
    assert set(theme_steps(connection, Filters("liten"))["step"]) == {"ma", "op"}


def test_a_link_to_a_lower_level_lists_what_is_said_on_it(open_page, built):
    test = open_page(built, "oversiktsplaner", region="Litenregionen", minst="Ska")
    html = " ".join(element.proto.body for element in test.get("html"))
    assert "hogst=Avsikt" in html
    for link in html.split('href="')[1:]:
        address = link.split('"')[0]
        if "hogst=Avsikt" in address:
            assert "minst=Avsikt" in address
