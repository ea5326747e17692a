"""Questions about what stands behind the chain: its plans, tests and passages."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.queries.scope import select

Connection = duckdb.DuckDBPyConnection


def chain_objects(connection: Connection, ids: tuple[str, ...]) -> pl.DataFrame:
    """``object_id, object_name, object_type, year, source_url`` of some plans and allocations."""
    return select(
        connection,
        """SELECT object_id, object_name, object_type, year, source_url FROM planning_object
           WHERE list_contains($ids::VARCHAR[], object_id) ORDER BY object_id""",
        ids=list(ids),
    )


def chain_tests(connection: Connection, ids: tuple[str, ...]) -> pl.DataFrame:
    """``activity_id, activity_name, host, testing_kind, testing_phase, start_year, source_url``."""
    return select(
        connection,
        """SELECT activity_id, activity_name, host, testing_kind, testing_phase, start_year,
                  source_url
           FROM testing_activity
           WHERE list_contains($ids::VARCHAR[], activity_id) ORDER BY activity_id""",
        ids=list(ids),
    )


def chain_passages(connection: Connection, ids: tuple[str, ...]) -> pl.DataFrame:
    """Passages by their identities, strongest first, with names of document, plan and place."""
    return select(
        connection,
        """SELECT p.passage_id, p.document_id, p.object_id, p.quote, p.spans, p.level, p.page,
                  p.themes, p.instruments, o.object_name, o.object_type, m.municipality_name,
                  d.document_title, d.document_date, d.source_url
           FROM passage p
           JOIN planning_object o USING (object_id)
           JOIN municipality m ON m.municipality_code = o.municipality_code
           JOIN document d USING (document_id)
           WHERE list_contains($ids::VARCHAR[], p.passage_id)
           ORDER BY p.level DESC, p.confidence DESC, p.passage_id""",
        ids=list(ids),
    )
