"""The chain ÖP → DP → MA → test, theme by theme: where it grows, holds or leaks (1.6).

A comprehensive plan is followed from the year it was adopted for a chosen number of years, or until
the municipality adopts the next one for its whole area; a detailed plan or allocation is held
against the plan that was in force when it was decided. A choice of places, themes, instruments and
levels narrows the chain; one of types, stages or years does not, because the chain has its own.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.planning import read_and_known
from pipelines.indicators.scope import (
    READ,
    Scope,
    all_themes,
    level_on,
    on_themes,
    with_instruments,
    within,
)
from pipelines.indicators.values import Floats, Values
from pipelines.model.codes import (
    CHAIN_LINK,
    COMMITMENT,
    HELD,
    JUDGED,
    OUTCOME,
    PLAN_KIND,
    STEP,
    THEME,
)
from pipelines.model.tables import CARRY_THROUGH

CARRIED = Indicator(
    id="1.6",
    label="Genomslag",
    question="Följer det som översiktsplanen säger med till detaljplan, markanvisning och plats?",
    unit="andel",
    formula="Par av kommun och tema som översiktsplanen tar upp på nivån Avsikt eller starkare: "
    "andelen som finns på samma nivå eller starkare i en detaljplan, i en markanvisning och som "
    "test på plats, inom valt antal år. Delmåttet alla räknar alla led tillsammans.",
    needs="Läst antagen översiktsplan, lästa detaljplaner och markanvisningar efter den, kartlagd "
    "testverksamhet.",
    interval="Wilson",
    goals=(1, 2),
    actions=("1.1", "2.4", "3.2"),
    caveats=(
        "Led där inget är läst eller kartlagt är okända och ingår inte i nämnaren.",
        "Handlingar kopplas på samma plan, diarienummer, område eller kommun; kopplingen visas.",
    ),
)
DEFINITIONS = (CARRIED,)
ADOPTED = ("antagen", "laga_kraft", "overklagad")
_STEPS = STEP.values[1:]
_APPLICABLE = tuple(code for code in OUTCOME.values if code != "not_applicable")
PARTS = (("alla", "Alla led"), *((step, STEP.labels[step]) for step in _STEPS))

_VERSION = f"""
CREATE TEMP TABLE version AS
WITH plan_version AS (
    SELECT object_id AS version_id, municipality_code, year, core_id, case_number,
           coalesce(object_kind = $whole_plan, false) AS is_whole,
           coverage IN {READ} OR (coverage = 'superseded' AND passages IS NOT NULL) AS was_read
    FROM planning_object
    WHERE object_type = 'op' AND year IS NOT NULL AND object_stage IN {ADOPTED}
), next_version AS (
    SELECT version_id, lead(year) OVER (
        PARTITION BY municipality_code ORDER BY year, version_id) AS next_year
    FROM plan_version WHERE is_whole
)
SELECT version_id, v.municipality_code, core_id, case_number, is_whole, year AS first_year,
       least(year + $years, coalesce(next_year - 1, year + $years))::BIGINT AS last_year,
       {list(THEME.values)}[place + 1] AS theme, place, {level_on("f", "place")} AS start_level
FROM plan_version v JOIN found_codes f ON f.object_id = v.version_id
CROSS JOIN (SELECT unnest({{places}}) AS place)
LEFT JOIN next_version USING (version_id)
WHERE was_read AND {{within}} AND start_level >= $carries_from
"""
"""Themes that an adopted and read comprehensive plan starts, and the years that it steers.

