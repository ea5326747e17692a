"""One region's facts as DuckDB tables: those of a published edition, or frames on their way to one.

Beside the contract tables stands ``object_codes``, the passages of every plan and allocation added
up by what they say. Numbers are counted from it, so that a filter never goes through three million
passages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from threading import RLock
from typing import Any, TypeVar, cast

import duckdb
import polars as pl

from pipelines.indicators.asking import running
from pipelines.indicators.similar import similar_municipalities
from pipelines.model.codes import INSTRUMENT, STAGES_BEFORE_REVIEW, THEME
from pipelines.model.tables import TABLE

Answer = TypeVar("Answer")

REGION = "region"
CHOICE = "urval"
MUNICIPALITY = "kommun"
CORE = "stadskärna"
"""Kinds of units that numbers are for."""

PASSAGE_COLUMNS = (
    "passage_id",
    "object_id",
    "document_id",
    "themes",
    "instruments",
    "level",
    "voice",
    "is_negated",
    "is_counted",
    "legal_flag",
    "confidence",
    "coded_by",
    "spans",
)
"""The columns of *passage* that the measures read; quotes stay in the edition."""

MEASURED_TABLES = (
    "municipality",
    "regional_core",
    "plan",
    "plan_stage_event",
    "land_allocation",
    "document",
    "testing_activity",
    "procurement",
    "action",
    "action_log",
    "summary_passage",
    "climate_demand",
    "passage",
    "planning_object",
    "delivery",
)
"""The tables of an edition that the measures read."""

_MEASURED_BY = {
    "plan": ("status_per", "as_of"),
    "land_allocation": ("status_per", "as_of"),
    "testing_activity": ("status_per", "as_of"),
    "procurement": ("as_of", "procurement_year"),
}
"""What the measuring day is taken from; a status is known per its newest date."""

OWN_WORDS = "(is_counted OR (voice = 'plan' AND NOT is_negated)) AND level > 0"
"""SQL: a passage in the plan's own words, of an older version too."""


def bits(column: str, codes: tuple[str, ...]) -> str:
    """SQL: a list of codes as a number whose bit *n* says whether place *n* of the list is in it.

    >>> duckdb.sql(f"SELECT {bits('$x', THEME.values)}", params={"x": ["mobilitet"]}).fetchall()
    [(8,)]
    """
    places = f"{list(codes)}::VARCHAR[]"
    return (
        f"coalesce(list_sum(list_transform(list_distinct({column}), "
        f"lambda c: 1::BIGINT << (list_position({places}, c) - 1))), 0)::BIGINT"
    )


def number_of(chosen: tuple[str, ...], codes: tuple[str, ...]) -> int:
    """Return codes of a list as the number that :func:`bits` makes of them.

    >>> number_of(("energi", "mobilitet"), THEME.values)
    9
    """
    return sum(1 << codes.index(code) for code in set(chosen))


OBJECT_CODES = f"""
CREATE TABLE object_codes AS
SELECT p.object_id, {bits("p.themes", THEME.values)} AS theme_bits,
       {bits("p.instruments", INSTRUMENT.values)} AS instrument_bits, p.level::UTINYINT AS level,
       coalesce(p.is_counted, false) AS is_counted, coalesce(d.is_early, false) AS is_early,
       count(*)::BIGINT AS passages
FROM passage p LEFT JOIN (
    SELECT document_id, document_stage IN {STAGES_BEFORE_REVIEW} AS is_early FROM document
) d USING (document_id)
WHERE {OWN_WORDS} GROUP BY ALL ORDER BY object_id
"""
"""Passages in the plan's own words, by object and what they say: ``theme_bits`` and
``instrument_bits`` (bit *n* is place *n* of the code list), ``level``, ``is_counted`` (in the
latest version), ``is_early`` (in a document of samråd or before), ``passages`` (how many)."""


