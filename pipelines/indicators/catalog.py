"""All indicators: their definitions as one list, and all their values for an edition."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import market, planning, quality, testing
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import Facts
from pipelines.model.tables import TABLE

FAMILIES = (planning, testing, market, quality)
DEFINITIONS: tuple[Indicator, ...] = tuple(
    definition for family in FAMILIES for definition in family.DEFINITIONS
)


def compute_all(facts: Facts) -> pl.DataFrame:
    """Compute every declared indicator for every unit, as the table ``indicator_value``."""
    contract = TABLE["indicator_value"]
    values: pl.DataFrame = pl.concat([family.compute(facts) for family in FAMILIES])
    return contract.conform(values).sort(contract.key)


def catalog_indicators() -> pl.DataFrame:
    """The definitions as a catalog table, one row per indicator."""
    rows = [
        {
            **definition.model_dump(exclude={"id", "goals", "actions", "caveats"}),
            "indicator_id": definition.id,
            "goals": [str(goal) for goal in definition.goals],
            "actions": list(definition.actions),
            "caveats": list(definition.caveats),
        }
        for definition in DEFINITIONS
    ]
    lists = {name: pl.List(pl.String) for name in ("goals", "actions", "caveats")}
    return pl.DataFrame(rows, schema_overrides=lists)
