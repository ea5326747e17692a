"""Utforska: address and choice are one, absence is listed, marked points give their rows."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.utforska.units import own_names
from dashboard.charts.explore import Measure, explore_chart, explore_figure, wide_table
from dashboard.draw.plotly import filled
from dashboard.theme import DARK, LIGHT
from tests.dashboard.shown import walk

CHOICES = [
    {},
    {"enhet": "Handlingar", "vagratt": "År", "lodratt": "Belägg", "farg": "Förpliktelsegrad"},
    {"enhet": "Stadskärnor"},
    {"vagratt": "Genomslag", "farg": "Ingen", "storlek": "Ingen", "till_ar": "2024"},
]
VALUES = pl.DataFrame(
    [
        ("a", "A", 0.5, 10, None), ("b", "B", None, 2, "För få: 2 av minst 5."),
        ("c", "C", None, None, "Ej insamlad."),
    ],
    schema=["unit_id", "unit_name", "value", "n", "absence"],
    orient="row",
).with_columns(
    pl.col("unit_id").alias("municipality_code"),
    pl.col("unit_name").alias("municipality_name"),
    pl.lit("k").alias("key"),
)  # fmt: skip
ONE = Measure("k", "Andel <b>", "andel")


def words(test: AppTest) -> str:
    html = " ".join(element.proto.body for element in test.get("html"))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " "))


def link(test: AppTest) -> dict[str, list[str]]:
    html = " ".join(element.proto.body for element in test.get("html"))
    found = re.findall(r'data-copy="([^"]+)"', html)
    return parse_qs(unescape(found[-1]).removeprefix("?"))


@pytest.mark.parametrize("params", CHOICES, ids=["nothing", "plans", "cores", "years"])
def test_an_address_is_the_choice_and_the_copied_link_says_it_all(open_page, regions, params):
    test = open_page(regions, "utforska", region="Exempelregionen", **params)

    said = link(test)
    assert {name: said[name][0] for name in params} == params
    assert {"enhet", "vagratt", "lodratt", "farg", "storlek"} <= set(said)
    again = open_page(regions, "utforska", **{k: v[0] for k, v in said.items()})
    assert words(again) == words(test)
    for name, chosen in params.items():
        assert str(test.session_state[name]) == chosen


def test_what_the_units_do_not_have_is_no_choice(open_page, regions):
    test = open_page(regions, "utforska", region="Exempelregionen", vagratt="Bredd, tema")

    test.session_state["enhet"] = "Handlingar"
    test.run()

    assert not test.exception
    assert link(test)["vagratt"] == ["Täthet"]


def test_a_missing_share_is_listed_with_its_reason_and_is_never_drawn_as_zero():
    table = wide_table(VALUES, {"x": ONE, "y": ONE, "colour": None, "size": None})

    assert table.select("unit_id", "x", "x_n").rows() == [
        ("a", 50.0, 10), ("b", None, 2), ("c", None, None),
    ]  # fmt: skip
    assert table["absence"].to_list() == [
        None, "För få: 2 av minst 5 (vågrätt och lodrätt)", "Ej insamlad (vågrätt och lodrätt)",
    ]  # fmt: skip
    figure = explore_figure(table, {"x": ONE, "y": ONE})
    assert figure is not None
    assert [point["customdata"] for point in figure.data] == [[["a", 50.0, 50.0]]]
    assert "Andel &lt;b&gt;: 50 % (n = 10)" in figure.data[0]["hovertext"][0]


def test_units_without_a_number_stand_under_the_picture(open_page, regions):
    test = open_page(regions, "utforska", region="Exempelregionen", vagratt="Genomslag")

    found = link(test)
    assert found["vagratt"] == ["Genomslag"]
    assert re.search(r"är inte ritade?.*Det som saknas är inte noll", words(test))


def test_nothing_read_draws_nothing_and_says_why(open_page, regions):
    text = words(open_page(regions, "utforska", region="Stockholmsregionen"))

    assert "Ingen av 26 kommuner" in text or "Inget går att rita" in text


def test_marked_points_give_their_rows_and_the_same_rows_as_a_file(regions):
    marked = ["Askhamn", "Ekmarka"]
    shown = walk(regions, ["utforska"], region="Exempelregionen", markerade=marked)["utforska"]

    (table,) = shown.tables("Markerade")
    file = shown.file("utforska_markerade", "standard")
    assert [row[0] for row in table[1:]] == marked
    assert file is not None
    assert [row[0] for row in file.rows[1:]] == marked
    chart = next(chart for chart in shown.charts if chart.name == "utforska")
    assert file.frame.equals(chart.table.filter(pl.col("unit_name").is_in(marked)))
    assert shown.html.count("ord=") == 0
    assert "belagg?" in shown.html


def test_the_picture_takes_the_colours_of_its_mode_and_says_that_it_is_fictional():
    chart = explore_chart(
        wide_table(VALUES, {"x": ONE, "y": ONE, "colour": ONE, "size": None}),
        {"x": ONE, "y": ONE, "colour": ONE, "size": None},
    )

    for palette in (LIGHT, DARK):
        figure = filled(chart.figure, palette, "Exempeldata")
        assert figure["layout"]["paper_bgcolor"] == palette.card
        assert "@" not in str(figure)
        assert figure["layout"]["annotations"][-1]["text"] == "Exempeldata"
    assert not filled(chart.figure, LIGHT)["layout"]["annotations"]


def test_the_first_page_does_without_the_library(open_page, regions):
    assert not open_page(regions, "laget", region="Exempelregionen").get("plotly_chart")


def test_two_plans_of_one_name_are_told_apart():
    rows = pl.DataFrame(
        [("Kvarnen", "dp"), ("Kvarnen", "ma"), ("Kvarnen", "ma"), ("Ån", "op")],
        schema=["object_name", "object_type"],
        orient="row",
    ).with_columns(pl.lit("Ulvsund").alias("municipality_name"))

    assert rows.select(own_names().alias("name"))["name"].to_list() == [
        "Kvarnen, Ulvsund (detaljplan)", "Kvarnen, Ulvsund (markanvisning) nr 1",
        "Kvarnen, Ulvsund (markanvisning) nr 2", "Ån, Ulvsund",
    ]  # fmt: skip