One that has been replaced was in force once; what was read of it counts for its own years.
"""

_FOLLOWED = f"""
CREATE TEMP TABLE followed AS
WITH span AS (
    SELECT DISTINCT version_id, municipality_code, first_year, last_year FROM version
), decided AS (
    SELECT s.version_id, o.object_type AS step, count(*) AS objects_read, {all_themes("f")}
    FROM span s JOIN planning_object o USING (municipality_code)
    LEFT JOIN found_codes f USING (object_id)
    WHERE o.object_type IN ('dp', 'ma') AND o.coverage IN {READ}
      AND o.year BETWEEN s.first_year AND s.last_year
    GROUP BY ALL
), plan_step AS (
    SELECT v.version_id, v.theme, e.step, coalesce(d.objects_read, 0) AS objects_read,
           {level_on("d", "v.place")} AS level,
           CASE WHEN level > v.start_level THEN 'grows' WHEN level = v.start_level THEN 'holds'
                WHEN level > 0 THEN 'weakens' WHEN d.objects_read > 0 THEN 'leaks'
                WHEN e.step = 'ma' AND m.owns_land = 'nej' THEN 'not_applicable'
                ELSE 'unknown' END AS outcome
    FROM version v CROSS JOIN (SELECT unnest(['dp', 'ma']) AS step) e
    JOIN municipality m USING (municipality_code)
    LEFT JOIN decided d USING (version_id, step)
), mapped AS (
    SELECT municipality_code, count(*) AS objects_read FROM testing_activity GROUP BY ALL
), on_site AS (
    SELECT DISTINCT version_id, theme
    FROM version v JOIN site_test t USING (municipality_code, theme)
    WHERE t.from_year <= v.last_year AND t.to_year >= v.first_year
), test_step AS (
    SELECT v.version_id, v.theme, 'test' AS step, coalesce(c.objects_read, 0) AS objects_read,
           0 AS level, CASE WHEN s.theme IS NOT NULL THEN 'holds'
                            WHEN c.objects_read > 0 THEN 'leaks' ELSE 'unknown' END AS outcome
    FROM version v LEFT JOIN mapped c USING (municipality_code)
    LEFT JOIN on_site s USING (version_id, theme)
)
FROM plan_step UNION ALL BY NAME FROM test_step
"""
"""How each version fares on each theme in each step after it: ``version_id, theme, step,
objects_read`` (or tests mapped), ``level`` (0 for none) and ``outcome``."""

_TEST = """
CREATE TEMP TABLE site_test AS
SELECT activity_id, municipality_code, core_id, plan_id, unnest(themes) AS theme,
       coalesce(start_year, last_seen) AS from_year, coalesce(end_year, last_seen) AS to_year
FROM every_activity a WHERE is_started AND {within}
"""
"""Tests past the idea, a row for each theme; one whose years are not stated runs now, or in the
year it was last seen where its state is unknown."""

_PAIR = f"""
CREATE TEMP TABLE pair AS
WITH judged AS (
    SELECT version_id, theme, count(*) FILTER (outcome IN {JUDGED}) AS steps_judged
    FROM followed GROUP BY ALL
), best AS (
    SELECT v.* FROM version v JOIN judged j USING (version_id, theme)
    QUALIFY row_number() OVER (PARTITION BY municipality_code, theme
        ORDER BY steps_judged = 0, NOT is_whole, steps_judged DESC, first_year DESC, version_id) = 1
)
SELECT p.municipality_code, p.theme, p.place, p.version_id, p.start_level::BIGINT AS start_level,
       p.first_year, p.last_year, f.step, f.objects_read, f.level::BIGINT AS level, f.outcome
FROM best p JOIN followed f USING (version_id, theme)
"""
"""Of the plans of a municipality that start a theme one is followed: where something can be judged,
then that for the whole municipality, then where most steps are judged, then the latest."""


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality, by step."""
    return carry_through(scope)


def follow(scope: Scope) -> pl.DataFrame:
    """Follow every theme from the plan in force: enough to count, and quick.

    Columns: ``municipality_code``, ``theme``, ``version_id`` (the comprehensive plan),
    ``start_level``, ``first_year``, ``last_year``, ``step``, ``objects_read``, ``level`` (0 for
    none), ``outcome``; three rows for each municipality and theme that starts.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> found = follow(worked_scope()).sort("step", "theme")
    >>> [rows["outcome"].to_list() for _, rows in found.group_by("step", maintain_order=True)]
    [['holds', 'weakens'], ['weakens', 'leaks'], ['holds', 'holds']]
    """
    return scope.once(_follow)


def _follow(scope: Scope) -> pl.DataFrame:
    themes = scope.selection.themes or THEME.values
    scope.run(
        _VERSION.format(
            within=within(scope.selection, "v"),
            places=[THEME.values.index(theme) for theme in themes],
        ),
        whole_plan=PLAN_KIND.labels["op"],
        carries_from=COMMITMENT.position(scope.what_if.carries_from),
    )
    scope.run(_TEST.format(within=within(scope.selection, "a")))
    scope.run(_FOLLOWED)
    scope.run(_PAIR)
    return scope.sql("SELECT * EXCLUDE (place) FROM pair")


def counts(scope: Scope) -> tuple[Floats, ...]:
    """Return pairs that held, that could be judged and that started, by unit and step.

    A step that does not apply (a municipality without land) is not among the started.
    """
    found = follow(scope).select("municipality_code", pl.col("step").alias("part"), *(
        pl.col("outcome").is_in(each).cast(pl.Int64).alias(name)
        for name, each in (("held", HELD), ("judged", JUDGED), ("started", _APPLICABLE))
    ))  # fmt: skip
    return scope.laid(found, _STEPS, "held", "judged", "started")


