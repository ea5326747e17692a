"""What one run of a page looks at: region, edition, choice and colours, read once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, overload

import polars as pl
import streamlit as st

from dashboard import database
from dashboard.draw.borders import Borders, read_borders
from dashboard.draw.chart import Style
from dashboard.filters import Filters, address, lowest_listed
from dashboard.measures import measure, selection_of
from dashboard.queries import edition as edition_queries
from dashboard.text import day
from dashboard.theme import palette
from pipelines.indicators.scope import YEARS
from pipelines.indicators.values import Values
from pipelines.model.region import Region, data_folder, load_region, region_names

Answer = TypeVar("Answer")
_KEY = "view"
PLANS = "kommunernas planhandlingar"
TESTS = "registret över testverksamhet"
EXCERPTS = "referat ur kommunernas sidor och dokument"
REGISTERS = "regionens register"
CHAIN = "kommunernas planhandlingar och registret över testverksamhet"


@dataclass(frozen=True)
class View:
    """Everything a page needs to ask and draw.

    ``places`` maps municipality code → name, ``regions`` region name → label, ``facts`` is the
    edition's own row, ``fixed`` names filters that the page itself has set.
    """

    region: Region
    edition: Path
    facts: dict[str, object]
    filters: Filters
    style: Style
    places: dict[str, str]
    regions: dict[str, str]
    fixed: tuple[str, ...] = ()

    def ask(self, query: Callable[..., Answer], *values: Any) -> Answer:
        """Put a named query to this view's edition."""
        return database.ask(self.edition, query, *values)

    def ask_now(self, query: Callable[..., Answer], *values: Any) -> Answer:
        """Put a query whose answer is too large to keep, as a whole file."""
        return database.ask_now(self.edition, query, *values)

    @overload
    def measure(
        self,
        function: Callable[..., Values],
        *values: Any,
        years: int = YEARS,
        with_level: bool = False,
    ) -> pl.DataFrame: ...
    @overload
    def measure(
        self,
        function: Callable[..., Answer],
        *values: Any,
        years: int = YEARS,
        with_level: bool = False,
    ) -> Answer: ...
    def measure(
        self,
        function: Callable[..., Any],
        *values: Any,
        years: int = YEARS,
        with_level: bool = False,
    ) -> Any:
        """Compute an indicator for this choice; ``values`` are what it takes beside the scope.

        ``years`` is the time in which a comprehensive plan should carry through.
        ``with_level`` leaves out passages below the lowest chosen level, as lists do: for counts
        of passages alone (see :func:`~dashboard.measures.selection_of`).
        """
        chosen = selection_of(self.filters, years=years, with_level=with_level)
        return measure(self.edition, self.region, function, chosen, *values)

    def only(self, object_type: str) -> View:
        """The same view of one type of document, whatever types are chosen."""
        return replace(self, filters=self.filters.only(object_type), fixed=(*self.fixed, "typ"))

    def under(self, filters: Filters) -> View:
        """The same view of another choice."""
        return replace(self, filters=filters)

    @property
    def loose(self) -> tuple[str, ...]:
        """Names of the filters that the reader has set and may set to all."""
        return tuple(name for name in self.filters.chosen if name not in self.fixed)

    def link(self, page: str, **changes: Any) -> str:
        """Return a relative address of a page with this choice, changed as named.

        One to those that reach a level lists what is said on it, whatever else is chosen.
        """
        chosen = replace(self.filters, **changes)
        if changes.get("highest") is not None:
            chosen = replace(chosen, minimum=lowest_listed(chosen.minimum, changes["highest"]))
        return page + address(chosen, regions=self.regions, places=self.places, is_short=True)

    def source(self, what: str = PLANS) -> str:
        """The line under a figure that says where it comes from."""
        invented = " (påhittade)" if self.region.is_example else ""
        return f"Källa: {what}{invented}, utgåva {self.edition_day}"

    @property
    def edition_day(self) -> str:
        """The day the edition was built."""
        return day(self.facts["built_at"])

    @property
    def borders(self) -> Borders:
        """The region's borders."""
        return _borders(str(data_folder() / self.region.map_file))


def region_order() -> tuple[str, ...]:
    """Names of regions with an edition: real ones after the fictional, else alphabetical."""
    names = [name for name in region_names() if database.has_edition(name)]
    return tuple(sorted(names, key=lambda name: (not load_region(name).is_example, name)))


def opening_region(names: tuple[str, ...]) -> str:
    """Return the region to open on: a real one as soon as it has read documents."""
    for name in names:
        edition = database.current_edition(name)
        if not load_region(name).is_example and database.ask(edition, edition_queries.count_read):
            return name
    return names[0]


def build_view(filters: Filters, regions: dict[str, str], edition: Path) -> View:
    """Read what is common to all pages and keep it for the page that runs next."""
    region = load_region(filters.region)
    view = View(
        region=region,
        edition=edition,
        facts=database.ask(edition, edition_queries.edition_facts),
        filters=filters,
        style=Style(palette(st.context.theme.type), region.mark),
        places=database.ask(edition, edition_queries.municipality_names),
        regions=regions,
    )
    st.session_state[_KEY] = view
    return view


def current_view() -> View:
    """Return the view that the frame has built for this run."""
    view: View = st.session_state[_KEY]
    return view


@lru_cache(maxsize=8)
def _borders(file: str) -> Borders:
    return read_borders(json.loads(Path(file).read_text(encoding="utf-8")))
