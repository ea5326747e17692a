"""Passage → what the codebook sees in it: hits that stand, and named features for the scorer.

A feature name is readable on its own, because the weights file is shown to officials:
``begrepp:testbadd`` an entry is present, ``ord:testbadd/försöksfält*`` one of its terms,
``par:prova+teknik`` two things together, ``form:rubrik`` how the text looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.model.codes import THEME
from pipelines.reading.codebook import Codebook, Entry
from pipelines.reading.coding.text import ComparedText, compared
from pipelines.reading.coding.words import word_features
from pipelines.reading.matching import Hit

GROUPS: dict[str, tuple[str, ...]] = {
    "nytt": ("ny_forst", "ny_oprovad", "ny_for_platsen", "ny_utover"),
    "prov": ("prova", "testbadd", "pilot", "demonstration"),
    "prova": ("prova",),
    "losning": ("nya_losningar",),
    "innovation": ("innovation",),
    "sprid": ("uppskalning",),
    "lara": ("larande",),
    "forskning": ("forskning",),
    "samverkan": ("samverkan",),
    "oppen": ("oppen_losning",),
    "bortom": ("utover_norm",),
    "urval": ("kriterier", "tavling"),
    "fordel": ("incitament",),
    "upphandling": ("innovationsupphandling",),
    "data": ("digitalt",),
    "spets": ("hallbar_spets",),
    "framat": ("stodjer_nytt", "handling_framat"),
    "teknik": (
        "teknik_energi",
        "teknik_mobilitet",
        "teknik_vatten",
        "teknik_cirkularitet",
        "teknik_tra",
        "teknik_logistik",
        "teknik_social",
        "teknik_gronska",
    ),
    "plan": ("planverktyg",),
    "lag": ("lagtext",),
    "asikt": ("andras_asikt",),
    "historia": ("historia",),
    "bedomer": ("bedomer_verkan", "problem"),
    "annan": ("annan_aktor",),
    "rutin": ("bakgrund_ej_styr",),
    "ejplan": ("ej_planens",),
    "bygger": ("anlaggs",),
}
"""Entries that play the same part; pairs of groups are features."""
_GROUPS_OF = {
    one: [name for name, members in GROUPS.items() if one in members]
    for one in {one for members in GROUPS.values() for one in members}
}
_GROUPED = frozenset(_GROUPS_OF)

_HOW_BINDING = frozenset({"deciding", "condition", "actor"})
"""Kinds that say how binding a passage is and for whom, never whether it is relevant."""
ANOTHER = ":annan_aktor"
_SPECIFIC_THEMES = frozenset(THEME.values) - {"generell_innovation"}
_CONTENTS = re.compile(
    r"\.{4,}|…{2,}|\s\d{1,3}\s*$|\u2192|^\s*\d+(\.\d+)*\s+\S+(\s\S+){0,4}\s+\d+$"
)
_CONTENTS_LINE = re.compile(r"\.{4,}|…{2,}|^\s*\d+\.\d+ \S[^.!?]*\s\d{1,3}\s*$")
CONTENTS_LINE = "form:innehallsrad"
"""Leader dots, or a numbered heading with its page: never a statement of the plan."""
_FINITE = re.compile(
    r"\b(?:är|var|har|hade|ska|skall|bör|kan|får|fick|måste|vill|blir|blev|finns|fanns|ges|gav|"
    r"går|står|sker|\w{2,}(?:ar|er|as|es|ades|ade|des|te|tes|ts|år|ör|yr|s))\b"
)
_NO_BREADTH = frozenset(
    {
        "lag",
        "annan",
        "ejplan",
        "rutin",
        "bygger",
        "asikt",
        "historia",
        "bedomer",
        "plan",
        "uppmaning",
    }
)
_WORD = re.compile(r"\w+")
_OPENING = " \t\n\"'”’»(["
_BULLETS = " \t-–—•·*0123456789.)"
MOST_LOOKS = 4000
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Standing:
    """The entries that stand in a text, and the near misses that took others away.

    ``groups`` are those of `GROUPS` that have an entry here, in their order; ``codes`` the
    instruments and themes that entries here speak for.
    """

    text: ComparedText
    hits: tuple[tuple[Entry, Hit], ...]
    cancelled: tuple[tuple[Entry, Hit], ...]
    ids: frozenset[str]
    groups: tuple[str, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the codebook sees in one passage.

    ``hits`` are those that stand, ``cancelled`` the near misses that took others away.
    ``features`` hold 1.0 for what is present.
    """

    text: ComparedText
    hits: tuple[tuple[Entry, Hit], ...]
    cancelled: tuple[tuple[Entry, Hit], ...]
    features: dict[str, float]
    ids: frozenset[str] = field(default_factory=frozenset)

    @property
    def opens(self) -> bool:
        """At least one opening word stands."""
        return any(entry.opens for entry, _ in self.hits)


