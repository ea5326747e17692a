"""One municipality: who is like it, what is read, and the ladder as bars."""

from __future__ import annotations

import duckdb
import pytest

from dashboard.filters import Filters
from dashboard.queries import municipality


@pytest.fixture
def region():
    with duckdb.connect() as con:
        con.execute(
            """CREATE TABLE municipality(municipality_code VARCHAR, municipality_name VARCHAR,
                 population BIGINT, area_km2 DOUBLE);
               INSERT INTO municipality VALUES ('1', 'Ett', 10000, 100), ('2', 'Två', 11000, 110),
                 ('3', 'Tre', 90000, 50), ('4', 'Okänd', NULL, NULL);
               CREATE TABLE planning_object(object_id VARCHAR, municipality_code VARCHAR);
               INSERT INTO planning_object VALUES ('a', '1'), ('b', '2'), ('c', '3'), ('d', '3')"""
        )
        yield con


def test_the_nearest_is_of_like_size_and_density(region):
    frame = municipality.nearest(region, "1")

    assert frame["municipality_code"].to_list()[:2] == ["1", "2"]
    assert frame["distance"][0] == 0


def test_likeness_is_mutual(region):
    there = dict(municipality.nearest(region, "1").select("municipality_code", "distance").rows())
    back = dict(municipality.nearest(region, "3").select("municipality_code", "distance").rows())

    assert there["3"] == pytest.approx(back["1"])


def test_an_unknown_population_is_left_out_of_the_mean(region):
    far = dict(municipality.nearest(region, "1").select("municipality_code", "distance").rows())

    assert far["4"] is not None


def test_an_unread_type_has_no_level(connection):
    rows = municipality.side_by_side(connection, Filters("liten")).to_dicts()
    by_code = {row["municipality_code"]: row for row in rows}

    assert by_code["9801"]["op_level"] == 2
    assert by_code["9801"]["ma_level"] == 4
    assert by_code["9801"]["dp_level"] == 0
    assert by_code["9802"]["op_level"] is None
    assert by_code["9802"]["op_read"] == 0


def test_a_plan_without_document_keeps_its_row_and_reason(connection):
    frame = municipality.documents(connection, Filters("liten", municipalities=("9802",)))

    assert set(frame["coverage"]) == {"not_collected"}
    assert frame["document_title"].to_list() == [None]


def test_themes_stand_at_the_step_where_they_are_written(connection):
    rows = municipality.theme_steps(connection, Filters("liten", municipalities=("9801",)))

    assert ("energi", "op") in set(rows.select("theme", "step").rows())


def test_facts_of_an_unknown_code_are_empty(connection):
    assert municipality.facts(connection, "0000") == {}
    assert municipality.facts(connection, "9801")["population"] == 41200
