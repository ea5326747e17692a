"""Swedish clauses, as far as the commitment needs them: which finite verb belongs to which clause.

No parser: a subordinator takes the first finite verb after it, and main clauses part at a
semicolon, at *men*, and at *och* with a verb of its own. The small word lists are closed classes of
Swedish and the commonest verbs of planning texts.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.reading.compounds import ordinary_words

TOKEN = re.compile(r"[\w:/§%-]+|[,;()–]")
_RELATIVE = frozenset({"som", "vilken", "vilket", "vilka", "vars", "där", "dit", "varvid", "varav"})
_DIRECT = frozenset({"som", "vilka", "vilket"})
_SUBORDINATORS = frozenset(
    {"att", "om", "när", "då", "eftersom", "innan", "medan", "ifall", "huruvida", "hur"}
)
_TIME = frozenset({"när", "då", "innan", "medan", "tills", "sedan"})
"""What begins a time clause, whose verb decides nothing: *när piloten ska summeras*."""
_ADVERBS = frozenset(
    {
        *("inte", "ej", "ännu", "nu", "redan", "själv", "själva", "även", "också", "sedan"),
        *("därför", "bara", "endast", "alltid", "aldrig", "i", "dag", "tidigare", "hittills"),
        *("sig", "sina", "sin", "ofta", "senare"),
    }
)
_MODALS = frozenset(
    {
        *("ska", "skall", "måste", "bör", "borde", "kan", "får", "vill", "avser", "behöver"),
        *("kunna", "skulle", "kunde", "ämnar", "tänker"),
    }
)
_FINITE = frozenset(
    {
        *("är", "var", "har", "hade", "blir", "blev", "finns", "fanns", "går", "gick", "kommer"),
        *("kom", "står", "stod", "ligger", "låg", "ger", "gav", "tar", "tog", "visar", "visade"),
        *("sker", "skedde", "fungerar", "faller", "väljer", "räddar", "uppfyller", "klarar"),
        *("bygger", "använder", "provar", "prövar", "testar", "utvecklar", "uppför", "driver"),
        *("äger", "söker", "lämnar", "erbjuder", "åtar", "knyter", "ges", "kräver", "medger"),
        *("kombinerar", "delar", "håller", "uppstår", "innebär", "skapar", "minskar", "ökar"),
        *("bidrar", "omfattar", "gäller", "följer", "saknar", "saknas", "utgör", "består"),
        *("hämtar", "leder", "redovisar", "gör", "krävs", "byter", "löper", "sänker", "deltar"),
    }
)
_SHORT_INFINITIVES = frozenset(
    {"få", "bli", "ge", "gå", "se", "ta", "ha", "stå", "dra", "nå", "bo", "slå", "be", "ske"}
)
_NOT_INFINITIVES = frozenset(
    {
        *("nya", "stora", "alla", "andra", "olika", "små", "hela", "goda", "bra", "vissa"),
        *("samtliga", "båda", "egna", "gamla", "unga", "minsta", "flera", "många", "dessa"),
        *("sådana", "framtida", "lokala", "enskilda", "gröna", "boende", "högsta", "första"),
    }
)
_PASSIVE_ES = frozenset(
    {"ges", "ses", "bes", "medges", "avses", "anses", "förses", "utses", "anges"}
)
_NO_PASSIVES = frozenset(
    {
        *("finns", "tills", "lyckas", "hoppas", "trivs", "minns", "andas", "fattas", "saknas"),
        *("känns", "tycks", "märks", "vistas", "samsas", "umgås", "andras", "deras", "databas"),
        *("våras", "somras", "hus", "ljus", "plats", "syns", "åldras", "närvaras", "puls", "gas"),
    }
)
"""Active in meaning, or no verbs."""
_NO_PRESENTS = frozenset(
    {"över", "framöver", "under", "efter", "eller", "svar", "par", "kar", "mer", "fler", "sommar"}
)
_SUBJECTS = frozenset({"det", "den", "de", "vi", "man", "kommunen", "staden", "alla", "någon"})
"""What may follow *om* within a clause where it is no preposition (*om det går, om mark*)."""
_COMPARED = frozenset({"möjligt", "helst", "mest", "regel", "exempel", "villkor"})
_ACTIVE_SUPINE = re.compile(r"(?:at|it|tt)$")
_RARE = frozenset(
    {"villkora", "samlasta", "återbruka", "premiera", "meritera", "provta", "vikta", "upplåta"}
)
_PREFIXES = re.compile(
    r"^(?:av|an|be|bi|bord|efter|fram|fast|fri|före|för|färdig|hand|höjd|igång|in|iordning|kart|"
    r"med|ned|om|plan|pris|prov|på|samman|sam|säker|till|under|upp|ut|vidare|åter|över)(?=\w{3})"
)
_SUPINE = re.compile(r"(?:ats|its|rts|gts|dts|jts|bts|nts|lts|pts)$|(?<!ä)tts$")
_CLAUSE_END = re.compile(r";|\.\s+(?=\w)|, (?:men|utan|dock|fast|samtidigt)\b|, och\b| – ")


@cache
def is_passive(word: str) -> bool:
    """A present passive such as *provas* or *byggs*; no genitive (*hus, företags*) and no supine.

    A passive in a consonant and s belongs to a verb whose other forms are ordinary words:
    *byggs, bygger, bygga*.
    """
    if len(word) < 3 or word[-1] != "s" or not word.isalpha() or word in _NO_PASSIVES:
        return False
    if word in _PASSIVE_ES or _PREFIXES.sub("", word) in _PASSIVE_ES:
        return True
    if _SUPINE.search(word) or word.endswith(("des", "tes")):
        return False
    stem = word[:-1]
    return _is_verb(stem) or _is_verb(_PREFIXES.sub("", stem))


def _is_verb(stem: str) -> bool:
    """A stem of the present or infinitive: *bygga*s, *provas*, *bygg*s, *läse*s, *bestäm*s."""
    words = ordinary_words()
    if stem.endswith("a"):
        known = {stem + "r", stem[:-1] + "er"} if stem.endswith("na") else {stem, stem + "r"}
        return stem.endswith("era") or stem in _RARE or not words.isdisjoint(known)
    if stem.endswith("e"):
        stem = stem[:-1]
    forms = (stem, stem + stem[-1:])
    if any(form + "a" in words and form + "er" in words for form in forms):
        return True
    return stem in _SHORT_INFINITIVES or (
        stem.endswith(("ör", "yr", "är")) and stem in words and stem + "a" in words
    )


@cache
def _is_present(word: str) -> bool:
    """A present in -er or -ar of a verb whose other forms are ordinary: *lägger, exploaterar*."""
    words = ordinary_words()
    if word in _NO_PRESENTS or word + "na" in words:
        return False
    base = _PREFIXES.sub("", word)
    if word in words and base not in words:
        base = word
    if word[:-1] in _SHORT_INFINITIVES or (
        base.endswith(("ör", "yr", "är")) and base + "a" in words
    ):
        return True
    if base.endswith("er"):
        return base[:-1] not in words and base[:-2] + "a" in words and base[:-2] + "or" not in words
    if base.endswith("ar"):
        return base.endswith("erar") or {base[:-1], base[:-1] + "de"} <= words
    return False


def _is_finite(word: str) -> bool:
    return word in _MODALS or word in _FINITE or is_passive(word) or _is_present(word)


def _looks_finite(word: str) -> bool:
    return (
        _is_finite(word)
        or word.endswith(("ar", "er", "år", "ör", "de", "te", "yr"))
        or bool(_SUPINE.search(word))
    )


def is_infinitive(word: str) -> bool:
    """A word in -a or -as, or a short infinitive: *prova, provas, få*."""
    if word in _NOT_INFINITIVES:
        return False
    return word in _SHORT_INFINITIVES or word.endswith(("a", "as"))


def subordinate_verbs(low: str) -> dict[int, str]:
    """Where the finite verbs of subordinate clauses begin → the kind of clause.

    ``time`` (*när piloten ska summeras*), ``relative`` (*som ska visa tekniken*), ``manner`` (*för
    att, hur, om*) or ``that`` (*att staden ska*). *Som* is mostly followed by its verb at once;
    *att, om, för att* by a subject first, so there the first known finite verb counts. *Att* with
    an infinitive makes no clause, nor does *då* before its verb (*då ska bussen gå*).
    """
    tokens = [(m.group(), m.start()) for m in TOKEN.finditer(low)]
    taken: dict[int, str] = {}
    for number, (word, _) in enumerate(tokens):
        following = tokens[number + 1][0] if number + 1 < len(tokens) else ""
        if word in {"då", "där"} and _is_finite(following):
            continue
        if word in _RELATIVE and number > 0 and following not in _COMPARED:
            place = _verb_after(tokens, number + 1, direct=word in _DIRECT)
            kind = "relative"
        elif word in _SUBORDINATORS:
            inside = number > 0 and tokens[number - 1][0].isalpha()
            if word == "om" and inside and following not in _SUBJECTS:
                continue
            place = _verb_after(tokens, number + 1, direct=False, infinitive=word == "att")
            purpose = word != "att" or (number > 0 and tokens[number - 1][0] == "för")
            kind = "time" if word in _TIME else "manner" if purpose else "that"
        else:
            continue
        if place is not None and taken.get(place) != "time":
            taken[place] = kind
    return taken


def _verb_after(
    tokens: list[tuple[str, int]], begin: int, *, direct: bool, infinitive: bool = False
) -> int | None:
    number = begin
    while number < len(tokens) and tokens[number][0] in _ADVERBS:
        number += 1
    if number >= len(tokens) or (infinitive and is_infinitive(tokens[number][0])):
        return None
    if direct and (_looks_finite(tokens[number][0]) or _ACTIVE_SUPINE.search(tokens[number][0])):
        return tokens[number][1]
    for word, place in tokens[number : number + 14]:
        if _is_finite(word):
            return place
        apart = word in {";", ",", "–"} and place > tokens[begin - 1][1] + 3
        if apart or (direct and word == "och"):
            return None
    return None


def clause_of(low: str, anchor: tuple[int, int]) -> tuple[int, int]:
    """The main clause that holds ``anchor``."""
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
    return any(_is_finite(word) for word in TOKEN.findall(text.partition(",")[0]))


def without_subordinate_verbs(low: str, start: int, end: int) -> str:
    """The clause with the verb of each subordinate clause, and what follows it, blanked out."""
    text = list(low)
    for place in subordinate_verbs(low):
        stop = place
        for _ in range(3):
            following = low.find(" ", stop + 1)
            stop = following if following >= 0 else len(low)
        text[place:stop] = " " * (stop - place)
    return "".join(text)[start:end]
