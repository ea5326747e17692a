"""Registers as arrays: test activities, procurements and others, to be counted under any filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from pipelines.indicators.fact_arrays import NO_YEAR, Bits, Bools, Floats, Ints, bit_set, positions
from pipelines.indicators.facts import Facts, days_of
from pipelines.model.codes import (
    BARRIER,
    INNOVATION_PROCUREMENT,
    PHASES_ACTIVE,
    TESTING_KIND,
    TESTING_PHASE,
    THEME,
)

_PUBLIC = ("kommun", "region", "stat")
_ANSWERS = ("nej", "ja")
"""Positions are 0 and 1; an answer that is neither is −1."""
_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Register:
    """A register's rows; ``frame`` has their columns and ``place``.

    ``place`` is the position of their municipality and ``core`` that of their regional core, −1
    for none; ``age`` is months from the day that a row holds to the measuring day, NaN without one.
    """

    frame: pl.DataFrame
    place: Ints
    core: Ints
    age: Floats


@dataclass(frozen=True)
class Activities(Register):
    """Test activities, one element each.

    ``kind`` and ``phase`` are positions in their code lists; ``open_to_smes`` and ``contact`` are
    1 for yes, 0 for no, −1 where not answered; ``partners`` and ``partner_kinds`` how many are
    stated; ``barriers`` the kinds of barriers as bits; ``host`` a number for each actor; ``seen``
    the year that the status is known for.
    """

    kind: Ints
    phase: Ints
    themes: Bits
    barriers: Bits
    start: Ints
    end: Ints
    scaled: Ints
    is_running: Bools
    is_stale: Bools
    seen: Ints
    open_to_smes: Ints
    contact: Ints
    partners: Ints
    partner_kinds: Ints
    host: Ints
    is_public: Bools

    def last_seen(self, now: int) -> Ints:
        """Return the last year that each is known for: the year it was seen, if it is stale.

        Every other test is known ``now``: it runs, or is known to have ended.
        """
        return np.where(self.is_stale, np.maximum(self.seen, self.start), now)


@dataclass(frozen=True)
class Procurements(Register):
    """Procurements, one element each.

    ``kind`` is a position in INNOVATION_PROCUREMENT, −1 for ordinary ones; ``won_by_sme`` as the
    answers of :class:`Activities`; ``value`` NaN where not stated; ``buyer``, ``pair`` (buyer and
    winner, −1 without a winner) and ``actor`` are numbers.
    """

    kind: Ints
    themes: Bits
    year: Ints
    value: Floats
    won_by_sme: Ints
    buyer: Ints
    pair: Ints
    actor: Ints
    is_public: Bools


def barrier_kind(text: pl.Expr) -> pl.Expr:
    """Tell the kind of a barrier from its words; the first kind with one in the text is chosen.

    >>> pl.select(barrier_kind(pl.lit("Oklart vem som äger nätet"))).item()
    'responsibility'
    """
    chosen = pl.lit("other")
    for code in reversed(BARRIER.codes):
        if code.synonyms:
            hit = text.str.to_lowercase().str.contains("|".join(code.synonyms))
            chosen = pl.when(hit).then(pl.lit(code.code)).otherwise(chosen)
    return chosen


def actor_numbers(facts: Facts) -> dict[str, int]:
    """Return a number for each name of a buyer, a host or a municipality (*Askhamns kommun*)."""
    names = pl.concat(
        [
            facts["procurement"]["buyer"],
            facts["testing_activity"]["host"],
            facts["municipality"].select(municipal_actor()).to_series(),
        ]
    )
    return {name: number for number, name in enumerate(names.drop_nulls().unique().sort())}


def municipal_actor() -> pl.Expr:
    """The name that a municipality goes by as an actor."""
    return pl.format("{} kommun", "municipality_name")


def register(facts: Facts, table: str, codes: Sequence[str]) -> Register:
    """Lay out a register; ``codes`` are the municipalities in the order that places refer to."""
    return Register(**_common(facts, table, codes))


def activities(facts: Facts, codes: Sequence[str], actors: Mapping[str, int]) -> Activities:
    """Lay out the register of test activities."""
    common = _common(facts, "testing_activity", codes)
    phase_runs = pl.col("testing_phase").is_in(PHASES_ACTIVE).fill_null(value=False)
    frame: pl.DataFrame = common["frame"].with_columns(
        # An edition of the former version says nothing of age: its phases are taken as stated.
        pl.coalesce("is_running", phase_runs),
        pl.col("is_stale").fill_null(value=False),
    )
    kinds = pl.col("barriers").list.eval(barrier_kind(pl.element())).alias("barriers")
    arrays = frame.with_columns(kinds).select(
        positions("testing_kind", TESTING_KIND.values).alias("kind"),
        positions("testing_phase", TESTING_PHASE.values).alias("phase"),
        bit_set("themes", THEME.values),
        bit_set("barriers", BARRIER.values),
        *(
            pl.col(f"{name}_year").fill_null(NO_YEAR).alias(name)
            for name in ("start", "end", "scaled")
        ),
        "is_running",
        "is_stale",
        pl.col("status_per").str.slice(0, 4).cast(pl.Int64).fill_null(NO_YEAR).alias("seen"),
        positions("open_to_smes", _ANSWERS).alias("open_to_smes"),
        positions("contact_published", _ANSWERS).alias("contact"),
        pl.col("partners").list.len().fill_null(0).cast(pl.Int64).alias("partners"),
        pl.col("partner_types").list.n_unique().fill_null(0).cast(pl.Int64).alias("partner_kinds"),
        _numbers("host", actors),
        pl.col("host_type").is_in(_PUBLIC).fill_null(value=False).alias("is_public"),
    )
    named: dict[str, Any] = {name: arrays[name].to_numpy() for name in arrays.columns}
    return Activities(**{**common, "frame": frame}, **named)


def procurements(facts: Facts, codes: Sequence[str], actors: Mapping[str, int]) -> Procurements:
    """Lay out the register of procurements."""
    common = _common(facts, "procurement", codes)
    pair = pl.struct("buyer", "winner").rank("dense").cast(pl.Int64)
    arrays = common["frame"].select(
        positions("procurement_kind", INNOVATION_PROCUREMENT).alias("kind"),
        bit_set("themes", THEME.values),
        pl.col("procurement_year").fill_null(NO_YEAR).alias("year"),
        pl.col("value_sek").fill_null(float("nan")).alias("value"),
        positions("winner_sme", _ANSWERS).alias("won_by_sme"),
        (pl.col("buyer").rank("dense").cast(pl.Int64) - 1).fill_null(-1).alias("buyer"),
        pl.when(pl.col("buyer").is_not_null() & pl.col("winner").is_not_null())
        .then(pair - 1)
        .otherwise(-1)
        .alias("pair"),
        _numbers("buyer", actors).alias("actor"),
        pl.col("buyer_type").is_in(_PUBLIC).fill_null(value=False).alias("is_public"),
    )
    return Procurements(**common, **{name: arrays[name].to_numpy() for name in arrays.columns})


def _common(facts: Facts, table: str, codes: Sequence[str]) -> dict[str, Any]:
    cores = facts["regional_core"]["core_id"].to_list()
    rows = facts[table]
    # Other registers may hold per a later day than the measuring day: that is no age.
    age = (pl.lit(facts.as_of) - days_of("as_of")).dt.total_days().clip(0) / _MONTH
    arrays = rows.select(
        positions("municipality_code", codes).alias("place"),
        (positions("core_id", cores) if "core_id" in rows.columns else pl.lit(-1)).alias("core"),
        age.fill_null(float("nan")).alias("age"),
    )
    frame = rows.with_columns(arrays["place"])
    return {"frame": frame} | {name: arrays[name].to_numpy() for name in arrays.columns}


def _numbers(column: str, actors: Mapping[str, int]) -> pl.Expr:
    return pl.col(column).replace_strict(actors, default=-1, return_dtype=pl.Int64).fill_null(-1)
