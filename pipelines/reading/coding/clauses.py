"""Swedish clauses, as far as the commitment needs them: which finite verb belongs to which clause.

No parser: a subordinator takes the first finite verb after it, and main clauses part at a
semicolon, at *men*, and at *och* with a verb of its own. The small word lists are closed classes of
Swedish and the commonest verbs of planning texts.
"""

from __future__ import annotations

import re

TOKEN = re.compile(r"[\w:/§%-]+|[,;()–]")
_RELATIVE = frozenset({"som", "vilken", "vilket", "vilka", "vars", "där", "dit", "varvid", "varav"})
_DIRECT = frozenset({"som", "vilka", "vilket"})
_SUBORDINATORS = frozenset(
    {"att", "om", "när", "då", "eftersom", "innan", "medan", "ifall", "huruvida", "hur"}
)
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
    {"få", "bli", "ge", "gå", "se", "ta", "ha", "stå", "dra", "nå", "bo"}
)
_NOT_INFINITIVES = frozenset(
    {
        *("nya", "stora", "alla", "andra", "olika", "små", "hela", "goda", "bra", "vissa"),
        *("samtliga", "båda", "egna", "gamla", "unga", "minsta", "flera", "många", "dessa"),
        *("sådana", "framtida", "lokala", "enskilda", "gröna", "boende", "högsta", "första"),
    }
)
_PASSIVE = re.compile(r"^\w{2,}(?:as|es|ds|gs|ks|ls|ms|ps|rs|ts|vs|ys)$")
_GENITIVE = re.compile(r"(?:ens|ets|nas|ers|ars|ors|mans|lags|skaps|dels|gångs|slags|alls)$")
_SUPINE = re.compile(r"(?:ats|its|rts|gts|dts|jts|bts|nts|lts|pts)$|(?<!ä)tts$")
_PAST_PASSIVE = re.compile(r"(?:ades|ddes|ttes|stes|ktes|ptes|ltes|ntes|rdes|ldes|gdes|ndes|vdes)$")
_CLAUSE_END = re.compile(r";|\.\s+(?=\w)|, (?:men|utan|dock|fast|samtidigt)\b|, och\b| – ")


def is_passive(word: str) -> bool:
    """A present passive such as *provas*, told by its form; a genitive or supine is not."""
    return (
        bool(_PASSIVE.match(word))
        and not _GENITIVE.search(word)
        and not _SUPINE.search(word)
        and not _PAST_PASSIVE.search(word)
    )


def _is_finite(word: str) -> bool:
    return word in _MODALS or word in _FINITE or is_passive(word)


def _looks_finite(word: str) -> bool:
    return (
        _is_finite(word)
        or word.endswith(("ar", "er", "år", "ör", "de", "te", "yr"))
        or bool(_SUPINE.search(word))
    )


def _is_infinitive(word: str) -> bool:
    if word in _NOT_INFINITIVES:
        return False
    return word in _SHORT_INFINITIVES or word.endswith(("a", "as"))


def subordinate_verbs(low: str) -> set[int]:
    """Where the finite verbs of subordinate clauses begin.

    *Som* is mostly followed by its verb at once; *att, om, för att* by a subject first, so there
    the first known finite verb counts. *Att* with an infinitive makes no clause.
    """
    tokens = [(m.group(), m.start()) for m in TOKEN.finditer(low)]
    taken: set[int] = set()
    for number, (word, _) in enumerate(tokens):
        if word in _RELATIVE and (number > 0 or word != "där"):
            place = _verb_after(tokens, number + 1, direct=word in _DIRECT)
        elif word in _SUBORDINATORS:
            place = _verb_after(tokens, number + 1, direct=False, infinitive=word == "att")
        else:
            continue
        if place is not None:
            taken.add(place)
    return taken


def _verb_after(
    tokens: list[tuple[str, int]], begin: int, *, direct: bool, infinitive: bool = False
) -> int | None:
    number = begin
    while number < len(tokens) and tokens[number][0] in _ADVERBS:
        number += 1
    if number >= len(tokens):
        return None
    if infinitive and _is_infinitive(tokens[number][0]):
        return None
    if direct and _looks_finite(tokens[number][0]):
        return tokens[number][1]
    for word, place in tokens[number : number + 14]:
        if word in {";", ",", "–"} and place > tokens[begin - 1][1] + 3:
            return None
        if _is_finite(word):
            return place
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
