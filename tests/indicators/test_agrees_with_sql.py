"""A second way to every number: plain SQL on the facts of a published edition."""

import polars as pl
import pytest

from pipelines.indicators.intervals import FEWEST
from tests.indicators.regions import Edition

_READ = "coverage IN ('read_found', 'read_none')"
_KNOWN = "coverage NOT IN ('superseded', 'not_applicable')"
_BY_TYPE = "GROUP BY GROUPING SETS ((object_type), (municipality_code, object_type))"
_BY_PLACE = "GROUP BY GROUPING SETS ((), (municipality_code))"
_RUNNING = "testing_phase IN ('test', 'demonstration', 'uppskalning')"
_TOOLS = "procurement_kind <> 'ordinary'"
_UNIT = (
    "CASE WHEN grouping(municipality_code) = 1 THEN $region ELSE municipality_code END AS unit_id"
)

SHARES = {
    "1.1": f"""SELECT {_UNIT}, object_type AS part,
        count(*) FILTER ({_READ} AND passages > 0) AS hits,
        count(*) FILTER ({_READ}) AS n, count(*) FILTER ({_KNOWN}) AS known
        FROM planning_object {_BY_TYPE}""",
    "1.2": f"""SELECT {_UNIT}, object_type || ':shall' AS part,
        count(*) FILTER ({_READ} AND level = 4) AS hits,
        count(*) FILTER ({_READ}) AS n, count(*) FILTER ({_KNOWN}) AS known
        FROM planning_object {_BY_TYPE}""",
    "1.3": f"""SELECT {_UNIT}, object_type AS part,
        count(*) FILTER ({_READ} AND EXISTS (
            SELECT 1 FROM passage p WHERE p.object_id = o.object_id AND is_counted
            AND p.level = 4 AND len(p.instruments) > 0)) AS hits,
        count(*) FILTER ({_READ}) AS n, count(*) FILTER ({_KNOWN}) AS known
        FROM planning_object o {_BY_TYPE}""",
    "1.7": f"""WITH stage AS (
            SELECT d.object_id, d.document_id, d.document_stage IN
              ('under_framtagande', 'planbesked', 'planuppdrag', 'program', 'samrad') AS is_early
            FROM document d WHERE {_READ}),
        judged AS (SELECT o.municipality_code, o.object_id,
            EXISTS (SELECT 1 FROM stage JOIN document USING (document_id)
                    WHERE stage.object_id = o.object_id AND is_early AND document_kind IN
                    ('op', 'fop', 'tillagg', 'program', 'dp', 'ma_policy', 'ma_decision', 'tavling')
            ) AS has_early,
            EXISTS (SELECT 1 FROM passage p JOIN stage s USING (document_id)
                    WHERE p.object_id = o.object_id AND voice = 'plan' AND NOT is_negated
                    AND p.level > 0 AND is_early) AS came_early,
            FROM planning_object o WHERE {_READ} AND object_type = 'dp' AND EXISTS (
                SELECT 1 FROM passage p WHERE p.object_id = o.object_id
                AND voice = 'plan' AND NOT is_negated AND p.level > 0))
        SELECT {_UNIT}, 'dp' AS part, count(*) FILTER (has_early AND came_early) AS hits,
        count(*) FILTER (has_early) AS n, count(*) AS known FROM judged {_BY_PLACE}""",
    "2.2": f"""SELECT {_UNIT}, 'alla' AS part, count(*) FILTER (contact_published = 'ja') AS hits,
        count(*) FILTER (contact_published IN ('ja', 'nej')) AS n, count(*) AS known
        FROM testing_activity WHERE {_RUNNING} {_BY_PLACE}""",
    "2.3": f"""SELECT {_UNIT}, 'smf' AS part, count(*) FILTER (open_to_smes = 'ja') AS hits,
        count(*) FILTER (open_to_smes IN ('ja', 'nej')) AS n, count(*) AS known
        FROM testing_activity WHERE {_RUNNING} {_BY_PLACE}""",
    "2.5": f"""SELECT {_UNIT}, 'andel' AS part,
        count(*) FILTER (testing_phase = 'uppskalning' OR scaled_year IS NOT NULL) AS hits,
        count(*) AS n, count(*) AS known
        FROM testing_activity WHERE testing_phase <> 'ide' {_BY_PLACE}""",
    "3.3": f"""SELECT {_UNIT}, 'smf' AS part, count(*) FILTER (winner_sme = 'ja') AS hits,
        count(*) FILTER (winner_sme IN ('ja', 'nej')) AS n, count(*) AS known
        FROM procurement WHERE {_TOOLS} {_BY_PLACE}""",
    "K.1": f"""SELECT {_UNIT}, object_type AS part, count(*) FILTER ({_READ}) AS hits,
        count(*) AS n, count(*) AS known FROM planning_object WHERE {_KNOWN} {_BY_TYPE}""",
    "K.2": f"""SELECT {_UNIT}, 'alla' AS part, count(*) FILTER ({_READ}) AS hits,
        count(*) AS n, count(*) AS known FROM document
        WHERE {_READ} OR coverage = 'unreadable' {_BY_PLACE}""",
    "K.5": """SELECT $region AS unit_id, 'alla' AS part, coalesce(sum(rows_rejected), 0) AS hits,
        coalesce(sum(rows_in), 0) AS n, coalesce(sum(rows_in), 0) AS known FROM delivery""",
}

