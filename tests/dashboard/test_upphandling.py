"""Procurements: what is counted, how SMEs fare, and what price weighs in allocations."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.charts.chart import Style
from dashboard.charts.procurement import sme_winners, years
from dashboard.components.indicator_words import millions
from dashboard.components.procurement_finding import finding
from dashboard.filters import Filters
from dashboard.queries import procurement
from dashboard.theme import LIGHT

STYLE = Style(LIGHT)
NONE = pl.DataFrame(schema={"buyer": pl.String})


def kinds(*rows: tuple[str, int, int, int]) -> pl.DataFrame:
    names = ("procurement_kind", "procurements", "won_by_sme", "size_known")
    return pl.DataFrame(rows, schema=names, orient="row")


def test_a_tool_is_told_from_ordinary_procurement(connection):
    frame = procurement.by_kind(connection, Filters("liten"))

    assert frame["procurement_kind"].to_list() == ["funktionsupphandling"]
    assert frame["value_sek"].to_list() == [None]


def test_a_year_outside_the_register_leaves_nothing(connection):
    assert not procurement.procurement_list(connection, Filters("liten", year_from=2030)).height


def test_the_finding_gives_no_share_of_what_was_never_collected():
    found = finding(kinds(("innovationsupphandling", 9, 0, 0)), NONE)

    assert found.headline == "Nio kända upphandlingar har ett innovationsverktyg"
    assert "inte insamlat" in found.lead


def test_the_finding_compares_tools_with_all_and_counts_smes():
    found = finding(kinds(("ordinary", 10, 2, 10), ("funktionsupphandling", 6, 4, 5)), NONE)

    assert found.headline.startswith("6 av 16 kända upphandlingar")
    assert found.headline.endswith("mindre företag vann fyra av fem")


def test_fewer_than_five_known_winners_give_no_share():
    chart = sme_winners(kinds(("fkup", 9, 3, 4)), STYLE)

    assert chart.table["share"].to_list() == [None]
    assert chart.title.startswith("För få")
    assert "4 av 9" in chart.note


def test_an_unknown_size_is_neither_won_nor_lost():
    row = sme_winners(kinds(("fkup", 12, 3, 8)), STYLE).table.row(0, named=True)

    assert (row["won"], row["lost"], row["unknown"]) == (3, 5, 4)
    assert row["low"] < row["share"] < row["high"]


def test_the_undated_are_said_to_be_left_out():
    frame = pl.DataFrame(
        {"procurement_year": [2021, 2024], "with_tool": [1, 2], "ordinary": [0, 3]}
    )

    chart = years(frame, 7, STYLE)

    assert "7 utan känt år" in chart.note
    assert chart.title == "Två med innovationsverktyg 2022–2024, en under 2019–2021"


def test_price_is_weighed_against_everything_else():
    with duckdb.connect() as con:
        con.execute(
            """CREATE TABLE municipality AS SELECT '1' municipality_code, 'A' municipality_name;
            CREATE TABLE land_allocation AS SELECT 'x' allocation_id, '1' municipality_code,
              'Kv' allocation_name, 'decision' allocation_kind, '2024-01-02' decision_date,
              ['Markpris:30', 'Gestaltning:50', 'Kvot 1:2: nytt:20'] criteria_weights"""
        )
        row = procurement.allocation_criteria(con, Filters("r")).row(0, named=True)

    assert (row["price"], row["other"]) == (30.0, 70.0)
    assert row["criteria"][0] == "Gestaltning 50"


def test_kronor_are_written_as_millions():
    assert millions(18_500_000) == "18,5\u00a0mnkr"
    assert millions(None) == "–"
