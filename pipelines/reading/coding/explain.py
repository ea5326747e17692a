"""One line of Swedish that tells an official why a passage got its codes."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.codebook import Codebook, Entry
from pipelines.reading.coding.commitment import Commitment
from pipelines.reading.coding.result import Span
from pipelines.reading.matching import Hit

QUOTES = 3


def explain(
    commitment: Commitment,
    instruments: Sequence[str],
    themes: Sequence[str],
    spans: Sequence[Span],
    codebook: Codebook,
) -> str:
    """What decided, in the order an official asks: how binding, of what, with what, about what."""
    parts = [_binding(commitment, spans)]
    new = _quoted([span for span in spans if span.role == "novelty"])
    if new:
        parts.append(f"nytt enligt {new}")
    parts += [_for(code, INSTRUMENT.labels[code], spans, codebook) for code in instruments]
    parts += [_for(code, THEME.labels[code], spans, codebook) for code in themes]
    return "; ".join(parts) + "."


def _binding(commitment: Commitment, spans: Sequence[Span]) -> str:
    label = COMMITMENT.labels[commitment.level]
    word = _quoted([span for span in spans if span.role == "deciding"])
    governed = _quoted([span for span in spans if span.role == "concept"])
    if commitment.rule == "villkorat":
        condition = _quoted([span for span in spans if span.role == "condition"])
        return f"{label}: {word} styr {governed} men sänks ett steg av {condition}"
    if not word:
        return f"{label}: {commitment.rule}" + (f", {governed}" if governed else "")
    if commitment.rule == "styr":
        return f"{label}: {word} styr {governed}" if governed else f"{label}: {word}"
    return f"{label}: {word} ({commitment.rule})" + (f" om {governed}" if governed else "")


def _for(code: str, label: str, spans: Sequence[Span], codebook: Codebook) -> str:
    """*testbädd för ”provlägenhet”*: a code with the words of the entries that speak for it."""
    words = [
        span
        for span in spans
        if (entry := codebook.by_id.get(span.entry)) is not None
        and code in (*entry.instruments, *entry.themes)
    ]
    quoted = _quoted(words)
    return f"{label.lower()} för {quoted}" if quoted else f"{label.lower()} av sammanhanget"


def explain_rejection(spans: Sequence[Span]) -> str:
    """Why a passage that holds words of the codebook is still not relevant."""
    denied = _quoted([span for span in spans if span.role == "negation"])
    if denied:
        return f"Inte belägg: {denied} säger att det inte blir av."
    words = _quoted([span for span in spans if span.role in ("concept", "novelty")])
    if not words:
        return "Inte belägg: meningen bygger på den före men säger inte själv något nytt."
    return f"Inte belägg: {words} räcker inte för att säga att något nytt provas eller styrs fram."


def explain_near_miss(near: Sequence[tuple[Entry, Hit]], low: str) -> str:
    """Why the words that opened the question mean something else here."""
    entry, hit = max(near, key=lambda pair: pair[1].end - pair[1].start)
    return f"Inte belägg: ”{low[hit.start : hit.end]}” ({entry.label.lower()})."


def _quoted(spans: Sequence[Span]) -> str:
    words = list(dict.fromkeys(span.text for span in spans))
    return ", ".join(f"”{word}”" for word in words[:QUOTES])
