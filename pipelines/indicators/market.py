"""Doors for small companies: criteria, innovation procurement, winners, public actors (3.1–3.6)."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import day_of, number_of
from pipelines.indicators.scope import EVERYTHING, TYPES, UNKNOWN_STATE, Scope, within
from pipelines.indicators.values import Values, shared
from pipelines.model.codes import ANSWER, INNOVATION_PROCUREMENT, INSTRUMENT, PROCUREMENT_KIND

CRITERIA = Indicator(
    id="3.1",
    label="Markanvisningar med kriterier för innovation eller klimat",
    question="Hur många markanvisningar väljer byggherre på annat än pris, och hur tungt?",
    unit="andel",
    formula="Markanvisningar med belägg för kriterier, tävling eller funktionskrav, eller med ett "
    "registrerat kriterium om innovation, klimat, energi eller kretslopp, delat med dem som är "
    "lästa eller har kriterier i registret. Vikten är medianen av sådana kriteriers sammanlagda "
    "vikt i procent, bredvid medianen för priset.",
    needs="Lästa beslut, eller kolumnerna Kriterier och Kriteriernas vikt i registret "
    "markanvisningar.",
    interval="Wilson",
    goals=(3,),
    actions=("3.1", "3.2"),
    caveats=("Kriterier som bara står i bilagor som inte är lästa missas.",),
)
_CLIMATE = (
    "innovat|nyskap|nytänk|klimat|energi|koldioxid|utsläpp|återbruk|aterbruk|cirkul|kretslopp"
    "|träbygg|trabygg|traebygg"
)
_PRICE = "pris|köpeskilling"
_SELECTING_TOOLS = ("markanvisning_kriterier", "tavling", "funktionskrav")
PROCUREMENTS = Indicator(
    id="3.2",
    label="Upphandlingar med innovationsverktyg",
    question="Hur ofta används upphandling för att få fram nytt?",
    unit="antal",
    formula="Upphandlingar av något av slagen innovations-, funktions-, dialogupphandling, "
    "innovationspartnerskap eller förkommersiell upphandling: antal per slag, summa värde, och "
    "andel av alla kända upphandlingar.",
    needs="Registret upphandlingar; andelen kräver att även andra upphandlingar finns med.",
    interval="Wilson",
    goals=(3,),
    actions=("3.1", "3.2"),
    caveats=(
        "Bara kända upphandlingar räknas.",
        "Andelen gäller registret, inte all upphandling i regionen.",
    ),
)
SME_WINNERS = Indicator(
    id="3.3",
    label="Vunna av små företag och nya leverantörer",
    question="Hur ofta vinner små och medelstora företag, och hur ofta en ny leverantör?",
    unit="andel",
    formula="Upphandlingar med innovationsverktyg vunna av SMF, delat med dem där storleken är "
    "känd; upphandlingar där köparen inte tidigare anlitat leverantören, delat med dem där "
    "leverantören är känd och köparen har en tidigare känd upphandling.",
    needs="Kolumnerna Leverantör och Leverantör SMF i registret upphandlingar.",
    interval="Wilson",
    goals=(3,),
    actions=("3.2",),
)
PUBLIC_ACTORS = Indicator(
    id="3.4",
    label="Aktiva offentliga aktörer",
    question="Hur många offentliga aktörer har öppnat en dörr det senaste året?",
    unit="antal",
    formula="Olika kommuner, regioner och statliga aktörer som de senaste tolv månaderna före "
    "mätdagen upphandlat med innovationsverktyg, anvisat mark med kriterier för innovation eller "
    "klimat, eller varit värd för en pågående test. Tester med okänt läge räknas inte.",
    needs="Registren upphandlingar, markanvisningar och testverksamhet med datum eller år.",
    goals=(3,),
    actions=("3.2", "3.3"),
    caveats=(
        "Ett år utan datum räknas när året ligger inom de tolv månaderna.",
        "En aktör som står under två namn räknas två gånger.",
    ),
)
PILOTS = Indicator(
    id="3.5",
    label="Piloter med flera aktörer",
    question="Hur många piloter drivs av två eller fler aktörer?",
    unit="antal",
    formula="Påbörjade piloter och demonstrationer med minst en angiven partner utöver värden.",
    needs="Kolumnen Partner i registret testverksamhet.",
    goals=(3,),
    actions=("3.3",),
    caveats=("En rad utan partner kan sakna uppgiften; antalet kända står bredvid.",),
)
CLIMATE_DEMANDS = Indicator(
    id="3.6",
    label="Klimatkrav i upphandling",
    question="Hur många kommuner ställer klimatkrav när de upphandlar?",
    unit="andel",
    formula="Kommuner som svarat ja, delat med dem som svarat ja eller nej, för varje källa för "
    "sig. Delmåttet svarade inte räknar dem som källan frågat utan att få svar; de är varken ja "
    "eller nej.",
    needs="Registret klimatkrav.",
    interval="Wilson",
    goals=(3,),
    actions=("3.1", "3.2"),
    caveats=("Källorna frågar olika och kan säga emot varandra; båda visas.",),
)
DEFINITIONS = (CRITERIA, PROCUREMENTS, SME_WINNERS, PUBLIC_ACTORS, PILOTS, CLIMATE_DEMANDS)
_PUBLIC = ("kommun", "region", "stat")
_ROLES = {"kopare": "Köpare", "markanvisare": "Markanvisande kommuner", "vard": "Testvärdar"}
_UNSURE = ((UNKNOWN_STATE[0][0], "Testvärdar, okänt läge"),)


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality."""
    measures = (criteria, procurements, sme_winners, public_actors, pilots, climate_demands)
    return [block for measure in measures for block in measure(scope)]


