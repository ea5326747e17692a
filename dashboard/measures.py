"""The indicators under a reader's choice: one index an edition, answers kept like other answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, overload

import polars as pl
import streamlit as st

from dashboard.database import ask_now
from dashboard.filters import LOWEST, Filters
from dashboard.queries.measured import agreement, measured_tables
from dashboard.queries.method import codebook
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.pages import open_edition
from pipelines.indicators.scope import Scope
from pipelines.indicators.selection import YEARS, Selection
from pipelines.indicators.value_table import value_table
from pipelines.indicators.values import Values
from pipelines.model.codes import COMMITMENT
from pipelines.model.region import Region

Answer = TypeVar("Answer")


def selection_of(filters: Filters, *, years: int = YEARS, with_level: bool = False) -> Selection:
    """Say the reader's choice in the words of the indicators.

    Args:
        filters: the choice.
        years: the time in which a comprehensive plan should carry through.
        with_level: whether passages below the lowest chosen level are left out: only where
            passages themselves are counted, beside lists of them. A measure counts every level,
            for its formula says so, whatever is chosen.
    """
    lowest = filters.minimum if with_level and filters.minimum > LOWEST else None
    return Selection(
        municipalities=filters.municipalities,
        object_types=filters.object_types,
        stages=filters.stages,
        from_year=filters.year_from,
        to_year=filters.year_to,
        themes=filters.themes,
        instruments=filters.instruments,
        lowest=COMMITMENT.values[lowest] if lowest else "",
        reaches="" if filters.highest is None else COMMITMENT.values[filters.highest],
        years=years,
    )


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
    return _answer(
        str(edition), name, repr((selection, values)), function, edition, region, selection, values
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
    found = _function(scope, *_values)
    return value_table(found) if isinstance(found, list) else found


@st.cache_resource(max_entries=4, show_spinner=False)
def _scope(key: str, wanted: str, _edition: Path, _region: Region, _selection: Selection) -> Scope:
    """One selection for all the measures of a page, which share what they find in it."""
    return Scope(_index(key, _edition, _region), _selection)


@st.cache_resource(max_entries=3, show_spinner=False)
def _index(key: str, _edition: Path, _region: Region) -> FactIndex:
    return open_edition(
        _region.name,
        _region.label,
        ask_now(_edition, measured_tables),
        codebook=ask_now(_edition, codebook),
        agreement=ask_now(_edition, agreement),
    )
