"""Facts as arrays: what every number under every filter is counted from.

Objects lie in the order of their municipality and passages in the order of their object, so that
sums, highest levels and sets of codes are one pass over contiguous memory. Themes and instruments
are sets of at most sixteen codes and are kept as bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators.facts import Facts
from pipelines.model.codes import COVERAGE, INSTRUMENT, THEME
from pipelines.model.plan_codes import OBJECT_TYPE, OWN_VOICE_DOCUMENTS, STAGES_BEFORE_REVIEW

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint16]
Small = npt.NDArray[np.int8]

READ = ("read_found", "read_none")
NOT_KNOWN = ("superseded", "not_applicable")
"""Coverage that takes an object out of the known: replaced, or the question does not apply."""
NO_YEAR = -1


@dataclass(frozen=True)
class Objects:
    """Plans and allocations, one element each; ``frame`` has their other columns in step."""

    frame: pl.DataFrame
    municipality: Ints
    kind: Ints
    year: Ints
    coverage: Small
    is_read: Bools
    is_known: Bools
    is_open: Bools
    has_early: Bools
    pages: Ints

    def __len__(self) -> int:
        """Return the number of objects."""
        return self.frame.height


@dataclass(frozen=True)
class Links:
    """What ties objects together.

    ``parents`` holds object × count + ancestor, in order; ``case`` and ``core`` a number for each
    case number and regional core (−1 for none).
    """

    parents: Ints
    case: Ints
    core: Ints

    def strength(self, below: Ints, above: Ints) -> Ints:
        """Return how pairs of objects are tied, as a position in the code list CHAIN_LINK."""
        key = below * self.case.size + above
        found = np.searchsorted(self.parents, key)
        at = np.minimum(found, max(self.parents.size - 1, 0))
        is_parent = (self.parents[at] == key) if self.parents.size else np.zeros(key.size, np.bool_)
        same_case = (self.case[below] == self.case[above]) & (self.case[below] >= 0)
        same_core = (self.core[below] == self.core[above]) & (self.core[below] >= 0)
        return np.where(is_parent, 0, np.where(same_case, 1, np.where(same_core, 2, 3)))


@dataclass(frozen=True)
class Passages:
    """Passages in the plan's own words, older versions too; ``row`` points into the facts.

    ``is_counted`` marks those of the latest version, ``is_early`` those in a document of samråd
    or before.
    """

    object: npt.NDArray[np.int32]
    row: npt.NDArray[np.uint32]
    level: Small
    themes: Bits
    instruments: Bits
    is_counted: Bools
    is_early: Bools

    @cached_property
    def ends(self) -> Ints:
        """Where each object's passages begin, and after the last where it ends, by position."""
        size = int(self.object[-1]) + 1 if self.object.size else 0
        return np.searchsorted(self.object, np.arange(size + 1))

    def of(self, objects: Ints) -> tuple[Ints, Ints]:
        """Return where the passages of each object begin and end."""
        last = self.ends.size - 1
        return self.ends[np.minimum(objects, last)], self.ends[np.minimum(objects + 1, last)]

    def within(self, objects: Bools) -> Passages:
        """Return the passages of some objects only."""
        edges = np.flatnonzero(np.diff(objects.astype(np.int8), prepend=0, append=0))
        begin = self.of(edges)[0].reshape(-1, 2)
        parts = [slice(first, last) for first, last in begin]
        return Passages(
            *(
                np.concatenate([values[:0], *(values[part] for part in parts)])
                for values in (getattr(self, each.name) for each in fields(self))
            )
        )


def bit_set(column: str, codes: Sequence[str]) -> pl.Expr:
    """Turn a list of codes into bits, the first code lowest.

    >>> frame = pl.DataFrame({"themes": [["mobilitet", "energi"], []]})
    >>> frame.select(bit_set("themes", THEME.values))["themes"].to_list()
    [9, 0]
    """
    bits = [
        pl.when(pl.col(column).list.contains(code)).then(pl.lit(1 << i, pl.UInt16)).otherwise(0)
        for i, code in enumerate(codes)
    ]
    return pl.sum_horizontal(bits).cast(pl.UInt16).alias(column)


def codes_to_bits(chosen: Sequence[str], codes: Sequence[str]) -> np.uint16:
    """Return the bits of some codes of a list.

    >>> int(codes_to_bits(["energi", "mobilitet"], THEME.values))
    9
    """
    return np.uint16(sum(1 << codes.index(code) for code in chosen))


def names_of(bits: int, codes: Sequence[str]) -> list[str]:
    """Return the codes of a set of bits, in order.

    >>> names_of(9, THEME.values)
    ['energi', 'mobilitet']
    """
    return [code for i, code in enumerate(codes) if bits >> i & 1]


def _positions(column: str, values: Sequence[str]) -> pl.Expr:
    return pl.col(column).replace_strict(
        {value: i for i, value in enumerate(values)}, default=-1, return_dtype=pl.Int64
    )


def object_arrays(facts: Facts, municipalities: pl.DataFrame) -> Objects:
    """Lay out the objects; ``municipalities`` in the order that positions refer to."""
    early = facts["document"].filter(
        pl.col("document_kind").is_in(OWN_VOICE_DOCUMENTS),
        pl.col("document_stage").is_in(STAGES_BEFORE_REVIEW),
        pl.col("coverage").is_in(READ),
    )
    frame = (
        facts["planning_object"]
        .sort("municipality_code", "object_id")
        .with_columns(
            pl.col("object_id").is_in(early["object_id"].unique().to_list()).alias("has_early")
        )
    )
    codes = municipalities["municipality_code"].to_list()
    numbers = frame.select(
        _positions("municipality_code", codes).alias("municipality"),
        _positions("object_type", OBJECT_TYPE.values).alias("kind"),
        pl.col("year").fill_null(NO_YEAR),
        _positions("coverage", COVERAGE.values).cast(pl.Int8).alias("coverage"),
        pl.col("coverage").is_in(READ).alias("is_read"),
        (~pl.col("coverage").is_in(NOT_KNOWN)).alias("is_known"),
        pl.col("is_open").fill_null(False),
        "has_early",
        pl.col("pages").fill_null(0),
    )
    return Objects(frame, **{name: numbers[name].to_numpy() for name in numbers.columns})


def passage_arrays(facts: Facts, objects: Objects) -> Passages:
    """Lay out the passages in the plan's own words, in the order of their objects."""
    early = facts["document"].filter(pl.col("document_stage").is_in(STAGES_BEFORE_REVIEW))
    place = objects.frame.select("object_id").with_row_index("object")
    own = (
        facts["passage"]
        .lazy()
        .with_row_index("row")
        .filter(
            pl.col("is_counted") | ((pl.col("voice") == "plan") & ~pl.col("is_negated")),
            pl.col("level") > 0,
        )
        .join(place.lazy(), on="object_id", how="inner")
        .join(
            early.lazy().select("document_id", pl.lit(value=True).alias("is_early")),
            on="document_id",
            how="left",
        )
        .select(
            pl.col("object").cast(pl.Int32),
            "row",
            pl.col("level").cast(pl.Int8),
            bit_set("themes", THEME.values),
            bit_set("instruments", INSTRUMENT.values),
            "is_counted",
            pl.col("is_early").fill_null(value=False),
        )
        .sort("object", "row")
        .collect()
    )
    return Passages(**{name: own[name].to_numpy() for name in own.columns})