def carry_through(scope: Scope) -> Values:
    """1.6: share of started pairs that hold, by step.

    Ekö starts on energy and mobility. Both are tested on site, energy holds in a detailed plan;
    in allocations energy weakens and mobility leaks.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(carry_through(worked_scope()))
    alla: 0.50 (0.19–0.81) n=6/6
    dp: – n=2/2 För få: 2 av minst 5.
    ma: – n=2/2 För få: 2 av minst 5.
    test: – n=2/2 För få: 2 av minst 5.
    """
    held, judged, started = (
        np.hstack([each.sum(axis=1, keepdims=True), each]) for each in counts(scope)
    )
    read, _ = read_and_known(scope)
    nothing = np.where(
        started > 0,
        values.NOT_REPORTED,
        np.where(read > 0, values.NONE_KNOWN, values.unread_any(scope)),
    )
    cells = values.share(held, judged, started, nothing)
    return values.rows(CARRIED, scope.units, PARTS, cells)


def outcomes(scope: Scope) -> pl.DataFrame:
    """Return ``municipality_code, theme, step, level, outcome`` of ``trace``, in its order.

    Without what stands behind each step it takes a fifth of the time: enough to count themes.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> outcomes(worked_scope()).filter(theme="energi").select("step", "level", "outcome").rows()
    [('op', 4, 'start'), ('dp', 4, 'holds'), ('ma', 3, 'weakens'), ('test', None, 'holds')]
    """
    columns = ("municipality_code", "theme", "step", "level", "outcome")
    return _in_order(pl.concat([_starts(scope), follow(scope)], how="diagonal")).select(columns)


def trace(scope: Scope) -> pl.DataFrame:
    """Return the table ``carry_through``: four rows for each municipality and theme that starts.

    A pair starts when a comprehensive plan in force speaks of the theme at *avsikt* or stronger.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> trace(worked_scope()).select("theme", "step", "level", "outcome", "chain_link").rows()
    ... # doctest: +NORMALIZE_WHITESPACE
    [('energi', 'op', 4, 'start', None), ('energi', 'dp', 4, 'holds', 'parent'),
     ('energi', 'ma', 3, 'weakens', 'parent'), ('energi', 'test', None, 'holds', 'parent'),
     ('mobilitet', 'op', 3, 'start', None), ('mobilitet', 'dp', 1, 'weakens', 'area'),
     ('mobilitet', 'ma', None, 'leaks', None), ('mobilitet', 'test', None, 'holds', 'area')]
    """
    pairs = follow(scope)
    scope.once(_find_ancestors)
    behind = pl.concat([_strongest(scope), _on_site(scope)], how="diagonal")
    steps = pairs.join(behind, on=["municipality_code", "theme", "step"], how="left").with_columns(
        (pl.col("year") - pl.col("first_year")).alias("years_after")
    )
    rows = pl.concat([_starts(scope), steps], how="diagonal")
    found = _passages(scope, rows.select("object_id", "theme").drop_nulls().unique())
    rows = _in_order(rows.join(found, on=["object_id", "theme"], how="left")).with_columns(
        pl.col("passages").fill_null(0), pl.col("passage_ids", "activity_ids").fill_null([])
    )
    return rows.select(
        pl.col(name).cast(kind) for name, kind in CARRY_THROUGH.polars_schema.items()
    )


def _starts(scope: Scope) -> pl.DataFrame:
    """The comprehensive plan's own row of each pair."""
    return (
        follow(scope)
        .filter(pl.col("step") == _STEPS[0])
        .select(
            "municipality_code",
            "theme",
            "start_level",
            pl.lit("op").alias("step"),
            pl.col("start_level").alias("level"),
            pl.lit("start").alias("outcome"),
            pl.col("version_id").alias("object_id"),
            pl.col("first_year").alias("year"),
        )
    )


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.when(pl.col("level") > 0).then("level").alias("level")).sort(
        "municipality_code",
        pl.col("theme").cast(pl.Enum(THEME.values)),
        pl.col("step").cast(pl.Enum(STEP.values)),
    )


