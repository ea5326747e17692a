"""Plans and allocations as arrays: what every number under every filter is counted from.

Objects lie in the order of municipality, type and year, so that sums and sets of codes are one pass
over contiguous memory. Themes and instruments are sets of at most sixteen codes, kept as bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators.facts import Facts
from pipelines.model.codes import (
    ALLOCATIONS_BEFORE_AWARD,
    COVERAGE,
    OBJECT_TYPE,
    OWN_VOICE_DOCUMENTS,
    STAGES_BEFORE_REVIEW,
)

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint16]
Marks = npt.NDArray[np.uint64]
Small = npt.NDArray[np.int8]

_CAN_BE_OPEN = (*STAGES_BEFORE_REVIEW, *ALLOCATIONS_BEFORE_AWARD)
READ = ("read_found", "read_none")
NOT_KNOWN = ("superseded", "not_applicable")
"""Coverage that takes an object out of the known: replaced, or the question does not apply."""
NO_YEAR = -1


@dataclass(frozen=True)
class Objects:
    """Plans and allocations, one element each; ``frame`` has their other columns in step.

    ``is_unknown`` says that the stage as last seen could be influenced, and that it is stale.
    """

    frame: pl.DataFrame
    municipality: Ints
    kind: Ints
    year: Ints
    coverage: Small
    is_read: Bools
    is_known: Bools
    is_open: Bools
    is_unknown: Bools
    has_early: Bools
    pages: Ints

    def __len__(self) -> int:
        """Return the number of objects."""
        return self.frame.height

    @cached_property
    def type_key(self) -> Ints:
        """A number for each object's municipality and type, in order, to count by."""
        return self.municipality * len(OBJECT_TYPE.values) + self.kind

    @cached_property
    def groups(self) -> tuple[Ints, Ints]:
        """Where the objects of each municipality and type begin, and the numbers of those."""
        return runs(self.type_key)


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


def runs(ordered: npt.NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Return where each run of equal numbers begins, and the numbers.

    >>> [each.tolist() for each in runs(np.array([2, 2, 5, 7, 7]))]
    [[0, 2, 3], [2, 5, 7]]
    """
    new = np.ones(ordered.size, np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(new)
    return starts, ordered[starts].astype(np.int64)


def bit_set(column: str, codes: Sequence[str]) -> pl.Expr:
    """Turn a list of codes into bits, the first code lowest.

    >>> from pipelines.model.codes import THEME
    >>> frame = pl.DataFrame({"themes": [["mobilitet", "energi"], []]})
    >>> frame.select(bit_set("themes", THEME.values))["themes"].to_list()
    [9, 0]
    """
    bits = {code: 1 << i for i, code in enumerate(codes)}
    each = pl.element().replace_strict(bits, default=0, return_dtype=pl.UInt16)
    together = pl.col(column).list.eval(each).list.unique().list.sum()
    return together.fill_null(0).cast(pl.UInt16).alias(column)


def codes_to_bits(chosen: Sequence[str], codes: Sequence[str]) -> np.uint16:
    """Return the bits of some codes of a list.

    >>> from pipelines.model.codes import THEME
    >>> int(codes_to_bits(["energi", "mobilitet"], THEME.values))
    9
    """
    return np.uint16(sum(1 << codes.index(code) for code in chosen))


def names_of(bits: int, codes: Sequence[str]) -> list[str]:
    """Return the codes of a set of bits, in order.

    >>> from pipelines.model.codes import THEME
    >>> names_of(9, THEME.values)
    ['energi', 'mobilitet']
    """
    return [code for i, code in enumerate(codes) if bits >> i & 1]


def positions(column: str, values: Sequence[str]) -> pl.Expr:
    """Turn codes into their positions in a list, −1 for what is not in it.

    >>> frame = pl.DataFrame({"svar": ["ja", None, "nej", "okant"]})
    >>> frame.select(positions("svar", ["nej", "ja"]))["svar"].to_list()
    [1, -1, 0, -1]
    """
    code = pl.col(column).cast(pl.Enum(values), strict=False)
    return code.to_physical().cast(pl.Int64).fill_null(-1)


def object_arrays(facts: Facts, municipalities: pl.DataFrame) -> Objects:
    """Lay out the objects; ``municipalities`` in the order that positions refer to."""
    early = facts["document"].filter(
        pl.col("document_kind").is_in(OWN_VOICE_DOCUMENTS),
        pl.col("document_stage").is_in(STAGES_BEFORE_REVIEW),
        pl.col("coverage").is_in(READ),
    )
    frame = (
        facts["planning_object"]
        .sort(
            "municipality_code",
            positions("object_type", OBJECT_TYPE.values),
            pl.col("year").fill_null(NO_YEAR),
            "object_id",
        )
        .with_columns(
            pl.col("object_id").is_in(early["object_id"].unique().to_list()).alias("has_early")
        )
    )
    codes = municipalities["municipality_code"].to_list()
    numbers = frame.select(
        positions("municipality_code", codes).alias("municipality"),
        positions("object_type", OBJECT_TYPE.values).alias("kind"),
        pl.col("year").fill_null(NO_YEAR),
        positions("coverage", COVERAGE.values).cast(pl.Int8).alias("coverage"),
        pl.col("coverage").is_in(READ).alias("is_read"),
        (~pl.col("coverage").is_in(NOT_KNOWN)).alias("is_known"),
        pl.col("is_open").fill_null(False),
        (pl.col("is_stale") & pl.col("object_stage").is_in(_CAN_BE_OPEN))
        .fill_null(False)
        .alias("is_unknown"),
        "has_early",
        pl.col("pages").fill_null(0),
    )
    return Objects(frame, **{name: numbers[name].to_numpy() for name in numbers.columns})
