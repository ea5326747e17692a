"""A reader's choice and the rows that it leaves: the only row sets that numbers are counted from.

A choice is one :class:`Selection`, and :func:`where` is its one WHERE clause, for the indicators
as well as for the lists of the dashboard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from typing import Any, TypeVar, cast

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators import what_if
from pipelines.indicators.asking import running
from pipelines.indicators.facts import CHOICE, MUNICIPALITY, REGION, Facts, number_of
from pipelines.model.codes import (
    ALLOCATIONS_BEFORE_AWARD,
    COMMITMENT,
    INNOVATION_PROCUREMENT,
    INSTRUMENT,
    OBJECT_TYPE,
    PHASES_ACTIVE,
    STAGES_BEFORE_REVIEW,
    THEME,
)

Answer = TypeVar("Answer")
Floats = npt.NDArray[np.float64]

YEARS = 8
"""Years within which a comprehensive plan should carry through: two terms of office."""
LOWEST = 1
"""Level *Nämns*: every passage."""
READ = ("read_found", "read_none")
NOT_KNOWN = ("superseded", "not_applicable")
"""Coverage that takes an object out of the known: replaced, or the question does not apply."""
TYPES: tuple[tuple[str, str], ...] = tuple(OBJECT_TYPE.labels.items())
EVERYTHING: tuple[tuple[str, str], ...] = (("alla", "Alla"),)
_CAN_BE_OPEN = (*STAGES_BEFORE_REVIEW, *ALLOCATIONS_BEFORE_AWARD)
STALE = "okant_lage"
"""Chosen among stages: whatever stage is known, it is too old or undated."""
UNKNOWN_STATE: tuple[tuple[str, str], ...] = ((STALE, "Okänt läge"),)
"""The part that counts what is left out of a number because its status is too old to be known."""


@dataclass(frozen=True)
class Selection:
    """What a reader has chosen; an empty tuple or None means all.

    ``municipalities`` are codes, ``object_types``, ``stages``, ``themes`` and ``instruments``
    codes of their lists. Years are inclusive; what has no year is left out of a chosen period.
    ``minimum`` is the lowest level (1–4) of passages and ``highest`` the exact highest level (0–4)
    that a plan or allocation reaches. ``years`` is the time in which a comprehensive plan should
    carry through.
    """

    region: str = ""
    municipalities: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    themes: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    minimum: int = LOWEST
    highest: int | None = None
    years: int = YEARS


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Other rules of counting, to see how the numbers move; nothing published changes.

    ``off_entries`` are codebook entries, ``off_themes`` and ``off_instruments`` whole classes that
    are switched off; ``counts_from`` is the lowest commitment at which a passage counts,
    ``carries_from`` the one from which a theme should carry through, ``requires_from`` the one
    that is called a requirement.
    """

    off_entries: tuple[str, ...] = ()
    off_themes: tuple[str, ...] = ()
    off_instruments: tuple[str, ...] = ()
    counts_from: str = "mention"
    carries_from: str = "aim"
    requires_from: str = "shall"

    @property
    def is_published(self) -> bool:
        """Whether these are the rules of the published numbers."""
        return self == WhatIf()


AS_PUBLISHED = WhatIf()


def within(selection: Selection, rows: str) -> str:
    """SQL: whether a row of a table lies in the chosen municipalities; bind with :func:`bound`."""
    return f"list_contains($municipalities, {rows}.municipality_code)" if (
        selection.municipalities
    ) else "true"  # fmt: skip


def in_years(selection: Selection, first: str, last: str) -> str:
    """SQL: whether what began and ended in these years lies in the chosen period.

    Without a first year it lies in no period.
    """
    conditions = ["true"]
    if selection.year_from is not None:
        conditions.append(f"{first} IS NOT NULL AND {last} >= $year_from")
    if selection.year_to is not None:
        conditions.append(f"{first} <= $year_to")
    return " AND ".join(conditions)


def on_themes(selection: Selection, rows: str) -> str:
    """SQL: whether a row of a table has any of the chosen themes."""
    return f"list_has_any({rows}.themes, $themes)" if selection.themes else "true"


def with_instruments(selection: Selection, rows: str) -> str:
    """SQL: whether a row of a table has any of the chosen instruments."""
    return f"list_has_any({rows}.instruments, $instruments)" if selection.instruments else "true"


def has_codes(selection: Selection, rows: str = "k") -> str:
    """SQL: whether passages have any of the chosen themes, and any of the chosen instruments.

    ``rows`` have ``theme_bits`` and ``instrument_bits``.
    """
    conditions = [
        f"({rows}.{column} & {number_of(chosen, codes.values)}) <> 0"
        for column, chosen, codes in (
            ("theme_bits", selection.themes, THEME),
            ("instrument_bits", selection.instruments, INSTRUMENT),
        )
        if chosen
    ]
    return " AND ".join(conditions) or "true"


