"""A second way to every number: plain SQL on the facts of a published edition."""

import polars as pl
import pytest

from pipelines.indicators.intervals import FEWEST
from pipelines.model.codes import ACTIVITY
from tests.indicators.regions import Edition

_READ = "coverage IN ('read_found', 'read_none')"
_KNOWN = "coverage NOT IN ('superseded', 'not_applicable')"
_BY_TYPE = "GROUP BY GROUPING SETS ((object_type), (municipality_code, object_type))"
_BY_PLACE = "GROUP BY GROUPING SETS ((), (municipality_code))"
_RUNNING = "testing_phase IN ('test', 'demonstration', 'uppskalning') AND NOT is_stale"
_TOOLS = "procurement_kind <> 'ordinary'"
_UNIT = (
    "CASE WHEN grouping(municipality_code) = 1 THEN $region ELSE municipality_code END AS unit_id"
)

_COUNTED = "SELECT 1 FROM passage p WHERE p.object_id = o.object_id AND is_counted"
_HIGHEST = (
    "coalesce((SELECT max(p.level) FROM passage p WHERE p.object_id = o.object_id AND is_counted)"
    ", 0)"
)
_CLIMATE = (
    "innovat|nyskap|nytänk|klimat|energi|koldioxid|utsläpp|återbruk|aterbruk|cirkul|kretslopp"
    "|träbygg|trabygg|traebygg"
)

SHARES = {
    "1.1": f"""SELECT {_UNIT}, object_type AS part,
        count(*) FILTER ({_READ} AND EXISTS ({_COUNTED})) AS hits,
        count(*) FILTER ({_READ}) AS n, count(*) FILTER ({_KNOWN}) AS known
        FROM planning_object o {_BY_TYPE}""",
    "1.2": f"""WITH reached AS (SELECT *, {_HIGHEST} AS highest FROM planning_object o),
        steps AS (SELECT unnest(['none', 'mention', 'aim', 'should', 'shall']) AS step,
                  unnest(range(5)) AS rung)
        SELECT {_UNIT}, object_type || ':' || step AS part,
        count(*) FILTER ({_READ} AND highest = rung) AS hits,
        count(*) FILTER ({_READ}) AS n, count(*) FILTER ({_KNOWN}) AS known
        FROM reached, steps
        GROUP BY GROUPING SETS ((step, object_type), (step, municipality_code, object_type))""",
    "1.3": f"""SELECT {_UNIT}, object_type AS part,
        count(*) FILTER ({_READ} AND EXISTS (
            {_COUNTED} AND p.level = 4 AND len(p.instruments) > 0)) AS hits,
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
        FROM testing_activity WHERE {_RUNNING} {_BY_PLACE}
        UNION ALL SELECT {_UNIT}, 'partnerslag',
        count(*) FILTER (len(list_distinct(partner_types)) > 1),
        count(*) FILTER (len(partner_types) > 0), count(*)
        FROM testing_activity WHERE {_RUNNING} {_BY_PLACE}""",
    "2.5": f"""SELECT {_UNIT}, 'andel' AS part,
        count(*) FILTER (testing_phase = 'uppskalning' OR scaled_year IS NOT NULL) AS hits,
        count(*) AS n, count(*) AS known
        FROM testing_activity WHERE testing_phase <> 'ide' {_BY_PLACE}""",
    "3.1": f"""WITH chosen AS (SELECT o.municipality_code, {_READ} AS was_read,
            EXISTS ({_COUNTED} AND list_has_any(
                p.instruments, ['markanvisning_kriterier', 'tavling', 'funktionskrav'])) AS says,
            coalesce(len(a.criteria) > 0, false) AS has_criteria,
            coalesce(len(list_filter(a.criteria, lambda c:
                regexp_matches(lower(c), '{_CLIMATE}'))) > 0, false) AS names
            FROM planning_object o LEFT JOIN land_allocation a ON allocation_id = object_id
            WHERE object_type = 'ma' AND {_KNOWN})
        SELECT {_UNIT}, 'alla' AS part,
        count(*) FILTER ((was_read AND says) OR names) AS hits,
        count(*) FILTER (was_read OR has_criteria) AS n, count(*) AS known
        FROM chosen {_BY_PLACE}""",
    "3.2": f"""WITH counted AS (SELECT {_UNIT}, count(*) FILTER ({_TOOLS}) AS hits,
            count(*) AS known FROM procurement {_BY_PLACE})
        SELECT unit_id, 'andel' AS part, hits,
        CASE WHEN known > hits THEN known ELSE 0 END AS n, known FROM counted""",
    "3.3": f"""SELECT {_UNIT}, 'smf' AS part, count(*) FILTER (winner_sme = 'ja') AS hits,
        count(*) FILTER (winner_sme IN ('ja', 'nej')) AS n, count(*) AS known
        FROM procurement WHERE {_TOOLS} {_BY_PLACE}
        UNION ALL (WITH earlier AS (SELECT p.*,
            winner IS NOT NULL AND EXISTS (SELECT 1 FROM procurement q WHERE q.buyer = p.buyer
                AND q.winner IS NOT NULL AND q.procurement_year < p.procurement_year) AS judged,
            EXISTS (SELECT 1 FROM procurement q WHERE q.buyer = p.buyer AND q.winner = p.winner
                AND q.procurement_year < p.procurement_year) AS known_before FROM procurement p)
        SELECT {_UNIT}, 'nya', count(*) FILTER (judged AND NOT known_before),
        count(*) FILTER (judged), count(*) FROM earlier {_BY_PLACE})""",
    "K.1": f"""SELECT {_UNIT}, object_type AS part, count(*) FILTER ({_READ}) AS hits,
        count(*) AS n, count(*) AS known FROM planning_object WHERE {_KNOWN} {_BY_TYPE}""",
    "K.2": f"""SELECT {_UNIT}, 'alla' AS part, count(*) FILTER ({_READ}) AS hits,
        count(*) AS n, count(*) AS known FROM document
        WHERE {_READ} OR coverage IN ('unreadable', 'not_understood') {_BY_PLACE}""",
    "K.5": """SELECT $region AS unit_id, 'alla' AS part, coalesce(sum(rows_rejected), 0) AS hits,
        coalesce(sum(rows_in), 0) AS n, coalesce(sum(rows_in), 0) AS known FROM delivery""",
}

