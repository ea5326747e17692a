"""Numbers under any selection, and that an edition's file gives what was published with it."""

import polars as pl
import pytest

from pipelines.indicators.catalog import measure
from pipelines.indicators.planning import inclusion
from pipelines.indicators.scope import Scope, Selection, count_left
from pipelines.indicators.testing import named_activities
from pipelines.indicators.values import value_table
from tests.indicators.regions import Edition

SELECTIONS = (
    Selection(object_types=("dp",), stages=("samrad", "laga_kraft"), year_from=2019, year_to=2025),
    Selection(themes=("energi",), instruments=("testbadd",), minimum=2),
    Selection(highest=4),
    Selection(municipalities=("9999",)),
)


def test_the_numbers_of_the_file_are_the_published_ones(edition: Edition):
    asked = measure(Scope(edition.facts)).drop("unit_id", "unit_name")
    assert asked.equals(edition.tables["indicator_value"].drop("unit_id", "unit_name"))


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_every_number_under_a_selection_has_a_value_or_a_reason(
    edition: Edition, selection: Selection
):
    values = measure(Scope(edition.facts, selection))
    assert values["value"].is_null().equals(values["absence"].is_not_null())


def test_a_place_in_the_selection_has_the_numbers_of_its_own_edition_rows(edition: Edition):
    code = edition.facts.municipalities["municipality_code"][0]
    scope = Scope(edition.facts, Selection(municipalities=(code,)))
    # The index and new suppliers depend on who else is chosen; other numbers of texts do not.
    is_text = pl.col("indicator_id").str.contains(r"^1\.[1-8]$")
    own = (pl.col("unit_id") == code) & is_text
    assert measure(scope).filter(own).equals(edition.tables["indicator_value"].filter(own))
    assert scope.units["unit_kind"].to_list() == ["urval", "kommun"]


def test_a_theme_filter_counts_only_its_passages(editions: dict[str, Edition]):
    edition = editions["exempel"]
    scope = Scope(edition.facts, Selection(themes=("mobilitet",), minimum=3))
    read = edition.tables["planning_object"].filter(pl.col("coverage") == "read_found")
    plain = edition.tables["passage"].filter(
        "is_counted", pl.col("level") >= 3, pl.col("themes").list.contains("mobilitet"),
        pl.col("object_id").is_in(read["object_id"].implode()),
    )  # fmt: skip
    assert plain.height > 0
    assert count_left(scope)["passages"] == plain.height
    hits = value_table(inclusion(scope)).filter(pl.col("unit_kind") == "region")["numerator"]
    assert hits.sum() == plain["object_id"].n_unique()


def test_a_period_leaves_tests_that_ran_in_it(editions: dict[str, Edition]):
    edition = editions["exempel"]
    found = named_activities(Scope(edition.facts, Selection(year_from=2021, year_to=2021)))
    assert found.height > 0
    assert (found["start_year"] <= 2021).all()
    assert (found["end_year"].fill_null(9999) >= 2021).all()


def test_what_a_choice_leaves_is_counted(editions: dict[str, Edition]):
    facts = editions["exempel"].facts
    assert count_left(Scope(facts, Selection(municipalities=("9999",)))) == {
        "known": 0, "read": 0, "passages": 0, "municipalities": 0
    }  # fmt: skip
    left = count_left(Scope(facts))
    assert left["read"] < left["known"]
    assert left["municipalities"] == facts.municipalities.height


def test_a_median_has_its_bootstrap_interval(editions: dict[str, Edition]):
    values = editions["exempel"].tables["indicator_value"]
    medians = values.filter(
        (pl.col("part").str.ends_with(":median") & (pl.col("indicator_id") == "1.5"))
        | (pl.col("indicator_id") == "K.3")
        | (pl.col("part").is_in(["vikt", "pris"]) & (pl.col("indicator_id") == "3.1"))
    ).drop_nulls("value")
    assert medians["indicator_id"].n_unique() >= 2
    assert (medians["low"] <= medians["value"]).all()
    assert (medians["high"] >= medians["value"]).all()
    assert medians["low"].null_count() == medians["high"].null_count() == 0
