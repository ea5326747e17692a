"""All indicators: their definitions as one list, and all that an edition holds of them."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import (
    actions,
    carry_through,
    chain,
    climate_demands,
    innovation_index,
    market,
    network,
    planning,
    quality,
    scaling,
    testing,
    window_matches,
    windows,
)
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import Scope
from pipelines.indicators.value_table import value_table
from pipelines.model.tables import TABLE

FAMILIES = (
    planning,
    carry_through,
    windows,
    innovation_index,
    actions,
    testing,
    scaling,
    market,
    climate_demands,
    quality,
)


def _order(definition: Indicator) -> tuple[str, int]:
    """Goals first, then activities and quality; within each by number, 1.10 after 1.9."""
    group, number = definition.id.split(".")
    return group, int(number)


DEFINITIONS: tuple[Indicator, ...] = tuple(
    sorted((each for family in FAMILIES for each in family.DEFINITIONS), key=_order)
)
INDICATOR: dict[str, Indicator] = {definition.id: definition for definition in DEFINITIONS}


def compute_all(facts: Facts) -> pl.DataFrame:
    """Compute every declared indicator for every unit, as the table ``indicator_value``."""
    return measure(Scope(FactIndex(facts)))


def derive_all(facts: Facts) -> dict[str, pl.DataFrame]:
    """Return ``indicator_value`` and every derived table of an edition, by name."""
    scope = Scope(FactIndex(facts))
    opened = windows.open_windows(scope)
    tables = {
        "indicator_value": measure(scope),
        "carry_through": chain.trace(scope),
        "open_window": opened,
        "window_match": window_matches.window_matches(scope, opened),
        "index_rank": scope.once(innovation_index.index_table),
        "index_sensitivity": innovation_index.sensitivity_table(scope),
        "survival": scaling.survival_table(scope),
        "cooperation": network.cooperation(scope),
        "similar_municipality": scope.index.similar,
    }
    return {name: frame.select(*TABLE[name].polars_schema) for name, frame in tables.items()}


def measure(scope: Scope) -> pl.DataFrame:
    """Compute every indicator under a selection."""
    found = [block for family in FAMILIES for block in family.compute(scope)]
    return value_table(found).sort(TABLE["indicator_value"].key)


def catalog_indicators() -> pl.DataFrame:
    """The definitions as a catalog table, one row per indicator, in the order of the goals."""
    rows = [
        {
            "indicator_id": definition.id,
            "position": position,
            **definition.model_dump(exclude={"id", "goals", "actions", "caveats"}),
            "goals": [str(goal) for goal in definition.goals],
            "actions": list(definition.actions),
            "caveats": list(definition.caveats),
        }
        for position, definition in enumerate(DEFINITIONS)
    ]
    lists = {name: pl.List(pl.String) for name in ("goals", "actions", "caveats")}
    return pl.DataFrame(rows, schema_overrides=lists)
