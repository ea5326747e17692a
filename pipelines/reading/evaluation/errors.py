"""What went wrong and why: every disagreement with a cause in Swedish, so that it can be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.model.codes import COMMITMENT
from pipelines.reading.coding.result import Coding
from pipelines.reading.coding.training import LabelledPassage

CLEAR_MISS = 0.25
"""Below this probability a missed passage was not a near thing."""


@dataclass(frozen=True, slots=True)
class ReadingError:
    """One disagreement; ``gold`` and ``said`` are codes as text."""

    id: str
    document: str
    cause: str
    gold: str
    said: str
    text: str
    explanation: str


def errors_of(gold: Sequence[LabelledPassage], said: Sequence[Coding]) -> tuple[ReadingError, ...]:
    """Every disagreement on relevance, commitment, themes, instruments and legal flag."""
    found: list[ReadingError] = []
    for passage, coding in zip(gold, said, strict=True):
        if passage.relevant != coding.relevant:
            cause = _missed(coding) if passage.relevant else _false_alarm(passage, coding)
            found.append(
                _error(passage, coding, cause, _yes(passage.relevant), _yes(coding.relevant))
            )
        elif passage.relevant:
            found.extend(_code_errors(passage, coding))
    return tuple(found)


def _yes(relevant: bool) -> str:
    return "belägg" if relevant else "inte belägg"


def _missed(coding: Coding) -> str:
    if coding.negated:
        return "Missat: läst som nekat"
    if not any(span.role in ("concept", "novelty") for span in coding.spans):
        return "Missat: inget ord i kodboken öppnar"
    if coding.confidence < CLEAR_MISS:
        return "Missat: orden väger klart för lätt"
    return "Missat: nära gränsen"


def _false_alarm(passage: LabelledPassage, coding: Coding) -> str:
    kind = {"near_miss": "förväxlingsbart", "plain": "vanlig plantext"}.get(passage.category, "")
    novelty = any(span.role == "novelty" for span in coding.spans)
    word = "nyhetsord i annan betydelse" if novelty else "begrepp utan nyhet"
    return f"Falskt: {word}" + (f" ({kind})" if kind else "")


def _code_errors(passage: LabelledPassage, coding: Coding) -> list[ReadingError]:
    found = []
    if passage.commitment != coding.commitment:
        high = COMMITMENT.position(coding.commitment) > COMMITMENT.position(passage.commitment)
        by_rule = not any(span.role == "deciding" for span in coding.spans)
        how = "utan avgörande ord" if by_rule else "fel avgörande ord"
        cause = f"Förpliktelsegrad för {'hög' if high else 'låg'}: {how}"
        found.append(_error(passage, coding, cause, passage.commitment, coding.commitment))
    for family, label in (("themes", "Tema"), ("instruments", "Styrmedel")):
        there, given = set(getattr(passage, family)), set(getattr(coding, family))
        found += [
            _error(passage, coding, f"{label} saknas: {code}", code, "")
            for code in sorted(there - given)
        ]
        found += [
            _error(passage, coding, f"{label} för mycket: {code}", "", code)
            for code in sorted(given - there)
        ]
    if passage.legal_flag != coding.legal_flag:
        cause = "Laglig räckvidd: flagga " + ("saknas" if passage.legal_flag else "för mycket")
        found.append(_error(passage, coding, cause, str(passage.legal_flag), ""))
    return found


def _error(
    passage: LabelledPassage, coding: Coding, cause: str, gold: str, said: str
) -> ReadingError:
    return ReadingError(
        passage.id, passage.doc_type, cause, gold, said, passage.text, coding.explanation
    )


def by_cause(errors: Sequence[ReadingError]) -> list[tuple[str, int]]:
    """Causes with their number, the most common first."""
    return Counter(error.cause for error in errors).most_common()
