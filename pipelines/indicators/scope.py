"""The facts under one selection and one set of rules, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt

from pipelines.indicators import counterfactual
from pipelines.indicators.adding_up import Found, add_up
from pipelines.indicators.fact_arrays import NO_YEAR, Bits, Bools, codes_to_bits
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.passage_arrays import Passages
from pipelines.indicators.scope_places import Places, is_in
from pipelines.indicators.selection import AS_PUBLISHED, Selection, WhatIf
from pipelines.model.codes import COMMITMENT, OBJECT_TYPE, THEME

Answer = TypeVar("Answer")
TYPES: tuple[tuple[str, str], ...] = tuple(OBJECT_TYPE.labels.items())
TYPE_ORDER = OBJECT_TYPE.values
EVERYTHING: tuple[tuple[str, str], ...] = (("alla", "Alla"),)
UNKNOWN_STATE: tuple[tuple[str, str], ...] = (("okant_lage", "Okänt läge"),)
"""The part that counts what is left out of a number because its status is too old to be known."""


class Scope(Places):
    """What a selection leaves of the facts, with everything that measures share.

    ``chosen`` says which objects are in, ``found`` what their passages add up to, ``units`` whom
    the numbers are for: the whole first, then each municipality in the selection.
    """

    def __init__(
        self,
        index: FactIndex,
        selection: Selection | None = None,
        what_if: WhatIf = AS_PUBLISHED,
    ) -> None:
        super().__init__(index, selection or Selection())
        self.what_if = what_if
        self.requires_from = COMMITMENT.position(what_if.requires_from)
        self.carries_from = COMMITMENT.position(what_if.carries_from)
        self._once: dict[Callable[[Scope], object], object] = {}

    def once(self, function: Callable[[Scope], Answer]) -> Answer:
        """Return what a function finds in this scope; measures that share it find it once."""
        if function not in self._once:
            self._once[function] = function(self)
        return cast("Answer", self._once[function])

    @cached_property
    def chosen(self) -> Bools:
        """Which objects the selection leaves."""
        objects, wanted = self.index.objects, self.selection
        chosen = self.here[objects.municipality]
        if wanted.object_types:
            kinds = [TYPE_ORDER.index(kind) for kind in wanted.object_types if kind in TYPE_ORDER]
            chosen = chosen & np.isin(objects.kind, kinds)
        for column, values in (
            ("object_kind", wanted.kinds),
            ("object_stage", wanted.stages),
            ("core_id", wanted.cores),
        ):
            if values:
                chosen = chosen & is_in(objects.frame[column], values)
        if wanted.from_year is not None:
            chosen = chosen & (objects.year >= wanted.from_year)
        if wanted.to_year is not None:
            chosen = chosen & (objects.year >= 0) & (objects.year <= wanted.to_year)
        if wanted.reaches:
            level = COMMITMENT.position(wanted.reaches)
            chosen = chosen & objects.is_read & (self.found.level == level)
        return chosen

    @cached_property
    def kept(self) -> Bools | None:
        """Which passages the selection and the rules leave; None for all of them."""
        return counterfactual.kept_passages(
            self.index, self._here, self.passages, self.selection, self.what_if
        )

    @cached_property
    def passages(self) -> Passages:
        """The passages of the selected places, with the codes that remain under the rules."""
        return counterfactual.recoded(self.index, self._here, self.what_if)

    @cached_property
    def _here(self) -> Passages:
        if not self.selection.is_place:
            return self.index.passages
        return self.index.passages.within(self.here[self.index.objects.municipality])

    @cached_property
    def counted(self) -> npt.NDArray[np.intp]:
        """Positions of the passages that count in the chosen objects that are read."""
        use = self.passages.is_counted & self.read[self.passages.object]
        return np.flatnonzero(use if self.kept is None else use & self.kept)

    @cached_property
    def found(self) -> Found:
        """What the kept passages add up to, by object."""
        if self.kept is None and self.what_if.is_published and not self.selection.is_place:
            return self.index.found
        return add_up(
            self.passages,
            len(self.index.objects),
            self.kept,
            self.requires_from,
        )

    @cached_property
    def read(self) -> Bools:
        """Chosen objects whose text has been read; the denominator of shares."""
        return self.chosen & self.index.objects.is_read

    @cached_property
    def known(self) -> Bools:
        """Chosen objects that should be read, whether they are or not."""
        return self.chosen & self.index.objects.is_known

    def by_type(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        """Sum objects' values by unit (rows, the whole first) and object type (columns)."""
        starts, groups = self.index.objects.groups
        numbers = values.view(np.int8) if values.dtype == np.bool_ else values
        flat = np.zeros(len(self.index.codes) * len(TYPES))
        flat[groups] = np.add.reduceat(numbers, starts, dtype=np.float64)
        cells = flat.reshape(-1, len(TYPES))[self.places]
        return np.vstack([cells.sum(axis=0, keepdims=True), cells])

    @cached_property
    def activities(self) -> Bools:
        """Which test activities the selection leaves.

        A period leaves those known to have run within it; one without a start year is left out.
        """
        wanted, rows, now = self.selection, self.index.activities, self.facts.as_of.year
        chosen = self.within(rows) & self._on_theme(rows.themes)
        if wanted.from_year is not None:
            end = np.where(rows.end == NO_YEAR, now, rows.end)
            chosen = chosen & (rows.start != NO_YEAR) & (end >= wanted.from_year)
        if wanted.to_year is not None:
            chosen = chosen & (rows.start != NO_YEAR) & (rows.start <= wanted.to_year)
        return chosen

    @cached_property
    def procurements(self) -> Bools:
        """Which procurements the selection leaves; a period leaves those with a year within it."""
        wanted, rows = self.selection, self.index.procurements
        chosen = self.within(rows) & self._on_theme(rows.themes)
        if wanted.from_year is not None:
            chosen = chosen & (rows.year >= wanted.from_year)
        if wanted.to_year is not None:
            chosen = chosen & (rows.year != NO_YEAR) & (rows.year <= wanted.to_year)
        return chosen

    def _on_theme(self, themes: Bits) -> Bools:
        wanted = self.selection.themes
        if not wanted:
            return np.ones(themes.size, np.bool_)
        return (themes & codes_to_bits(wanted, THEME.values)) > 0
