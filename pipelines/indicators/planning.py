"""How much innovation plans hold, how bindingly and how early (1.1–1.3, 1.7); with 1.4 and 1.5."""

from __future__ import annotations

import numpy as np

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.extent import BREADTH, DENSITY, breadth, density
from pipelines.indicators.fact_arrays import Bools
from pipelines.indicators.scope import TYPES, Scope
from pipelines.indicators.values import Values
from pipelines.model.codes import COMMITMENT, OBJECT_TYPE

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


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality, by object type."""
    measures = (inclusion, ladder, requirement, breadth, density, early)
    return [block for measure in measures for block in measure(scope)]


def inclusion(scope: Scope) -> Values:
    """1.1: share of read objects with at least one passage.

    Two of five read detailed plans in Ekö have one; the sixth is not collected and says nothing.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(inclusion(worked_scope()))
    op: – n=1/2 För få: 1 av minst 5.
    dp: 0.40 (0.12–0.77) n=5/6
    ma: – n=1/2 För få: 1 av minst 5.
    """
    return _share(scope, INCLUSION, scope.found.passages > 0)


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
    steps = len(COMMITMENT.values)
    hits = np.stack(
        [scope.by_type(scope.read & (scope.found.level == level)) for level in range(steps)],
        axis=-1,
    )
    cells = values.share(
        hits.reshape(hits.shape[0], -1),
        np.repeat(scope.by_type(scope.read), steps, axis=1),
        np.repeat(scope.by_type(scope.known), steps, axis=1),
        np.repeat(values.unread(scope), steps, axis=1),
    )
    parts = [
        (f"{kind}:{code.code}", f"{label}: {code.label}")
        for kind, label in TYPES
        for code in COMMITMENT.codes
    ]
    return values.rows(LADDER, scope.units, parts, cells)


def requirement(scope: Scope) -> Values:
    """1.3: share of read objects that say *ska* about an instrument.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(requirement(worked_scope()), parts="dp")
    dp: 0.20 (0.04–0.62) n=5/6
    """
    return _share(scope, REQUIREMENT, scope.found.requires)


def early(scope: Scope) -> Values:
    """1.7: share of detailed plans with passages that had one already in samråd or before.

    Two plans have passages and a read samråd document; both had a passage there.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(early(worked_scope()))
    dp: – n=2/2 För få: 2 av minst 5.
    """
    objects, found = scope.index.objects, scope.found
    holders = scope.read & found.ever
    judged = holders & objects.has_early
    place = OBJECT_TYPE.values.index("dp")
    hits, n, known = (
        scope.by_type(each)[:, place : place + 1]
        for each in (judged & found.early, judged, holders)
    )
    # Read plans without a passage have nothing that could have come early.
    nobody = np.where(scope.by_type(scope.read) > 0, values.NONE_KNOWN, values.unread(scope))[
        :, place : place + 1
    ]
    missing = np.where(known > 0, values.NOT_REPORTED, nobody)
    cells = values.share(hits, n, known, missing)
    return values.rows(EARLY, scope.units, (TYPES[place],), cells)


def _share(scope: Scope, indicator: Indicator, hit: Bools) -> Values:
    cells = values.share(
        scope.by_type(scope.read & hit),
        scope.by_type(scope.read),
        scope.by_type(scope.known),
        values.unread(scope),
    )
    return values.rows(indicator, scope.units, TYPES, cells)
