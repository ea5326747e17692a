"""Testing: how much goes on, on what, where, how open and who takes part (2.1–2.4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import CORE, Facts
from pipelines.indicators.scope import EVERYTHING, UNKNOWN_STATE, Scope
from pipelines.indicators.values import Values, shared
from pipelines.model.codes import TESTING_PHASE, THEME
from pipelines.model.tables import COOPERATION

_MAPPED = "Kartlagd testverksamhet (registret testverksamhet)."
_FIRST_YEAR = 2015

ACTIVE = Indicator(
    id="2.1",
    label="Pågående testverksamhet",
    question="Hur många tester pågår, på vilka teman och i vilken fas?",
    unit="antal",
    formula="Testverksamheter i fasen test, demonstration eller uppskalning vars läge är känt; per "
    "fas räknas alla faser, per år de som pågick eller började då, utan idéer. Delmåttet okänt "
    "läge räknar dem som pågick när de senast sågs men vars uppgift har passerat sin hållbarhet "
    "eller saknar datum.",
    needs=_MAPPED,
    goals=(2,),
    actions=("2.1",),
    caveats=(
        "Bara kartlagda verksamheter räknas; en kommun utan rader är inte kartlagd.",
        "År kräver startår; antalet med känt startår står bredvid.",
    ),
)
PUBLISHED = Indicator(
    id="2.2",
    label="Kartlagda och tillgängliga tester",
    question="Hur många tester går att hitta och kontakta?",
    unit="andel",
    formula="Pågående tester med publik adress, kontakt och villkor, delat med dem där uppgiften "
    "är känd.",
    needs="Kolumnen Kontaktväg finns i registret testverksamhet.",
    interval="Wilson",
    goals=(2,),
    actions=("2.1", "2.2"),
)
OPENNESS = Indicator(
    id="2.3",
    label="Öppna och gemensamma tester",
    question="Hur många tester tar emot små företag, och vilka samarbetar?",
    unit="andel",
    formula="Pågående tester öppna för SMF, respektive med minst två slag av partner, delat med "
    "dem där uppgiften är känd; kommuner som testar tillsammans med en annan kommun, delat med "
    "kommuner där parterna är kända.",
    needs="Kolumnerna Öppen för SMF, Partner och Slag av partner i registret testverksamhet.",
    interval="Wilson",
    goals=(2, 3),
    actions=("1.2", "2.2", "3.3"),
    caveats=("Uppgiften saknas ofta; antalet kända står bredvid.",),
)
CORES = Indicator(
    id="2.4",
    label="Stadskärnor som testbäddar",
    question="Hur många teman testas i stadskärnan?",
    unit="av 11",
    formula="Antal teman med minst en pågående test i stadskärnan.",
    needs="Kolumnen Stadskärna-id i registret testverksamhet.",
    goals=(2,),
    actions=("2.3",),
)
DEFINITIONS = (ACTIVE, PUBLISHED, OPENNESS, CORES)


def compute(scope: Scope) -> Values:
    """Compute the family: 2.1–2.3 for the whole and municipalities, 2.1 and 2.4 for cores."""
    return active(scope) + published(scope) + openness(scope) + cores(scope)


def named_activities(scope: Scope) -> pl.DataFrame:
    """Return the rows of the chosen activities with the names of their municipality and core.

    ``is_running`` tells those that run.
    """
    return scope.sql(
        """SELECT a.* EXCLUDE (is_started, is_unsure, last_seen), m.municipality_name, c.core_name
           FROM chosen_activity a LEFT JOIN municipality m USING (municipality_code)
           LEFT JOIN regional_core c USING (core_id) ORDER BY a.activity_id"""
    )


def active(scope: Scope) -> Values:
    """2.1: number of running activities, and by theme, phase and year.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(active(worked_scope()), parts="alla|tema:energi|fas:test|(ar|start):2018")
    alla: 6.00 n=7/7
    tema:energi: 4.00 n=7/7
    fas:test: 3.00 n=7/7
    ar:2018: 3.00 n=7/7
    start:2018: 1.00 n=7/7
    """
    now = scope.facts.as_of.year
    years = range(_FIRST_YEAR, max(now, _FIRST_YEAR) + 1)
    parts = (
        *EVERYTHING,
        *((f"tema:{code}", label) for code, label in THEME.labels.items()),
        *((f"fas:{code}", label) for code, label in TESTING_PHASE.labels.items()),
        *UNKNOWN_STATE,
        *((f"ar:{year}", str(year)) for year in years),
        *((f"start:{year}", f"{year}, påbörjade") for year in years),
    )
    query = f"""
    WITH dated AS (
        SELECT *, coalesce(end_year, CASE WHEN is_running OR is_stale THEN last_seen
                                            ELSE start_year END) AS last
        FROM chosen_activity WHERE is_started AND start_year IS NOT NULL
    )
    SELECT municipality_code, 'alla' AS part FROM chosen_activity WHERE is_running
    UNION ALL SELECT municipality_code, 'tema:' || unnest(list_distinct(themes))
    FROM chosen_activity WHERE is_running
    UNION ALL SELECT municipality_code, 'fas:' || testing_phase FROM chosen_activity
    WHERE NOT is_stale
    UNION ALL SELECT municipality_code, 'okant_lage' FROM chosen_activity WHERE is_unsure
    UNION ALL SELECT municipality_code, 'ar:' || y
    FROM dated, range({years.start}, {years.stop}) t(y)
    WHERE start_year <= y AND last >= y
    UNION ALL SELECT municipality_code, 'start:' || start_year FROM dated
    """
    names = [part for part, _ in parts]
    (found,) = scope.table(
        f"SELECT municipality_code, part, count(*) AS value FROM ({query}) GROUP BY ALL",
        names, "value",
    )  # fmt: skip
    known, begun, dated = scope.table(
        """SELECT municipality_code, 'alla' AS part, count(*) AS known,
                  count(*) FILTER (is_started) AS begun,
                  count(*) FILTER (is_started AND start_year IS NOT NULL) AS dated
           FROM chosen_activity GROUP BY ALL""",
        ("alla",), "known", "begun", "dated",
    )  # fmt: skip
    by_year = np.array([part.startswith(("ar:", "start:")) for part in names])
    cells = values.amount(found, np.where(by_year, dated, known), np.where(by_year, begun, known))
    return values.rows(ACTIVE, scope.units, parts, cells) + _in_cores(scope, ACTIVE)


def published(scope: Scope) -> Values:
    """2.2: share of running activities that can be found and contacted, of those that say.

    Five of Ekö's six running tests answer, four of them yes.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(published(worked_scope()))
    alla: 0.80 (0.38–0.96) n=5/6
    """
    query = """SELECT municipality_code, 'alla' AS part,
                      count(*) FILTER (contact_published = 'ja') AS hits,
                      count(*) FILTER (contact_published IN ('ja', 'nej')) AS n, count(*) AS known
               FROM chosen_activity WHERE is_running GROUP BY ALL"""
    return shared(scope, PUBLISHED, EVERYTHING, query)


def openness(scope: Scope) -> Values:
    """2.3: share open to SMEs, with several kinds of partners, and municipalities cooperating.

    Four of six are open; one of five with known partners has two kinds.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(openness(worked_scope()))
    smf: 0.67 (0.30–0.90) n=6/6
    partnerslag: 0.20 (0.04–0.62) n=5/6
    kommuner: – n=2/2 För få: 2 av minst 5.
    """
    query = """
    SELECT municipality_code, 'smf' AS part, count(*) FILTER (open_to_smes = 'ja') AS hits,
           count(*) FILTER (open_to_smes IN ('ja', 'nej')) AS n, count(*) AS known
    FROM chosen_activity WHERE is_running GROUP BY ALL
    UNION ALL
    SELECT municipality_code, 'partnerslag',
           count(*) FILTER (len(list_distinct(partner_types)) > 1),
           count(*) FILTER (len(partner_types) > 0), count(*)
    FROM chosen_activity WHERE is_running GROUP BY ALL
    """
    smf, kinds = ("smf", "Öppna för små företag"), ("partnerslag", "Minst två slag av partner")
    return [
        *shared(scope, OPENNESS, (smf,), query),
        *shared(scope, OPENNESS, (kinds,), query),
        *_municipalities_together(scope),
    ]


def _municipalities_together(scope: Scope) -> Values:
    """Share of the municipalities with known partners that test together with another."""
    taking_part = scope.facts.once(_parties).drop_nulls("party_code").unique(
        ["activity_id", "party_code"]
    ).with_columns(pl.len().over("activity_id").alias("together"))  # fmt: skip
    running = scope.sql(
        "SELECT activity_id, municipality_code FROM chosen_activity WHERE is_running"
    )
    own = taking_part.join(running.select("activity_id"), on="activity_id", how="semi")
    mapped = pl.concat([own["party_code"], running["municipality_code"]])
    cooperating = own.filter(pl.col("together") > 1)["party_code"]
    hits, n, known = (
        np.array([[float(each.filter(each.is_in(scope.codes)).n_unique())]])
        for each in (cooperating, own["party_code"], mapped)
    )
    part = (("kommuner", "Kommuner som testar tillsammans"),)
    return values.rows(OPENNESS, scope.whole, part, values.share(hits, n, known))


def cores(scope: Scope) -> Values:
    """2.4: number of themes with a running test, for each core.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(cores(worked_scope()), "eko-c")
    alla: 3.00 n=6/7
    """
    return _in_cores(scope, CORES)


def _in_cores(scope: Scope, indicator: Indicator) -> Values:
    """2.1 or 2.4 of each core in the chosen municipalities, in the order of the register."""
    here = "list_has_any(c.municipality_codes, $municipalities)"
    found = scope.sql(
        f"""WITH counted AS (
                SELECT core_id, count(*) AS known, count(*) FILTER (is_running) AS active,
                       count(*) FILTER (is_unsure) AS unsure,
                       len(list_distinct(flatten(list(themes) FILTER (is_running)))) AS themes
                FROM chosen_activity GROUP BY core_id
            )
            SELECT c.core_id AS unit_id, c.core_name AS unit_name, coalesce(known, 0) AS known,
                   coalesce(active, 0) AS active, coalesce(unsure, 0) AS unsure,
                   coalesce(themes, 0) AS themes
            FROM regional_core c LEFT JOIN counted USING (core_id)
            WHERE {here if scope.selection.municipalities else "true"} ORDER BY c.rowid"""
    )
    units = found.select(pl.lit(CORE).alias("unit_kind"), "unit_id", "unit_name")
    known, running, unsure, themes = (
        found[name].cast(pl.Float64).to_numpy()[:, None]
        for name in ("known", "active", "unsure", "themes")
    )
    if indicator is CORES:
        return values.rows(CORES, units, EVERYTHING, values.amount(themes, running, known))
    both = np.repeat(known, 2, axis=1)
    cells = values.amount(np.hstack([running, unsure]), both, both)
    return values.rows(ACTIVE, units, (*EVERYTHING, *UNKNOWN_STATE), cells)


def cooperation(scope: Scope) -> pl.DataFrame:
    """Return the table ``cooperation``: each pair of parties and the activities they share.

    The host and its partners are the parties; an activity whose partners are not stated gives no
    pair, which says nothing about cooperation.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> found = cooperation(worked_scope())
    >>> found.select("party", "other_party", "activities").head(3).rows()
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Bygg AB', 'Ekö kommun', 2), ('Ekö kommun', 'Högskolan', 2), ('Bygg AB', 'Högskolan', 1)]
    """
    return (
        _chosen(scope, _pairs)
        .group_by("party", "other_party", maintain_order=True)
        .agg(
            pl.col("is_municipal").first(),
            pl.len().cast(pl.Int64).alias("activities"),
            pl.col("activity_id").alias("activity_ids"),
        )
        .sort("activities", "party", "other_party", descending=[True, False, False])
        .select(*COOPERATION.polars_schema)
    )


def parties(scope: Scope) -> pl.DataFrame:
    """Return everyone who takes part in an activity with stated partners, most active first.

    Columns: ``party``, ``municipality_code`` (null unless the party is a municipality),
    ``activities``, ``others`` (different parties it shares an activity with) and ``places``
    (municipalities in which it takes part).

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> parties(worked_scope()).head(2).rows()
    [('Ekö kommun', '9701', 4, 3, 1), ('Högskolan', None, 3, 3, 1)]
    """
    met = _chosen(scope, _pairs).select("party", "other_party").unique()
    others = pl.concat([met["party"], met["other_party"]]).value_counts(name="others")
    return (
        _chosen(scope, _parties)
        .group_by("party")
        .agg(
            pl.col("party_code").first().alias("municipality_code"),
            pl.len().cast(pl.Int64).alias("activities"),
            pl.col("place").n_unique().cast(pl.Int64).alias("places"),
        )
        .join(others, on="party", how="left")
        .with_columns(pl.col("others").cast(pl.Int64).fill_null(0))
        .select("party", "municipality_code", "activities", "others", "places")
        .sort("activities", "others", "party", descending=[True, True, False])
    )


def _chosen(scope: Scope, rows: Callable[[Facts], pl.DataFrame]) -> pl.DataFrame:
    """Return those rows, by activity, that belong to a chosen activity."""
    chosen = scope.sql("SELECT activity_id FROM chosen_activity")
    return scope.facts.once(rows).join(chosen, on="activity_id", how="semi", maintain_order="left")


def _parties(facts: Facts) -> pl.DataFrame:
    """Host and partners of each activity with stated partners.

    Columns: ``activity_id``, ``place`` (its municipality), ``party`` and ``party_code``, where the
    party is a municipality: *Askhamn(s) kommun*, *stad*.
    """
    return facts.sql(
        """WITH form AS (
               SELECT municipality_name || genitive || form AS party,
                      municipality_code AS party_code
               FROM municipality, (SELECT unnest(['', 's']) AS genitive),
                    (SELECT unnest([' kommun', ' stad']) AS form)
           ), taking_part AS (
               SELECT DISTINCT activity_id, municipality_code AS place,
                      unnest(list_append(partners, host)) AS party
               FROM testing_activity WHERE len(partners) > 0
           )
           SELECT t.*, f.party_code FROM taking_part t LEFT JOIN form f USING (party)
           WHERE t.party IS NOT NULL ORDER BY t.activity_id, t.party"""
    )


def _pairs(facts: Facts) -> pl.DataFrame:
    """Every two parties of an activity, in the order of names."""
    own = facts.once(_parties).select("activity_id", "party", "party_code")
    return (
        own.join(own, on="activity_id", suffix="_other")
        .filter(pl.col("party") < pl.col("party_other"))
        .select(
            "activity_id",
            "party",
            pl.col("party_other").alias("other_party"),
            pl.all_horizontal(pl.col("party_code", "party_code_other").is_not_null())
            .alias("is_municipal"),
        )
        .sort("party", "other_party", "activity_id")
    )  # fmt: skip
