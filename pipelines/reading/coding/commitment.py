"""How binding: the level of the verb that governs the innovation, in its own clause.

The strongest word in a sentence is often not the one that governs: *Målet är att lösningen ska
provas* is an aim, *aktörer som åtar sig att dela data prioriteras* a should. So the words that
decide are first told apart: those in the main clause, and those that a subordinator (*som, att,
om, för att*) has taken for a clause of its own. The main clause that holds the innovation decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.model.codes import COMMITMENT
from pipelines.reading.codebook import Entry
from pipelines.reading.coding.clauses import (
    TOKEN,
    clause_of,
    is_infinitive,
    is_passive,
    subordinate_verbs,
    without_subordinate_verbs,
)
from pipelines.reading.matching import Hit

NONE, MENTION, AIM, SHOULD, SHALL = COMMITMENT.values
IMPERATIVES = ("uppmaning_avsikt", "uppmaning_bor", "uppmaning_ska")
POSSIBILITY = "mojliggor"
JUDGING = "kan_bedoma"
DESCRIBES = "beskriver vad som har gjorts eller är"
PROPOSES = "planens eget förslag"

DESCRIPTIVE_KINDS = frozenset({"other", "mkb"})
"""Documents that describe; a plain present there is not the plan's own proposal."""
_POLICY_KINDS = frozenset({"program", "ma_policy"})
"""Documents that lay out no area of their own: *vi prövar nya arbetssätt* tells what goes on."""

_PAST = re.compile(
    r"\b(?:har|hade|harit)\b(?:\W+\w+){0,5}?\W+\w+(?:ats|tts|ts|its|at|it|tt|dts)\b|"
    r"\b\w{3,}(?:ades|tes|ddes|des)\b|\b\w{3,}ade\b(?= (?:att|sig|i|på|av|en|ett|under|till)\b)|"
    r"\b(?:blev|var|gick|stod|fick|gav|gavs|tog|togs|kom|vann|började|lät|höll|hölls|byggdes|"
    r"visade|låg|lades|drogs|skrevs|fanns|skedde|utsågs|ägde|bedrivits|tecknats)\b"
)
_SINCE = re.compile(r"\b(?:sedan \d{4}|sedan starten|hittills|i dag|idag|numera|redan|pågår)\b")
_STATE = re.compile(
    r"\b(?:är|ligger|finns|består|utgör|innebär|beskrivs|kallas|räknas|omfattar|pågår|heter|visar|"
    r"kännetecknas|präglas|utmärks|drar|utbyter|saknas|saknar|märks|vilar|samordnas|handlar|"
    r"deltar|ingår|rymmer|bygger|bedöms|utvecklas|arbetas|samarbetar|samverkar|möts)\b"
)
_ACTIVE = re.compile(
    r"\b(?:kommunen|staden|vi|förvaltningen|kontoret|va-huvudmannen|bolaget|nämnden)\s+"
    r"(?!är|har|ligger|hade|var)(\w+(?:ar|er|år|ör))\b|"
    r"\b(\w+(?:ar|er))\s+(?:kommunen|staden|vi|va-huvudmannen|nämnden|kontoret)\b"
)
_AIMED = re.compile(
    r"\b(?:(?:är|var) (?:målet|tanken|avsikten|ambitionen|förhoppningen)|"
    r"(?:meningen|tanken) är|mål(?:et|en)(?: \w+){0,4} är att|vilja att|"
    r"enligt (?:sitt|sin|målet|"
    r"intentionen|ambitionen|visionen)|som mål)\b"
)
_COMING = re.compile(
    r"\b(?:i höst|till hösten|i vår|till våren|nästa (?:år|höst|vår|sommar|vinter)|snart|inom kort|"
    r"blir)\b"
)
_GIVEN = re.compile(r"(?:\W+\w+){0,4}?\W+(?P<verb>\w+(?:a|as)|bli|ge|gå|se|ha|stå|nå|ske)\b")
_OPEN_WORDS = frozenset({"kan", "kunna", "får", "medges", "möjliggörs", "möjliggör", "tillåts"})


@dataclass(frozen=True, slots=True)
class Deciding:
    """A deciding word, where it stands, and the kind of its clause where it is a subordinate one.

    The verb of a time clause (*när piloten ska summeras*) decides nothing and is left out.
    """

    entry: Entry
    hit: Hit
    subordinate: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """The level with the word that gave it; ``rule`` says in Swedish why, for the explanation."""

    level: str
    deciding: Hit | None
    entry: str
    rule: str
    condition: Hit | None = None


def decide(
    low: str,
    hits: Sequence[tuple[Entry, Hit]],
    anchor: tuple[int, int],
    doc_kind: str,
    condition: Hit | None = None,
) -> Commitment:
    """The commitment of a passage whose innovation stands at ``anchor`` in ``low``."""
    imperative = _imperative(low, hits)
    if imperative is not None:
        return Commitment(imperative[0].level, imperative[1], imperative[0].id, "uppmaning")
    start, end = clause_of(low, anchor)
    chosen = _choose(deciding_words(low, hits), start, end, anchor)
    if chosen is None or chosen.subordinate:
        described = plain(low, anchor, doc_kind)
        if chosen is None or described.level == AIM or _only_describes(low, chosen):
            return described
    if chosen.entry.id == POSSIBILITY and _goes_on(low, chosen, doc_kind):
        return Commitment(MENTION, chosen.hit, chosen.entry.id, "beskrivs")
    level, rule = chosen.entry.level, "styr"
    if level == SHALL and _AIMED.search(low):
        level, rule = AIM, "uttryckt som mål"
    elif level == SHALL and chosen.subordinate == "relative":
        level, rule = AIM, "uttryckt som syfte"
        if _PAST.search(without_subordinate_verbs(low, start, end)):
            level, rule = MENTION, DESCRIBES
    elif level == SHALL and condition is not None:
        level, rule = SHOULD, "villkorat"
    return Commitment(level, chosen.hit, chosen.entry.id, rule, condition)


