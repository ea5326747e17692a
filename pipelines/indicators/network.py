"""Who cooperates with whom in test activities."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipelines.indicators.fact_arrays import Ints
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import Scope
from pipelines.model.tables import COOPERATION


@dataclass(frozen=True)
class MunicipalParties:
    """Municipalities that take part in activities with stated partners, one element each time.

    ``activity`` and ``place`` are positions, ``others`` is the number of other municipalities in
    the same activity.
    """

    activity: Ints
    place: Ints
    others: Ints


def cooperation(scope: Scope) -> pl.DataFrame:
    """Return the table ``cooperation``: each pair of parties and the activities they share.

    The host and its partners are the parties; an activity whose partners are not stated gives no
    pair, which says nothing about cooperation.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> found = cooperation(worked_scope())
    >>> found.select("party", "other_party", "activities").head(3).rows()
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Bygg AB', 'Ekö kommun', 2), ('Ekö kommun', 'Högskolan', 2), ('Bygg AB', 'Högskolan', 1)]
    """
    pairs = scope.index.once(_pairs)
    chosen = pairs.filter(pl.Series(scope.activities[pairs["activity"].to_numpy()]))
    return (
        chosen.group_by("pair", maintain_order=True)
        .agg(
            pl.first("party", "other_party", "is_municipal"),
            pl.len().cast(pl.Int64).alias("activities"),
            pl.col("activity_id").alias("activity_ids"),
        )
        .sort("activities", "pair", descending=[True, False])
        .select(*COOPERATION.polars_schema)
    )


def parties(scope: Scope) -> pl.DataFrame:
    """Return everyone who takes part in an activity with stated partners, most active first.

    Columns: ``party``, ``municipality_code`` (null unless the party is a municipality),
    ``activities``, ``others`` (different parties it shares an activity with) and ``places``
    (municipalities in which it takes part).

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> parties(worked_scope()).head(2).rows()
    [('Ekö kommun', '9701', 4, 3, 1), ('Högskolan', None, 3, 3, 1)]
    """
    taking_part, pairs = (
        frame.filter(pl.Series(scope.activities[frame["activity"].to_numpy()]))
        for frame in (scope.index.once(_parties), scope.index.once(_pairs))
    )
    met = pairs.select("party", "other_party").unique()
    others = pl.concat([met["party"], met["other_party"]]).value_counts(name="others")
    return (
        taking_part.group_by("party")
        .agg(
            pl.len().cast(pl.Int64).alias("activities"),
            pl.col("place").n_unique().cast(pl.Int64).alias("places"),
        )
        .join(others, on="party", how="left")
        .select(
            "party",
            pl.col("party")
            .replace_strict(_names(scope.facts), default=None, return_dtype=pl.String)
            .alias("municipality_code"),
            "activities",
            pl.col("others").cast(pl.Int64).fill_null(0),
            "places",
        )
        .sort("activities", "others", "party", descending=[True, True, False])
    )


def municipal_parties(index: FactIndex) -> MunicipalParties:
    """Return which municipalities take part in which activity with stated partners."""
    place = {code: number for number, code in enumerate(index.codes)}
    names = {name: place[code] for name, code in _names(index.facts).items()}
    named = (
        index.once(_parties)
        .select("activity", pl.col("party").replace_strict(names, default=None,
                                                            return_dtype=pl.Int64).alias("place"))
        .drop_nulls()
        .unique()
        .sort("activity", "place")
        .with_columns((pl.len().over("activity") - 1).cast(pl.Int64).alias("others"))
    )  # fmt: skip
    return MunicipalParties(*(named[name].to_numpy() for name in ("activity", "place", "others")))


def _parties(index: FactIndex) -> pl.DataFrame:
    """Host and partners of each activity with stated partners.

    Columns: ``activity`` and ``place`` (of its municipality) as positions, ``activity_id``,
    ``party``.
    """
    stated = index.activities.frame.with_row_index("activity").filter(
        pl.col("partners").list.len() > 0
    )
    return (
        stated.select(
            pl.col("activity").cast(pl.Int64),
            "place",
            "activity_id",
            pl.concat_list("host", "partners").alias("party"),
        )
        .explode("party")
        .drop_nulls()
        .unique()
    )


def _pairs(index: FactIndex) -> pl.DataFrame:
    """Every two parties of an activity, in the order of names; ``pair`` is a number for the two."""
    own, municipal = index.once(_parties), list(_names(index.facts))
    return (
        own.join(own.select("activity", "party"), on="activity", suffix="_other")
        .filter(pl.col("party") < pl.col("party_other"))
        .rename({"party_other": "other_party"})
        .sort("party", "other_party", "activity_id")
        .with_columns(
            pl.struct("party", "other_party").rle_id().alias("pair"),
            (pl.col("party").is_in(municipal) & pl.col("other_party").is_in(municipal)).alias(
                "is_municipal"
            ),
        )
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