_ANCESTOR = """
CREATE TEMP TABLE ancestor AS
WITH RECURSIVE step AS (
    SELECT plan_id AS object_id, parent_plan_id AS ancestor FROM plan
    WHERE parent_plan_id IS NOT NULL
    UNION ALL
    SELECT allocation_id, plan_id FROM land_allocation WHERE plan_id IS NOT NULL
), ancestry AS (
    SELECT object_id, ancestor, 1 AS generation FROM step
    UNION ALL
    SELECT a.object_id, s.ancestor, generation + 1 FROM ancestry a
    JOIN step s ON s.object_id = a.ancestor WHERE generation < 3
)
SELECT DISTINCT object_id, ancestor FROM ancestry
"""
"""Which plan stands above which object, to the third step."""


def _find_ancestors(scope: Scope) -> None:
    scope.run(_ANCESTOR)


_LINK = f"""list_position({list(CHAIN_LINK.values)}, CASE
    WHEN {{is_parent}} THEN 'parent' WHEN {{same_case}} THEN 'case_number'
    WHEN {{same_core}} THEN 'area' ELSE 'municipality' END)"""
"""How a step is tied to its comprehensive plan, as a place in the code list, the closest first."""


def _strongest(scope: Scope) -> pl.DataFrame:
    """Return for each pair and step the object that binds most, links best and came first."""
    link = _LINK.format(
        is_parent="a.ancestor IS NOT NULL",
        same_case="o.case_number = v.case_number",
        same_core="o.core_id = v.core_id",
    )
    return scope.sql(
        f"""WITH candidate AS (
                SELECT p.municipality_code, p.theme, p.step, o.object_id, o.year, {link} AS link
                FROM pair p JOIN planning_object o
                  ON o.municipality_code = p.municipality_code AND o.object_type = p.step
                 AND o.coverage IN {READ} AND o.year BETWEEN p.first_year AND p.last_year
                JOIN found_codes f ON f.object_id = o.object_id AND p.level > 0
                 AND {level_on("f", "p.place")} = p.level
                JOIN planning_object v ON v.object_id = p.version_id
                LEFT JOIN ancestor a ON a.object_id = o.object_id AND a.ancestor = p.version_id
            )
            SELECT municipality_code, theme, step, object_id, year,
                   {list(CHAIN_LINK.values)}[link] AS chain_link
            FROM candidate QUALIFY row_number() OVER (
                PARTITION BY municipality_code, theme, step ORDER BY link, year, object_id) = 1"""
    )


def _on_site(scope: Scope) -> pl.DataFrame:
    """Return each pair's tests, best link first: ``activity_ids``, ``chain_link``, ``year``."""
    link = _LINK.format(
        is_parent="a.ancestor IS NOT NULL OR t.plan_id = p.version_id",
        same_case="false",
        same_core="t.core_id = v.core_id",
    )
    return scope.sql(
        f"""WITH candidate AS (
                SELECT p.municipality_code, p.theme, t.activity_id, t.from_year, p.first_year,
                       {link} AS link
                FROM pair p JOIN site_test t USING (municipality_code, theme)
                JOIN planning_object v ON v.object_id = p.version_id
                LEFT JOIN ancestor a ON a.object_id = t.plan_id AND a.ancestor = p.version_id
                WHERE p.step = 'test' AND t.from_year <= p.last_year AND t.to_year >= p.first_year
            )
            SELECT municipality_code, theme, 'test' AS step,
                   list(activity_id ORDER BY link, from_year, activity_id) AS activity_ids,
                   {list(CHAIN_LINK.values)}[min(link)] AS chain_link,
                   first(greatest(from_year, first_year) ORDER BY link, from_year, activity_id)
                       AS year
            FROM candidate GROUP BY municipality_code, theme"""
    )


def _passages(scope: Scope, wanted: pl.DataFrame) -> pl.DataFrame:
    """Return the chosen passages of objects on themes: ``passages`` and ``passage_ids``."""
    chosen = [on_themes(scope.selection, "p"), with_instruments(scope.selection, "p")]
    return scope.sql(
        f"""SELECT p.object_id, w.theme, count(*) AS passages,
                   list(p.passage_id ORDER BY p.rowid) AS passage_ids
            FROM passage p
            JOIN (SELECT unnest($objects::VARCHAR[]) AS object_id,
                         unnest($on::VARCHAR[]) AS theme) w
              ON w.object_id = p.object_id AND list_contains(p.themes, w.theme)
            WHERE {" AND ".join(["p.is_counted", "p.level >= $minimum", *chosen])} GROUP BY ALL""",
        objects=wanted["object_id"].to_list(),
        on=wanted["theme"].to_list(),
    )
