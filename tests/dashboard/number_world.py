"""What numbers are held against: an edition, the reader's choice, and the indicator functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from dashboard.database import connection, current_edition
from dashboard.filters import Filters
from dashboard.measures import selection_of
from pipelines.indicators import planning
from pipelines.indicators.facts import MUNICIPALITY, Facts
from pipelines.indicators.scope import Scope, count_left
from pipelines.indicators.values import Values, value_table
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
        return Scope(self.edition.facts, replace(chosen, **changes))

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


def facts_of(region: str, label: str) -> Facts:
    """Return the facts of the region's current edition, as the dashboard reads them."""
    return Facts(region, label, connection=connection(current_edition(region)))


def open_windows(scope: Scope) -> pl.DataFrame:
    """Return the edition's open windows in the choice."""
    return scope.sql("SELECT w.* FROM open_window w JOIN chosen_object USING (object_id)")


def passages_by_theme(scope: Scope) -> dict[str, int]:
    """Count the passages themselves by theme: those in the choice, of what is read."""
    chosen = scope.selection
    codes = [f"list_has_any(p.{name}, ${name})" for name in ("themes", "instruments")
             if getattr(chosen, name)]  # fmt: skip
    found = scope.sql(
        f"""SELECT theme, count(*) AS passages
            FROM (SELECT unnest(p.themes) AS theme
                  FROM passage p JOIN chosen_object USING (object_id)
                  WHERE {" AND ".join(["is_read", "is_counted", "p.level >= $minimum", *codes])})
            GROUP BY ALL"""
    )
    return dict(found.iter_rows())
