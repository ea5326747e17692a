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
    taking_part = _taking_part(activities)
    pairs = (
        taking_part.join(taking_part, on="activity_id", suffix="_other")
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


def parties(facts: Facts, activities: pl.DataFrame) -> pl.DataFrame:
    """Return everyone who takes part in an activity with stated partners, most active first.

    Columns: ``party``, ``municipality_code`` (null unless the party is a municipality),
    ``activities``, ``others`` (different parties it shares an activity with) and ``places``
    (municipalities in which it takes part).

    >>> from pipelines.indicators.worked_example import worked_facts
    >>> parties(worked_facts(), worked_facts()["testing_activity"]).head(2).rows()
    [('Ekö kommun', '9701', 4, 3, 1), ('Högskolan', None, 3, 3, 1)]
    """
    taking_part = _taking_part(activities)
    mates = taking_part.join(taking_part, on="activity_id", suffix="_other").filter(
        pl.col("party") != pl.col("party_other")
    )
    return (
        taking_part.join(activities.select("activity_id", "municipality_code"), on="activity_id")
        .group_by("party")
        .agg(
            pl.len().cast(pl.Int64).alias("activities"),
            pl.col("municipality_code").n_unique().cast(pl.Int64).alias("places"),
        )
        .join(
            mates.group_by("party").agg(
                pl.col("party_other").n_unique().cast(pl.Int64).alias("others")
            ),
            on="party",
            how="left",
        )
        .select(
            "party",
            _code_of(facts).alias("municipality_code"),
            "activities",
            pl.col("others").fill_null(0),
            "places",
        )
        .sort("activities", "others", "party", descending=[True, True, False])
    )


def municipalities_by_activity(facts: Facts, activities: pl.DataFrame) -> pl.DataFrame:
    """Return which municipalities take part in which activity with stated partners.

    Columns: ``activity_id``, ``municipality_code`` and ``others``, the number of other
    municipalities in the same activity.
    """
    named = (
        _taking_part(activities)
        .with_columns(_code_of(facts).alias("municipality_code"))
        .drop_nulls("municipality_code")
        .select("activity_id", "municipality_code")
        .unique()
    )
    return named.with_columns((pl.len().over("activity_id") - 1).alias("others"))


def _code_of(facts: Facts) -> pl.Expr:
    """The municipality's code of a ``party`` that is one."""
    return pl.col("party").replace_strict(_names(facts), default=None, return_dtype=pl.String)


def _taking_part(activities: pl.DataFrame) -> pl.DataFrame:
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
