"""How broadly and how densely plans speak of innovation (1.4, 1.5)."""

from __future__ import annotations

import numpy as np

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import Bits, Bools
from pipelines.indicators.intervals import FEWEST, bootstrap_median, ratio_interval
from pipelines.indicators.scope import TYPES, Scope
from pipelines.indicators.values import Values
from pipelines.model.codes import INSTRUMENT, THEME

_TEXT = "Lästa plan- och markanvisningshandlingar."

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
    found = np.hstack(
        [
            _distinct(scope, scope.found.themes),
            _distinct(scope, scope.found.instruments),
        ]
    )
    n, known = (
        np.repeat(scope.by_type(each).sum(axis=1, keepdims=True), 2, axis=1)
        for each in (scope.read, scope.known)
    )
    cells = values.amount(found, n, known, np.repeat(values.unread_any(scope), 2, axis=1))
    parts = (("themes", THEME.label), ("instruments", INSTRUMENT.label))
    return values.rows(BREADTH, scope.units, parts, cells)


def density(scope: Scope) -> Values:
    """1.5: passages per ten pages, of all pages together and in the middle object.

    Two passages on 60 pages of five detailed plans; three plans have none, so the median is 0.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(density(worked_scope()), parts="dp.*")
    dp: 0.33 (0.00–0.68) n=5/6
    dp:median: 0.00 (0.00–1.00) n=5/6
    """
    objects, read = scope.index.objects, scope.read & (scope.index.objects.pages > 0)
    pages = objects.pages.astype(np.float64)
    size, kinds = len(scope.index.codes), len(TYPES)
    found = scope.found.passages.astype(np.float64)
    own = ratio_interval(
        objects.municipality[read] * kinds + objects.kind[read],
        size * kinds, found[read], pages[read],
    )  # fmt: skip
    whole = ratio_interval(objects.kind[read], kinds, found[read], pages[read])
    ratio, low, high = (
        10 * np.vstack([every[None], part.reshape(size, kinds)[scope.places]])
        for every, part in zip(whole, own, strict=True)
    )
    n, known = scope.by_type(read), scope.by_type(scope.known)
    # An interval from fewer than five objects would claim more than they can say.
    few = n < FEWEST
    cells = values.Cells(
        value=np.where(n > 0, ratio, np.nan),
        numerator=scope.by_type(np.where(read, found, 0)),
        n=n,
        known=known,
        absence=np.where(n > 0, values.PRESENT, values.unread(scope)),
        low=np.where(few, np.nan, low),
        high=np.where(few, np.nan, high),
    )
    return values.rows(DENSITY, scope.units, TYPES, cells) + _medians(scope, read)


def _distinct(scope: Scope, bits: Bits) -> values.Floats:
    """Number of different codes in the read objects of each unit, as a column."""
    own = codes_by_municipality(scope, bits)[scope.places]
    whole = np.bitwise_or.reduce(own) if own.size else np.uint16(0)
    counted = np.bitwise_count(np.concatenate([[whole], own]))
    return np.asarray(counted[:, None], np.float64)


def codes_by_municipality(scope: Scope, bits: Bits) -> Bits:
    """All codes that a municipality's read objects have together, one set for each."""
    municipality = scope.index.objects.municipality
    together = np.zeros(len(scope.index.codes), np.uint16)
    held = np.where(scope.read, bits, 0).astype(np.uint16)
    if held.size:
        starts = np.flatnonzero(np.diff(municipality, prepend=-1))
        together[municipality[starts]] = np.bitwise_or.reduceat(held, starts)
    return together


def _medians(scope: Scope, read: Bools) -> Values:
    """The middle object's density for the whole, by type, with a bootstrap interval."""
    objects = scope.index.objects
    per_ten = 10 * scope.found.passages / np.maximum(objects.pages, 1)
    of_type = [per_ten[read & (objects.kind == kind)] for kind in range(len(TYPES))]
    n = np.array([[float(each.size) for each in of_type]])
    known = scope.by_type(scope.known)[:1]
    middle = [bootstrap_median(each) if each.size >= FEWEST else (np.nan,) * 3 for each in of_type]
    value, low, high = (np.array([[each[i] for each in middle]]) for i in range(3))
    few = np.where(n > 0, values.TOO_FEW, values.unread(scope)[:1])
    cells = values.Cells(
        value=value,
        numerator=scope.by_type(np.where(read, scope.found.passages, 0))[:1],
        n=n,
        known=known,
        absence=np.where(n >= FEWEST, values.PRESENT, few),
        low=low,
        high=high,
    )
    parts = [(f"{kind}:median", f"{label}, median") for kind, label in TYPES]
    return values.rows(DENSITY, scope.whole, parts, cells)
