"""The change of a share on *Läget*: between two editions, split into causes that sum to it."""

from __future__ import annotations

import re
import shutil

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.change import documents_words, points
from dashboard.database import connection, current_edition
from dashboard.meeting.compare import edition_before
from dashboard.text import apportioned
from pipelines.build import build_with_earlier
from pipelines.indicators.change import split_change
from pipelines.indicators.facts import Facts
from pipelines.indicators.worlds import Worlds
from pipelines.model.codes import CAUSE
from pipelines.model.region import load_region
from pipelines.progress import Progress
from pipelines.warehouse.edition import list_editions
from tests.dashboard.conftest import Place
from tests.dashboard.shown import html_of, text_of


@pytest.fixture
def two_editions(regions, tmp_path, monkeypatch) -> Place:
    """The example with an older edition: two land allocations were not read then."""
    place = Place(regions.data, tmp_path / "editions")
    shutil.copytree(regions.editions, place.editions)
    place.enter(monkeypatch)
    file = place.editions / "exempel" / "2026-06-01-aaaaaaaa.duckdb"
    shutil.copy(current_edition("exempel"), file)
    with duckdb.connect(str(file)) as con:
        con.execute("UPDATE edition SET built_at = TIMESTAMP '2026-06-01 09:00', edition_id = 'x'")
        gone = con.sql(
            "SELECT object_id FROM planning_object WHERE object_type = 'ma' AND level = 4 "
            "AND coverage = 'read_found' ORDER BY object_id LIMIT 2"
        ).fetchall()
        for (plan,) in gone:
            con.execute("DELETE FROM passage WHERE object_id = ?", [plan])
            con.execute(
                "UPDATE document SET sha256 = NULL, coverage = 'not_collected' WHERE object_id = ?",
                [plan],
            )
            con.execute(
                "UPDATE planning_object SET coverage = 'not_collected', level = NULL, "
                "passages = NULL WHERE object_id = ?",
                [plan],
            )
    return place


def test_two_editions_give_a_change_whose_parts_sum(open_page, two_editions):
    html = html_of(open_page(two_editions, "laget", region="Exempelregionen"))
    edition = current_edition("exempel")
    earlier = edition_before("exempel", edition)
    before, after = (
        Facts("exempel", "", connection=connection(file)) for file in (earlier.file, edition)
    )
    rows = split_change(Worlds(before, after), indicators=("1.3",)).filter(pl.col("part") == "ma")
    first = rows.row(0, named=True)

    assert earlier.day == "2026-06-01"
    old, new = (f"{100 * first[name]:.0f}" for name in ("before", "after"))
    assert (
        f"Andel handlingar med krav och styrmedel, markanvisning: från {old} till {new} procent"
        in html
    )
    assert "Sedan förra" in html
    drawn = re.findall(r'class="namn">([^<]*)</p>.*?class="tyst not">([^<]*)<',
                       html[html.index("Sedan förra") :])  # fmt: skip
    end = [name for name, _ in drawn].index("Nu")
    (first_name, then), *causes, (_, now) = drawn[: end + 1]
    shown = [each for _, each in causes]
    assert first_name == "Då"
    assert [then, now] == [f"{old}\u00a0%", f"{new}\u00a0%"]
    signed = [float(each.replace("−", "-").replace(",", ".")) for each in shown]
    assert sum(signed) == pytest.approx(100 * first["change"], abs=0.06)
    assert re.search(r"\d+ nya dokument", text_of(html))


def test_only_some_indicators_can_be_split_and_give_the_same(two_editions):
    edition = current_edition("exempel")
    earlier = edition_before("exempel", edition).file
    before, after = (
        Facts("exempel", "", connection=connection(file)) for file in (earlier, edition)
    )

    everything = split_change(Worlds(before, after))
    some = split_change(Worlds(before, after), indicators=("1.3", "3.3"))

    assert set(some["indicator_id"]) == {"1.3", "3.3"}
    assert some.equals(everything.filter(pl.col("indicator_id").is_in(["1.3", "3.3"])))


@given(st.lists(st.floats(-0.4, 0.4), min_size=len(CAUSE.values), max_size=len(CAUSE.values)))
def test_causes_as_shown_sum_to_the_change_as_shown(contributions):
    rows = pl.DataFrame({"cause_label": list(CAUSE.labels.values()), "contribution": contributions})

    shown = [words.replace("−", "-").replace("±", "") for _, words in points(rows)]

    numbers = [float(each.replace(",", ".").replace("\u00a0", "")) for each in shown]
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1])


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8), st.integers(0, 2))
def test_apportioned_parts_are_near_and_sum(parts, decimals):
    shown = apportioned(parts, decimals)

    assert sum(shown) == pytest.approx(round(sum(parts), decimals), abs=1.1 * 10**-decimals)
    assert all(abs(a - b) <= 10**-decimals for a, b in zip(parts, shown, strict=True))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((8, 1, 0), "8 nya och 1 reviderat dokument"),
        ((1, 0, 0), "1 nytt dokument"),
        ((2, 3, 1), "2 nya, 3 reviderade och 1 utgånget dokument"),
        ((0, 0, 0), ""),
    ],
)
def test_documents_are_counted_in_words(counts, words):
    assert documents_words(*counts).replace("\u00a0", " ") == words


def test_a_newcomer_gets_an_earlier_edition_to_compare_with(regions, tmp_path, monkeypatch):
    Place(regions.data, tmp_path / "editions").enter(monkeypatch)
    shutil.copytree(regions.editions / "cache", tmp_path / "editions" / "cache")
    region = load_region("exempel")
    assert region.earlier is not None

    build_with_earlier(region, progress=Progress(quiet=True))

    edition = current_edition("exempel")
    earlier = edition_before("exempel", edition)
    assert earlier.day == str(region.earlier)
    with duckdb.connect(str(earlier.file), read_only=True) as con:
        latest = con.sql("SELECT max(document_date) FROM document WHERE sha256 IS NOT NULL")
        assert latest.fetchall()[0][0] <= str(region.earlier)
        assert con.sql("SELECT count(*) FROM human_code").fetchall() == [(0,)]
    before, after = (
        Facts("exempel", "", connection=connection(file)) for file in (earlier.file, edition)
    )
    changed = split_change(Worlds(before, after)).filter(pl.col("contribution").abs() > 0)
    assert "new_documents" in set(changed["cause"])

    build_with_earlier(region, progress=Progress(quiet=True))
    assert len(list_editions("exempel")) == 2