def _weight(words: str) -> str:
    """SQL: sum of the weights of criteria with one of the words; null without weights."""
    parts = "lower(w), '^(.*):\\s*([\\d.,]+)'"
    weight = f"try_cast(replace(regexp_extract({parts}, 2), ',', '.') AS DOUBLE)"
    chosen = f"regexp_matches(regexp_extract({parts}, 1), '{words}')"
    return f"""CASE WHEN len(criteria_weights) > 0 THEN coalesce(list_sum(list_transform(
        criteria_weights, lambda w: CASE WHEN {chosen} THEN {weight} ELSE 0 END)), 0) END"""


_SELECTING = f"""
CREATE TEMP TABLE selecting AS
WITH registered AS (
    SELECT allocation_id AS object_id, decision_date, len(criteria) > 0 AS has_criteria,
           coalesce(list_bool_or(list_transform(criteria,
               lambda c: regexp_matches(lower(c), '{_CLIMATE}'))), false) AS names_climate,
           {_weight(_CLIMATE)} AS climate_weight, {_weight(_PRICE)} AS price_weight
    FROM land_allocation
)
SELECT municipality_code, decision_date, coalesce(has_criteria, false) AS has_criteria,
       is_read OR coalesce(has_criteria, false) AS answered,
       (is_read AND instruments_found & {number_of(_SELECTING_TOOLS, INSTRUMENT.values)} <> 0)
           OR coalesce(names_climate, false) AS selects,
       climate_weight, price_weight
FROM chosen_object LEFT JOIN registered USING (object_id)
WHERE object_type = 'ma' AND is_known
"""
"""The chosen allocations with what they choose by: ``has_criteria`` (in the register),
``answered`` (read, or with criteria registered), ``selects`` (by innovation or climate), and
weights in percent, null where the register has none."""


def _find_selecting(scope: Scope) -> None:
    scope.run(_SELECTING)


