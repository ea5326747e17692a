"""Questions about the action plan: its activities, and the measures that speak for each."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.queries.scope import select
from pipelines.indicators.facts import CORE, REGION

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

    ``action_id, indicator_id, indicator_label, question, value_unit, unit_kind, unit_name, part,
    part_label, value, numerator, n, known, low, high, absence_kind, absence``. The activities' own
    measures (F) are the region's; a measure that only cores have is given for each core in the
    unit. A measure without a value for this kind of unit has one row with an empty ``part``.
    """
    return select(
        connection,
        """WITH named AS (
             SELECT i.*, a.action_id
             FROM (SELECT *, unnest(actions) AS action_id FROM catalog_indicator) i
             JOIN action a USING (action_id)
           ), here AS (
             SELECT * FROM indicator_value v
             WHERE (v.unit_kind = $unit_kind::VARCHAR AND v.unit_id = $unit_id::VARCHAR)
                OR (v.unit_kind = $region AND starts_with(v.indicator_id, 'F.'))
                OR (v.unit_kind = $core
                    AND v.indicator_id NOT IN (
                      SELECT indicator_id FROM indicator_value WHERE unit_kind <> $core)
                    AND v.unit_id IN (
                      SELECT core_id FROM regional_core
                      WHERE $unit_kind::VARCHAR = $region
                         OR list_contains(municipality_codes, $unit_id::VARCHAR)))
           )
           SELECT n.action_id, n.indicator_id, n.label AS indicator_label, n.question,
                  coalesce(v.value_unit, n.unit) AS value_unit, v.unit_kind, v.unit_name, v.part,
                  v.part_label, v.value, v.numerator, v.n, v.known, v.low, v.high, v.absence_kind,
                  v.absence
           FROM named n LEFT JOIN here v USING (indicator_id)
           ORDER BY n.action_id, split_part(n.indicator_id, '.', 1),
                    try_cast(split_part(n.indicator_id, '.', 2) AS BIGINT), v.unit_name COLLATE sv,
                    v.part""",
        unit_kind=unit_kind,
        unit_id=unit_id,
        region=REGION,
        core=CORE,
    )


def efforts(connection: Connection) -> pl.DataFrame:
    """What has been done for each activity, latest first: one row an effort and activity."""
    return select(
        connection,
        """SELECT * FROM (SELECT *, unnest(action_ids) AS action_id FROM action_log)
           ORDER BY action_id, log_date DESC NULLS LAST, log_id""",
    )
