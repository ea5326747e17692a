"""The bank of wordings: what comes first, what is copied, and what the law leaves open."""

from __future__ import annotations

import pytest

from dashboard.filters import Filters
from dashboard.parts.legal_reach import FLAG, IN_SHORT, STAGES
from dashboard.parts.quotation import plain_text
from dashboard.queries.wordings import levers_by_type, wordings
from pipelines.model.codes import OBJECT_TYPE


def test_binding_words_come_before_intentions(connection):
    frame = wordings(connection, Filters("liten"), "instrument", (), 3)
    test_beds = frame.filter(frame["grp"] == "testbadd")

    assert test_beds["level"].to_list() == sorted(test_beds["level"], reverse=True)
    assert test_beds["level"][0] == 4


@pytest.mark.parametrize("order", ["instrument", "theme", "document_kind"])
def test_each_text_stands_once_in_a_group(connection, order):
    frame = wordings(connection, Filters("liten"), order, (), 5)

    assert frame.height
    assert not frame.select("grp", "quote").is_duplicated().any()


def test_the_number_of_all_is_kept_when_few_are_shown(connection):
    many = wordings(connection, Filters("liten"), "instrument", (), 9)
    one = wordings(connection, Filters("liten"), "instrument", (), 1)

    assert one.height == one["grp"].n_unique()
    size = dict(many.group_by("grp").len().rows())
    assert dict(one.select("grp", "of_all").rows()) == size


def test_those_from_similar_municipalities_say_so(connection):
    near = wordings(connection, Filters("liten"), "instrument", ("9801",), 3)
    none = wordings(connection, Filters("liten"), "instrument", ("9802",), 3)

    assert set(near["nearness"]) == {1}
    assert set(none["nearness"]) == {None}


def test_the_lowest_chosen_level_is_respected(connection):
    frame = wordings(connection, Filters("liten", minimum=4), "instrument", (), 5)

    assert set(frame["level"]) == {4}


def test_what_is_copied_carries_source_flag_and_mark():
    row = {
        "quote": "Byggherren ska prova.", "document_title": "Plan", "object_name": "Plan",
        "municipality_name": "Ulvsund", "page": 3, "document_date": "2024-02-01",
        "source_url": "https://exempel.invalid/plan", "legal_flag": True,
    }  # fmt: skip

    text = plain_text(row, "Påhittat")

    assert text.splitlines() == [
        "”Byggherren ska prova.”", "Källa: Plan, Ulvsund · s. 3 · 2024-02-01",
        FLAG, "Påhittat",
    ]  # fmt: skip


def test_every_type_of_document_has_a_stage_and_a_short_word():
    assert {stage.object_type for stage in STAGES if stage.object_type} == set(OBJECT_TYPE.values)
    assert set(IN_SHORT) == set(OBJECT_TYPE.values)


def test_passages_at_ska_are_counted_by_type(connection):
    rows = {
        row["object_type"]: row for row in levers_by_type(connection, Filters("liten")).to_dicts()
    }

    assert rows["ma"]["at_shall"] == 1
    assert rows["op"]["at_shall"] == 0
