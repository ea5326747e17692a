"""What people say about a passage: one coding each, and what they come to together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pipelines.model.codes import INSTRUMENT, THEME, CodeList
from pipelines.reading.coding.context import GENERAL_THEME
from pipelines.reading.coding.judge import lacks_legal_support
from pipelines.reading.coding.result import Coding
from pipelines.reading.matching import lower

Value = TypeVar("Value")
_LONGEST_SIGN = 2
_CODE_SLOTS = (1, 2, 3)
"""A drop-down holds one value, so a passage has three cells each for instruments and themes."""


@dataclass(frozen=True, slots=True)
class HumanCoding:
    """One person's codes.

    ``commitment`` is ``none`` for what is not relevant and empty where a relevant passage was left
    without one; ``voice`` is empty where the coder had nothing to say about it.
    """

    coder: str
    coded_on: str
    relevant: bool
    instruments: tuple[str, ...]
    themes: tuple[str, ...]
    commitment: str
    negated: bool
    voice: str


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the coders come to; ``agree`` is None where there is only one of them."""

    coding: HumanCoding
    coders: tuple[str, ...]
    agree: bool | None


def human_coding(row: Mapping[str, Any]) -> HumanCoding:
    """Make a coding of a delivered row of ``granskningar``.

    What is negated is not relevant but recorded (framework, passages). A relevant passage without
    a theme is about innovation in general.
    """
    negated = bool(row["is_negated"])
    relevant = bool(row["is_relevant"]) and not negated
    stated = row["commitment"] if row["commitment"] != "none" else None
    themes = _in_order(THEME, [row[f"theme_{slot}"] for slot in _CODE_SLOTS])
    specific = tuple(theme for theme in themes if theme != GENERAL_THEME) or (GENERAL_THEME,)
    instruments = _in_order(INSTRUMENT, [row[f"instrument_{slot}"] for slot in _CODE_SLOTS])
    return HumanCoding(
        coder=_one_spelling(str(row["coder"])),
        coded_on=row["coded_on"] or "",
        relevant=relevant,
        instruments=instruments if relevant else (),
        themes=specific if relevant else (),
        commitment=(stated or "") if relevant else "none",
        negated=negated,
        voice=row["voice"] or "",
    )


def latest_of_each(codings: Sequence[HumanCoding]) -> tuple[HumanCoding, ...]:
    """Keep each coder's latest coding, in order of date; rows without a date are the oldest."""
    ordered = sorted(codings, key=lambda coding: coding.coded_on)
    latest = {coding.coder: coding for coding in ordered}
    return tuple(sorted(latest.values(), key=lambda coding: coding.coded_on))


def consensus(codings: Sequence[HumanCoding]) -> Consensus:
    """Return the majority's codes, and the latest coder's where there is no majority.

    Codes are weighed among those who gave the winning answer on relevance, so that a coder who
    called the passage irrelevant does not lower its commitment.
    """
    each = latest_of_each(codings)
    answer = _majority([(coding.relevant, coding.negated) for coding in each])
    winners = [coding for coding in each if (coding.relevant, coding.negated) == answer]
    coding = replace(
        winners[-1],
        commitment=_majority([c.commitment for c in winners if c.commitment] or [""]),
        voice=_majority([c.voice for c in winners if c.voice] or [""]),
        instruments=_shared(INSTRUMENT, [c.instruments for c in winners]),
        themes=_shared(THEME, [c.themes for c in winners]),
    )
    answers = {(c.relevant, c.negated, c.commitment) for c in each}
    agree = len(answers) == 1 if len(each) > 1 else None
    return Consensus(coding, tuple(sorted(c.coder for c in each)), agree)


def _one_spelling(coder: str) -> str:
    """``Kodare a`` and ``kodare A`` are the same coder."""
    role, _, sign = coder.rpartition(" ")
    is_sign = bool(role) and len(sign) <= _LONGEST_SIGN
    return f"{role.casefold()} {sign.upper()}" if is_sign else coder.casefold()


def _majority(values: Sequence[Value]) -> Value:
    value, votes = Counter(values).most_common(1)[0]
    return value if 2 * votes > len(values) else values[-1]


def _shared(codes: CodeList, given: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Codes that more than half gave; where just half did, the latest decides."""
    votes = Counter(code for some in given for code in some)
    return tuple(
        code
        for code in codes.values
        if 2 * votes[code] > len(given) or (2 * votes[code] == len(given) and code in given[-1])
    )


def _in_order(codes: CodeList, given: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(code for code in codes.values if code in given)


_UNSAID = "mention"
"""The lowest rung above none, for a relevant passage of which nobody has said how binding it is."""


def overrule(machine: Coding, people: Consensus, text: str, document_kind: str) -> Coding:
    """Return the coding that counts: people's codes, with the machine's spans and confidence.

    A commitment or voice that people left open stays the machine's. The legal flag follows the
    commitment and instruments that people gave.
    """
    human = people.coding
    commitment = human.commitment or (machine.commitment if machine.relevant else _UNSAID)
    return replace(
        machine,
        relevant=human.relevant,
        instruments=human.instruments,
        themes=human.themes,
        commitment=commitment,
        negated=human.negated,
        voice=human.voice or machine.voice,
        legal_flag=human.relevant
        and lacks_legal_support(lower(text), document_kind, commitment, human.instruments),
        explanation=f"Kodad av människa ({', '.join(people.coders)}). "
        f"Maskinen: {machine.explanation}",
    )
