"""The facts under one selection and one set of rules, counted by municipality and as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators import counterfactual
from pipelines.indicators.adding_up import Found, add_up
from pipelines.indicators.fact_arrays import Bools, Ints, Passages
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.facts import CHOICE, MUNICIPALITY, REGION, Facts
from pipelines.indicators.selection import AS_PUBLISHED, Selection, WhatIf
from pipelines.model.codes import COMMITMENT, COVERAGE
from pipelines.model.plan_codes import OBJECT_TYPE

TYPES: tuple[tuple[str, str], ...] = tuple(OBJECT_TYPE.labels.items())
TYPE_ORDER = OBJECT_TYPE.values
EVERYTHING: tuple[tuple[str, str], ...] = (("alla", "Alla"),)


class Scope:
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
        self.index = index
        self.selection = selection or Selection()
        self.what_if = what_if
        self.requires_from = COMMITMENT.position(what_if.requires_from)
        self.carries_from = COMMITMENT.position(what_if.carries_from)

    @property
    def facts(self) -> Facts:
        """The index's facts."""
        return self.index.facts

    @cached_property
    def places(self) -> list[int]:
        """Positions of the municipalities in the selection."""
        codes = self.index.codes
        chosen = set(self.selection.municipalities)
        if self.selection.similar_to:
            chosen |= set(self.index.group_of(self.selection.similar_to))
        if self.selection.cores:
            cores = self.facts["regional_core"].filter(
                pl.col("core_id").is_in(self.selection.cores)
            )
            of_cores = set(cores["municipality_codes"].explode().drop_nulls())
            chosen = chosen & of_cores if chosen else of_cores
        if not self.selection.is_place:
            return list(range(len(codes)))
        return [number for number, code in enumerate(codes) if code in chosen]

    @cached_property
    def units(self) -> pl.DataFrame:
        """Whom the numbers are for: ``unit_kind, unit_id, unit_name``."""
        narrowed = self.selection.is_place
        kind, key, name = (
            (CHOICE, CHOICE, "Urvalet")
            if narrowed
            else (REGION, self.facts.region_name, self.facts.region_label)
        )
        own = self.index.municipalities[self.places]
        return pl.DataFrame(
            {
                "unit_kind": [kind, *[MUNICIPALITY] * own.height],
                "unit_id": [key, *own["municipality_code"]],
                "unit_name": [name, *own["municipality_name"]],
            }
        )

    @cached_property
    def here(self) -> Bools:
        """Which municipalities are in the selection."""
        inside = np.zeros(len(self.index.codes), np.bool_)
        inside[self.places] = True
        return inside

    @cached_property
    def codes_here(self) -> list[str]:
        """Codes of the municipalities in the selection."""
        return [self.index.codes[place] for place in self.places]

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
                chosen = chosen & _is_in(objects.frame[column], values)
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
            self.facts, self._here, self.passages, self.selection, self.what_if
        )

    @cached_property
    def passages(self) -> Passages:
        """The passages of the selected places, with the codes that remain under the rules."""
        return counterfactual.recoded(self.facts, self._here, self.what_if)

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
        key, size = self.index.type_key, len(self.index.codes) * len(TYPES)
        if values.dtype == np.bool_:
            flat = np.bincount(key[values], minlength=size)
        else:
            flat = np.bincount(key, values, size)
        cells = flat.reshape(-1, len(TYPES))[self.places].astype(np.float64)
        return np.vstack([cells.sum(axis=0, keepdims=True), cells])

    def municipality_numbers(self, frame: pl.DataFrame) -> Ints:
        """Return each row's municipality as a position, −1 where it has none."""
        if "place" in frame.columns:
            return frame["place"].to_numpy()
        place = {code: number for number, code in enumerate(self.index.codes)}
        column = frame["municipality_code"].replace_strict(place, default=-1, return_dtype=pl.Int64)
        return column.fill_null(-1).to_numpy()

    def rows(self, table: str) -> pl.DataFrame:
        """Return a register's rows within the selected places.

        Rows without a municipality belong to the region as a whole.
        """
        frame = self.index.register(table)
        if not self.selection.is_place:
            return frame
        here = np.append(self.here, False)
        frame = frame.filter(here[frame["place"].to_numpy()])
        if self.selection.cores and "core_id" in frame.columns:
            frame = frame.filter(pl.col("core_id").is_in(self.selection.cores))
        return frame

    def tally(
        self,
        frame: pl.DataFrame,
        *hits: str,
        part: str = "",
        parts: Sequence[str] = ("",),
    ) -> list[npt.NDArray[np.float64]]:
        """Sum columns of a register by unit (rows, the whole first) and part (columns).

        Rows without a municipality count for the whole only; rows of another part do not count.

        Args:
            frame: register rows with ``municipality_code``.
            hits: boolean or number columns to sum, one answer each.
            part: the column that says which part a row belongs to.
            parts: the parts, in order.
        """
        column = np.zeros(frame.height, np.int64)
        if part:
            numbers = frame[part].replace_strict(
                {code: i for i, code in enumerate(parts)}, default=None, return_dtype=pl.Int64
            )
            frame = frame.filter(numbers.is_not_null())
            column = numbers.drop_nulls().to_numpy()
        place = self.municipality_numbers(frame)
        size, width = len(self.index.codes), len(parts)
        own = place >= 0
        key = place[own] * width + column[own]
        answers: list[npt.NDArray[np.float64]] = []
        for hit in hits:
            weight = frame[hit].cast(pl.Float64).fill_null(0).to_numpy()
            whole = np.bincount(column, weight, width).astype(np.float64)[None]
            flat = np.bincount(key, weight[own], size * width)
            answers.append(np.vstack([whole, flat.reshape(size, width)[self.places]]))
        return answers

    @cached_property
    def coverage(self) -> npt.NDArray[np.float64]:
        """Number of chosen objects by unit, object type and coverage."""
        objects = self.index.objects
        kinds, width = len(TYPES), len(COVERAGE.values)
        key = (objects.municipality * kinds + objects.kind) * width + objects.coverage
        flat = np.bincount(key[self.chosen], minlength=len(self.index.codes) * kinds * width)
        cells = flat.reshape(-1, kinds, width)[self.places].astype(np.float64)
        return np.concatenate([cells.sum(axis=0, keepdims=True), cells])

    @cached_property
    def excerpts(self) -> Bools:
        """Whether excerpts are coded, by unit and object type."""
        own = self.index.excerpts[self.places]
        whole: Bools = np.vstack([own.any(axis=0, keepdims=True), own])
        return whole


def _is_in(column: pl.Series, values: Sequence[str]) -> Bools:
    return column.is_in(list(values)).fill_null(value=False).to_numpy()
