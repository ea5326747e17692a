"""People's codes laid over the machine's: what people have coded, they have decided."""

from __future__ import annotations

from dataclasses import replace

from pipelines.reading.coding.judge import lacks_legal_support
from pipelines.reading.coding.result import Coding
from pipelines.reading.matching import lower
from pipelines.reading.review.consensus import Consensus

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
