"""What the reader says about one passage, with every word that made it say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "concept",
    "instrument",
    "theme",
    "deciding",
    "negation",
    "condition",
    "actor",
    "figure",
    "novelty",
]
"""Why a stretch of text is marked."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A performance figure taken out of the text: ``240.0``, ``kg CO2e/m² BTA``, as written."""

    value: float
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the passage text, ``text[start:end]``, and the codebook entry it matched."""

    start: int
    end: int
    role: Role
    text: str
    entry: str


@dataclass(frozen=True, slots=True)
class Coding:
    """The codes of one passage.

    ``confidence`` is the calibrated probability (0–1) that two careful coders would call the
    passage relevant; ``relevant`` is that probability against the codebook's threshold.
    ``instruments``, ``themes``, ``commitment`` and ``voice`` are codes of ``pipelines.model``.
    A passage that is not relevant has no instruments or themes and the commitment ``none``.
    ``condition`` is the limiting phrase (*där så är lämpligt*), ``actor`` who must act, both as
    written or empty. ``legal_flag`` marks a *ska* in a detailed plan that may lack support in law
    (PBL 8 kap. 4 a §). ``explanation`` is one line of Swedish for an official.
    """

    relevant: bool
    confidence: float
    instruments: tuple[str, ...]
    themes: tuple[str, ...]
    commitment: str
    negated: bool
    condition: str
    actor: str
    voice: str
    legal_flag: bool
    figures: tuple[Figure, ...]
    spans: tuple[Span, ...]
    explanation: str


IRRELEVANT = Coding(
    relevant=False,
    confidence=0.0,
    instruments=(),
    themes=(),
    commitment="none",
    negated=False,
    condition="",
    actor="",
    voice="plan",
    legal_flag=False,
    figures=(),
    spans=(),
    explanation="Inget ord i kodboken talar för att passagen handlar om innovation.",
)
"""The coding of a passage in which no word of the codebook opens the question."""
