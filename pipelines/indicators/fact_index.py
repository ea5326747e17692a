"""The index of one edition: its arrays and what else is made once and asked for often."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
import polars as pl

from pipelines.indicators import registers
from pipelines.indicators.adding_up import Found, add_up, theme_marks
from pipelines.indicators.fact_arrays import (
    Links,
    Marks,
    Objects,
    object_arrays,
)
from pipelines.indicators.facts import Facts
from pipelines.indicators.passage_arrays import Passages, passage_arrays
from pipelines.indicators.registers import Activities, Procurements, Register
from pipelines.indicators.similar import similar_municipalities
from pipelines.model.codes import COMMITMENT

Answer = TypeVar("Answer")
_GENERATIONS = 3


class FactIndex:
    """The arrays of one edition's facts, and answers that no filter changes."""

    def __init__(
        self, facts: Facts, lay_out: Callable[[Facts, Objects], Passages] = passage_arrays
    ) -> None:
        """Make the arrays; ``lay_out`` makes those of the passages, where they are not the facts'.

        Worlds between two editions share their passages and lay them out themselves.
        """
        self.facts = facts
        self.municipalities = facts["municipality"].sort("municipality_code")
        self.objects = object_arrays(facts, self.municipalities)
        self.passages = lay_out(facts, self.objects)
        self._registers: dict[str, Register] = {}
        self._once: dict[Callable[[FactIndex], object], object] = {}

    def once(self, function: Callable[[FactIndex], Answer]) -> Answer:
        """Return what a function makes of this index; it is made once and kept."""
        if function not in self._once:
            self._once[function] = function(self)
        return cast("Answer", self._once[function])

    @cached_property
    def found(self) -> Found:
        """What all counted passages add up to: the answer when no passage filter is set."""
        return add_up(self.passages, len(self.objects), None, COMMITMENT.position("shall"))

    @cached_property
    def theme_marks(self) -> Marks:
        """Each object's levels on each theme, when no passage filter is set."""
        return theme_marks(self.passages, len(self.objects), None)

    @cached_property
    def codes(self) -> list[str]:
        """Municipality codes in order."""
        return self.municipalities["municipality_code"].to_list()

    @cached_property
    def similar(self) -> pl.DataFrame:
        """Each municipality's five most alike, as the table ``similar_municipality``."""
        plans = np.bincount(self.objects.municipality, minlength=len(self.codes))
        return similar_municipalities(self.municipalities, plans.astype(np.float64))

    def group_of(self, code: str) -> list[str]:
        """Return a municipality and those most like it."""
        alike = self.similar.filter(pl.col("municipality_code") == code)
        return [code, *alike["similar_code"]]

    @cached_property
    def links(self) -> Links:
        """What ties objects together, as numbers (see :class:`Links`)."""
        frame = self.objects.frame
        place = frame.select("object_id").with_row_index("at")
        above = self.ancestors.join(place, on="object_id").join(
            place.rename({"at": "above", "object_id": "ancestor"}), on="ancestor"
        )
        parents = above["at"].cast(pl.Int64) * len(self.objects) + above["above"].cast(pl.Int64)
        case, core = (
            frame[name].rank("dense").fill_null(-1).cast(pl.Int64).to_numpy()
            for name in ("case_number", "core_id")
        )
        return Links(np.sort(parents.to_numpy()), case, core)

    @cached_property
    def ancestors(self) -> pl.DataFrame:
        """Which plan stands above which object, to the third step: ``object_id, ancestor``.

        ``is_parent`` is true on every row, so that a left join tells whether there is a link.
        """
        plans, allocations = self.facts["plan"], self.facts["land_allocation"]
        step = pl.concat(
            [
                plans.select(
                    pl.col("plan_id").alias("object_id"), pl.col("parent_plan_id").alias("ancestor")
                ),
                allocations.select(
                    pl.col("allocation_id").alias("object_id"), pl.col("plan_id").alias("ancestor")
                ),
            ]
        ).drop_nulls()
        above = [step]
        for _ in range(_GENERATIONS - 1):
            above.append(
                above[-1]
                .join(step, left_on="ancestor", right_on="object_id")
                .select("object_id", pl.col("ancestor_right").alias("ancestor"))
            )
        return pl.concat(above).unique().with_columns(pl.lit(value=True).alias("is_parent"))

    def register(self, table: str) -> Register:
        """A register's rows as arrays."""
        if table not in self._registers:
            self._registers[table] = registers.register(self.facts, table, self.codes)
        return self._registers[table]

    @cached_property
    def actors(self) -> dict[str, int]:
        """A number for each name of a buyer, a host or a municipality."""
        return registers.actor_numbers(self.facts)

    @cached_property
    def activities(self) -> Activities:
        """Test activities as arrays."""
        return registers.activities(self.facts, self.codes, self.actors)

    @cached_property
    def procurements(self) -> Procurements:
        """Procurements as arrays."""
        return registers.procurements(self.facts, self.codes, self.actors)
