"""What each page of the dashboard asks for: all its numbers under a selection, in one call.

``open_edition`` makes the index once for each edition; it is read-only and may be shared by
all sessions. Every function then takes a :class:`Scope` and answers with frames by name;
``values`` has the columns of ``indicator_value``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipelines.indicators import (
    actions,
    breakdown,
    carry_through,
    chain,
    innovation_index,
    market,
    network,
    planning,
    quality,
    scaling,
    testing,
    windows,
)
from pipelines.indicators.allocations import criteria, selecting
from pipelines.indicators.catalog import INDICATOR, measure
from pipelines.indicators.chosen_activities import named_activities
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.facts import REGION, Facts
from pipelines.indicators.innovation_index import EQUAL
from pipelines.indicators.scope import Scope
from pipelines.indicators.selection import WhatIf
from pipelines.indicators.value_table import value_table
from pipelines.indicators.values import Values

Frames = dict[str, pl.DataFrame]


def open_edition(
    region_name: str,
    region_label: str,
    tables: Mapping[str, pl.DataFrame],
    codebook: pl.DataFrame | None = None,
    agreement: pl.DataFrame | None = None,
) -> FactIndex:
    """Make the index of an edition from its tables (see ``facts.MEASURED_TABLES``).

    Of *passage* only ``facts.PASSAGE_COLUMNS`` are needed. ``codebook`` is ``catalog_codebook``
    and ``agreement`` is ``catalog_agreement``.
    """
    nothing = pl.DataFrame()
    return FactIndex(
        Facts(
            region_name,
            region_label,
            tables,
            nothing if codebook is None else codebook,
            nothing if agreement is None else agreement,
        )
    )


def overview(scope: Scope) -> Frames:
    """*Läget*: the region on one screen."""
    return {
        "values": value_table(
            [
                *planning.inclusion(scope),
                *planning.ladder(scope),
                *planning.requirement(scope),
                *carry_through.carry_through(scope),
                *windows.windows(scope),
                *testing.active(scope),
                *criteria(scope),
                *market.procurements(scope),
                *market.sme_winners(scope),
                *quality.coverage(scope),
            ]
        ),
        "by_year": breakdown.inclusion_by_year(scope),
    }


def plans(scope: Scope) -> Frames:
    """*Översiktsplaner*, *Detaljplaner*: how much, how bindingly, how broadly, how early."""
    return _text_page(scope, plan_values(scope))


def plan_values(scope: Scope) -> Values:
    """The values alone, for a page that draws nothing else of it."""
    return planning.compute(scope) + quality.coverage(scope)


def _text_page(scope: Scope, found: Values) -> Frames:
    return {
        "values": value_table(found),
        "by_year": breakdown.inclusion_by_year(scope),
        "themes": value_table(breakdown.themes_by_unit(scope)),
        "instruments": value_table(breakdown.instruments_by_unit(scope)),
        "theme_levels": breakdown.themes_by_level(scope),
        "instrument_levels": breakdown.instruments_by_level(scope),
    }


def allocations(scope: Scope) -> Frames:
    """*Markanvisningar*: the same as plans, and what developers are chosen by."""
    found = plan_values(scope) + criteria(scope)
    return {**_text_page(scope, found), "criteria": scope.once(selecting)}


def red_thread(scope: Scope) -> Frames:
    """*Röda tråden*: where each theme grows, holds or leaks, and the share that holds."""
    found = value_table(carry_through.carry_through(scope))
    return {"values": found, "carry_through": chain.trace(scope)}


def open_windows(scope: Scope, edition: Mapping[str, pl.DataFrame]) -> Frames:
    """*Tidsfönster*: what can be influenced, from the edition's ``open_window`` and its matches."""
    chosen = scope.index.objects.frame["object_id"].filter(pl.Series(scope.known))
    rows = edition["open_window"].filter(pl.col("object_id").is_in(chosen.implode()))
    return {
        "values": value_table(windows.windows(scope)),
        "open_window": rows,
        "window_match": edition["window_match"].filter(
            pl.col("object_id").is_in(rows["object_id"].implode())
        ),
    }