_THEMES_FROM = tuple(f"themes_from_{level}" for level in range(LOWEST, len(COMMITMENT.values)))


def level_on(rows: str, at: str) -> str:
    """SQL: the highest level on the theme at a place of the code list; 0 for none.

    ``rows`` have the columns ``themes_from_1`` to ``themes_from_4`` of ``found_codes``.
    """
    found = (f"coalesce(({rows}.{name} >> {at}) & 1, 0)" for name in _THEMES_FROM)
    return f"({' + '.join(found)})"


def all_themes(rows: str) -> str:
    """SQL: the columns that :func:`level_on` reads, of several objects together."""
    return ", ".join(f"bit_or({rows}.{name}) AS {name}" for name in _THEMES_FROM)


def where(selection: Selection, level: str, rows: str = "o") -> str:
    """SQL: whether a plan or allocation is in the choice; bind with :func:`bound`.

    Args:
        selection: the choice.
        level: SQL of the highest level that its passages reach within the choice.
        rows: name of the table with the columns of ``planning_object``.
    """
    conditions = [within(selection, rows), in_years(selection, f"{rows}.year", f"{rows}.year")]
    if selection.object_types:
        conditions.append(f"list_contains($object_types, {rows}.object_type)")
    if selection.stages:
        conditions.append(in_stages(rows))
    if selection.highest is not None:
        conditions.append(f"{rows}.coverage IN {READ} AND {level} = $highest")
    return " AND ".join(conditions)


def in_stages(rows: str) -> str:
    """SQL: whether a plan or allocation is in a chosen stage, or in an unknown state if chosen."""
    return (
        f"(list_contains($stages::VARCHAR[], {rows}.object_stage)"
        f" OR (coalesce({rows}.is_stale, false)"
        f" AND list_contains($stages::VARCHAR[], '{STALE}')))"
    )


def bound(selection: Selection, query: str) -> dict[str, Any]:
    """Return the values of a choice that a query binds."""
    values = {
        "municipalities": list(selection.municipalities),
        "object_types": list(selection.object_types),
        "stages": list(selection.stages),
        "themes": list(selection.themes),
        "instruments": list(selection.instruments),
        "year_from": selection.year_from,
        "year_to": selection.year_to,
        "highest": selection.highest,
        "minimum": selection.minimum,
        "years": selection.years,
    }
    return {name: value for name, value in values.items() if f"${name}" in query}


_KEPT = """
SELECT k.* FROM {codes} k WHERE {has_codes} AND k.level >= {lowest} AND {here}
"""
_HERE = "k.object_id IN (SELECT object_id FROM own_object)"
_OWN_OBJECT = "SELECT object_id FROM planning_object o WHERE {within}"
_FOUND = """
SELECT object_id, coalesce(sum(passages) FILTER (is_counted), 0)::BIGINT AS hits,
       coalesce(max(level) FILTER (is_counted), 0)::BIGINT AS top,
       {themes_from},
       coalesce(bit_or(instrument_bits) FILTER (is_counted), 0) AS instruments_found,
       coalesce(bool_or(is_counted AND level >= {requires} AND instrument_bits <> 0), false)
           AS requires,
       bool_or(is_early) AS early
FROM {kept} GROUP BY object_id
"""
_CHOSEN = """
SELECT o.object_id, o.municipality_code, o.object_type, o.object_stage, o.is_open, o.year,
       coalesce(o.is_stale AND o.object_stage IN {can_be_open}, false) AS is_unknown,
       o.coverage, coalesce(o.pages, 0) AS pages, o.coverage IN {read} AS is_read,
       o.coverage NOT IN {not_known} AS is_known, coalesce(f.hits, 0) AS hits,
       coalesce(f.top, 0) AS top, coalesce(f.themes_from_1, 0) AS themes_found,
       coalesce(f.instruments_found, 0) AS instruments_found,
       coalesce(f.requires, false) AS requires, coalesce(f.early, false) AS early,
       f.object_id IS NOT NULL AS ever
FROM planning_object o LEFT JOIN found_codes f USING (object_id)
WHERE {where}
"""
_ACTIVITY = """
SELECT a.* REPLACE (coalesce(a.is_running, a.testing_phase IN {active}, false) AS is_running,
                    coalesce(a.is_stale, false) AS is_stale),
       coalesce(a.testing_phase <> 'ide', false) AS is_started,
       coalesce(a.is_stale AND a.testing_phase IN {active}, false) AS is_unsure,
       CASE WHEN a.is_stale
            THEN greatest(coalesce(a.status_per[:4]::BIGINT, -1), coalesce(a.start_year, -1))
            ELSE {now} END AS last_seen
FROM testing_activity a
"""
_CHOSEN_ACTIVITY = "FROM every_activity a WHERE {within} AND {themes} AND {years}"
_PROCUREMENT = """
SELECT p.*, coalesce(p.procurement_kind IN {tools}, false) AS has_tool FROM procurement p
WHERE {within} AND {themes} AND {years}
"""


