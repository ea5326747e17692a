"""The pages' questions under any selection, and that they say what the edition says."""

import numpy as np
import polars as pl
import pytest

from pipelines.indicators import pages
from pipelines.indicators.scope import Scope
from pipelines.indicators.selection import Selection
from tests.indicators.regions import Edition

PAGES = (
    pages.overview, pages.plans, pages.allocations, pages.red_thread, pages.testing_activities,
    pages.procurement, pages.municipality, pages.index, pages.data_quality,
)  # fmt: skip
SELECTIONS = (
    Selection(),
    Selection(object_types=("dp",), stages=("samrad", "laga_kraft"), from_year=2019, to_year=2025),
    Selection(themes=("energi",), instruments=("testbadd",), lowest="aim"),
    Selection(municipalities=("9999",)),
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_the_published_number_is_the_pages_number(edition: Edition, page):
    values = page(Scope(edition.index))["values"]
    published = edition.tables["indicator_value"]
    keys = ["indicator_id", "unit_kind", "unit_id", "part"]
    columns = [*keys, "value", "low", "high", "n", "known", "absence"]
    joined = values.select(columns).sort(keys).join(published.select(keys), on=keys, how="semi")
    same = published.select(columns).join(values.select(keys), on=keys, how="semi").sort(keys)
    assert values.height == joined.height
    assert joined.equals(same)


@pytest.mark.parametrize("selection", SELECTIONS[1:], ids=str)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_page_answers_under_any_selection(edition: Edition, page, selection: Selection):
    values = page(Scope(edition.index, selection))["values"]
    assert values["value"].is_null().equals(values["absence"].is_not_null())


def test_a_place_in_the_selection_has_the_numbers_of_its_own_edition_rows(edition: Edition):
    code = edition.index.codes[0]
    scope = Scope(edition.index, Selection(municipalities=(code,)))
    chosen = pages.plans(scope)["values"].filter(pl.col("unit_id") == code)
    whole = pages.plans(Scope(edition.index))["values"].filter(pl.col("unit_id") == code)
    assert chosen.equals(whole)
    assert scope.units["unit_kind"].to_list() == ["urval", "kommun"]


def test_a_core_narrows_objects_and_tests(editions: dict[str, Edition]):
    edition = editions["exempel"]
    core = edition.tables["regional_core"]["core_id"][0]
    scope = Scope(edition.index, Selection(cores=(core,)))
    frame = edition.index.objects.frame.filter(pl.Series(scope.chosen))
    assert set(frame["core_id"]) == {core}
    activities = pages.testing_activities(scope)["activities"]
    assert set(activities["core_id"]) == {core}


def test_a_theme_filter_counts_only_its_passages(editions: dict[str, Edition]):
    edition = editions["exempel"]
    scope = Scope(edition.index, Selection(themes=("mobilitet",), lowest="should"))
    plain = edition.tables["passage"].filter(
        "is_counted", pl.col("level") >= 3, pl.col("themes").list.contains("mobilitet")
    )
    assert int(scope.found.passages.sum()) == plain.height
    holders = plain["object_id"].n_unique()
    assert int(np.count_nonzero(scope.found.passages)) == holders


def test_similar_to_chooses_the_municipality_and_its_like(editions: dict[str, Edition]):
    edition = editions["exempel"]
    found = pages.municipality(Scope(edition.index, Selection(similar_to="9901")))
    units = set(found["values"].filter(pl.col("unit_kind") == "kommun")["unit_id"])
    assert units == {"9901", *found["similar"]["similar_code"]}
    assert len(units) == 6


def test_open_windows_and_matches_follow_the_selection(editions: dict[str, Edition]):
    edition = editions["exempel"]
    everything = pages.open_windows(Scope(edition.index), edition.tables)
    few = pages.open_windows(Scope(edition.index, Selection(object_types=("ma",))), edition.tables)
    assert everything["open_window"].height == edition.tables["open_window"].height
    assert set(few["open_window"]["object_type"]) == {"ma"}
    assert set(few["window_match"]["object_id"]) <= set(few["open_window"]["object_id"])


def test_the_action_plan_lists_what_speaks_for_each_activity(editions: dict[str, Edition]):
    edition = editions["exempel"]
    found = pages.action_plan(Scope(edition.index), edition.tables["indicator_value"])
    assert found["actions"].height == 13
    assert found["actions"]["evidence_count"].sum() > 0
    assert set(found["speaking"]["action_id"]) == set(found["actions"]["action_id"])


def test_what_a_choice_leaves_is_counted(editions: dict[str, Edition]):
    index = editions["exempel"].index
    assert pages.count_left(Scope(index, Selection(municipalities=("9999",)))) == {
        "known": 0, "read": 0, "passages": 0, "municipalities": 0
    }  # fmt: skip
    left = pages.count_left(Scope(index))
    assert left["read"] < left["known"]
    assert left["municipalities"] == len(index.codes)


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
