"""What stands around a passage: features from the heading, the sentence before and the lead-in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.codebook import Codebook
from pipelines.reading.coding.commitment import decide
from pipelines.reading.coding.features import GROUPS, Standing, look_up
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
        found += [f"granne:{name}" for name in CARRIED if not beside.ids.isdisjoint(GROUPS[name])]
        found += [f"{THEME_BESIDE}{code}" for code in _themes(beside)]
    if before and points_back(lower(text)):
        earlier = look_up(before, codebook)
        found += [f"fore:{name}" for name in CARRIED if not earlier.ids.isdisjoint(GROUPS[name])]
        found += [f"{THEME_BEFORE}{code}" for code in _themes(earlier)]
    if section:
        heading = look_up(section, codebook)
        found += [f"rubrik:{name}" for name in CARRIED if not heading.ids.isdisjoint(GROUPS[name])]
        found += [f"{THEME_ABOVE}{code}" for code in _themes(heading)]
    return tuple(found)


def _themes(seen: Standing) -> list[str]:
    themes = {code for entry, _ in seen.hits for code in entry.themes}
    return [code for code in THEME.values if code in themes]


def subject(texts: Sequence[str], number: int, codebook: Codebook) -> dict[str, float]:
    """Which codes the passages around number ``number`` of a stretch speak for.

    ``temanara:andel:mobilitet`` is the share among the themes found there, ``tathet`` how many of
    the passages hold it, ``mest`` that no other is found as often; ``medelnara`` is the same of
    instruments.
    """
    around = range(max(0, number - REACH), min(len(texts), number + REACH + 1))
    seen = [look_up(texts[other], codebook) for other in around if other != number]
    if not seen:
        return {}
    features: dict[str, float] = {}
    for prefix, family, values in (
        (NEAR_THEMES, "themes", [code for code in THEME.values if code != GENERAL_THEME]),
        (NEAR_INSTRUMENTS, "instruments", list(INSTRUMENT.values)),
    ):
        count = Counter(
            code
            for look in seen
            for code in {c for entry, _ in look.hits for c in getattr(entry, family)}
            if code in values
        )
        most = count.most_common(2)
        for code, times in count.items():
            features[f"{prefix}andel:{code}"] = times / (count.total() + 1)
            features[f"{prefix}tathet:{code}"] = min(MOST_DENSE, 2 * times / len(seen))
        if len(most) == 1 or (most and most[0][1] > most[1][1]):
            features[f"{prefix}mest:{most[0][0]}"] = 1.0
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
