"""Questions that only a meeting asks: documents to compare between editions, procurements by tool."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped, select

Connection = duckdb.DuckDBPyConnection


def read_documents(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``document_id, sha256, document_title, municipality_name`` of documents read in the choice."""
    return scoped(
        connection,
        filters,
        """SELECT d.document_id, d.sha256, d.document_title, s.municipality_name
           FROM document d JOIN scope s USING (object_id)
           WHERE d.sha256 IS NOT NULL AND d.coverage IN ('read_found', 'read_none', 'excerpt_only')
           ORDER BY s.municipality_name COLLATE sv, d.document_title COLLATE sv""",
    )


def procurement_tools(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``procurement_kind, procurements, sme_known, sme_won``: tools used, and won by SMEs."""
    return select(
        connection,
        """SELECT procurement_kind, count(*)::BIGINT AS procurements,
                  count(*) FILTER (winner_sme IN ('ja', 'nej'))::BIGINT AS sme_known,
                  count(*) FILTER (winner_sme = 'ja')::BIGINT AS sme_won
           FROM procurement
           WHERE (len($municipalities::VARCHAR[]) = 0
                  OR list_contains($municipalities::VARCHAR[], municipality_code))
             AND (len($themes::VARCHAR[]) = 0 OR list_has_any(themes, $themes::VARCHAR[]))
             AND ($year_from::BIGINT IS NULL OR procurement_year >= $year_from::BIGINT)
             AND ($year_to::BIGINT IS NULL OR procurement_year <= $year_to::BIGINT)
           GROUP BY ALL ORDER BY ALL""",
        municipalities=list(filters.municipalities),
        themes=list(filters.themes),
        year_from=filters.year_from,
        year_to=filters.year_to,
    )