def see(text: str, codebook: Codebook, doc_kind: str, context: Sequence[str] = ()) -> Seen:
    """Look at one passage; ``context`` are features given by where it stands."""
    standing = look_up(text, codebook)
    features = _features(text, standing)
    features.update(word_features(standing.text.lower))
    features.update((name, 1.0) for name in context)
    features[f"dokument:{doc_kind}"] = 1.0
    return Seen(standing.text, standing.hits, standing.cancelled, features, standing.ids)


def look_up(text: str, codebook: Codebook) -> Standing:
    """Which entries stand in a text, remembered while a document is coded."""
    looks = codebook.looks
    if text not in looks:
        look_up_all([text], codebook)
    standing: Standing = looks[text]
    return standing


def look_up_all(texts: Iterable[str], codebook: Codebook) -> None:
    """Look many texts up in one search, for `look_up` to remember."""
    looks = codebook.looks
    new = [text for text in dict.fromkeys(texts) if text not in looks]
    if len(looks) + len(new) > MOST_LOOKS:
        looks.clear()
    folded = [compared(text) for text in new]
    found = codebook.matcher.find_all([look.lower for look in folded])
    for text, look, all_hits in zip(new, folded, found, strict=True):
        hits, misses = _standing(text, look, all_hits, codebook.entries)
        ids = frozenset([entry.id for entry, _ in hits])
        groups = {name for one in ids & _GROUPED for name in _GROUPS_OF[one]}
        in_order = tuple([name for name in GROUPS if name in groups]) if groups else ()
        looks[text] = Standing(look, hits, misses, ids, in_order, _codes(hits))


def codes_in(texts: Sequence[str], codebook: Codebook) -> list[frozenset[str]]:
    """The instruments and themes that entries in each text speak for.

    Costs less than a look at it, because only entries that have codes are searched for.
    """
    found: dict[str, frozenset[str]] = codebook.looks_at_codes
    looks = codebook.looks
    for text in texts:
        if text not in found and text in looks:
            found[text] = looks[text].codes
    new = [text for text in dict.fromkeys(texts) if text not in found]
    if new:
        if len(found) > MOST_LOOKS:
            found.clear()
            return codes_in(texts, codebook)
        folded = [compared(text) for text in new]
        hits = codebook.matcher.find_all([look.lower for look in folded], codebook.coded)
        for text, look, all_hits in zip(new, folded, hits, strict=True):
            found[text] = _codes(_standing(text, look, all_hits, codebook.entries)[0])
    return [found[text] for text in texts]


def _codes(hits: tuple[tuple[Entry, Hit], ...]) -> frozenset[str]:
    return frozenset([c for entry, _ in hits for c in (*entry.instruments, *entry.themes)])


Pairs = tuple[tuple[Entry, Hit], ...]


def _standing(
    text: str, look: ComparedText, found: Sequence[Hit], entries: Sequence[Entry]
) -> tuple[Pairs, Pairs]:
    """The hits that stand, and the near misses."""
    all_hits = [(entries[hit.entry], hit) for hit in found]
    misses = [(entry, hit) for entry, hit in all_hits if entry.kind == "near_miss"]
    hits = [
        (entry, hit)
        for entry, hit in all_hits
        if entry.kind != "near_miss"
        and not (misses and _cancelled(entry, hit, misses))
        and not (entry.kind == "theme" and _is_name(text, look.back(hit.start)))
    ]
    return tuple(hits), tuple(misses)


