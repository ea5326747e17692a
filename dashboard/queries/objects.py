"""Questions about plans and allocations: how many are known and read, how far they reach."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped

Connection = duckdb.DuckDBPyConnection


def coverage_counts(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``object_type, coverage, objects``: what is known and why the rest is missing."""
    return scoped(
        connection,
        filters,
        """SELECT object_type, coverage, count(*)::BIGINT AS objects
           FROM scope GROUP BY ALL ORDER BY ALL""",
    )


def ladder_by_type(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``unit_id, unit_name, level, objects`` by document type; level is null when not read."""
    return scoped(
        connection,
        filters,
        """SELECT object_type AS unit_id, object_type AS unit_name, level,
                  count(*)::BIGINT AS objects
           FROM scope GROUP BY ALL ORDER BY ALL""",
    )


def ladder_by_municipality(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``unit_id, unit_name, level, objects`` by municipality, in alphabetical order."""
    return scoped(
        connection,
        filters,
        """SELECT municipality_code AS unit_id, municipality_name AS unit_name, level,
                  count(*)::BIGINT AS objects
           FROM scope GROUP BY ALL ORDER BY unit_name COLLATE sv, level NULLS LAST""",
    )


def highest_by_municipality(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``municipality_code, municipality_name, known, read, level`` for every municipality.

    ``level`` is the highest level of any plan in the choice, null when none is read. All
    municipalities of the region are there, so that a map has no holes.
    """
    return scoped(
        connection,
        filters,
        """SELECT * FROM (
           SELECT m.municipality_code, m.municipality_name,
                  count(s.object_id)::BIGINT AS known,
                  coalesce(sum(s.is_read::BIGINT), 0)::BIGINT AS read,
                  max(s.level)::BIGINT AS level
           FROM municipality m LEFT JOIN scope s USING (municipality_code)
           GROUP BY ALL) ORDER BY municipality_name COLLATE sv""",
    )


def by_year(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``year, level, objects`` of known plans, level NULL where unread; none without a year."""
    return scoped(
        connection,
        filters,
        """SELECT year, level, count(*)::BIGINT AS objects
           FROM scope WHERE year IS NOT NULL GROUP BY ALL ORDER BY year, level NULLS LAST""",
    )


def object_list(connection: Connection, filters: Filters) -> pl.DataFrame:
    """All plans in the choice, strongest first, unread last: what a list or a file shows."""
    return scoped(
        connection,
        filters,
        """SELECT object_id, object_type, object_kind, object_name, municipality_name,
                  object_stage, is_open, year, coverage, coverage_reason, documents_read, pages,
                  passages, level, themes, instruments, source_url
           FROM scope
           WHERE $minimum::BIGINT <= 1 OR found_level >= $minimum::BIGINT
           ORDER BY level DESC NULLS LAST, passages DESC NULLS LAST,
                    municipality_name COLLATE sv, object_name COLLATE sv""",
        minimum=filters.minimum,
    )


def open_windows(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Plans before review and allocations before decision, read and without evidence first."""
    return scoped(
        connection,
        filters,
        """SELECT object_id, object_type, object_name, municipality_name, object_stage, coverage,
                  passages, year
           FROM scope WHERE is_open AND coalesce(passages, 0) = 0
           ORDER BY coverage <> 'read_none', municipality_name COLLATE sv,
                    object_name COLLATE sv""",
    )


def theme_instrument(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``theme, instrument, passages, level``: where evidence lies and how far it reaches.

    A passage stands in every cell that it names; ``none`` is a theme without an instrument.
    """
    return scoped(
        connection,
        filters,
        """SELECT theme, instrument, count(*)::BIGINT AS passages,
                  max(level)::BIGINT AS level
           FROM (SELECT e.level, e.instruments, unnest(e.themes) AS theme
                 FROM evidence e JOIN scope USING (object_id)
                 WHERE e.level >= $minimum::BIGINT),
                unnest(CASE WHEN len(instruments) = 0 THEN ['none'] ELSE instruments END)
                    AS t(instrument)
           GROUP BY ALL ORDER BY ALL""",
        minimum=filters.minimum,
    )


def theme_by_type(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``theme, object_type, municipalities``: municipalities with at least *Avsikt* in a theme."""
    return scoped(
        connection,
        filters,
        """SELECT theme, object_type, count(DISTINCT municipality_code)::BIGINT AS municipalities
           FROM (SELECT s.object_type, s.municipality_code, unnest(e.themes) AS theme
                 FROM evidence e JOIN scope s USING (object_id) WHERE e.level >= 2)
           GROUP BY ALL ORDER BY ALL""",
    )
