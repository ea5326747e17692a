"""Other rules of counting: numbers move, the published ones do not, and the rules fit a link."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.indicators import pages, planning
from pipelines.indicators.scope import Scope
from pipelines.indicators.selection import (
    Selection,
    WhatIf,
    selection_from,
    to_query,
    what_if_from,
)
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from tests.indicators.regions import Edition

LEVELS = st.sampled_from(COMMITMENT.values)
WORDS = st.text("abcåäö_-", min_size=1, max_size=8)


def codes(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


@given(
    st.builds(
        Selection,
        municipalities=st.lists(WORDS, max_size=3).map(tuple), similar_to=WORDS | st.just(""),
        cores=st.lists(WORDS, max_size=2).map(tuple), themes=codes(THEME.values),
        instruments=codes(INSTRUMENT.values), lowest=LEVELS,
        from_year=st.none() | st.integers(1900, 2100), years=st.integers(0, 30),
    )
)  # fmt: skip
def test_a_selection_survives_its_address(selection: Selection):
    assert selection_from(to_query(selection)) == selection


@given(
    st.builds(
        WhatIf, off_entries=st.lists(WORDS, max_size=3).map(tuple), off_themes=codes(THEME.values),
        off_instruments=codes(INSTRUMENT.values), counts_from=LEVELS, carries_from=LEVELS,
        requires_from=LEVELS,
    )
)  # fmt: skip
def test_rules_survive_their_address(rules: WhatIf):
    assert what_if_from(to_query(rules)) == rules


@pytest.mark.parametrize("query", [{"tema": "'; DROP TABLE", "fran": "1e9"}, {"lagst": "kanske"}])
def test_what_an_address_should_not_hold_is_left_out(query):
    assert selection_from(query) == Selection()


def moved(edition: Edition, rules: WhatIf) -> pl.DataFrame:
    found = pages.what_if(Scope(edition.index), rules)
    return found.filter(pl.col("unit_kind") == "region", pl.col("difference").abs() > 1e-12)


def test_a_higher_level_that_counts_lowers_shares_and_publishes_nothing(
    editions: dict[str, Edition],
):
    edition = editions["exempel"]
    before = planning.compute(Scope(edition.index))
    found = moved(edition, WhatIf(counts_from="shall"))
    inclusion = found.filter(pl.col("indicator_id") == "1.1")
    assert inclusion.height == 3
    assert (inclusion["difference"] < 0).all()
    assert planning.compute(Scope(edition.index)).equals(before)


def test_a_class_that_is_switched_off_takes_its_theme_away(editions: dict[str, Edition]):
    found = moved(editions["exempel"], WhatIf(off_themes=("energi",)))
    breadth = found.filter(pl.col("indicator_id") == "1.4", pl.col("part") == "themes")
    assert breadth["difference"].to_list() == [-1.0]


def test_an_entry_that_is_switched_off_takes_what_only_it_opened(editions: dict[str, Edition]):
    edition = editions["exempel"]
    passages = edition.tables["passage"].filter("is_counted")
    span = pl.List(pl.Struct({"role": pl.String, "entry": pl.String}))
    opened = (
        passages.with_columns(pl.col("spans").str.json_decode(span))
        .explode("spans")
        .unnest("spans")
        .filter(pl.col("role").is_in(["concept", "novelty", "instrument"]))
        .group_by("passage_id")
        .agg(pl.col("entry").unique())
    )
    alone = opened.filter(pl.col("entry").list.len() == 1)["entry"].explode()
    entry = alone.mode().sort()[0]
    lost = int((alone == entry).sum())
    without = Scope(edition.index, Selection(), WhatIf(off_entries=(entry,)))
    assert lost > 0
    assert int(without.found.passages.sum()) == passages.height - lost
    assert moved(edition, WhatIf(off_entries=(entry,))).height > 0


def test_rules_as_published_move_nothing(edition: Edition):
    assert moved(edition, WhatIf()).is_empty()
    assert moved(edition, WhatIf(off_entries=("finns_inte",))).is_empty()
