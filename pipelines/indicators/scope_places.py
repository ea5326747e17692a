"""The places of one selection: whom numbers are for, and how rows are summed to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators.fact_arrays import Bools, Ints
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.facts import CHOICE, MUNICIPALITY, REGION, Facts
from pipelines.indicators.registers import Register
from pipelines.indicators.selection import Selection


class Places:
    """What a selection leaves of the map.

    ``units`` are whom the numbers are for: the whole first, then each municipality in it.
    """

    def __init__(self, index: FactIndex, selection: Selection) -> None:
        self.index = index
        self.selection = selection

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
    def whole(self) -> pl.DataFrame:
        """The whole alone, of ``units``."""
        return self.units[:1]

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

    def within(self, register: Register) -> Bools:
        """Return which rows of a register lie in the selected places.

        Rows without a municipality belong to the region as a whole.
        """
        if not self.selection.is_place:
            return np.ones(register.place.size, np.bool_)
        inside = np.append(self.here, False)[register.place]
        if self.selection.cores and "core_id" in register.frame.columns:
            inside = inside & is_in(register.frame["core_id"], self.selection.cores)
        return np.asarray(inside, np.bool_)

    def tally(
        self,
        place: Ints,
        values: npt.NDArray[np.generic],
        part: Ints | None = None,
        parts: int = 1,
    ) -> npt.NDArray[np.float64]:
        """Sum a register's values by unit (rows, the whole first) and part (columns).

        Rows without a municipality count for the whole only, rows of no part (−1) not at all.

        Args:
            place: the position of each row's municipality, −1 for none.
            values: which of them count, or how much each does.
            part: the part that each belongs to.
            parts: number of parts.
        """  # fmt: skip
        rows = np.flatnonzero(values if part is None else (values != 0) & (part >= 0))
        column = np.zeros(rows.size, np.int64) if part is None else part[rows]
        weight = values[rows].astype(np.float64)
        # Rows without a municipality (−1) fall into a first row of their own, which is no unit.
        key = (place[rows] + 1) * parts + column
        flat = np.bincount(key, weight, (len(self.index.codes) + 1) * parts).reshape(-1, parts)
        return np.vstack([flat.sum(axis=0, keepdims=True), flat[1:][self.places]])


def is_in(column: pl.Series, values: Sequence[str]) -> Bools:
    """Return which rows hold one of the values; an empty cell holds none."""
    return column.is_in(list(values)).fill_null(value=False).to_numpy()