def testing_activities(scope: Scope) -> Frames:
    """*Testverksamhet*: what runs where, who cooperates, and from test to scaling up.

    ``activities`` have the names of their municipality and core.
    """
    return {
        "values": value_table(testing.compute(scope) + scaling.compute(scope)),
        "activities": named_activities(scope),
        "cooperation": network.cooperation(scope),
        "parties": network.parties(scope),
        "survival": scaling.survival_table(scope),
    }


def procurement(scope: Scope) -> Frames:
    """*Upphandling och SMF*."""
    found = value_table(market.compute(scope))
    return {"values": found, "procurements": market.chosen_procurements(scope)}


def action_plan(scope: Scope, edition_values: pl.DataFrame) -> Frames:
    """*Handlingsplanen*: status and evidence, and the region's numbers that speak for each.

    Args:
        scope: the selection; the plan itself belongs to the whole region.
        edition_values: the edition's ``indicator_value``.
    """
    speaks = pl.DataFrame(
        [(action, each.id) for each in INDICATOR.values() for action in each.actions],
        schema=["action_id", "indicator_id"],
        orient="row",
    )
    whole = edition_values.filter(pl.col("unit_kind") == REGION)
    return {
        "actions": actions.action_plan(scope),
        "values": value_table(actions.compute(scope)),
        "speaking": speaks.join(whole, on="indicator_id", maintain_order="left"),
        "log": scope.facts["action_log"],
    }


def municipality(scope: Scope) -> Frames:
    """*Kommun*: everything for one municipality beside those like it.

    Give the scope ``Selection(similar_to=code)``; the units are then the group, the municipality
    itself and its like.
    """
    return {
        "values": measure(scope),
        "carry_through": chain.trace(scope),
        "similar": scope.index.similar.filter(
            pl.col("municipality_code") == scope.selection.similar_to
        ),
    }


def index(scope: Scope, weights: Mapping[str, float] = EQUAL) -> Frames:
    """*Innovationsindex*: scores, rank intervals and the components, with a reader's weights."""
    ranks = innovation_index.index_table(scope, weights)
    return {"values": value_table(innovation_index.index_values(scope, ranks)), "index_rank": ranks}


def index_sensitivity(scope: Scope, weights: Mapping[str, float] = EQUAL) -> pl.DataFrame:
    """What ranks depend on; slower than the rest, so it is asked for alone."""
    return innovation_index.sensitivity_table(scope, weights)


def data_quality(scope: Scope) -> Frames:
    """*Metod och kvalitet*: K.1–K.5."""
    return {"values": value_table(quality.compute(scope))}


def what_if(scope: Scope, rules: WhatIf) -> pl.DataFrame:
    """Every text number under other rules beside the published one; nothing is stored.

    Columns of ``indicator_value`` with ``value_if``, ``absence_if`` and ``difference``;
    ``difference`` is null where either value is missing.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> found = what_if(worked_scope(), WhatIf(counts_from="shall")).filter(
    ...     pl.col("indicator_id") == "1.1", pl.col("part") == "dp"
    ... )
    >>> found.select("unit_id", "value", "value_if").row(0)
    ('prov', 0.4, 0.2)
    """
    published, other = (
        _text_values(Scope(scope.index, scope.selection, each)) for each in (WhatIf(), rules)
    )
    keys = ["indicator_id", "unit_kind", "unit_id", "part"]
    return published.join(
        other.select(*keys, pl.col("value", "absence").name.suffix("_if")),
        on=keys,
        maintain_order="left",
    ).with_columns((pl.col("value_if") - pl.col("value")).alias("difference"))


def count_left(scope: Scope) -> dict[str, int]:
    """How much a choice leaves: objects known and read, passages and municipalities."""
    objects = scope.index.objects
    return {
        "known": int(scope.known.sum()),
        "read": int(scope.read.sum()),
        "passages": int(scope.found.passages[scope.read].sum()),
        "municipalities": int(np.unique(objects.municipality[scope.known]).size),
    }


def _text_values(scope: Scope) -> pl.DataFrame:
    return value_table(
        [
            *planning.compute(scope),
            *carry_through.carry_through(scope),
            *windows.windows(scope),
            *innovation_index.compute(scope),
            *criteria(scope),
        ]
    )
