"""Who cooperates with whom in test activities."""

from __future__ import annotations

import polars as pl

from pipelines.indicators.facts import Facts
from pipelines.model.derived_tables import COOPERATION


def cooperation(facts: Facts, activities: pl.DataFrame) -> pl.DataFrame:
    """Return the table ``cooperation``: each pair of parties and the activities they share.

    The host and its partners are the parties; an activity whose partners are not stated gives no
    pair, which says nothing about cooperation.

    >>> from pipelines.indicators.worked_example import worked_facts
    >>> found = cooperation(worked_facts(), worked_facts()["testing_activity"])
    >>> found.select("party", "other_party", "activities").head(3).rows()
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Bygg AB', 'Ekö kommun', 2), ('Ekö kommun', 'Högskolan', 2), ('Bygg AB', 'Högskolan', 1)]
    """
    parties = _parties(activities)
    pairs = (
        parties.join(parties, on="activity_id", suffix="_other")
        .filter(pl.col("party") < pl.col("party_other"))
        .group_by("party", pl.col("party_other").alias("other_party"))
        .agg(
            pl.len().cast(pl.Int64).alias("activities"),
            pl.col("activity_id").sort().alias("activity_ids"),
        )
    )
    municipal = list(_names(facts))
    return (
        pairs.with_columns(
            (pl.col("party").is_in(municipal) & pl.col("other_party").is_in(municipal)).alias(
                "is_municipal"
            )
        )
        .sort("activities", "party", "other_party", descending=[True, False, False])
        .select(*COOPERATION.polars_schema)
    )


def municipalities_by_activity(facts: Facts, activities: pl.DataFrame) -> pl.DataFrame:
    """Return which municipalities take part in which activity with stated partners.

    Columns: ``activity_id``, ``municipality_code`` and ``others``, the number of other
    municipalities in the same activity.
    """
    codes = _names(facts)
    named = (
        _parties(activities)
        .with_columns(
            pl.col("party")
            .replace_strict(codes, default=None, return_dtype=pl.String)
            .alias("municipality_code")
        )
        .drop_nulls("municipality_code")
        .select("activity_id", "municipality_code")
        .unique()
    )
    return named.with_columns((pl.len().over("activity_id") - 1).alias("others"))


def _parties(activities: pl.DataFrame) -> pl.DataFrame:
    stated = activities.filter(pl.col("partners").list.len() > 0)
    return (
        stated.select(
            "activity_id",
            pl.concat_list(pl.col("host"), pl.col("partners")).alias("party"),
        )
        .explode("party")
        .drop_nulls()
        .unique()
    )


def _names(facts: Facts) -> dict[str, str]:
    """Names that a municipality goes by as a party, with its code: *Askhamn(s) kommun*, *stad*."""
    rows = facts["municipality"].select("municipality_name", "municipality_code").rows()
    return {
        f"{name}{genitive} {form}": code
        for name, code in rows
        for genitive in ("", "s")
        for form in ("kommun", "stad")
    }