COUNTS = {
    "1.4": f"""WITH found AS (
            SELECT municipality_code, object_id, unnest(p.themes) AS code
            FROM passage p JOIN planning_object o USING (object_id, municipality_code)
            WHERE is_counted AND {_READ.replace("coverage", "o.coverage")})
        SELECT {_UNIT}, 'themes' AS part, count(DISTINCT code) AS hits FROM found {_BY_PLACE}""",
    "1.5": f"""SELECT {_UNIT}, object_type AS part, 10 * sum(passages) / sum(pages) AS hits
        FROM planning_object WHERE {_READ} AND pages > 0 {_BY_TYPE}""",
    "1.8": f"""SELECT {_UNIT}, object_type AS part,
        count(*) FILTER (passages = 0) AS hits FROM planning_object
        WHERE is_open AND {_READ} {_BY_TYPE}""",
    "2.1": f"""SELECT {_UNIT}, 'alla' AS part, count(*) FILTER ({_RUNNING}) AS hits
        FROM testing_activity {_BY_PLACE}
        UNION ALL SELECT core_id, 'alla', count(*) FILTER ({_RUNNING})
        FROM testing_activity WHERE core_id IS NOT NULL GROUP BY core_id
        UNION ALL SELECT {_UNIT}, 'ar:' || y, count(*) FILTER (start_year <= y
            AND coalesce(end_year, CASE WHEN {_RUNNING} THEN $year ELSE start_year END) >= y)
        FROM testing_activity, range(2015, $year + 1) years(y) WHERE testing_phase <> 'ide'
        GROUP BY GROUPING SETS ((y), (y, municipality_code))
        UNION ALL SELECT {_UNIT}, 'start:' || start_year, count(*) FROM testing_activity
        WHERE testing_phase <> 'ide' AND start_year BETWEEN 2015 AND $year
        GROUP BY GROUPING SETS ((start_year), (start_year, municipality_code))""",
    "2.4": f"""SELECT core_id AS unit_id, 'alla' AS part, count(DISTINCT theme) AS hits FROM (
            SELECT core_id, unnest(themes) AS theme FROM testing_activity WHERE {_RUNNING})
        WHERE core_id IS NOT NULL GROUP BY core_id""",
    "3.2": f"""SELECT {_UNIT}, 'alla' AS part, count(*) FILTER ({_TOOLS}) AS hits
        FROM procurement {_BY_PLACE}""",
    "3.4": f"""SELECT {_UNIT}, 'kopare' AS part, count(DISTINCT buyer) FILTER (
            procurement_year IN ($year - 1, $year)) AS hits
        FROM procurement WHERE {_TOOLS} AND buyer_type IN ('kommun', 'region', 'stat')
        {_BY_PLACE}""",
    "1.10": """SELECT $region AS unit_id, 'alla' AS part, count(*) AS hits
        FROM action_log HAVING count(*) > 0""",
}


def _published(edition: Edition, indicator: str, parts: pl.Series) -> pl.DataFrame:
    return edition.tables["indicator_value"].filter(
        pl.col("indicator_id") == indicator, pl.col("part").is_in(parts.unique().implode())
    )


def _asked(edition: Edition, query: str) -> pl.DataFrame:
    everything = {"region": edition.region, "year": edition.index.facts.as_of.year}
    named = {name: value for name, value in everything.items() if f"${name}" in query}
    return edition.sql(query, **named).drop_nulls("unit_id")


@pytest.mark.parametrize("indicator", SHARES)
def test_a_share_is_the_same_in_sql(edition: Edition, indicator: str):
    asked = _asked(edition, SHARES[indicator])
    published = _published(edition, indicator, asked["part"])
    joined = published.join(asked, on=["unit_id", "part"], how="left", suffix="_sql")
    assert joined.height >= asked.height
    for row in joined.iter_rows(named=True):
        hits, n, known = (int(row[name] or 0) for name in ("hits", "n_sql", "known_sql"))
        assert (row["n"], row["known"]) == (n, known), row
        assert row["numerator"] == (hits if n else None)
        assert row["value"] == (pytest.approx(hits / n) if n >= FEWEST else None)


@pytest.mark.parametrize("indicator", COUNTS)
def test_a_count_is_the_same_in_sql(edition: Edition, indicator: str):
    asked = _asked(edition, COUNTS[indicator])
    published = _published(edition, indicator, asked["part"])
    joined = published.join(asked, on=["unit_id", "part"], how="left")
    for row in joined.filter(pl.col("n") > 0).iter_rows(named=True):
        assert row["value"] == pytest.approx(row["hits"] or 0), row
    assert joined.filter(pl.col("n") == 0)["value"].null_count() == joined.filter(
        pl.col("n") == 0
    ).height  # fmt: skip


def test_the_example_has_numbers_to_compare(editions: dict[str, Edition]):
    values = editions["exempel"].tables["indicator_value"].filter(pl.col("unit_kind") == "region")
    present = set(values.drop_nulls("value")["indicator_id"])
    assert present >= {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.3", "3.2", "3.3", "K.1"}
