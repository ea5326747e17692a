"""Passages as arrays, in the order of their objects, with all that each says packed into bits.

Three million passages are then added up to their objects in one pass: what an object says is its
passages' bits put together by *or*, and its highest level is its highest bit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators.fact_arrays import (
    Bits,
    Bools,
    Ints,
    Marks,
    Objects,
    Small,
    bit_set,
    runs,
)
from pipelines.indicators.facts import Facts
from pipelines.model.codes import COMMITMENT, INSTRUMENT, STAGES_BEFORE_REVIEW, THEME


class Mark:
    """Where in :attr:`Passages.marks` each fact has its bits.

    ``LEVEL`` has a bit for each level above none, ``BINDS`` the same for passages with an
    instrument; ``EVER`` is any passage in the plan's own words, ``EARLY`` one in an early document.
    """

    THEMES = np.uint64(0)
    INSTRUMENTS = np.uint64(16)
    LEVEL = np.uint64(32)
    BINDS = np.uint64(40)
    EVER = np.uint64(48)
    EARLY = np.uint64(49)


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
    def groups(self) -> tuple[Ints, Ints]:
        """Where the passages of each object that has any begin, and those objects."""
        return runs(self.object)

    @cached_property
    def ends(self) -> Ints:
        """Where each object's passages begin, and after the last where it ends, by position."""
        size = int(self.object[-1]) + 1 if self.object.size else 0
        return np.searchsorted(self.object, np.arange(size + 1))

    def of(self, objects: Ints) -> tuple[Ints, Ints]:
        """Return where the passages of each object begin and end."""
        last = self.ends.size - 1
        return self.ends[np.minimum(objects, last)], self.ends[np.minimum(objects + 1, last)]

    @cached_property
    def marks(self) -> Marks:
        """What each passage says as bits that are put together by *or* (see :class:`Mark`).

        One of an older version only marks that something was there, and whether early.
        """
        level = (np.uint64(1) << self.level.astype(np.uint64)) >> np.uint64(1)
        marks = self.themes.astype(np.uint64) << Mark.THEMES
        marks |= self.instruments.astype(np.uint64) << Mark.INSTRUMENTS
        marks |= level << Mark.LEVEL
        marks |= (level * (self.instruments > 0)) << Mark.BINDS
        marks *= self.is_counted
        marks |= np.uint64(1) << Mark.EVER
        marks |= self.is_early.astype(np.uint64) << Mark.EARLY
        return marks

    @cached_property
    def theme_marks(self) -> Marks:
        """The level on each theme of the counted passages: four bits a theme, one a level."""
        sets, levels = np.arange(1 << len(THEME.values), dtype=np.uint64), len(COMMITMENT.values)
        every = np.zeros((sets.size, levels), np.uint64)
        for theme in range(len(THEME.values)):
            has = (sets >> np.uint64(theme)) & np.uint64(1)
            for level in range(1, levels):
                every[:, level] |= has << np.uint64((levels - 1) * theme + level - 1)
        own = every.ravel()[self.themes.astype(np.int64) * levels + self.level]
        return np.asarray(own * self.is_counted, np.uint64)

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


def own_words(facts: Facts) -> pl.DataFrame:
    """Return the passages in the plan's own words, codes as bits: what arrays are laid out from.

    Columns: ``row`` (in the facts), ``passage_id``, ``object_id``, ``document_id``, ``level``,
    ``themes`` and ``instruments`` as bits, ``is_counted`` and ``is_own`` (said by the plan and not
    denied, so that it would count in a latest version).
    """
    own = (pl.col("voice") == "plan") & ~pl.col("is_negated")
    return (
        facts["passage"]
        .lazy()
        .with_row_index("row")
        .filter(pl.col("is_counted") | own, pl.col("level") > 0)
        .select(
            "row",
            "passage_id",
            "object_id",
            "document_id",
            pl.col("level").cast(pl.Int8),
            bit_set("themes", THEME.values),
            bit_set("instruments", INSTRUMENT.values),
            "is_counted",
            own.fill_null(value=False).alias("is_own"),
        )
        .collect()
    )


def passage_arrays(facts: Facts, objects: Objects, own: pl.DataFrame | None = None) -> Passages:
    """Lay out the passages in the plan's own words, in the order of their objects.

    Args:
        facts: the edition's.
        objects: its plans and allocations.
        own: its :func:`own_words`, where they are at hand already.
    """
    early = facts["document"].filter(pl.col("document_stage").is_in(STAGES_BEFORE_REVIEW))
    place = objects.frame.select("object_id").with_row_index("object")
    laid = (
        (own_words(facts) if own is None else own)
        .lazy()
        .join(place.lazy(), on="object_id", how="inner", maintain_order="left")
        .select(
            pl.col("object").cast(pl.Int32),
            "row",
            "level",
            "themes",
            "instruments",
            "is_counted",
            pl.col("document_id")
            .is_in(early["document_id"].implode())
            .fill_null(value=False)
            .alias("is_early"),
        )
        .sort("object", maintain_order=True)
        .collect()
    )
    return Passages(**{name: laid[name].to_numpy() for name in laid.columns})
