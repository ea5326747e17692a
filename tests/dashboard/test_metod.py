"""Method: every measure and codebook entry is shown, and no code is left without Swedish words."""

from __future__ import annotations

import typing

from dashboard.components.codebook_panels import _MEANINGS, KINDS, _found
from dashboard.components.method_panels import finding
from dashboard.queries import method
from pipelines.reading.codebook import Kind


def test_every_kind_of_entry_has_swedish_words():
    assert set(KINDS) == set(typing.get_args(Kind))
    assert set(_MEANINGS) == set(KINDS)


def test_measures_stand_in_the_order_of_their_numbers(connection):
    ids = method.indicators(connection)["indicator_id"].to_list()
    plan = [int(each.split(".")[1]) for each in ids if each.startswith("1.")]

    assert plan == sorted(plan)
    assert ids.index("2.1") < ids.index("3.1") < ids.index("K.1")


def test_the_codebook_is_searched_in_words_and_meanings(connection):
    entries = method.codebook(connection)

    assert "Ska" in _found(entries, "måste")["label"].to_list()
    assert not _found(entries, "finns-inte(").height


def test_coverage_counts_everything_known(connection):
    frame = method.coverage(connection)

    assert (
        frame["objects"].sum() == connection.sql("SELECT count(*) FROM planning_object").pl().item()
    )


def test_the_finding_counts_read_against_known(connection):
    found = finding(method.quality(connection, "liten"), 16)

    assert "lästa" in found.headline
    assert "filtret påverkar den inte" in found.lead
