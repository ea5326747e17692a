"""Questions about the action plan: its activities, and the measures that speak for each."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.queries.scope import select

Connection = duckdb.DuckDBPyConnection


def activities(connection: Connection) -> pl.DataFrame:
    """Every activity of the register, in the order of goal and number."""
    return select(
        connection,
        """SELECT * FROM action
           ORDER BY goal, try_cast(split_part(action_id, '.', 2) AS BIGINT), action_id""",
    )


def indicators_for_activities(connection: Connection, unit_kind: str, unit_id: str) -> pl.DataFrame:
    """Values of the measures that each activity names, for one unit.

    ``action_id, indicator_id, indicator_label, question, value_unit, part, part_label, value,
    numerator, n, known, low, high, absence``. A measure without a value for this kind of unit has
    one row with an empty ``part``. Parts within a part (``op:shall``) are left to the files, and so
    are the measures of the activities' own status (F) and the number of efforts (1.10), which the
    page shows as such.
    """
    return select(
        connection,
        """SELECT a.action_id, i.indicator_id, i.label AS indicator_label, i.question,
                  coalesce(v.value_unit, i.unit) AS value_unit, v.part, v.part_label, v.value,
                  v.numerator, v.n, v.known, v.low, v.high, v.absence
           FROM (SELECT *, unnest(actions) AS action_id FROM catalog_indicator
                 WHERE indicator_id NOT LIKE 'F.%' AND indicator_id <> '1.10') i
           JOIN action a USING (action_id)
           LEFT JOIN indicator_value v
             ON v.indicator_id = i.indicator_id AND v.unit_kind = $unit_kind::VARCHAR
                AND v.unit_id = $unit_id::VARCHAR AND NOT contains(v.part, ':')
           ORDER BY a.action_id, split_part(i.indicator_id, '.', 1),
                    try_cast(split_part(i.indicator_id, '.', 2) AS BIGINT), v.part""",
        unit_kind=unit_kind,
        unit_id=unit_id,
    )


def efforts(connection: Connection) -> pl.DataFrame:
    """What has been done for each activity, latest first: one row an effort and activity."""
    return select(
        connection,
        """SELECT * FROM (SELECT *, unnest(action_ids) AS action_id FROM action_log)
           ORDER BY action_id, log_date DESC NULLS LAST, log_id""",
    )
