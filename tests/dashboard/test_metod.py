"""Method: every measure and codebook entry is shown, and no code is left without Swedish words."""

from __future__ import annotations

import re
import typing
from html import unescape

import duckdb
import pytest

from dashboard.app_pages.metod.codebook import _MEANINGS, KINDS, _found
from dashboard.app_pages.metod.finding import finding
from dashboard.parts.measure_words import measure_list, together
from dashboard.queries import method
from pipelines.model.codes import ABSENCE
from pipelines.reading.codebook import Kind
from tests.indicators.regions import Edition


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


def part(name: str, value: float | None, absence: str | None = None) -> dict[str, object]:
    code = None if absence is None else ABSENCE.codes[0].code
    return {"indicator_id": "K.9", "indicator_label": "Prov", "question": "Hur?", "part": name,
            "part_label": name.upper(), "unit_kind": "region", "unit_name": "R", "value": value,
            "value_unit": "andel", "numerator": value, "n": 10 if value else 0, "known": 12,
            "low": None, "high": None, "absence_kind": code, "absence": absence}  # fmt: skip


def test_parts_missing_for_one_reason_are_said_once():
    rows = [part("op", None, "Inget läst."), part("dp", None, "Inget läst.")]

    drawn = str(measure_list({"K.9": rows}))

    assert drawn.count("inget läst") == 1
    assert "(24 kända)" in drawn
    assert len(together([*rows, part("ma", 0.5)])) == 3


def test_a_reason_that_counts_is_not_counted_again():
    drawn = str(measure_list({"K.9": [part("op", None, "Ej insamlat: 12 kända, inga lästa.")]}))

    assert drawn.count("12") == 1


@pytest.mark.parametrize("region", ["exempel", "stockholm"])
def test_quality_shows_every_part_of_the_editions_own_values(
    editions: dict[str, Edition], region: str
):
    edition = editions[region]
    with duckdb.connect(str(edition.file), read_only=True) as con:
        frame = method.quality(con, region)
    own = edition.tables["indicator_value"]
    measures: dict[str, list[dict]] = {}
    for row in frame.to_dicts():
        measures.setdefault(row["indicator_id"], []).append(row)

    drawn = unescape(re.sub(r"<[^>]+>", " ", str(measure_list(measures, questions=True))))

    published = own.filter(own["unit_kind"] == "region", own["indicator_id"].str.starts_with("K."))
    assert frame.height == published.height
    assert sorted(measures) == ["K.1", "K.2", "K.3", "K.4", "K.5"]
    for row in published.drop_nulls("value").to_dicts():
        assert row["indicator_label"] in drawn
        share = f"{100 * row['value']:.0f}\u00a0%"
        assert row["value_unit"] != "andel" or share in drawn or row["value"] < 0.01
