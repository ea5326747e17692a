"""How much innovation plans hold, how bindingly, how broadly, densely and early (1.1–1.5, 1.7)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.scope import TYPES, Scope
from pipelines.indicators.values import FEWEST, Floats, Values, ratio_interval, shared
from pipelines.model.codes import (
    COMMITMENT,
    INSTRUMENT,
    OWN_VOICE_DOCUMENTS,
    STAGES_BEFORE_REVIEW,
    THEME,
)

_TEXT = "Lästa plan- och markanvisningshandlingar."
_NOT_READ = "Handlingar som inte är lästa ingår inte i nämnaren."

INCLUSION = Indicator(
    id="1.1",
    label="Andel handlingar med innovation",
    question="Hur många planer och markanvisningar skriver in innovation?",
    unit="andel",
    formula="Lästa handlingar med minst ett räknat belägg, delat med lästa handlingar, för ÖP, DP "
    "och MA var för sig.",
    needs=_TEXT,
    interval="Wilson",
    goals=(1,),
    actions=("1.1", "3.2"),
    caveats=("Ersatta planer räknas inte.", _NOT_READ),
)
LADDER = Indicator(
    id="1.2",
    label="Förpliktelsegrad",
    question="Hur bindande är det starkaste som handlingen säger?",
    unit="andel",
    formula="Lästa handlingar efter högsta förpliktelsegrad, delat med lästa handlingar.",
    needs=_TEXT,
    interval="Wilson",
    direction="none",
    goals=(1,),
    actions=("1.1", "3.2"),
    caveats=("Graden gäller det verb som styr innovationen.", _NOT_READ),
)
REQUIREMENT = Indicator(
    id="1.3",
    label="Andel handlingar med krav och styrmedel",
    question="Hur många ställer krav med ett styrmedel?",
    unit="andel",
    formula="Lästa handlingar med minst ett belägg på nivån Ska som anger ett styrmedel, "
    "delat med lästa handlingar.",
    needs=_TEXT,
    interval="Wilson",
    goals=(1, 3),
    actions=("3.2",),
    caveats=("Tekniska krav i detaljplan kan sakna lagstöd (8 kap. 4 a § PBL) och flaggas.",),
)
BREADTH = Indicator(
    id="1.4",
    label="Bredd",
    question="Hur många teman och styrmedel används?",
    unit="av 11",
    formula="Antal olika teman, respektive styrmedel, i räknade belägg.",
    needs=_TEXT,
    goals=(1,),
    actions=("1.3",),
    caveats=("Fler lästa handlingar ger oftare fler teman; antalet lästa står bredvid.",),
)
DENSITY = Indicator(
    id="1.5",
    label="Täthet",
    question="Hur ofta återkommer innovation i texten?",
    unit="per 10 sidor",
    formula="Räknade belägg delat med lästa sidor, gånger tio; delmåttet median är den mittersta "
    "handlingens täthet. Antalet belägg står i kolumnen antal träffar.",
    needs=_TEXT,
    interval="kvotskattning",
    goals=(1,),
    actions=("1.1",),
    caveats=("Långa planer blir inte bättre av sin längd; antalet belägg visas bredvid.",),
)
EARLY = Indicator(
    id="1.7",
    label="Tidig innovation",
    question="Hur ofta finns innovationen med redan i samrådet?",
    unit="andel",
    formula="Detaljplaner med belägg i en handling från samråd eller tidigare, delat med "
    "detaljplaner som har belägg och en läst handling från det skedet.",
    needs="Samrådshandlingar, med dokumentets skede angivet.",
    interval="Wilson",
    goals=(1,),
    actions=("1.2",),
    caveats=("En plan där bara antagandehandlingen är läst säger inget om när innovationen kom.",),
)
DEFINITIONS = (INCLUSION, LADDER, REQUIREMENT, BREADTH, DENSITY, EARLY)
NO_INSTRUMENT = "none"
"""Stands where a passage names no instrument."""


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality, by object type."""
    measures = (inclusion, ladder, requirement, breadth, density, early)
    return [block for measure in measures for block in measure(scope)]


