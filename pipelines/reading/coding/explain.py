"""One line of Swedish that tells an official why a passage got its codes."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.coding.commitment import Commitment
from pipelines.reading.coding.result import Span

QUOTES = 4


def explain(
    commitment: Commitment,
    instruments: Sequence[str],
    themes: Sequence[str],
    spans: Sequence[Span],
    *,
    negated: bool,
) -> str:
    """What decided, in the order an official asks: how binding, what, about what, and limits."""
    parts = [_binding(commitment, spans)]
    words = _quoted(spans, ("concept", "novelty"))
    if words:
        parts.append(f"belägg: {words}")
    if instruments:
        parts.append("styrmedel: " + ", ".join(INSTRUMENT.labels[code] for code in instruments))
    if themes:
        parts.append("tema: " + ", ".join(THEME.labels[code] for code in themes))
    if negated:
        parts.append(f"nekas av {_quoted(spans, ('negation',))}")
    return "; ".join(parts) + "."


def _binding(commitment: Commitment, spans: Sequence[Span]) -> str:
    label = COMMITMENT.labels[commitment.level]
    word = _quoted(spans, ("deciding",))
    if commitment.rule == "villkorat":
        return f"{label}: {word} sänks ett steg av villkoret {_quoted(spans, ('condition',))}"
    if not word:
        return f"{label}: {commitment.rule}"
    if commitment.rule == "styr":
        return f"{label}: {word} styr"
    return f"{label}: {word} ({commitment.rule})"


def explain_rejection(parts: Sequence[tuple[str, float]], spans: Sequence[Span]) -> str:
    """Why a passage that holds words of the codebook is still not relevant."""
    words = _quoted(spans, ("concept", "novelty"))
    if not words:
        return "Orden i kodboken används här i en annan, vanlig betydelse."
    return f"{words} räcker inte: passagen säger inte att något nytt provas eller styrs fram."


def _quoted(spans: Sequence[Span], roles: tuple[str, ...]) -> str:
    words = list(dict.fromkeys(span.text for span in spans if span.role in roles))
    return ", ".join(f"”{word}”" for word in words[:QUOTES])
