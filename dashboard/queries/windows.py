"""Questions about what can still be influenced: the open plans and allocations, and what fits."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped, select

Connection = duckdb.DuckDBPyConnection
_MONTH = 365.25 / 12


def reference_figures(connection: Connection, filters: Filters) -> pl.DataFrame:
    """Statistics on planning to put beside the region's numbers; the whole country's always.

    Returns the columns of ``reference_figure``; empty where none is delivered.
    """
    return select(
        connection,
        """SELECT * FROM reference_figure
           WHERE figure_unit IS DISTINCT FROM 'invånare'
                 AND (municipality_code IS NULL OR len($municipalities::VARCHAR[]) = 0
                      OR list_contains($municipalities::VARCHAR[], municipality_code))
           ORDER BY figure_name, municipality_code NULLS LAST, figure_id""",
        municipalities=list(filters.municipalities),
    )


def funding_calls(connection: Connection, today: str) -> pl.DataFrame:
    """Every call of a funder, the open ones first and of them the one that closes first.

    Args:
        connection: to an edition.
        today: the day on which a call is open or not, ISO 8601.

    Returns:
        The columns of ``funding_call`` with ``call_state``: ``open``, ``later`` (it opens after
        ``today``), ``closed``, or ``unknown`` where no closing day is known. A day known by year
        or month alone is compared as such, so the call is open through all of it.
    """
    return select(
        connection,
        """SELECT *, CASE WHEN closes_date < left($today, length(closes_date)) THEN 'closed'
                          WHEN opens_date > left($today, length(opens_date)) THEN 'later'
                          WHEN closes_date IS NULL THEN 'unknown' ELSE 'open' END AS call_state
           FROM funding_call
           ORDER BY call_state = 'open' DESC, closes_date NULLS LAST, call_title, call_id""",
        today=today,
    )


def window_list(connection: Connection, filters: Filters, as_of: str) -> pl.DataFrame:
    """Every open plan and allocation in the choice, the one that closes first before the others.

    Those without a known time left follow, the latest to enter their stage first.

    The columns of ``open_window`` with ``municipality_name, object_kind, is_read, passages,
    level, source_url, tests, clauses`` (number of suggestions) and, in months: ``waited`` in the
    stage until ``as_of``, and ``left_low, left_high``, the interval of the stage's median moved by
    the time waited. Those two are null where the plan has waited so long that the interval does
    not hold the time left.
    """
    return scoped(
        connection,
        filters,
        """, suggested AS (
             SELECT object_id, count(DISTINCT match_id) FILTER (match_kind = 'test') AS tests,
                    count(DISTINCT match_id) FILTER (match_kind = 'clause') AS clauses
             FROM window_match GROUP BY object_id
           ), timed AS (
             SELECT *, date_diff('day', ((since || '-01-01')[:10])::DATE, $as_of::DATE)
                       / $month::DOUBLE AS waited
             FROM open_window
           ), moved AS (
             SELECT *, greatest(0, months_low - waited) AS low, months_high - waited AS high
             FROM timed
           )
           SELECT s.object_id, s.object_type, s.object_kind, s.object_name, s.municipality_code,
                  s.municipality_name, s.object_stage, s.coverage, s.is_read, s.passages, s.level,
                  s.source_url, s.status_per, w.since, w.months_median, w.months_low, w.months_high,
                  w.months_left, w.durations, w.basis, w.lacks, w.lacks_basis, w.waited,
                  CASE WHEN w.months_left BETWEEN w.low - 0.1 AND coalesce(w.high, 1e9) + 0.1
                       THEN w.low END AS left_low,
                  CASE WHEN w.months_left BETWEEN w.low - 0.1 AND w.high + 0.1
                       THEN w.high END AS left_high,
                  coalesce(g.tests, 0)::BIGINT AS tests,
                  coalesce(g.clauses, 0)::BIGINT AS clauses
           FROM scope s JOIN moved w USING (object_id) LEFT JOIN suggested g USING (object_id)
           ORDER BY w.months_left NULLS LAST, w.waited NULLS LAST, s.municipality_name COLLATE sv,
                    s.object_name COLLATE sv""",
        as_of=as_of,
        month=_MONTH,
    )


def suggestions(connection: Connection, object_id: str) -> pl.DataFrame:
    """Every test and clause suggested for one open plan, with the reason in words.

    ``theme, match_kind, match_rank, match_id, reason`` and, of a test, ``activity_name, host,
    test_url``; of a clause, the columns that a quotation needs.
    """
    return select(
        connection,
        """SELECT w.theme, w.match_kind, w.match_rank, w.match_id, w.reason,
                  t.activity_name, t.host, t.source_url AS test_url,
                  p.passage_id, p.document_id, p.quote, p.spans, p.level, p.page, p.themes,
                  p.instruments, p.legal_flag,
                  p.condition, o.object_name, o.object_type, m.municipality_name,
                  d.document_title, d.document_date, d.source_url
           FROM window_match w
           LEFT JOIN testing_activity t
                  ON w.match_kind = 'test' AND t.activity_id = w.match_id
           LEFT JOIN passage p ON w.match_kind = 'clause' AND p.passage_id = w.match_id
           LEFT JOIN planning_object o ON o.object_id = p.object_id
           LEFT JOIN municipality m ON m.municipality_code = o.municipality_code
           LEFT JOIN document d ON d.document_id = p.document_id
           WHERE w.object_id = $object_id::VARCHAR
           ORDER BY w.match_kind, w.match_rank, w.theme""",
        object_id=object_id,
    )
