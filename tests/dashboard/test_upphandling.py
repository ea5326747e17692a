"""Procurements: what is counted, how SMEs fare, and what price weighs in allocations."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

from dashboard import measures
from dashboard.app_pages.upphandling import cards
from dashboard.app_pages.upphandling.finding import finding
from dashboard.charts.procurement import (
    by_buyer,
    by_kind,
    by_year,
    kind_by_year,
    sme_winners,
    years,
)
from dashboard.charts.public_actors import doors, public_actors
from dashboard.charts.values import whole
from dashboard.filters import Filters
from dashboard.parts.measure_words import millions
from dashboard.parts.table import Cell, never_known, without
from dashboard.queries import procurement
from pipelines.indicators.scope import Scope, Selection
from tests.dashboard.meeting_world import enter, new_meeting
from tests.dashboard.meeting_world import whole as whole_view
from tests.indicators.regions import Edition

DASHED = Cell("–")


def kinds(*rows: tuple[str, int, int, int]) -> pl.DataFrame:
    names = ("procurement_kind", "procurements", "won_by_sme", "size_known")
    return pl.DataFrame(rows, schema=names, orient="row")


def asked(edition: Edition, **chosen: object) -> measures.Frames:
    return measures.procurement(Scope(edition.facts, Selection(**chosen)))


@pytest.mark.parametrize(
    "chosen", [{}, {"year_from": 2023}, {"themes": ("energi",)}, {"municipalities": ("9901",)}]
)
def test_the_tables_count_what_the_measures_count(editions, chosen):
    frames = asked(editions["exempel"], **chosen)
    values, table = frames["values"], by_kind(frames["procurements"])
    tools = table.filter(pl.col("procurement_kind") != "ordinary")
    used, won = whole(values, "3.2"), whole(values, "3.3")["smf"]

    assert table["procurements"].sum() == used["alla"]["n"]
    assert tools["procurements"].sum() == (used["alla"]["value"] or 0)
    for kind, number in tools.select("procurement_kind", "procurements").rows():
        assert used[f"slag:{kind}"]["value"] == number
    assert tools["value_sek"].sum() == (used["varde"]["value"] or 0)
    assert (tools["won_by_sme"].sum(), tools["size_known"].sum()) == (
        int(won["numerator"] or 0), won["n"]
    )  # fmt: skip
    assert by_buyer(frames["procurements"])["procurements"].sum() == tools["procurements"].sum()
    dated = by_year(frames["procurements"])
    assert dated["with_tool"].sum() == kind_by_year(frames["procurements"])["procurements"].sum()


def test_the_list_holds_every_procurement_that_is_counted(editions):
    edition = editions["exempel"]
    counted = asked(edition, year_from=2023, themes=("energi",))["procurements"]
    with duckdb.connect(str(edition.file), read_only=True) as con:
        listed = procurement.procurement_list(
            con, Filters("exempel", year_from=2023, themes=("energi",))
        )

    assert set(counted["procurement_id"]) == set(listed["procurement_id"])
    assert 0 < counted.height < edition.tables["procurement"].height


def test_a_sum_of_unknown_values_is_no_value(editions):
    table = by_kind(asked(editions["stockholm"])["procurements"])

    assert table.height
    assert table["value_sek"].null_count() == table.height
    assert table["with_value"].sum() == 0


def test_a_year_outside_the_register_leaves_nothing(connection):
    assert not procurement.procurement_list(connection, Filters("liten", year_from=2030)).height


def test_the_finding_gives_no_share_of_what_was_never_collected(editions):
    frames = asked(editions["stockholm"])

    found = finding(frames["values"], by_buyer(frames["procurements"]).height)

    assert found.headline == "21 kända upphandlingar har ett innovationsverktyg"
    assert "inte insamlat hur många andra upphandlingar som gjorts och vem som vann" in found.lead


def test_the_finding_compares_tools_with_all_and_counts_smes(editions):
    found = finding(asked(editions["exempel"])["values"], 1)

    assert found.headline == (
        "14 av 41 kända upphandlingar har ett innovationsverktyg – mindre företag vann 11 av 14"
    )
    assert "En offentlig köpare har använt" in found.lead


def test_the_finding_of_nothing_says_so(editions):
    found = finding(asked(editions["exempel"], municipalities=("0000",))["values"], 0)

    assert found.headline == "Inga upphandlingar med innovationsverktyg i urvalet"


def test_shares_of_open_doors_are_the_measures_own(editions):
    values = asked(editions["exempel"])["values"]
    chart = doors(values)

    own = [("3.2", "andel"), ("3.3", "smf"), ("3.3", "nya"), ("3.1", "alla")]
    expected = [whole(values, key)[part]["value"] for key, part in own]
    assert chart.table["share"].to_list() == pytest.approx([100 * each for each in expected])
    assert chart.title == "18 av 21 upphandlingar som kan jämföras vanns av en ny leverantör"


def test_doors_that_nobody_has_counted_give_their_reason(editions):
    chart = doors(asked(editions["stockholm"])["values"])

    assert chart.table["share"].null_count() == 3
    assert "uppgiften saknas för 21\u00a0upphandlingar" in chart.alt
    assert chart.title.startswith("14 av 43 markanvisningar")


def test_public_actors_are_counted_by_role_with_their_basis(editions):
    for region, edition in editions.items():
        values = asked(edition)["values"]
        parts = whole(values, "3.4")
        chart = public_actors(values)
        assert chart.table["active"].to_list() == [row["value"] for row in parts.values()], region
        assert f"Datum känt för {parts['alla']['n']} av" in chart.note
    assert chart.title == "Tre offentliga aktörer har öppnat en dörr på ett år"
    assert "Sju piloter drivs av två eller fler" in chart.subtitle


def test_no_actor_at_all_is_said(editions):
    chart = public_actors(asked(editions["exempel"], municipalities=("0000",))["values"])

    assert chart.figure is None
    assert chart.title == "Ingen offentlig aktör är känd i urvalet"


def test_fewer_than_five_known_winners_give_no_share():
    chart = sme_winners(kinds(("fkup", 9, 3, 4)))

    assert chart.table["share"].to_list() == [None]
    assert chart.title.startswith("För få")
    assert "4 av 9" in chart.note


def test_an_unknown_size_is_neither_won_nor_lost():
    row = sme_winners(kinds(("fkup", 12, 3, 8))).table.row(0, named=True)

    assert (row["won"], row["lost"], row["unknown"]) == (3, 5, 4)
    assert row["low"] < row["share"] < row["high"]


def test_the_undated_are_said_to_be_left_out():
    frame = pl.DataFrame(
        {
            "procurement_year": [2021, 2024, 2024, 2024, 2024, 2024, None],
            "has_tool": [True, True, True, False, False, False, True],
        }
    )

    chart = years(frame)

    assert "1 utan känt år" in chart.note
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


def test_columns_that_nobody_has_collected_are_named_and_not_drawn():
    rows = [[Cell("A"), Cell("ej insamlat"), Cell("3")], [Cell("B"), Cell("ej insamlat"), DASHED]]

    unknown = never_known(rows, "ej insamlat")
    headers, told = without(["Verktyg", "Värde", "Antal"], rows, unknown)

    assert unknown == {1}
    assert headers == ["Verktyg", "Antal"]
    assert [[cell.text for cell in row] for row in told] == [["A", "3"], ["B", "–"]]
    assert never_known([]) == frozenset()


@pytest.mark.parametrize(
    ("region", "said"),
    [("stockholm", "Ej insamlat för någon: värde och vunna av mindre företag"), ("exempel", "")],
)
def test_the_page_says_once_what_no_procurement_tells(regions, monkeypatch, region, said):
    enter(regions, monkeypatch)
    view = whole_view(new_meeting(region))
    frames = view.measure(measures.procurement)
    rows = [cards._tool_row(row)
            for row in by_kind(frames["procurements"]).to_dicts()]  # fmt: skip
    unknown = never_known(rows, "ej insamlat")

    words = cards.said_of_columns("Allt.", "Antal.", cards._TOOL_HEADERS, unknown)

    assert words == (f"Antal. {said}." if said else "Allt.")
