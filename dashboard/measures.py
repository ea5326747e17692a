"""The indicators under a reader's choice: answers are kept like other answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, overload

import polars as pl
import streamlit as st

from dashboard.budget import asked, question
from dashboard.database import connection
from dashboard.filters import Filters
from pipelines.indicators import (
    chain,
    innovation_index,
    market,
    planning,
    quality,
    scaling,
    windows,
)
from pipelines.indicators import testing as tests
from pipelines.indicators.facts import Facts
from pipelines.indicators.innovation_index import EQUAL
from pipelines.indicators.scope import LOWEST, YEARS, Scope, Selection
from pipelines.indicators.values import Values, value_table
from pipelines.model.region import Region

Answer = TypeVar("Answer")
Frames = dict[str, pl.DataFrame]


def selection_of(filters: Filters, *, years: int = YEARS, with_level: bool = False) -> Selection:
    """Return the choice that numbers are counted under.

    Args:
        filters: the reader's choice.
        years: the time in which a comprehensive plan should carry through.
        with_level: whether passages below the lowest chosen level are left out: only where
            passages themselves are counted, beside lists of them. A measure counts every level,
            because its formula says so, whatever is chosen.
    """
    return replace(filters, years=years, minimum=filters.minimum if with_level else LOWEST)


@overload
def measure(
    edition: Path,
    region: Region,
    function: Callable[..., Values],
    selection: Selection,
    *values: Any,
) -> pl.DataFrame: ...
@overload
def measure(
    edition: Path,
    region: Region,
    function: Callable[..., Answer],
    selection: Selection,
    *values: Any,
) -> Answer: ...
def measure(
    edition: Path,
    region: Region,
    function: Callable[..., Any],
    selection: Selection,
    *values: Any,
) -> Any:
    """Compute an indicator function for a selection; the same question is answered from memory.

    What a single measure finds comes as rows of ``indicator_value``.

    Args:
        edition: the edition's file.
        region: whose it is.
        function: takes a scope and then ``values``.
        selection: what the scope is narrowed to.
        values: what else it takes, as a reader's weights; what is equal must print equally.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    wanted = repr((selection, values))
    return asked(
        lambda: _answer(str(edition), name, wanted, function, edition, region, selection, values)
    )


@st.cache_data(max_entries=200, show_spinner=False)
def _answer(
    key: str,
    name: str,
    wanted: str,
    _function: Callable[..., Any],
    _edition: Path,
    _region: Region,
    _selection: Selection,
    _values: tuple[Any, ...],
) -> Any:
    scope = _scope(key, repr(_selection), _edition, _region, _selection)
    with question():
        found = _function(scope, *_values)
    return value_table(found) if isinstance(found, list) else found


@st.cache_resource(max_entries=4, show_spinner=False)
def _scope(key: str, wanted: str, _edition: Path, _region: Region, _selection: Selection) -> Scope:
    """One selection for all the measures of a page, which share what they find in it."""
    return Scope(_facts(key, _edition, _region), _selection)


@st.cache_resource(max_entries=3, show_spinner=False)
def _facts(key: str, _edition: Path, _region: Region) -> Facts:
    return Facts(_region.name, _region.label, connection=connection(_edition))


def overview(scope: Scope) -> Values:
    """*Läget*: the region on one screen."""
    return [
        *planning.inclusion(scope),
        *planning.ladder(scope),
        *planning.requirement(scope),
        *chain.carry_through(scope),
        *windows.windows(scope),
        *tests.active(scope),
        *market.criteria(scope),
        *market.procurements(scope),
        *market.sme_winners(scope),
        *quality.coverage(scope),
    ]


def plan_values(scope: Scope) -> Values:
    """*Översiktsplaner*, *Detaljplaner*, *Markanvisningar*: how much, how bindingly, how early."""
    return planning.compute(scope) + quality.coverage(scope)


def red_thread(scope: Scope) -> Frames:
    """*Röda tråden*: where each theme grows, holds or leaks, and the share that holds."""
    found = value_table(chain.carry_through(scope))
    return {"values": found, "carry_through": chain.trace(scope)}


def testing_activities(scope: Scope) -> Frames:
    """*Testverksamhet*: what runs where, who cooperates, and from test to scaling up."""
    return {
        "values": value_table(tests.compute(scope) + scaling.compute(scope)),
        "activities": tests.named_activities(scope),
        "cooperation": tests.cooperation(scope),
        "parties": tests.parties(scope),
        "survival": scaling.survival_table(scope),
    }


def procurement(scope: Scope) -> Frames:
    """*Upphandling och SMF*."""
    found = value_table(market.compute(scope))
    return {"values": found, "procurements": market.chosen_procurements(scope)}


def index(scope: Scope, weights: Mapping[str, float] = EQUAL) -> Frames:
    """*Innovationsindex*: scores, rank intervals and the components, with a reader's weights."""
    ranks = innovation_index.index_table(scope, weights)
    return {"values": value_table(innovation_index.index_values(scope, ranks)), "index_rank": ranks}