def _is_name(text: str, start: int) -> bool:
    """A capital within a sentence makes a name: *Gröndal* is a place, no greenery."""
    word = _WORD.match(text, start)
    if word is None or not text[start].isupper() or not word.group()[1:].islower():
        return False
    before = text[:start].rstrip(_OPENING)
    return bool(before) and before[-1] not in ".:!?–•-*"


def _cancelled(entry: Entry, hit: Hit, misses: list[tuple[Entry, Hit]]) -> bool:
    """A near miss takes away the hits it touches: of the entries it names, or of all that open.

    A longer phrase that has words on both sides of it stands.
    """
    return any(
        miss.start < hit.end
        and hit.start < miss.end
        and not hit.start < miss.start <= miss.end < hit.end
        and (entry.id in near.cancels if near.cancels else entry.opens)
        for near, miss in misses
    )


def _features(text: str, standing: Standing) -> dict[str, float]:
    low, hits = standing.text.lower, standing.hits
    begin = len(low) - len(low.lstrip(_BULLETS))
    features: dict[str, float] = {}
    imperative = False
    for entry, hit in hits:
        if entry.id.startswith("uppmaning"):
            imperative = imperative or hit.start == begin
        elif entry.kind not in _HOW_BINDING:
            features.update(_names(entry.id, hit.term, entry.instruments, entry.themes))
    for entry, _ in standing.cancelled:
        features[f"begrepp:{entry.id}"] = 1.0
    present = standing.groups
    if imperative:
        # An imperative speaks to the reader; another actor in it is a partner, not the doer.
        features = {name: value for name, value in features.items() if ANOTHER not in name}
        features["form:uppmaning"] = 1.0
        present = (*(name for name in present if name != "annan"), "uppmaning")
    features.update(_of_groups(present))
    features.update(_form(text, low))
    if "oppen" in present and _FIGURE.search(text):
        features["par:oppen+tal"] = 1.0
    if any(h.start == begin and e.opens and low.startswith(": ", h.end) for e, h in hits):
        features["form:ordforklaring"] = 1.0
    specific = len(standing.codes & _SPECIFIC_THEMES)
    if specific < 2:
        features["tema:ett" if specific else "tema:inget"] = 1.0
    return features


@lru_cache(10_000)
def _names(
    entry_id: str, term: str, instruments: tuple[str, ...], themes: tuple[str, ...]
) -> dict[str, float]:
    """Entry, term and codes of a hit."""
    names = [f"begrepp:{entry_id}", f"ord:{entry_id}/{term}"]
    return dict.fromkeys([*names, *(f"kod:{code}" for code in (*instruments, *themes))], 1.0)


@lru_cache(10_000)
def _of_groups(present: tuple[str, ...]) -> dict[str, float]:
    """Groups, pairs of them, and how many stand together."""
    names = []
    for number, one in enumerate(present):
        names.append(f"grupp:{one}")
        names += [f"par:{one}+{other}" for other in present[number + 1 :]]
    breadth = len([name for name in present if name not in _NO_BREADTH])
    names += [f"bredd:{level}" for level in (2, 3, 4, 5) if breadth >= level]
    return dict.fromkeys(names, 1.0)


def _form(text: str, low: str) -> dict[str, float]:
    """How the passage looks: heading, contents line, length."""
    words = len(low.split())
    form: dict[str, float] = {}
    if _CONTENTS.search(text):
        form["form:innehall"] = 1.0
        if _CONTENTS_LINE.search(text):
            form[CONTENTS_LINE] = 1.0
    if not _FINITE.search(low):
        form["form:utan_verb"] = 1.0
    if words < 7:
        form["form:kort"] = 1.0
    if words > 25:
        form["form:lang"] = 1.0
    if not text.rstrip().endswith((".", ";", ":", "!", "?")):
        form["form:utan_punkt"] = 1.0
    return form