_READ_WITH = """
SELECT municipality_code, object_type AS part, count(*) FILTER (is_read AND {condition}) AS hits,
       count(*) FILTER (is_read) AS n, count(*) FILTER (is_known) AS known
FROM chosen_object GROUP BY ALL
"""


def inclusion(scope: Scope) -> Values:
    """1.1: share of read objects with at least one passage.

    Two of five read detailed plans in Ekö have one; the sixth is not collected and says nothing.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(inclusion(worked_scope()))
    op: – n=1/2 För få: 1 av minst 5.
    dp: 0.40 (0.12–0.77) n=5/6
    ma: – n=1/2 För få: 1 av minst 5.
    """
    query = _READ_WITH.format(condition="hits > 0")
    return shared(scope, INCLUSION, TYPES, query, values.unread(scope))


def requirement(scope: Scope) -> Values:
    """1.3: share of read objects that say *ska* about an instrument.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(requirement(worked_scope()), parts="dp")
    dp: 0.20 (0.04–0.62) n=5/6
    """
    query = _READ_WITH.format(condition="requires")
    return shared(scope, REQUIREMENT, TYPES, query, values.unread(scope))


def ladder(scope: Scope) -> Values:
    """1.2: share of read objects on each step of the commitment ladder, by their highest level.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(ladder(worked_scope()), parts="dp:.*")
    dp:none: 0.60 (0.23–0.88) n=5/6
    dp:mention: 0.20 (0.04–0.62) n=5/6
    dp:aim: 0.00 (0.00–0.43) n=5/6
    dp:should: 0.00 (0.00–0.43) n=5/6
    dp:shall: 0.20 (0.04–0.62) n=5/6
    """
    query = f"""
    WITH reached AS (
        SELECT municipality_code, object_type, top, count(*) FILTER (is_read) AS is_read,
               count(*) FILTER (is_known) AS is_known
        FROM chosen_object GROUP BY ALL
    ), step AS (
        SELECT unnest({list(COMMITMENT.values)}) AS code, unnest(range(5)) AS level
    )
    SELECT municipality_code, object_type || ':' || code AS part,
           sum(is_read) FILTER (top = level) AS hits, sum(is_read) AS n, sum(is_known) AS known
    FROM reached, step GROUP BY ALL
    """
    parts = [
        (f"{kind}:{code.code}", f"{label}: {code.label}")
        for kind, label in TYPES
        for code in COMMITMENT.codes
    ]
    missing = np.repeat(values.unread(scope), len(COMMITMENT.codes), axis=1)
    return shared(scope, LADDER, parts, query, missing)


def early(scope: Scope) -> Values:
    """1.7: share of detailed plans with passages that had one already in samråd or before.

    Two plans have passages and a read samråd document; both had a passage there. Read plans
    without a passage have nothing that could have come early.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(early(worked_scope()))
    dp: – n=2/2 För få: 2 av minst 5.
    """
    query = f"""
    WITH early_document AS (
        SELECT DISTINCT object_id FROM document
        WHERE document_kind IN {OWN_VOICE_DOCUMENTS} AND document_stage IN {STAGES_BEFORE_REVIEW}
          AND coverage IN ('read_found', 'read_none')
    )
    SELECT municipality_code, object_type AS part, count(*) AS is_read,
           count(*) FILTER (ever) AS known,
           count(*) FILTER (ever AND d.object_id IS NOT NULL) AS n,
           count(*) FILTER (ever AND early AND d.object_id IS NOT NULL) AS hits
    FROM chosen_object LEFT JOIN early_document d USING (object_id)
    WHERE is_read AND object_type = 'dp' GROUP BY ALL
    """
    hits, n, known, read = scope.table(query, ("dp",), "hits", "n", "known", "is_read")
    at = [kind for kind, _ in TYPES].index("dp")
    nobody = np.where(read > 0, values.NONE_KNOWN, values.unread(scope)[:, at : at + 1])
    missing = np.where(known > 0, values.NOT_REPORTED, nobody)
    return values.rows(EARLY, scope.units, (TYPES[at],), values.share(hits, n, known, missing))