COUNTS = {
    "1.4": f"""WITH found AS (
            SELECT municipality_code, object_id, unnest(p.themes) AS code
            FROM passage p JOIN planning_object o USING (object_id, municipality_code)
            WHERE is_counted AND {_READ.replace("coverage", "o.coverage")})
        SELECT {_UNIT}, 'themes' AS part, count(DISTINCT code) AS hits FROM found {_BY_PLACE}""",
    "1.5": f"""WITH dense AS (SELECT *, (SELECT count(*) FROM passage p
            WHERE p.object_id = o.object_id AND is_counted) AS found FROM planning_object o)
        SELECT {_UNIT}, object_type AS part, 10 * sum(found) / sum(pages) AS hits
        FROM dense WHERE {_READ} AND pages > 0 {_BY_TYPE}""",
    "1.8": f"""SELECT {_UNIT}, object_type AS part,
        count(*) FILTER (NOT EXISTS ({_COUNTED})) AS hits FROM planning_object o
        WHERE is_open AND {_READ} {_BY_TYPE}
        UNION ALL SELECT {_UNIT}, 'oppna:' || object_type, count(*) FILTER (is_open)
        FROM planning_object WHERE {_KNOWN} {_BY_TYPE}
        UNION ALL SELECT {_UNIT}, 'okant_lage:' || object_type, count(*) FILTER (is_stale AND
            object_stage IN ('under_framtagande', 'planbesked', 'planuppdrag', 'program', 'samrad',
                             'planned', 'open', 'unknown'))
        FROM planning_object WHERE {_KNOWN} {_BY_TYPE}""",
    "2.1": f"""SELECT {_UNIT}, 'alla' AS part, count(*) FILTER ({_RUNNING}) AS hits
        FROM testing_activity {_BY_PLACE}
        UNION ALL SELECT {_UNIT}, 'okant_lage', count(*) FILTER (is_stale
            AND testing_phase IN ('test', 'demonstration', 'uppskalning'))
        FROM testing_activity {_BY_PLACE}
        UNION ALL SELECT core_id, 'alla', count(*) FILTER ({_RUNNING})
        FROM testing_activity WHERE core_id IS NOT NULL GROUP BY core_id
        UNION ALL SELECT core_id, 'okant_lage', count(*) FILTER (is_stale
            AND testing_phase IN ('test', 'demonstration', 'uppskalning'))
        FROM testing_activity WHERE core_id IS NOT NULL GROUP BY core_id
        UNION ALL SELECT {_UNIT}, 'ar:' || y, count(*) FILTER (start_year <= y
            AND coalesce(end_year, CASE
                WHEN is_stale THEN greatest(start_year, status_per[:4]::BIGINT)
                WHEN {_RUNNING} THEN $year ELSE start_year END) >= y)
        FROM testing_activity, range(2015, $year + 1) years(y) WHERE testing_phase <> 'ide'
        GROUP BY GROUPING SETS ((y), (y, municipality_code))
        UNION ALL SELECT {_UNIT}, 'start:' || start_year, count(*) FROM testing_activity
        WHERE testing_phase <> 'ide' AND start_year BETWEEN 2015 AND $year
        GROUP BY GROUPING SETS ((start_year), (start_year, municipality_code))""",
    "2.4": f"""SELECT core_id AS unit_id, 'alla' AS part, count(DISTINCT theme) AS hits FROM (
            SELECT core_id, unnest(themes) AS theme FROM testing_activity WHERE {_RUNNING})
        WHERE core_id IS NOT NULL GROUP BY core_id""",
    "3.2": f"""SELECT {_UNIT}, 'alla' AS part, count(*) FILTER ({_TOOLS}) AS hits
        FROM procurement {_BY_PLACE}
        UNION ALL SELECT {_UNIT}, 'varde', sum(value_sek) FROM procurement
        WHERE {_TOOLS} AND value_sek IS NOT NULL {_BY_PLACE}""",
    "3.5": f"""SELECT {_UNIT}, 'alla' AS part, count(*) FILTER (len(partners) > 0) AS hits
        FROM testing_activity WHERE testing_kind IN ('pilot', 'demonstration')
        AND testing_phase <> 'ide' {_BY_PLACE}""",
    "3.4": f"""SELECT {_UNIT}, 'kopare' AS part, count(DISTINCT buyer) FILTER (
            procurement_year IN ($year - 1, $year)) AS hits
        FROM procurement WHERE {_TOOLS} AND buyer_type IN ('kommun', 'region', 'stat')
        {_BY_PLACE}""",
    "K.3": " UNION ALL ".join(
        f"""SELECT $region AS unit_id, '{table}' AS part, median(date_diff('day',
            CAST(as_of || substr('-01-01', 1, 10 - length(as_of)) AS DATE),
            CAST($today AS DATE))) / (365.25 / 12) AS hits
        FROM {table} WHERE as_of IS NOT NULL HAVING count(*) > 0"""
        for table in (
            "municipality",
            "plan",
            "land_allocation",
            "document",
            "testing_activity",
            "procurement",
        )
    ),
    "1.10": """SELECT $region AS unit_id, 'alla' AS part, count(*) AS hits
        FROM action_log HAVING count(*) > 0""",
}


