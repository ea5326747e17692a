"""Questions about plans and allocations: what is known of each, which can be influenced."""

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