def criteria(scope: Scope) -> Values:
    """3.1: share that select by innovation or climate, and the median weights of that and price.

    One of Ekö's two allocations is read and weighs climate innovation 35 percent, price 40.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(criteria(worked_scope()))
    alla: – n=1/2 För få: 1 av minst 5.
    vikt: – n=1/1 För få: 1 av minst 5.
    pris: – n=1/1 För få: 1 av minst 5.
    """
    scope.once(_find_selecting)
    at = [kind for kind, _ in TYPES].index("ma")
    query = """SELECT municipality_code, 'alla' AS part, count(*) FILTER (selects) AS hits,
                       count(*) FILTER (answered) AS n, count(*) AS known
                FROM selecting GROUP BY ALL"""
    weights = scope.sql(
        """SELECT list(climate_weight) FILTER (climate_weight IS NOT NULL) AS climate,
                   list(price_weight) FILTER (price_weight IS NOT NULL) AS price,
                   count(*) FILTER (has_criteria) AS with_criteria
            FROM selecting"""
    ).row(0, named=True)
    samples = [weights["climate"] or [], weights["price"] or []]
    known = [weights["with_criteria"]] * 2
    nothing = np.array(values.NOT_REPORTED if known[0] else values.NONE_KNOWN)
    medians = values.median_cells(
        samples, known, [sum(weight > 0 for weight in sample) for sample in samples], nothing
    )
    parts = (("vikt", "Vikt för innovation och klimat"), ("pris", "Vikt för pris"))
    return [
        *shared(scope, CRITERIA, EVERYTHING, query, values.unread(scope)[:, at : at + 1]),
        *values.rows(CRITERIA, scope.whole, parts, medians, unit="procent"),
    ]


def chosen_procurements(scope: Scope) -> pl.DataFrame:
    """Return the procurements that a selection leaves, with ``has_tool``."""
    return scope.sql("FROM chosen_procurement ORDER BY procurement_id")


def procurements(scope: Scope) -> Values:
    """3.2: number with an innovation tool, by kind, their value and share of all known.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(procurements(worked_scope()), parts="alla|varde|andel")
    alla: 2.00 n=5/5
    varde: 5000000.00 n=2/2
    andel: 0.40 (0.12–0.77) n=5/5
    """
    kinds = INNOVATION_PROCUREMENT
    parts = (*EVERYTHING, *((f"slag:{kind}", PROCUREMENT_KIND.labels[kind]) for kind in kinds))
    tools, known, stated, money = scope.table(
        """SELECT municipality_code, 'alla' AS part, count(*) FILTER (has_tool) AS tools,
                  count(*) AS known, count(value_sek) FILTER (has_tool) AS stated,
                  sum(value_sek) FILTER (has_tool) AS money
           FROM chosen_procurement GROUP BY ALL""",
        ("alla",), "tools", "known", "stated", "money",
    )  # fmt: skip
    (by_kind,) = scope.table(
        """SELECT municipality_code, procurement_kind AS part, count(*) AS number
           FROM chosen_procurement WHERE has_tool GROUP BY ALL""",
        kinds, "number",
    )  # fmt: skip
    wide = np.repeat(known, len(parts), axis=1)
    counted = values.amount(np.hstack([tools, by_kind]), wide, wide)
    # A share needs a denominator: a register that lists innovation tools only has none.
    ordinary = known > tools
    share = values.share(
        tools, np.where(ordinary, known, 0), known, np.full(known.shape, values.NOT_REPORTED)
    )
    worth = values.amount(money, stated, tools)
    return [
        *values.rows(PROCUREMENTS, scope.units, parts, counted),
        *values.rows(PROCUREMENTS, scope.units, (("varde", "Värde"),), worth, unit="kronor"),
        *values.rows(PROCUREMENTS, scope.units, (("andel", "Andel av kända"),), share, "andel"),
    ]


