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
from pipelines.reading.matching import Hit

NONE, MENTION, AIM, SHOULD, SHALL = COMMITMENT.values
IMPERATIVES = ("uppmaning_avsikt", "uppmaning_bor", "uppmaning_ska")
JUDGING = "kan_bedoma"

DESCRIPTIVE_KINDS = frozenset({"other", "mkb"})
"""Documents that describe; a plain present there is not the plan's own proposal."""

_TOKEN = re.compile(r"[\w:/§%-]+|[,;()–]")
_RELATIVE = frozenset({"som", "vilken", "vilket", "vilka", "vars", "där", "dit", "varvid", "varav"})
_OTHER_SUBORDINATORS = frozenset(
    {"att", "om", "när", "då", "eftersom", "innan", "medan", "sedan", "ifall", "huruvida", "hur"}
)
_ADVERBS = frozenset(
    {
        "inte",
        "ej",
        "ännu",
        "nu",
        "redan",
        "själv",
        "själva",
        "även",
        "också",
        "sedan",
        "därför",
        "bara",
        "endast",
        "alltid",
        "aldrig",
        "i",
        "dag",
        "tidigare",
        "hittills",
        "visat",
        "sig",
        "sina",
        "sin",
        "ofta",
        "senare",
    }
)
_MODALS = frozenset(
    {
        "ska",
        "skall",
        "måste",
        "bör",
        "borde",
        "kan",
        "får",
        "vill",
        "avser",
        "behöver",
        "kunna",
        "skulle",
        "kunde",
        "ämnar",
        "tänker",
    }
)
_FINITE = frozenset(
    {
        "är",
        "var",
        "har",
        "hade",
        "blir",
        "blev",
        "finns",
        "fanns",
        "går",
        "gick",
        "kommer",
        "kom",
        "står",
        "stod",
        "ligger",
        "låg",
        "ger",
        "gav",
        "tar",
        "tog",
        "visar",
        "visade",
        "sker",
        "skedde",
        "fungerar",
        "faller",
        "väljer",
        "räddar",
        "uppfyller",
        "klarar",
        "bygger",
        "använder",
        "provar",
        "prövar",
        "testar",
        "utvecklar",
        "uppför",
        "driver",
        "äger",
        "söker",
        "lämnar",
        "erbjuder",
        "åtar",
        "knyter",
        "ges",
        "kräver",
        "medger",
        "kombinerar",
        "delar",
        "visat",
        "håller",
        "uppstår",
        "innebär",
        "skapar",
        "minskar",
        "ökar",
        "bidrar",
        "omfattar",
        "gäller",
        "följer",
        "saknar",
        "saknas",
        "utgör",
        "består",
        "hämtar",
        "leder",
        "minimerar",
        "redovisar",
        "gör",
        "gjorts",
        "krävs",
    }
)
_PASSIVE = re.compile(r"^\w{2,}(?:as|es|ds|gs|ks|ls|ms|ps|rs|ts|vs|ys)$")
_GENITIVE = re.compile(r"(?:ens|ets|nas|ers|ars|ors|mans|tets|lags|skaps|dels|gångs|slags|alls)$")
_PAST = re.compile(
    r"\b(?:har|hade|harit)\b(?:\W+\w+){0,5}?\W+\w+(?:ats|tts|ts|its|at|it|tt|dts)\b|"
    r"\b\w{3,}(?:ades|tes|ddes|des|ade)\b|"
    r"\b(?:blev|var|gick|stod|fick|gav|gavs|tog|togs|kom|vann|började|lät|höll|hölls|byggdes|"
    r"visade|låg|lades|drogs|skrevs|fanns|skedde|utsågs|vägdes|ägde|bedrivits|tecknats)\b"
)
_SINCE = re.compile(r"\b(?:sedan|från och med|under|hittills|i dag|idag|numera|redan|pågår)\b")
_STATE = re.compile(
    r"\b(?:är|ligger|finns|består|utgör|innebär|beskrivs|kallas|räknas|omfattar|pågår|heter|visar|"
    r"kännetecknas|präglas|utmärks|drar|utbyter|saknas|saknar|märks|vilar|samordnas|handlar|"
    r"deltar|ingår|rymmer|bygger|gäller)\b"
)
_CLAUSE_END = re.compile(r";|\.\s+(?=\w)|, (?:men|utan|dock|fast|samtidigt)\b|, och\b| – ")


