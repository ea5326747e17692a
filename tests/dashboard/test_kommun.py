"""One municipality: who is like it, what is read, and the ladder as bars."""

from __future__ import annotations

from dashboard.filters import Filters
from dashboard.queries import municipality


def test_the_municipality_itself_comes_first_and_then_the_most_alike(connection):
    frame = municipality.nearest(connection, "9801")

    assert frame["municipality_code"][0] == "9801"
    assert set(frame["municipality_code"]) == {"9801", "9802", "9803"}
    assert frame["distance"].to_list() == sorted(frame["distance"])
    assert frame["reason"][1]


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


def _documents(test) -> str:
    html = " ".join(element.proto.body for element in test.get("html"))
    return html.split("<caption>Handlingar och dokument</caption>")[1].split("</table>")[0]


def test_columns_about_documents_stand_only_where_one_is_collected(open_page, built):
    read = _documents(open_page(built, "kommun", region="Litenregionen", kommun="Ulvsund"))
    unread = _documents(open_page(built, "kommun", region="Litenregionen", kommun="Torpa"))

    assert ">Dokument</th>" in read
    assert ">Sidor</th>" in read
    assert ">Dokument</th>" not in unread
    assert ">Ej insamlad<" in unread
    assert "Inget dokument är insamlat" not in unread