def sme_winners(scope: Scope) -> Values:
    """3.3: share with a tool won by SMEs, and share won by a supplier new to the buyer.

    Ekö has bought before in two of its four; one of those went to a new supplier.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(sme_winners(worked_scope()))
    smf: – n=2/2 För få: 2 av minst 5.
    nya: – n=2/5 För få: 2 av minst 5.
    """
    by_sme = """SELECT municipality_code, 'smf' AS part,
                       count(*) FILTER (winner_sme = 'ja') AS hits,
                       count(*) FILTER (winner_sme IN ('ja', 'nej')) AS n, count(*) AS known
                FROM chosen_procurement WHERE has_tool GROUP BY ALL"""
    # It can be told where the supplier is known and the buyer has an earlier known procurement.
    by_new = """
    WITH dated AS (
        SELECT municipality_code, procurement_year AS year,
               min(procurement_year) OVER (PARTITION BY buyer) AS first_buy,
               min(procurement_year) OVER (PARTITION BY buyer, winner) AS first_win
        FROM chosen_procurement
        WHERE procurement_year IS NOT NULL AND buyer IS NOT NULL AND winner IS NOT NULL
    ), counted AS (
        SELECT municipality_code, 0 AS hits, 0 AS n, 1 AS known FROM chosen_procurement
        UNION ALL
        SELECT municipality_code, (first_win = year)::INTEGER, 1, 0
        FROM dated WHERE year > first_buy
    )
    SELECT municipality_code, 'nya' AS part, sum(hits) AS hits, sum(n) AS n, sum(known) AS known
    FROM counted GROUP BY ALL
    """
    return [
        *shared(scope, SME_WINNERS, (("smf", "Vunna av små företag"),), by_sme),
        *shared(scope, SME_WINNERS, (("nya", "Nya leverantörer"),), by_new),
    ]


def public_actors(scope: Scope) -> Values:
    """3.4: number of different public actors with an act in the last twelve months.

    Ekö's municipality allocated land by climate criteria and hosts running tests.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(public_actors(worked_scope()))
    alla: 1.00 n=1/1
    kopare: 1.00 n=1/1
    markanvisare: 1.00 n=1/1
    vard: 1.00 n=1/1
    okant_lage: 0.00 n=1/1
    """
    scope.once(_find_selecting)
    now = scope.facts.as_of
    year_ago = date(now.year - 1, now.month, min(now.day, 28))
    day, wanted = day_of("decision_date"), scope.selection
    acts = f"""
    SELECT municipality_code, 'kopare' AS role, buyer AS actor,
           procurement_year BETWEEN {now.year - 1} AND {now.year} AS is_recent,
           procurement_year IS NOT NULL AS is_dated
    FROM procurement p
    WHERE {within(wanted, "p")} AND procurement_kind IN {INNOVATION_PROCUREMENT}
      AND buyer_type IN {_PUBLIC} AND buyer IS NOT NULL
    UNION ALL
    SELECT municipality_code, 'markanvisare', municipality_name || ' kommun',
           CASE WHEN length(decision_date) = 4 THEN year({day}) >= {year_ago.year}
                ELSE {day} >= DATE '{year_ago}' END AND {day} <= DATE '{now}',
           {day} IS NOT NULL
    FROM selecting JOIN municipality USING (municipality_code) WHERE selects
    UNION ALL
    SELECT municipality_code, 'vard', host,
           (is_running AND coalesce(end_year, {now.year}) >= {now.year - 1})
               OR coalesce(end_year >= {now.year - 1}, false),
           (is_running AND coalesce(end_year, {now.year}) >= {now.year - 1}) OR end_year IS NOT NULL
    FROM every_activity t
    WHERE {within(wanted, "t")} AND host_type IN {_PUBLIC} AND is_started AND host IS NOT NULL
      AND NOT is_stale
    UNION ALL
    SELECT municipality_code, 'okant_lage', host, false, false FROM every_activity t
    WHERE {within(wanted, "t")} AND host_type IN {_PUBLIC} AND is_unsure AND host IS NOT NULL
    """
    query = f"""
    WITH act AS (SELECT *, unnest(CASE role WHEN 'okant_lage' THEN [role]
                                          ELSE [role, 'alla'] END) AS part FROM ({acts}))
    SELECT grouping(municipality_code) = 1 AS is_whole, municipality_code, part,
           count(DISTINCT actor) FILTER (is_recent) AS value,
           count(DISTINCT actor) FILTER (is_dated) AS n, count(DISTINCT actor) AS known
    FROM act GROUP BY GROUPING SETS ((part), (part, municipality_code))
    """
    found, roles = scope.sql(query), (*EVERYTHING, *_ROLES.items(), *_UNSURE)
    names, columns = [part for part, _ in roles], ("value", "n", "known")
    laid = scope.laid(found.filter(~pl.col("is_whole")), names, *columns)
    whole = scope.laid(found.filter("is_whole"), names, *columns)
    # An actor who acts in two municipalities is still one in the whole.
    for cells, both in zip(laid, whole, strict=True):
        cells[0] = both[0]
    value, n, known = laid
    unsure = values.amount(known[:, -1:], known[:, :1], known[:, :1])
    active = values.amount(value[:, :-1], n[:, :-1], known[:, :-1])
    return [
        *values.rows(PUBLIC_ACTORS, scope.units, roles[:-1], active),
        *values.rows(PUBLIC_ACTORS, scope.units, _UNSURE, unsure),
    ]


