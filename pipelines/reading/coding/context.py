"""What stands around a passage: features from the heading, the sentence before and the lead-in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.codebook import Codebook
from pipelines.reading.coding.commitment import decide
from pipelines.reading.coding.features import Standing, codes_in, look_up
from pipelines.reading.matching import lower

NONE, MENTION, AIM, SHOULD, SHALL = COMMITMENT.values
THEME_BEFORE, THEME_BESIDE, THEME_ABOVE = "forekod:", "grannkod:", "rubrikkod:"
"""Themes of the sentence before that this one leans on, of any sentence before, of the heading."""
NEAR_THEMES, NEAR_INSTRUMENTS = "temanara:", "medelnara:"
"""What the passages around speak of: the subject of this part of the document."""
GENERAL_THEME = "generell_innovation"
MOST_DENSE = 1.5
REACH = 10
"""How many passages before and after tell the subject."""
CARRIED = (
    "nytt",
    "prov",
    "innovation",
    "losning",
    "sprid",
    "teknik",
    "lara",
    "upphandling",
    "urval",
)
_POINTS_BACK = re.compile(
    r"\b(?:därför|detta|dessa|sådana?|sådant|därmed|samma|denna|den senare|försöket|metoden|"
    r"lösning(?:en|arna)|systemet|utformningen|modellen|tekniken|arbetssättet|resultate[nt]|"
    r"utfallet|piloten|greppet|anläggningen|erfarenheterna|lärdomarna)\b"
)
_CRITERIA_TABLE = re.compile(r"bedömning|kriteri|poäng|\bvikt|utvärdering|urval|krav")
_CRITERIA = re.compile(r"kriteri|poängsättning|\bvikter\b")
_WEIGHT_ROW = re.compile(r"\d{1,3}\s*(?:%|procent|p|poäng)?\s*$")


def points_back(low: str) -> bool:
    """The sentence leans on the one before."""
    return bool(_POINTS_BACK.search(low))


def context_features(text: str, before: str, section: str, codebook: Codebook) -> tuple[str, ...]:
    """What the surroundings say: ``granne:prov`` the sentence before says a trial.

    ``fore:prov`` says that it does and that this one leans on it, ``rubrik:prov`` that the heading
    does.
    """
    found: list[str] = []
    if before:
        beside = look_up(before, codebook)
        found += _told("granne:", THEME_BESIDE, beside)
        if points_back(lower(text)):
            found += _told("fore:", THEME_BEFORE, beside)
    if section:
        found += _told("rubrik:", THEME_ABOVE, look_up(section, codebook))
    return tuple(found)


def _told(of_group: str, of_theme: str, seen: Standing) -> list[str]:
    return [
        *(of_group + name for name in CARRIED if name in seen.groups),
        *(of_theme + code for code in THEME.values if code in seen.codes),
    ]


def around(number: int, many: int) -> list[int]:
    """The numbers of the passages whose subject is that of number ``number`` of ``many``."""
    near = range(max(0, number - REACH), min(many, number + REACH + 1))
    return [other for other in near if other != number]


def subject(texts: Sequence[str], number: int, codebook: Codebook) -> dict[str, float]:
    """Which codes the passages around number ``number`` of a stretch speak for.

    ``temanara:andel:mobilitet`` is the share among the themes found there, ``tathet`` how many of
    the passages hold it, ``mest`` that no other is found as often; ``medelnara`` is the same of
    instruments.
    """
    seen = codes_in([texts[other] for other in around(number, len(texts))], codebook)
    if not seen:
        return {}
    told = Counter([code for codes in seen for code in codes])
    features: dict[str, float] = {}
    for prefix, values in ((NEAR_THEMES, THEME.values), (NEAR_INSTRUMENTS, INSTRUMENT.values)):
        count = {code: told[code] for code in values if code in told and code != GENERAL_THEME}
        whole = sum(count.values())
        for code, times in count.items():
            features[f"{prefix}andel:{code}"] = times / (whole + 1)
            features[f"{prefix}tathet:{code}"] = min(MOST_DENSE, 2 * times / len(seen))
        most = [code for code, times in count.items() if times == max(count.values())]
        if len(most) == 1:
            features[f"{prefix}mest:{most[0]}"] = 1.0
    return features


def inherited_level(
    text: str, lead_in: str, header: str, section: str, codebook: Codebook, doc_kind: str
) -> str:
    """The commitment a list item has from its lead-in, or a row from its table of criteria."""
    if lead_in:
        seen = look_up(lead_in, codebook)
        whole = (0, max(1, len(seen.text.lower)))
        decision = decide(seen.text.lower, seen.hits, whole, doc_kind)
        if decision.deciding is not None and decision.entry:
            return decision.level
    return SHOULD if is_criterion(text, header, section) else ""


def is_criterion(text: str, header: str, section: str) -> bool:
    """A row of a table of criteria: a ground for judgement with its weight or points.

    Under a heading that says criteria outright the weight may have been lost with the layout.
    """
    heading = lower(f"{section} {header}")
    if not _CRITERIA_TABLE.search(heading):
        return False
    return bool(_WEIGHT_ROW.search(text)) or bool(_CRITERIA.search(lower(section)))


def repeats(texts: Sequence[str], relevant: Sequence[bool]) -> list[bool]:
    """Whether a relevant passage has been said, word for word, earlier in the document."""
    seen: set[str] = set()
    found = []
    for text, counts in zip(texts, relevant, strict=True):
        key = re.sub(r"\W+", " ", lower(text)).strip() if counts else ""
        found.append(counts and key in seen)
        if counts:
            seen.add(key)
    return found
