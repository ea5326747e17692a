"""All indicators: their definitions as one list, and all that an edition holds of them."""

from __future__ import annotations

import polars as pl

from pipelines.indicators import (
    actions,
    chain,
    innovation_index,
    market,
    planning,
    quality,
    scaling,
    suggestions,
    testing,
    windows,
)
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import Scope, WhatIf
from pipelines.indicators.values import value_table
from pipelines.model.tables import TABLE

FAMILIES = (
    planning,
    chain,
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


def derive_all(facts: Facts) -> dict[str, pl.DataFrame]:
    """Return ``indicator_value`` and every derived table of an edition, by name."""
    scope = Scope(facts)
    opened = windows.open_windows(scope)
    tables = {
        "indicator_value": measure(scope),
        "carry_through": chain.trace(scope),
        "open_window": opened,
        "window_match": suggestions.window_matches(scope, opened),
        "index_rank": scope.once(innovation_index.index_table),
        "index_sensitivity": innovation_index.sensitivity_table(scope),
        "survival": scaling.survival_table(scope),
        "cooperation": testing.cooperation(scope),
        "similar_municipality": facts.similar,
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


def what_if(scope: Scope, rules: WhatIf) -> pl.DataFrame:
    """Return every text number under other rules beside the published one; nothing is stored.

    Columns of ``indicator_value`` with ``value_if``, ``absence_if`` and ``difference``;
    ``difference`` is null where either value is missing.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> found = what_if(worked_scope(), WhatIf(counts_from="shall")).filter(
    ...     pl.col("indicator_id") == "1.1", pl.col("part") == "dp"
    ... )
    >>> found.select("unit_id", "value", "value_if").row(0)
    ('prov', 0.4, 0.2)
    """
    published, other = (_from_texts(scope.under(each)) for each in (WhatIf(), rules))
    keys = ["indicator_id", "unit_kind", "unit_id", "part"]
    return published.join(
        other.select(*keys, pl.col("value", "absence").name.suffix("_if")),
        on=keys,
        maintain_order="left",
    ).with_columns((pl.col("value_if") - pl.col("value")).alias("difference"))


def _from_texts(scope: Scope) -> pl.DataFrame:
    return value_table(
        [
            *planning.compute(scope),
            *chain.carry_through(scope),
            *windows.windows(scope),
            *innovation_index.compute(scope),
            *market.criteria(scope),
        ]
    )