def pilots(scope: Scope) -> Values:
    """3.5: number of started pilots and demonstrations that two or more actors run.

    Four of Ekö's five pilots state a partner.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(pilots(worked_scope()))
    alla: 4.00 n=4/5
    """
    query = """SELECT municipality_code, 'alla' AS part, count(*) AS known,
                      count(*) FILTER (len(partners) > 0) AS value,
                      count(*) FILTER (len(partners) > 0) AS n
               FROM chosen_activity
               WHERE is_started AND testing_kind IN ('pilot', 'demonstration') GROUP BY ALL"""
    # Where no partner is stated for any, the register lacks the fact; that is not a zero.
    return values.counted(scope, PILOTS, EVERYTHING, query)


_CLIMATE_SOURCES = {
    "enkat": ("climate_survey", "Enkäten 2022"),
    "barometern": ("climate_barometer", "Miljöbarometern"),
}


def climate_demands(scope: Scope) -> Values:
    """3.6: share of municipalities that set climate demands, by source, and who did not answer.

    Ekö answers yes in one source; Lunda did not answer it and says no in the other.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(climate_demands(worked_scope()))
    enkat: – n=1/2 För få: 1 av minst 5.
    enkat:svarade_inte: 1.00 n=2/2
    barometern: – n=2/2 För få: 2 av minst 5.
    barometern:svarade_inte: 0.00 n=2/2
    """
    blocks: Values = []
    for part, (column, label) in _CLIMATE_SOURCES.items():
        query = f"""SELECT municipality_code, 'alla' AS part,
                           count(*) FILTER ({column} = 'ja') AS yes,
                           count(*) FILTER ({column} IN ('ja', 'nej')) AS answered,
                           count(*) FILTER ({column} = 'no_answer') AS silent,
                           count(*) FILTER ({column} IN {ANSWER.values}) AS known
                    FROM climate_demand d WHERE {within(scope.selection, "d")} GROUP BY ALL"""
        yes, answered, silent, known = scope.table(
            query, ("alla",), "yes", "answered", "silent", "known"
        )
        shares, quiet = values.share(yes, answered, known), values.amount(silent, known, known)
        silence = (f"{part}:svarade_inte", f"{label}, svarade inte")
        blocks += values.rows(CLIMATE_DEMANDS, scope.units, ((part, label),), shares)
        blocks += values.rows(CLIMATE_DEMANDS, scope.units, (silence,), quiet, "antal")
    return blocks
