"""Quality of the data itself: coverage, readability, freshness, agreement, rejected (K.1–K.5)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import day_of
from pipelines.indicators.scope import EVERYTHING, READ, TYPES, Scope, within
from pipelines.indicators.values import Block, Values, shared
from pipelines.model.codes import AGREEMENT_MEASURE, AGREEMENT_PAIR
from pipelines.model.tables import TABLE

COVERAGE = Indicator(
    id="K.1",
    label="Täckning",
    question="Hur stor del av de kända handlingarna är lästa?",
    unit="andel",
    formula="Lästa handlingar delat med kända, utan ersatta och ej tillämpliga.",
    needs="Registren planer och markanvisningar, och insamlade dokument.",
    interval="Wilson",
    caveats=("En handling som inget register känner till räknas inte.",),
)
READABILITY = Indicator(
    id="K.2",
    label="Läsbarhet",
    question="Hur många av de insamlade dokumenten går att läsa?",
    unit="andel",
    formula="Lästa dokument delat med insamlade dokument.",
    needs="Insamlade dokument.",
    interval="Wilson",
)
FRESHNESS = Indicator(
    id="K.3",
    label="Aktualitet",
    question="Hur gamla är uppgifterna?",
    unit="månader",
    formula="Median av månader från den dag raden gäller per till mätdagen, per register.",
    needs="Kolumnen Gäller per i registren.",
    direction="down",
    interval="bootstrap",
    caveats=("Rader utan datum ingår inte; antalet med datum står bredvid.",),
)
AGREEMENT = Indicator(
    id="K.4",
    label="Överensstämmelse mellan maskin och människa",
    question="Hur ofta har maskinen rätt, enligt människors granskning?",
    unit="andel",
    formula="Precision: andel av maskinens belägg som människor håller med om. Täckning: andel av "
    "beläggen i allt läst som maskinen hittar. Båda vägs från de dragna passagerna till allt "
    "läst. Krippendorffs alfa för relevans (nominal) och förpliktelsegrad (ordinal).",
    needs="Granskade passager, också ett urval av passager utan träff.",
    interval="bootstrap",
    caveats=("Gäller de granskade passagerna; ett litet urval ger ett brett intervall.",),
)
REJECTED = Indicator(
    id="K.5",
    label="Avvisade rader",
    question="Hur stor del av de levererade raderna avvisades?",
    unit="andel",
    formula="Avvisade rader delat med levererade rader.",
    needs="Levererade register.",
    direction="down",
    interval="Wilson",
)
DEFINITIONS = (COVERAGE, READABILITY, FRESHNESS, AGREEMENT, REJECTED)
_DATED = ("municipality", "plan", "land_allocation", "document", "testing_activity", "procurement")
_COLLECTED = (*READ, "unreadable", "not_understood")
_MONTH = 365.25 / 12
_MACHINE_HUMAN = AGREEMENT_PAIR.values[0]
_SHARES = ("precision", "recall")
_AGREEMENT = (*_SHARES, "alpha_relevant", "alpha_commitment")
_NOTHING_REVIEWED: dict[str, object] = {
    "value": None, "low": None, "high": None, "n": 0, "absence": "inget granskat"
}  # fmt: skip


def compute(scope: Scope) -> Values:
    """Compute the family: K.1 and K.2 for all units, the others for the whole."""
    measures = (coverage, readability, freshness, agreement, rejected)
    return [block for measure in measures for block in measure(scope)]


def coverage(scope: Scope) -> Values:
    """K.1: share of known objects that are read.

    Five of six detailed plans; the plan that is not collected is known all the same.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(coverage(worked_scope()), parts="dp")
    dp: 0.83 (0.44–0.97) n=6/6
    """
    query = """SELECT municipality_code, object_type AS part, count(*) FILTER (is_read) AS hits,
                      count(*) FILTER (is_known) AS n, count(*) FILTER (is_known) AS known
               FROM chosen_object GROUP BY ALL"""
    return shared(scope, COVERAGE, TYPES, query)


def readability(scope: Scope) -> Values:
    """K.2: share of collected documents that could be read.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(readability(worked_scope()))
    alla: 0.89 (0.57–0.98) n=9/9
    """
    query = f"""SELECT municipality_code, 'alla' AS part,
                       count(*) FILTER (coverage IN {READ}) AS hits,
                       count(*) AS n, count(*) AS known
                FROM document d
                WHERE {within(scope.selection, "d")} AND coverage IN {_COLLECTED}
                GROUP BY ALL"""
    return shared(scope, READABILITY, EVERYTHING, query)


def freshness(scope: Scope) -> Values:
    """K.3: median months since the rows of each register were said to hold.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(freshness(worked_scope()), parts="municipality")
    municipality: – n=2/2 För få: 2 av minst 5.
    """
    # Other registers may hold per a later day than the measuring day: that is no age.
    days = f"greatest(date_diff('day', {day_of('as_of')}, DATE '{scope.facts.as_of}'), 0)"
    each = " UNION ALL ".join(
        f"""SELECT '{table}' AS part, count(*) AS known,
                   list({days}) FILTER ({day_of("as_of")} IS NOT NULL) AS days
            FROM {table} t WHERE {within(scope.selection, "t")}"""
        for table in _DATED
    )
    found = {row["part"]: row for row in scope.sql(each).iter_rows(named=True)}
    ages = [
        (pl.Series(found[table]["days"] or [], dtype=pl.Int64) / _MONTH).to_numpy()
        for table in _DATED
    ]
    known = np.array([[found[table]["known"] for table in _DATED]])
    nothing = np.where(known > 0, values.NOT_REPORTED, values.NONE_KNOWN)
    cells = values.median_cells(ages, known, [len(age) for age in ages], nothing)
    parts = [(table, TABLE[table].label) for table in _DATED]
    return values.rows(FRESHNESS, scope.whole, parts, cells)


def agreement(scope: Scope) -> Values:
    """K.4: precision, recall and alpha as measured on reviewed passages; none is no number.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(agreement(worked_scope()), parts="precision|recall")
    precision: – n=0/0 Inget granskat.
    recall: – n=0/0 Inget granskat.
    """
    measured = scope.facts["catalog_agreement"]
    found: dict[str, dict[str, object]] = {}
    if measured.height:
        between = measured.filter(pl.col("pair") == _MACHINE_HUMAN)
        found = {str(row["measure"]): row for row in between.iter_rows(named=True)}
    return [_agreed(scope, each, found.get(each, _NOTHING_REVIEWED)) for each in _AGREEMENT]


def _agreed(scope: Scope, measure: str, row: Mapping[str, object]) -> Block:
    value, low, high, n = (
        np.array([[np.nan if row[name] is None else row[name]]], np.float64)
        for name in ("value", "low", "high", "n")
    )
    few = np.where(n > 0, values.TOO_FEW, values.NONE_KNOWN)
    absence = np.where(np.isnan(value), few, values.PRESENT)
    return Block(
        AGREEMENT,
        scope.whole,
        ((measure, AGREEMENT_MEASURE.labels[measure]),),
        values.Cells(value, n, n, n, absence, low, high),
        unit="andel" if measure in _SHARES else "alfa",
        reasons=[f"{str(row['absence']).capitalize()}."],
    )


def rejected(scope: Scope) -> Values:
    """K.5: share of delivered rows that were rejected.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(rejected(worked_scope()))
    alla: 0.10 (0.02–0.40) n=10/10
    """
    deliveries = scope.facts["delivery"]
    n = np.array([[float(deliveries["rows_in"].sum())]])
    hits = np.array([[float(deliveries["rows_rejected"].sum())]])
    return values.rows(REJECTED, scope.whole, EVERYTHING, values.share(hits, n, n))
