"""What numbers are held against: an edition, the reader's choice, and the indicator functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dashboard.filters import Filters
from dashboard.measures import selection_of
from pipelines.indicators import planning
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.indicators.pages import count_left
from pipelines.indicators.scope import Scope
from pipelines.indicators.value_table import value_table
from pipelines.indicators.values import Values
from pipelines.model.codes import COMMITMENT
from tests.indicators.regions import Edition

WHOLE = ""
"""Stands for the whole choice among the units of an indicator."""
Ladder = tuple[int, ...]
"""How many on each level, then read and known."""


@dataclass(frozen=True)
class World:
    """One edition under one choice; ``municipality`` is the one that *Kommun* shows."""

    edition: Edition
    filters: Filters
    municipality: str = ""

    def scope(self, *, with_level: bool = False, **changes: Any) -> Scope:
        """The choice in the indicators' words, changed as named."""
        chosen = selection_of(self.filters, with_level=with_level)
        return Scope(self.edition.index, replace(chosen, **changes))

    def values(
        self, function: Callable[[Scope], Values], **changes: Any
    ) -> dict[tuple[str, str], dict[str, Any]]:
        """An indicator's rows by unit (``WHOLE``, else the code) and part."""
        rows = value_table(function(self.scope(**changes))).to_dicts()
        return {
            (row["unit_id"] if row["unit_kind"] == MUNICIPALITY else WHOLE, row["part"]): row
            for row in rows
            if row["unit_kind"] != "stadskärna"
        }

    def ladders(self, **changes: Any) -> dict[tuple[str, str], Ladder]:
        """Indicator 1.2 by unit and document type, of those that have anything known."""
        values = self.values(planning.ladder, **changes)
        found = {}
        for unit, kind in {(unit, part.split(":")[0]) for unit, part in values}:
            steps = [values[unit, f"{kind}:{code}"] for code in COMMITMENT.values]
            if steps[0]["known"]:
                hits = [int(step["numerator"] or 0) for step in steps]
                found[unit, kind] = (*hits, steps[0]["n"], steps[0]["known"])
        return found

    def left(self, **changes: Any) -> dict[str, int]:
        """How much the choice leaves."""
        return count_left(self.scope(**changes))


def highest(ladder: Ladder) -> int | None:
    """The highest level that anything stands on; None where nothing is read."""
    return max((level for level, n in enumerate(ladder[:-2]) if n), default=None)
