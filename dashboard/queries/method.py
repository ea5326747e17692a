"""Questions about the method: what is measured and how, with which codebook, and how well."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.queries.scope import select

Connection = duckdb.DuckDBPyConnection


def indicators(connection: Connection) -> pl.DataFrame:
    """Every declared measure in the order of its number."""
    return select(
        connection,
        """SELECT * FROM catalog_indicator
           ORDER BY split_part(indicator_id, '.', 1),
                    try_cast(split_part(indicator_id, '.', 2) AS BIGINT), indicator_id""",
    )


def codebook(connection: Connection) -> pl.DataFrame:
    """Every entry: ``entry_id, kind, label, meaning, terms, instruments, themes, level, …``."""
    return select(connection, "SELECT * FROM catalog_codebook ORDER BY kind, label COLLATE sv")


def quality(connection: Connection, region: str) -> pl.DataFrame:
    """Values of the measures about the data itself (K), for the region."""
    return select(
        connection,
        """SELECT v.*, i.question, i.direction FROM indicator_value v
           JOIN catalog_indicator i USING (indicator_id)
           WHERE v.indicator_id LIKE 'K.%' AND v.unit_kind = 'region'
             AND v.unit_id = $region::VARCHAR
           ORDER BY try_cast(split_part(v.indicator_id, '.', 2) AS BIGINT), v.part""",
        region=region,
    )


def coverage(connection: Connection) -> pl.DataFrame:
    """``coverage, object_type, objects``: every known plan and allocation, counted or not."""
    return select(
        connection,
        """SELECT coverage, object_type, count(*)::BIGINT AS objects
           FROM planning_object GROUP BY ALL ORDER BY ALL""",
    )


def of_ten(frame: pl.DataFrame) -> tuple[int, int] | None:
    """Of ten passages how many the reader finds, and how many of ten found are right.

    By the first text of `evaluation`, which is the one that the reader has seen least of.
    """
    rows = frame.filter(pl.col("source_label") == frame["source_label"].first())
    values = dict(rows.select("measure", "value").rows())
    if not {"recall", "precision"} <= values.keys():
        return None
    return round(values["recall"] * 10), round(values["precision"] * 10)


def evaluation(connection: Connection) -> pl.DataFrame:
    """How well the reader agrees with people: on unseen text first, then on kept passages.

    ``source, source_label, n, measure, measure_label, value, low, high, measured_on, coded_by``.
    """
    return select(
        connection,
        """SELECT source, source_label, n, measure, measure_label, value, low, high,
                  measured_on, coded_by
           FROM catalog_evaluation
           ORDER BY list_position(['independent', 'unseen_sources', 'prose', 'own_passages',
                                   'example_key'], source),
                    measured_on DESC, measure_label COLLATE sv""",
    )


def calibration(connection: Connection) -> pl.DataFrame:
    """What the reader's confidence is worth: ``low, high, n, confidence, share_right``."""
    return select(
        connection,
        "SELECT low, high, n, confidence, share_right FROM catalog_calibration ORDER BY low",
    )