@dataclass(frozen=True, slots=True)
class Deciding:
    """A deciding word: its level, where it stands, and whether its clause is a subordinate one."""

    entry: Entry
    hit: Hit
    subordinate: bool

    @property
    def level(self) -> str:
        """The commitment the word gives."""
        return self.entry.level


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
    found = deciding_words(low, hits)
    imperative = _imperative(low, hits)
    if imperative is not None:
        return Commitment(imperative[0].level, imperative[1], imperative[0].id, "uppmaning")
    start, end = clause_of(low, anchor)
    chosen = _choose(found, start, end, anchor)
    if chosen is None:
        return plain(low, anchor, doc_kind)
    if chosen.entry.id == "mojliggor":
        weak = _weak_possibility(low, chosen, doc_kind)
        if weak is not None:
            return weak
    level, rule = chosen.level, "styr"
    if level == SHALL and condition is not None:
        return Commitment(SHOULD, chosen.hit, chosen.entry.id, "villkorat", condition)
    return Commitment(level, chosen.hit, chosen.entry.id, rule, condition)


def _imperative(low: str, hits: Sequence[tuple[Entry, Hit]]) -> tuple[Entry, Hit] | None:
    """A bare imperative opens the passage: a recommendation or an activity."""
    first = re.match(r"[\W\d_]*", low)
    begin = first.end() if first else 0
    for entry, hit in hits:
        if entry.id in IMPERATIVES and hit.start == begin:
            return entry, hit
    return None


def deciding_words(low: str, hits: Sequence[tuple[Entry, Hit]]) -> list[Deciding]:
    """The deciding words in order, the longest where they overlap, subordinate ones marked."""
    words = [
        (entry, hit)
        for entry, hit in hits
        if entry.kind == "deciding" and entry.id not in IMPERATIVES
    ]
    words.sort(key=lambda pair: (pair[1].start, -(pair[1].end - pair[1].start)))
    kept: list[tuple[Entry, Hit]] = []
    for entry, hit in words:
        if kept and hit.start < kept[-1][1].end:
            longer = hit.end - hit.start > kept[-1][1].end - kept[-1][1].start
            if longer:
                kept[-1] = (entry, hit)
            continue
        kept.append((entry, hit))
    taken = subordinate_verbs(low)
    return [
        Deciding(entry, hit, any(hit.start <= place < hit.end for place in taken))
        for entry, hit in kept
    ]


def subordinate_verbs(low: str) -> set[int]:
    """Where the finite verbs of subordinate clauses begin.

    A subordinator takes the first finite verb after it. *Som* is mostly followed by its verb at
    once; *att, om, för att* by a subject first, so there the first known finite verb counts.
    """
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(low)]
    taken: set[int] = set()
    for number, (word, _) in enumerate(tokens):
        if word in _RELATIVE and (number > 0 or word != "där"):
            place = _verb_after(tokens, number + 1, direct=word in ("som", "vilka", "vilket"))
        elif word in _OTHER_SUBORDINATORS:
            place = _verb_after(tokens, number + 1, direct=False)
        else:
            continue
        if place is not None:
            taken.add(place)
    return taken


def _verb_after(tokens: list[tuple[str, int]], begin: int, *, direct: bool) -> int | None:
    number = begin
    while number < len(tokens) and tokens[number][0] in _ADVERBS:
        number += 1
    if direct and number < len(tokens) and _verb_like(tokens[number][0]):
        return tokens[number][1]
    for word, place in tokens[number : number + 14]:
        if word in {";", ",", "–"} and place > tokens[begin - 1][1] + 3:
            return None
        if word in _MODALS or word in _FINITE or _passive(word):
            return place
    return None