def _published(edition: Edition, indicator: str, parts: pl.Series) -> pl.DataFrame:
    return edition.tables["indicator_value"].filter(
        pl.col("indicator_id") == indicator, pl.col("part").is_in(parts.unique().implode())
    )


def _asked(edition: Edition, query: str) -> pl.DataFrame:
    day = edition.index.facts.as_of
    everything = {"region": edition.region, "year": day.year, "today": day.isoformat()}
    named = {name: value for name, value in everything.items() if f"${name}" in query}
    return edition.sql(query, **named).drop_nulls("unit_id")


def _side_by_side(edition: Edition, indicator: str, query: str) -> pl.DataFrame:
    """Published rows with what SQL says; whatever SQL has counted must have been published."""
    asked = _asked(edition, query)
    published = _published(edition, indicator, asked["part"])
    keys = ["unit_id", "part"]
    assert asked.filter(pl.col("hits") > 0).join(published, on=keys, how="anti").is_empty()
    return published.join(asked, on=keys, how="left", suffix="_sql")


@pytest.mark.parametrize("indicator", SHARES)
def test_a_share_is_the_same_in_sql(edition: Edition, indicator: str):
    for row in _side_by_side(edition, indicator, SHARES[indicator]).iter_rows(named=True):
        hits, n, known = (int(row[name] or 0) for name in ("hits", "n_sql", "known_sql"))
        assert (row["n"], row["known"]) == (n, known), row
        assert row["numerator"] == (hits if n else None)
        assert row["value"] == (pytest.approx(hits / n) if n >= FEWEST else None)


@pytest.mark.parametrize("indicator", COUNTS)
def test_a_count_is_the_same_in_sql(edition: Edition, indicator: str):
    both = _side_by_side(edition, indicator, COUNTS[indicator])
    for row in both.filter(pl.col("n") > 0).iter_rows(named=True):
        assert row["value"] == pytest.approx(row["hits"] or 0), row
    nothing = both.filter(pl.col("n") == 0)
    assert nothing["value"].null_count() == nothing.height


def test_evidence_of_an_activity_is_the_same_in_sql(edition: Edition):
    asked = edition.sql("""SELECT action_id, len(coalesce(evidence, [])) + (
            SELECT count(*) FROM action_log WHERE list_contains(action_ids, action_id)) AS evidence
        FROM action WHERE action_status <> 'unknown'""")
    values = edition.tables["indicator_value"]
    for code, evidence in asked.iter_rows():
        own = values.filter(pl.col("indicator_id") == f"F.{ACTIVITY.values.index(code) + 1}")
        assert own["value"].to_list() == [evidence]


FROM_REGISTERS = {"1.8", "2.1", "2.4", "2.5", "3.1", "3.2", "3.4", "K.1", "K.3", "K.5"}


def test_there_are_numbers_to_compare(editions: dict[str, Edition]):
    """Agreement on nothing would prove nothing: whatever a region has a number for is compared."""
    compared = {*SHARES, *COUNTS}
    for region, least in (("exempel", compared), ("stockholm", FROM_REGISTERS)):
        values = editions[region].tables["indicator_value"].drop_nulls("value")
        assert set(values["indicator_id"]) >= least, region
    assert compared >= FROM_REGISTERS
    assert len(compared) >= 12
