"""All indicators: their definitions as one list, and all that an edition holds of them."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import (
    actions,
    carry_through,
    chain,
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
    scope = Scope(FactIndex(facts))
    traced = chain.trace(scope)
    return measure(scope, traced, innovation_index.index_table(scope, traced))


def derive_all(facts: Facts) -> dict[str, pl.DataFrame]:
    """Return ``indicator_value`` and every derived table of an edition, by name."""
    scope = Scope(FactIndex(facts))
    traced = chain.trace(scope)
    ranks = innovation_index.index_table(scope, traced)
    opened = windows.open_windows(scope)
    tables = {
        "indicator_value": measure(scope, traced, ranks),
        "carry_through": traced,
        "open_window": opened,
        "window_match": window_matches.window_matches(scope, opened),
        "index_rank": ranks,
        "index_sensitivity": innovation_index.sensitivity_table(scope, traced),
        "survival": scaling.survival_table(scope),
        "cooperation": network.cooperation(facts, facts["testing_activity"]),
        "similar_municipality": scope.index.similar,
    }
    return {name: frame.select(*TABLE[name].polars_schema) for name, frame in tables.items()}


def measure(scope: Scope, traced: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    """Compute every indicator under a selection.

    Args:
        scope: the selection.
        traced: the table ``carry_through`` for it.
        ranks: the table ``index_rank`` for it.
    """
    contract = TABLE["indicator_value"]
    values = [
        planning.compute(scope),
        carry_through.carry_through(scope, traced),
        windows.compute(scope),
        innovation_index.index_values(scope, ranks),
        actions.compute(scope),
        testing.compute(scope),
        scaling.compute(scope),
        market.compute(scope),
        quality.compute(scope),
    ]
    return pl.concat(values).select(*contract.polars_schema).sort(contract.key)


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