def breadth(scope: Scope) -> Values:
    """1.4: number of themes and of instruments in all read objects together.

    Ekö's plans speak of energy and mobility, with four instruments.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(breadth(worked_scope()))
    themes: 2.00 n=7/10
    instruments: 4.00 n=7/10
    >>> told(breadth(worked_scope()), "9702")
    themes: – n=0/1 Oläsbart: 1 kända, ingen text går att läsa.
    instruments: – n=0/1 Oläsbart: 1 kända, ingen text går att läsa.
    """
    found = codes_found(scope)
    both = ("themes", "instruments")
    tables = [scope.laid(found.with_columns(part=pl.lit(part)), both, part) for part in both]
    counts = np.hstack([table[0][:, [at]] for at, table in enumerate(tables)])
    # A code of two municipalities is one code of the whole.
    whole = scope.sql(f"SELECT {_CODES} FROM chosen_object WHERE is_read")
    counts[0] = whole.select(both).fill_null(0).row(0)
    n, known = (np.repeat(each, 2, axis=1) for each in read_and_known(scope))
    cells = values.amount(counts, n, known, np.repeat(values.unread_any(scope), 2, axis=1))
    parts = (("themes", THEME.label), ("instruments", INSTRUMENT.label))
    return values.rows(BREADTH, scope.units, parts, cells)


_CODES = """bit_count(bit_or(themes_found))::BIGINT AS themes,
            bit_count(bit_or(instruments_found))::BIGINT AS instruments"""


def codes_found(scope: Scope) -> pl.DataFrame:
    """Return ``municipality_code, themes, instruments``: different codes in what is read."""
    return scope.sql(
        f"SELECT municipality_code, {_CODES} FROM chosen_object WHERE is_read GROUP BY ALL"
    )


def read_and_known(scope: Scope) -> tuple[Floats, ...]:
    """Return the number of objects read and known by unit, as columns."""
    query = """SELECT municipality_code, 'alla' AS part, count(*) FILTER (is_read) AS n,
                      count(*) FILTER (is_known) AS known
               FROM chosen_object GROUP BY ALL"""
    return scope.table(query, ("alla",), "n", "known")


def density(scope: Scope) -> Values:
    """1.5: passages per ten pages, of all pages together and in the middle object.

    Two passages on 60 pages of five detailed plans; three plans have none, so the median is 0.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(density(worked_scope()), parts="dp.*")
    dp: 0.33 (0.00–0.68) n=5/6
    dp:median: 0.00 (0.00–1.00) n=5/6
    """
    kinds = [kind for kind, _ in TYPES]
    objects = scope.sql(
        """SELECT municipality_code, object_type AS part, hits, pages FROM chosen_object
           WHERE is_read AND pages > 0 ORDER BY municipality_code, object_type, year, object_id"""
    )
    query = """SELECT municipality_code, object_type AS part,
                      sum(hits) FILTER (is_read AND pages > 0) AS hits,
                      count(*) FILTER (is_read AND pages > 0) AS n,
                      count(*) FILTER (is_known) AS known
               FROM chosen_object GROUP BY ALL"""
    hits, n, known = scope.table(query, kinds, "hits", "n", "known")
    at = objects.select(
        pl.col("municipality_code").replace_strict(
            {code: unit for unit, code in enumerate(scope.codes)} or {"": 0},
            return_dtype=pl.Int64,
        ),
        pl.col("part").replace_strict(
            {kind: place for place, kind in enumerate(kinds)}, return_dtype=pl.Int64
        ),
    )
    unit, kind = (each.to_numpy() for each in at)
    found, pages = (objects[name].cast(pl.Float64).to_numpy() for name in ("hits", "pages"))
    size = len(scope.codes)
    whole = ratio_interval(kind, len(kinds), found, pages)
    own = ratio_interval(unit * len(kinds) + kind, size * len(kinds), found, pages)
    ratio, low, high = (
        10 * np.vstack([every[None], each.reshape(size, len(kinds))])
        for every, each in zip(whole, own, strict=True)
    )
    # An interval from fewer than five objects would claim more than they can say.
    few = n < FEWEST
    cells = values.Cells(
        value=np.where(n > 0, ratio, np.nan),
        numerator=hits,
        n=n,
        known=known,
        absence=np.where(n > 0, values.PRESENT, values.unread(scope)),
        low=np.where(few, np.nan, low),
        high=np.where(few, np.nan, high),
    )
    per_ten = 10 * found / pages
    medians = values.median_cells(
        [per_ten[kind == place] for place in range(len(kinds))],
        known[0], hits[0], values.unread(scope)[:1],
    )  # fmt: skip
    parts = [(f"{code}:median", f"{label}, median") for code, label in TYPES]
    return [
        *values.rows(DENSITY, scope.units, TYPES, cells),
        *values.rows(DENSITY, scope.whole, parts, medians),
    ]