class Scope:
    """The facts under one choice and one set of rules, and what measures share of them.

    Queries of :meth:`sql` may name these row sets, which are made when first asked for:

    ``kept_codes``: rows of ``object_codes`` in the choice, with the codes that remain under the
    rules. ``found_codes``: what an object's kept passages add up to,
    with its themes at a level or above (see :func:`level_on`). ``chosen_object``: plans and
    allocations in the choice, with ``is_read``, ``is_known``, ``is_unknown`` (it could be
    influenced when last seen, and that is too long ago), ``hits`` (number of counted passages),
    ``top`` (their highest level), ``themes_found`` and ``instruments_found`` (as bits),
    ``requires`` (a passage at *ska* names an instrument), ``ever`` and ``early`` (any passage in
    the plan's own words, and any in a document of samråd or before, in an older version too).
    ``every_activity`` and, in the choice, ``chosen_activity``: test activities with ``is_started``
    (past the idea), ``is_unsure`` (ran when last seen, and may have ended since) and ``last_seen``
    (the year that a stale one is known for; the others are known now). ``chosen_procurement``:
    procurements in the choice, with ``has_tool``.
    """

    def __init__(
        self, facts: Facts, selection: Selection | None = None, what_if: WhatIf = AS_PUBLISHED
    ) -> None:
        self.facts = facts
        self.selection = selection or Selection()
        self.what_if = what_if
        self._made: set[str] = set()
        self._once: dict[Callable[[Scope], object], object] = {}
        self._lock = RLock()

    def once(self, function: Callable[[Scope], Answer]) -> Answer:
        """Return what a function finds in this scope; measures that share it find it once."""
        with self._lock:
            if function not in self._once:
                self._once[function] = function(self)
        return cast("Answer", self._once[function])

    def under(self, rules: WhatIf) -> Scope:
        """Return the same choice under other rules."""
        return Scope(self.facts, self.selection, rules)

    def sql(self, query: str, **values: object) -> pl.DataFrame:
        """Run a query that may name the row sets and the choice's own values (``$themes``)."""
        with self._lock:
            bind = self._ready(query, values)
            with running(self._cursor):
                frame: pl.DataFrame = self._cursor.sql(query, params=bind).pl()
        return frame

    def run(self, statement: str, **values: object) -> None:
        """Run a statement that makes a temporary table of the scope."""
        with self._lock:
            bind = self._ready(statement, values)
            with running(self._cursor):
                self._cursor.execute(statement, bind)

    def _ready(self, query: str, values: dict[str, object]) -> dict[str, object] | None:
        """Make the row sets that a query names, and return what it binds."""
        for name, make in _ROW_SETS.items():
            if name in query:
                self._make(name, make)
        return (bound(self.selection, query) | values) or None

    @cached_property
    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self.facts.cursor()

    def _make(self, name: str, make: Callable[[Scope], str]) -> None:
        if name in self._made:
            return
        query = make(self)
        # A view copies nothing; it binds no values, so it holds none that the reader has written.
        kind = "VIEW" if name in _VIEWS else "TABLE"
        values = bound(self.selection, query)
        with running(self._cursor):
            self._cursor.execute(f"CREATE TEMP {kind} {name} AS {query}", values or None)
        self._made.add(name)

    def _kept_codes(self) -> str:
        codes, own = "object_codes", self.selection.municipalities
        if own:
            self._make("own_object", Scope._own_object)
        if not self.what_if.is_published:
            with running(self._cursor):
                codes = what_if.recode(self._cursor, self.what_if)
        counts_from = COMMITMENT.position(self.what_if.counts_from)
        return _KEPT.format(
            codes=codes,
            has_codes=has_codes(self.selection),
            lowest=max(self.selection.minimum, counts_from, LOWEST),
            here=_HERE if own else "true",
        )

    def _own_object(self) -> str:
        return _OWN_OBJECT.format(within=within(self.selection, "o"))

    def _found_codes(self) -> str:
        self._make("kept_codes", Scope._kept_codes)
        requires = COMMITMENT.position(self.what_if.requires_from)
        themes_from = ", ".join(
            f"coalesce(bit_or(theme_bits) FILTER (is_counted AND level >= {level}), 0) AS {name}"
            for level, name in enumerate(_THEMES_FROM, start=LOWEST)
        )
        return _FOUND.format(kept="kept_codes", requires=requires, themes_from=themes_from)

    def _chosen_object(self) -> str:
        self._make("found_codes", Scope._found_codes)
        return _CHOSEN.format(
            read=READ,
            not_known=NOT_KNOWN,
            can_be_open=_CAN_BE_OPEN,
            where=where(self.selection, "coalesce(f.top, 0)"),
        )

    def _every_activity(self) -> str:
        return _ACTIVITY.format(active=PHASES_ACTIVE, now=self.facts.as_of.year)

    def _chosen_activity(self) -> str:
        """A period leaves those known to have run in it; those without an end run now."""
        end = f"coalesce(a.end_year, {self.facts.as_of.year})"
        self._make("every_activity", Scope._every_activity)
        return _CHOSEN_ACTIVITY.format(
            within=within(self.selection, "a"),
            themes=on_themes(self.selection, "a"),
            years=in_years(self.selection, "a.start_year", end),
        )

    def _chosen_procurement(self) -> str:
        return _PROCUREMENT.format(
            tools=INNOVATION_PROCUREMENT,
            within=within(self.selection, "p"),
            themes=on_themes(self.selection, "p"),
            years=in_years(self.selection, "p.procurement_year", "p.procurement_year"),
        )

    @cached_property
    def units(self) -> pl.DataFrame:
        """Whom the numbers are for, the whole first: ``unit_kind, unit_id, unit_name``."""
        own, chosen = self.facts.municipalities, self.selection.municipalities
        kind, key, name = REGION, self.facts.region_name, self.facts.region_label
        if chosen:
            own = own.filter(pl.col("municipality_code").is_in(chosen))
            kind, key, name = CHOICE, CHOICE, "Urvalet"
        return pl.DataFrame(
            {
                "unit_kind": [kind, *[MUNICIPALITY] * own.height],
                "unit_id": [key, *own["municipality_code"]],
                "unit_name": [name, *own["municipality_name"]],
            }
        )

    @cached_property
    def whole(self) -> pl.DataFrame:
        """The whole alone, of ``units``."""
        return self.units[:1]

    @cached_property
    def codes(self) -> list[str]:
        """Codes of the municipalities in the choice, in order."""
        return self.units["unit_id"].to_list()[1:]

    def table(
        self, query: str, parts: Sequence[str], *names: str, **values: object
    ) -> tuple[Floats, ...]:
        """Lay a query's numbers out by unit (rows, the whole first) and part (columns).

        The query gives ``municipality_code``, ``part`` and the named columns. The whole is the
        sum, also of rows without a municipality; a unit without rows has 0.
        """
        with self._lock:
            bind = self._ready(query, values)
            with running(self._cursor):
                cursor = self._cursor.execute(query, bind)
                rows = cursor.fetchall()
            columns = [column[0] for column in cursor.description or ()]
            return self._laid(rows, columns, parts, names)

    def laid(self, found: pl.DataFrame, parts: Sequence[str], *names: str) -> tuple[Floats, ...]:
        """Lay a frame's numbers out as :meth:`table` does a query's."""
        return self._laid(found.rows(), found.columns, parts, names)

    def _laid(
        self,
        rows: Sequence[tuple[Any, ...]],
        columns: Sequence[str],
        parts: Sequence[str],
        names: Sequence[str],
    ) -> tuple[Floats, ...]:
        # Plain loops: for some hundreds of rows they take a tenth of the time of a frame.
        unit = {code: at for at, code in enumerate(self.codes, start=1)}
        part = {each: at for at, each in enumerate(parts)}
        which = [columns.index(name) for name in names]
        own, of = columns.index("municipality_code"), columns.index("part")
        laid = np.zeros((len(names), len(unit) + 1, len(part)))
        for row in rows:
            at = part.get(row[of])
            if at is not None:
                laid[:, unit.get(row[own], 0), at] += [float(row[each] or 0) for each in which]
        laid[:, 0] += laid[:, 1:].sum(axis=1)
        return tuple(laid)


_VIEWS = ("kept_codes",)
_ROW_SETS: dict[str, Callable[[Scope], str]] = {
    "kept_codes": Scope._kept_codes,
    "found_codes": Scope._found_codes,
    "chosen_object": Scope._chosen_object,
    "every_activity": Scope._every_activity,
    "chosen_activity": Scope._chosen_activity,
    "chosen_procurement": Scope._chosen_procurement,
}


def count_left(scope: Scope) -> dict[str, int]:
    """Return how much a choice leaves: objects known and read, passages and municipalities."""
    found = scope.sql(
        """SELECT count(*) FILTER (is_known) AS known, count(*) FILTER (is_read) AS read,
                  coalesce(sum(hits) FILTER (is_read), 0) AS passages,
                  count(DISTINCT municipality_code) FILTER (is_known) AS municipalities
           FROM chosen_object"""
    )
    return {name: int(number) for name, number in found.row(0, named=True).items()}
