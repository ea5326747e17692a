"""Other rules of counting: numbers move, the published ones do not."""

import polars as pl

from pipelines.indicators import planning
from pipelines.indicators.catalog import what_if
from pipelines.indicators.scope import Scope, Selection, WhatIf, count_left
from pipelines.indicators.values import value_table
from pipelines.indicators.what_if import SWITCHABLE
from tests.indicators.regions import Edition


def moved(edition: Edition, rules: WhatIf) -> pl.DataFrame:
    found = what_if(Scope(edition.facts), rules)
    return found.filter(pl.col("unit_kind") == "region", pl.col("difference").abs() > 1e-12)


def test_a_higher_level_that_counts_lowers_shares_and_publishes_nothing(
    editions: dict[str, Edition],
):
    edition = editions["exempel"]
    before = value_table(planning.compute(Scope(edition.facts)))
    found = moved(edition, WhatIf(counts_from="shall"))
    inclusion = found.filter(pl.col("indicator_id") == "1.1")
    assert inclusion.height == 3
    assert (inclusion["difference"] < 0).all()
    assert value_table(planning.compute(Scope(edition.facts))).equals(before)


def test_a_class_that_is_switched_off_takes_its_theme_away(editions: dict[str, Edition]):
    found = moved(editions["exempel"], WhatIf(off_themes=("energi",)))
    breadth = found.filter(pl.col("indicator_id") == "1.4", pl.col("part") == "themes")
    assert breadth["difference"].to_list() == [-1.0]


def test_an_entry_that_is_switched_off_takes_what_only_it_opened(editions: dict[str, Edition]):
    edition = editions["exempel"]
    read = edition.tables["planning_object"].filter(pl.col("coverage") == "read_found")
    passages = edition.tables["passage"].filter(
        "is_counted", pl.col("object_id").is_in(read["object_id"].implode())
    )
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
    without = Scope(edition.facts, Selection(), WhatIf(off_entries=(entry,)))
    assert lost > 0
    assert count_left(without)["passages"] == passages.height - lost
    assert moved(edition, WhatIf(off_entries=(entry,))).height > 0


def test_rules_as_published_move_nothing(edition: Edition):
    assert moved(edition, WhatIf()).is_empty()
    assert moved(edition, WhatIf(off_entries=("finns_inte",))).is_empty()


def test_every_entry_that_opens_or_speaks_can_be_switched_off(editions: dict[str, Edition]):
    edition = editions["exempel"]
    span = pl.List(pl.Struct({"role": pl.String, "entry": pl.String}))
    marked = edition.tables["passage"].filter("is_counted")["spans"].str.json_decode(span)
    roles = marked.explode().struct.unnest().drop_nulls("entry")
    kinds = edition.facts["catalog_codebook"].select("kind", pl.col("entry_id").alias("entry"))
    speaking = ("concept", "novelty", "instrument", "theme")

    found = roles.filter(pl.col("role").is_in(speaking)).join(kinds, on="entry")["kind"].unique()

    assert set(found) == set(SWITCHABLE)