def _verb_like(word: str) -> bool:
    return (
        word in _MODALS
        or word in _FINITE
        or word.endswith(("ar", "er", "år", "ör", "de", "te", "yr"))
        or _passive(word)
    )


def _passive(word: str) -> bool:
    return bool(_PASSIVE.match(word)) and not _GENITIVE.search(word)


def clause_of(low: str, anchor: tuple[int, int]) -> tuple[int, int]:
    """The main clause, between semicolons, *men* and *och* with a verb of its own."""
    start, end = 0, len(low)
    for match in _CLAUSE_END.finditer(low):
        if "och" in match.group() and not _has_verb(low[match.end() : match.end() + 60]):
            continue
        if match.end() <= anchor[0]:
            start = match.end()
        elif match.start() >= anchor[1]:
            end = match.start()
            break
    return start, end


def _has_verb(text: str) -> bool:
    return any(
        word in _MODALS or word in _FINITE or _passive(word)
        for word in _TOKEN.findall(text.partition(",")[0])
    )


def _choose(
    found: list[Deciding], start: int, end: int, anchor: tuple[int, int]
) -> Deciding | None:
    """The main clause's first deciding word; else the nearest of the rest."""
    main = [d for d in found if not d.subordinate]
    inside = [d for d in main if start <= d.hit.start < end]
    for candidates in (inside, main):
        if candidates:
            strong = [d for d in candidates if d.entry.id != "mojliggor"]
            return (strong or candidates)[0]
    if found:
        nearest = min(found, key=lambda d: abs(d.hit.start - anchor[0]))
        inner = start <= nearest.hit.start < end
        if inner and nearest.entry.id not in ("mojliggor", JUDGING):
            return nearest
    return None


def _weak_possibility(low: str, chosen: Deciding, doc_kind: str) -> Commitment | None:
    """*Prövas* in a description, or since a year, tells what goes on; it opens nothing."""
    word = low[chosen.hit.start : chosen.hit.end]
    if word in ("kan", "kunna", "får", "medges", "möjliggörs", "möjliggör", "tillåts"):
        return None
    described = (
        doc_kind in DESCRIPTIVE_KINDS
        or _PAST.search(low)
        or re.search(r"\bsedan (?:\d{4}|förra|i)|\b(?:har|hittills|numera)\b", low)
    )
    if described and word.endswith("s"):
        return Commitment(MENTION, chosen.hit, chosen.entry.id, "beskrivs")
    return None


def plain(low: str, anchor: tuple[int, int], doc_kind: str) -> Commitment:
    """No deciding word: what was or is done is a mention, the plan's own proposal an aim."""
    start, end = clause_of(low, anchor)
    clause = low[start:end]
    if _PAST.search(clause) or doc_kind in DESCRIPTIVE_KINDS:
        return Commitment(MENTION, None, "", "beskriver vad som har gjorts eller är")
    passive = next((m for m in _TOKEN.finditer(low, start, end) if _passive(m.group())), None)
    if passive is not None and not _STATE.search(clause[: passive.start() - start]):
        hit = Hit(-1, passive.start(), passive.end(), passive.group())
        return Commitment(AIM, hit, "", "planens eget förslag")
    active = re.search(
        r"\b(?:kommunen|staden|vi|förvaltningen|kontoret|va-huvudmannen|bolaget|nämnden)\s+"
        r"(?!är|har|ligger|hade|var)(\w+(?:ar|er|år|ör))\b|"
        r"\b(\w+(?:ar|er))\s+(?:kommunen|staden|vi|va-huvudmannen|nämnden|kontoret)\b",
        clause,
    )
    if active is not None and not _SINCE.search(clause):
        return Commitment(AIM, None, "", "planens eget förslag")
    return Commitment(MENTION, None, "", "beskriver vad som är")