class Facts:
    """One region's tables by contract name (see :mod:`pipelines.model.tables`), asked in SQL.

    Give either frames by table name (``tables``; a table that was not delivered has no rows), or a
    connection to a published edition. ``catalog_codebook`` holds the codebook's entries and
    ``catalog_agreement`` the measured agreement of machine and people; either may be empty, and
    what needs it says so.
    """

    def __init__(
        self,
        region_name: str,
        region_label: str,
        tables: Mapping[str, pl.DataFrame] | None = None,
        codebook: pl.DataFrame | None = None,
        agreement: pl.DataFrame | None = None,
        connection: duckdb.DuckDBPyConnection | None = None,
    ) -> None:
        self.region_name = region_name
        self.region_label = region_label
        self._instead: dict[str, Any] = {}
        if connection is None:
            connection = _in_memory(tables or {}, codebook, agreement)
        else:
            self._instead = _missing(connection)
        self._connection = connection
        self._frames: dict[str, pl.DataFrame] = {}
        self._once: dict[Callable[[Facts], object], object] = {}
        self._lock = RLock()

    def instead(self, frames: Mapping[str, pl.DataFrame]) -> Facts:
        """Return the same facts with some tables put in place of their own."""
        other = Facts(self.region_name, self.region_label, connection=self._connection)
        other._instead = self._instead | {name: frame.to_arrow() for name, frame in frames.items()}
        return other

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a connection of one's own, in which temporary tables hide nobody else's."""
        cursor = self._connection.cursor()
        for name, table in self._instead.items():
            cursor.register(name, table)
        return cursor

    def sql(self, query: str, **values: object) -> pl.DataFrame:
        """Run a query with bound values and return its rows."""
        with self._lock, running(self._own):
            frame: pl.DataFrame = self._own.sql(query, params=values or None).pl()
        return frame

    @cached_property
    def _own(self) -> duckdb.DuckDBPyConnection:
        return self.cursor()

    def __getitem__(self, table: str) -> pl.DataFrame:
        """Return a register's rows, read once; passages are many and are asked for in SQL."""
        if table not in self._frames:
            self._frames[table] = self.sql(f"FROM {table}")
        return self._frames[table]

    def once(self, function: Callable[[Facts], Answer]) -> Answer:
        """Return what a function makes of these facts; it is made once and kept."""
        if function not in self._once:
            self._once[function] = function(self)
        return cast("Answer", self._once[function])

    @cached_property
    def as_of(self) -> date:
        """The measuring day: the newest day that a plan, allocation, test or procurement is known.

        Taken from the facts, not from the clock, so that the same deliveries give the same
        numbers; the day on which somebody coded or loaded a row does not move it. A date known
        only by year or month counts as its first day.
        """
        newest = " UNION ALL ".join(
            f"SELECT max({column}::VARCHAR) AS day FROM {table}"
            for table, columns in _MEASURED_BY.items()
            for column in columns
        )
        day = self.sql(f"SELECT max(day) FROM ({newest})").item()
        return first_day(day) if day else date(1970, 1, 1)

    @cached_property
    def municipalities(self) -> pl.DataFrame:
        """The municipalities in the order of their codes."""
        return self["municipality"].sort("municipality_code")

    @cached_property
    def similar(self) -> pl.DataFrame:
        """Each municipality's five most alike, as the table ``similar_municipality``."""
        plans = self.sql(
            """SELECT count(o.object_id)::DOUBLE AS plans
               FROM municipality m LEFT JOIN planning_object o USING (municipality_code)
               GROUP BY municipality_code ORDER BY municipality_code"""
        )
        return similar_municipalities(self.municipalities, plans["plans"].to_numpy())


_CATALOGS: dict[str, dict[str, Any]] = {
    "catalog_codebook": {
        "entry_id": pl.String, "themes": pl.List(pl.String), "instruments": pl.List(pl.String)
    },
    "catalog_agreement": {
        "pair": pl.String, "measure": pl.String, "value": pl.Float64, "low": pl.Float64,
        "high": pl.Float64, "n": pl.Int64, "absence": pl.String
    },
}  # fmt: skip
"""What is read of the catalogs."""


def _empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=_CATALOGS[name]) if name in _CATALOGS else TABLE[name].empty()


def _in_memory(
    tables: Mapping[str, pl.DataFrame],
    codebook: pl.DataFrame | None,
    agreement: pl.DataFrame | None,
) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"threads": 1})
    given = {**tables, "catalog_codebook": codebook, "catalog_agreement": agreement}
    for name in (*MEASURED_TABLES, *_CATALOGS):
        frame = given.get(name)
        if frame is None or not frame.width:
            frame = _empty(name)
        _create(con, name, frame.select(PASSAGE_COLUMNS) if name == "passage" else frame)
    con.execute(OBJECT_CODES)
    return con


def _missing(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Empty tables in place of those that an edition from before them lacks."""
    rows = connection.cursor().execute("SELECT table_name FROM duckdb_tables()").fetchall()
    held = {name for (name,) in rows}
    wanted = (name for name in (*MEASURED_TABLES, *_CATALOGS) if name not in held)
    return {name: _empty(name).to_arrow() for name in wanted}


def _create(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    con.register("incoming", frame.to_arrow())
    con.execute(f"CREATE TABLE {name} AS FROM incoming")
    con.unregister("incoming")


def first_day(text: str) -> date:
    """Return the first day that a date of reduced precision can mean.

    >>> first_day("2024-06"), first_day("2019")
    (datetime.date(2024, 6, 1), datetime.date(2019, 1, 1))
    """
    year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def days_of(column: str) -> pl.Expr:
    """Turn dates of reduced precision (text) into days, the first that each can mean."""
    text = pl.col(column)
    full = pl.concat_str(text, pl.lit("-01-01").str.slice(0, 10 - text.str.len_chars()))
    return full.str.to_date("%Y-%m-%d", strict=False)


def day_of(column: str) -> str:
    """SQL: the same as :func:`days_of`."""
    return f"try_cast({column} || substr('-01-01', 1, 10 - length({column})) AS DATE)"