def _imperative(low: str, hits: Sequence[tuple[Entry, Hit]]) -> tuple[Entry, Hit] | None:
    """A bare imperative opens the passage: a recommendation or an activity."""
    first = re.match(r"[\W\d_]*", low)
    begin = first.end() if first else 0
    opening = [
        (entry, hit)
        for entry, hit in hits
        if entry.id in IMPERATIVES and hit.start == begin and low[hit.end : hit.end + 1] != "-"
    ]
    return max(opening, key=lambda pair: pair[1].end, default=None)


def deciding_words(low: str, hits: Sequence[tuple[Entry, Hit]]) -> list[Deciding]:
    """The deciding words in order, the longest where they overlap, subordinate ones marked.

    An entry without a level (*när det gäller*) only keeps its words from being read as deciding.
    """
    words = [
        (entry, hit)
        for entry, hit in hits
        if entry.kind == "deciding" and entry.id not in IMPERATIVES
    ]
    words.sort(key=lambda pair: (pair[1].start, -(pair[1].end - pair[1].start)))
    kept: list[tuple[Entry, Hit]] = []
    for entry, hit in words:
        if kept and hit.start < kept[-1][1].end:
            if hit.end - hit.start > kept[-1][1].end - kept[-1][1].start:
                kept[-1] = (entry, hit)
            continue
        kept.append((entry, hit))
    taken = subordinate_verbs(low)
    found = []
    for entry, hit in kept:
        clause = next((kind for at, kind in taken.items() if hit.start <= at < hit.end), "")
        if entry.level and clause != "time" and not _is_no_permission(low, hit):
            found.append(Deciding(entry, hit, clause))
    return found


def _is_no_permission(low: str, hit: Hit) -> bool:
    """*Får* without an infinitive is to be given something: *staden får ett program*."""
    if low[hit.start : hit.end] != "får":
        return False
    given = _GIVEN.match(low, hit.end)
    return given is None or not is_infinitive(given["verb"])


def _choose(
    found: list[Deciding], start: int, end: int, anchor: tuple[int, int]
) -> Deciding | None:
    """The main clause's first deciding word; else the nearest of the rest."""
    main = [d for d in found if not d.subordinate]
    inside = [d for d in main if start <= d.hit.start < end]
    for candidates in (inside, main):
        if candidates:
            strong = [d for d in candidates if d.entry.id != POSSIBILITY]
            return (strong or candidates)[0]
    below = [d for d in found if start <= d.hit.start < end and d.entry.id != JUDGING]
    strong = [d for d in below if d.entry.id != POSSIBILITY]
    return min(strong, key=lambda d: abs(d.hit.start - anchor[0])) if strong else None


def _only_describes(low: str, chosen: Deciding) -> bool:
    """The verb of a subordinate clause that tells what a thing is like or for whom it is."""
    if chosen.subordinate == "manner":
        return True
    by_us = re.search(r"\b(?:kommunen|staden|vi)\s$", low[: chosen.hit.start])
    return chosen.subordinate == "relative" and chosen.entry.level == AIM and by_us is None


def _goes_on(low: str, chosen: Deciding, doc_kind: str) -> bool:
    """*Prövas* in a description, or since a year, tells what goes on; it opens nothing."""
    word = low[chosen.hit.start : chosen.hit.end]
    if word in _OPEN_WORDS or not word.endswith("s"):
        return False
    clause = without_subordinate_verbs(low, 0, len(low))
    described = doc_kind in DESCRIPTIVE_KINDS
    return described or bool(_PAST.search(clause)) or bool(_SINCE.search(low))


def plain(low: str, anchor: tuple[int, int], doc_kind: str) -> Commitment:
    """No deciding word: what was or is done is a mention, the plan's own proposal an aim."""
    start, end = clause_of(low, anchor)
    clause = without_subordinate_verbs(low, start, end)
    first = [m.group() for m in TOKEN.finditer(low)][:2]
    if first[:1] == ["att"] and is_infinitive(first[-1]) and not _STATE.search(clause):
        return Commitment(AIM, None, "", "en uppgift i en lista")
    if _COMING.search(clause) and not _PAST.search(clause):
        return Commitment(AIM, None, "", "det som ska komma")
    if _PAST.search(clause) or _SINCE.search(clause) or doc_kind in DESCRIPTIVE_KINDS:
        return Commitment(MENTION, None, "", DESCRIBES)
    passive = next((m for m in TOKEN.finditer(clause) if is_passive(m.group())), None)
    state = _STATE.search(clause)
    lays_out = passive is not None and doc_kind != "ma_policy"
    if passive is not None and lays_out and (state is None or state.start() > passive.start()):
        begin = start + passive.start()
        hit = Hit(-1, begin, begin + len(passive.group()), passive.group())
        return Commitment(AIM, hit, "", PROPOSES)
    if state is None and doc_kind not in _POLICY_KINDS and _ACTIVE.search(clause):
        return Commitment(AIM, None, "", PROPOSES)
    return Commitment(MENTION, None, "", DESCRIBES)
