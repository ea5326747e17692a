"""Innovationsindex: the page's numbers are the indicator's, weights sum, too little is no zero."""

from __future__ import annotations

import re
from html import unescape

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import measures
from dashboard.app_pages.innovationsindex.cards import scaled, whole_percent
from dashboard.charts.innovation_index import (
    PART_LABELS,
    interval_chart,
    place_words,
    scored,
    sensitivity_chart,
)
from pipelines.indicators.facts import Facts
from pipelines.indicators.index_draws import CHOICES
from pipelines.indicators.innovation_index import COMPONENTS, EQUAL, EVERYWHERE
from pipelines.indicators.scope import Scope
from tests.dashboard.conftest import facts_of

POINTS = st.fixed_dictionaries(dict.fromkeys(COMPONENTS, st.integers(0, 10)))


@pytest.fixture
def index(regions, monkeypatch) -> Facts:
    regions.enter(monkeypatch)
    return facts_of("exempel", "Exempelregionen")


def words(test: AppTest) -> str:
    html = " ".join(element.proto.body for element in test.get("html"))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " "))


def shown(test: AppTest) -> dict[str, str]:
    """Municipality → index and components as the page's table says them."""
    html = next(
        element.proto.body
        for element in test.get("html")
        if "<caption>Indexets delar" in element.proto.body
    )
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", html)
    cells = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).split() for row in rows]
    return {cell[0]: " ".join(cell[1:6]) for cell in cells}


def told(row: dict[str, float]) -> str:
    return " ".join(f"{row[name]:.0f}" for name in ("score", *COMPONENTS))


@pytest.mark.parametrize(
    "params", [{}, {"vikt_tathet": "9", "vikt_djup": "0"}], ids=["even", "own weights"]
)
def test_the_page_says_the_numbers_of_the_indicator(open_page, regions, index, params):
    test = open_page(regions, "innovationsindex", region="Exempelregionen", **params)
    points = {"depth": 5, "breadth": 5, "density": 5, "carry": 5}
    if params:
        points |= {"density": 9, "depth": 0}
    ranks = measures.index(Scope(index), scaled(points))["index_rank"]
    names = dict(index.municipalities.select("municipality_code", "municipality_name").rows())

    scores = ranks.filter(pl.col("score").is_not_null()).to_dicts()
    assert shown(test) == {names[row["municipality_code"]]: told(row) for row in scores}
    assert len(scores) >= 3
    assert ("Med egna vikter" in words(test)) is bool(params)


def test_too_little_is_said_with_its_reason_and_is_no_zero(open_page, regions, index):
    text = words(open_page(regions, "innovationsindex", region="Exempelregionen"))
    ranks = measures.index(Scope(index))["index_rank"]

    reasons = set(ranks["absence"].drop_nulls())
    assert reasons
    for reason in reasons:
        assert reason.rstrip(".") in text
    assert ranks.filter(pl.col("absence").is_not_null())["score"].null_count() == len(
        ranks["absence"].drop_nulls()
    )


def test_nothing_read_gives_no_index_and_no_drawing(open_page, regions):
    test = open_page(regions, "innovationsindex", region="Stockholmsregionen")

    assert "Inget index går att räkna ännu: ingen handling är läst" in words(test)
    assert "26 kommuner saknar underlag" in words(test)
    assert not test.get("plotly_chart")
    assert not test.slider


def test_weights_can_be_given_back(open_page, regions):
    test = open_page(regions, "innovationsindex", region="Exempelregionen", vikt_djup="9")
    assert test.slider(key="vikt_djup").value == 9

    test.button(key="aterstall-vikter").click().run()

    assert {slider.value for slider in test.slider} == {5}
    assert "Med egna vikter" not in words(test)


@given(POINTS)
def test_weights_sum_to_one_and_to_a_hundred_percent(points):
    weights = scaled(points)

    assert sum(weights.values()) == pytest.approx(1)
    assert sum(whole_percent(weights).values()) == 100
    for name, weight in weights.items():
        assert abs(whole_percent(weights)[name] - 100 * weight) < 1


def test_four_zeros_say_nothing():
    assert scaled(dict.fromkeys(COMPONENTS, 0)) == EQUAL


def rank_row(name: str, score: float, low: int, high: int, *, withheld: bool):
    return {
        "municipality_code": name, "municipality_name": name, "score": score, "low": score - 5,
        "high": score + 5, **dict.fromkeys(PART_LABELS, score), "rank": None if withheld else low,
        "rank_low": low, "rank_high": high, "is_withheld": withheld, "absence": None,
    }  # fmt: skip


def test_a_place_that_overlaps_is_an_interval_in_words():
    rows = pl.DataFrame(
        [
            rank_row("A", 40.0, 2, 3, withheld=True),
            rank_row("B", 45.0, 2, 3, withheld=True),
            rank_row("C", 90.0, 1, 1, withheld=False),
        ],
        schema_overrides={"rank": pl.Int64, "absence": pl.String},
    )
    chart = interval_chart(scored(rows, by_score=True), rows)

    assert [place_words(row) for row in rows.to_dicts()] == ["plats 2–3", "plats 2–3", "plats 1"]
    assert chart.title == "En av tre platser går att skilja från de andra"
    assert "B 45 (40–50), plats 2–3" in chart.alt
    assert chart.alt.index("C 90") < chart.alt.index("B 45") < chart.alt.index("A 40")


def test_what_the_places_depend_on_is_said_in_words():
    table = pl.DataFrame(
        {
            "unit_id": [EVERYWHERE] * 3,
            "choice": list(CHOICES),
            "first_order": [0.2, 0.5, 0.1],
            "total_order": [0.3, 0.7, 0.15],
        }
    )
    still = table.with_columns(pl.lit(None, pl.Float64).alias("first_order"),
                               pl.lit(None, pl.Float64).alias("total_order"))  # fmt: skip

    chart = sensitivity_chart(table, {})
    assert chart.title == "Mest betyder hur delarna görs jämförbara"
    together, alone = (trace["x"] for trace in chart.figure.data)
    assert (together, alone) == ([70, 30, 15], [50, 20, 10])
    notes = [note["text"] for note in chart.figure.layout["annotations"]]
    assert notes == ["50 / 70", "20 / 30", "10 / 15"]
    assert sensitivity_chart(still, {}).figure is None
    assert sensitivity_chart(still, {}).title.startswith("Platserna är desamma")
