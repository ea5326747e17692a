"""Questions about one municipality: who is like it, how far its themes carry, what is collected."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped, select

Connection = duckdb.DuckDBPyConnection


def facts(connection: Connection, code: str) -> dict[str, object]:
    """Return one municipality's row; empty when the code is unknown."""
    rows = select(
        connection,
        "SELECT * FROM municipality WHERE municipality_code = $code::VARCHAR",
        code=code,
    ).to_dicts()
    return rows[0] if rows else {}


def nearest(connection: Connection, code: str) -> pl.DataFrame:
    """A municipality and those most like it, itself first with distance 0, nearest next.

    ``municipality_code, municipality_name, population, distance, reason``; the distance and what
    it rests on are those of the table ``similar_municipality``.
    """
    return select(
        connection,
        """SELECT m.municipality_code, m.municipality_name, m.population,
                  coalesce(s.distance, 0.0) AS distance, s.reason
           FROM municipality m
           LEFT JOIN similar_municipality s
             ON s.similar_code = m.municipality_code AND s.municipality_code = $code::VARCHAR
           WHERE m.municipality_code = $code::VARCHAR OR s.similar_code IS NOT NULL
           ORDER BY coalesce(s.similar_rank, 0)""",
        code=code,
    )


def side_by_side(connection: Connection, filters: Filters) -> pl.DataFrame:
    """One row a chosen municipality: what is known and read, and how far it reaches by type.

    ``municipality_code, known, read, passages`` and for each of ``op, dp, ma`` ``X_read, X_found,
    X_level`` (level null when nothing of the type is read).
    """
    by_type = ", ".join(
        f"""count(*) FILTER (object_type = '{each}' AND is_read)::BIGINT AS {each}_read,
            count(*) FILTER (object_type = '{each}' AND is_read AND level > 0)::BIGINT
                AS {each}_found,
            max(level) FILTER (object_type = '{each}')::BIGINT AS {each}_level"""
        for each in ("op", "dp", "ma")
    )
    return scoped(
        connection,
        filters,
        f"""SELECT municipality_code, count(*)::BIGINT AS known,
                   count(*) FILTER (is_read)::BIGINT AS read,
                   coalesce(sum(passages), 0)::BIGINT AS passages, {by_type}
            FROM scope GROUP BY ALL ORDER BY municipality_code""",
    )


def theme_steps(connection: Connection, filters: Filters) -> pl.DataFrame:
    """``theme, step, passages, level``: listed evidence by theme in each type of document."""
    return scoped(
        connection,
        filters,
        """, counted AS (
             SELECT s.object_type, k.theme_bits, count(*) AS passages, max(k.level) AS level
             FROM evidence_key k JOIN scope s USING (object_no)
             WHERE k.level >= $minimum::BIGINT GROUP BY ALL
           )
           SELECT c.code AS theme, object_type AS step, sum(passages)::BIGINT AS passages,
                  max(level)::BIGINT AS level
           FROM counted JOIN catalog_code c
             ON c.code_list = 'theme' AND theme_bits & (1::BIGINT << c.position) <> 0
           GROUP BY ALL ORDER BY ALL""",
        minimum=filters.minimum,
    )


def documents(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Every plan and allocation with its documents; one row without document where none is known.

    ``object_name, object_type, object_stage, status_per, is_stale, object_coverage, object_url,
    document_id, document_title, document_kind, document_date, pages, coverage, coverage_reason,
    is_latest, source_url``.
    """
    return scoped(
        connection,
        filters,
        """SELECT s.object_name, s.object_type, s.object_stage, s.status_per, s.is_stale,
                  s.coverage AS object_coverage,
                  s.source_url AS object_url, d.document_id, d.document_title, d.document_kind,
                  d.document_date, d.pages, coalesce(d.coverage, s.coverage) AS coverage,
                  coalesce(d.coverage_reason, s.coverage_reason) AS coverage_reason,
                  d.is_latest, d.source_url
           FROM scope s LEFT JOIN document d USING (object_id)
           ORDER BY d.document_id IS NULL,
                    list_position(['op', 'dp', 'ma'], s.object_type),
                    s.object_name COLLATE sv, d.document_date DESC NULLS LAST""",
    )