def ladder_by_year(scope: Scope) -> pl.DataFrame:
    """Return 1.2 year by year for the whole: ``year, object_type, level, objects``.

    ``level`` is the position in the ladder, null for what is known and not read; those without a
    year are left out.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> ladder_by_year(worked_scope()).filter(pl.col("object_type") == "dp").rows()
    [(2021, 'dp', 0, 1), (2022, 'dp', 4, 1), (2023, 'dp', 0, 2), (2024, 'dp', 1, 1)]
    """
    return scope.sql(
        """SELECT year, object_type, CASE WHEN is_read THEN top END AS level, count(*) AS objects
           FROM chosen_object WHERE is_known AND year > 0
           GROUP BY ALL ORDER BY year, object_type, level NULLS LAST"""
    )


_COUNTED = """
SELECT k.* FROM kept_codes k JOIN chosen_object USING (object_id) WHERE is_read AND is_counted
"""


def passages_with_theme(scope: Scope) -> int:
    """Return how many counted passages name a theme: what :func:`themes_by_instrument` is made of.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> passages_with_theme(worked_scope())
    6
    """
    query = f"SELECT coalesce(sum(passages), 0)::BIGINT FROM ({_COUNTED}) WHERE theme_bits <> 0"
    return int(scope.sql(query).item())


def themes_by_instrument(scope: Scope) -> pl.DataFrame:
    """Return how many counted passages name a theme and an instrument, and how far they reach.

    Columns: ``theme``, ``instrument`` (``none`` for a theme without any), ``passages`` and the
    highest ``level``. A passage stands in every cell that it names.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> themes_by_instrument(worked_scope()).filter(pl.col("theme") == "mobilitet").rows()
    [('mobilitet', 'none', 2, 3)]
    """
    return scope.sql(
        f"""WITH held AS (
                SELECT theme_bits, instrument_bits, level, sum(passages) AS passages
                FROM ({_COUNTED}) GROUP BY ALL
            ), theme AS (
                SELECT unnest({list(THEME.values)}) AS code,
                       unnest(range({len(THEME.values)})) AS at
            ), tool AS (
                SELECT unnest({[*INSTRUMENT.values, NO_INSTRUMENT]}) AS code,
                       unnest(range({len(INSTRUMENT.values) + 1})) AS at
            )
            SELECT theme.code AS theme, tool.code AS instrument, sum(passages)::BIGINT AS passages,
                   max(level)::BIGINT AS level
            FROM held
            JOIN theme ON (theme_bits >> theme.at) & 1 = 1
            JOIN tool ON CASE WHEN tool.code = $none THEN instrument_bits = 0
                              ELSE (instrument_bits >> tool.at) & 1 = 1 END
            GROUP BY theme.code, theme.at, tool.code, tool.at ORDER BY theme.at, tool.at""",
        none=NO_INSTRUMENT,
    )
