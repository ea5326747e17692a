"""One line of Swedish that tells an official why a passage got its codes, and what decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.codebook import Codebook, Entry
from pipelines.reading.coding.commitment import Commitment
from pipelines.reading.coding.features import GROUPS, Seen
from pipelines.reading.coding.result import IRRELEVANT, Span
from pipelines.reading.coding.scorer import Weights, contributions
from pipelines.reading.coding.words import words_with
from pipelines.reading.matching import Hit

QUOTES = 3
LEAST_SAID = 0.25
"""Log-odds from which a word is said to have spoken for or against."""
_SURROUNDINGS = {
    "fore": "meningen före",
    "granne": "meningen före",
    "rubrik": "rubriken",
    "form": "hur meningen är skriven",
    "bredd": "att flera begrepp står ihop",
}


def what_decided(seen: Seen, weights: Weights) -> list[tuple[str, float]]:
    """Word or surroundings → its share of the log-odds of relevance, the strongest first.

    Every feature is credited to the words that made it: an entry to its hits, a pair of groups to
    the words of both, a word stem to the word. With the constant they add up to the odds.
    """
    credit: dict[str, float] = {}
    low = seen.text.lower
    written: dict[str, list[str]] = {}
    for entry, hit in (*seen.hits, *seen.cancelled):
        word = f"”{low[hit.start : hit.end]}”"
        for name in (f"begrepp:{entry.id}", f"ord:{entry.id}/{hit.term}", *_groups(entry.id)):
            if word not in written.setdefault(name, []):
                written[name].append(word)
        for code in (*entry.instruments, *entry.themes):
            written.setdefault(f"kod:{code}", []).append(word)
    for word, names in words_with(low).items():
        for name in names:
            written.setdefault(name, []).append(f"”{word}”")
    for name, share in contributions(seen.features, weights):
        kind, _, rest = name.partition(":")
        words = written.get(name, [])
        if kind == "par":
            words = [w for one in rest.split("+") for w in written.get(f"grupp:{one}", [])]
        words = words or [_SURROUNDINGS.get(kind, "hur meningen är skriven")]
        for word in words:
            credit[word] = credit.get(word, 0.0) + share / len(words)
    return sorted(credit.items(), key=lambda item: -abs(item[1]))


@cache
def _groups(entry_id: str) -> tuple[str, ...]:
    return tuple(f"grupp:{name}" for name, members in GROUPS.items() if entry_id in members)


def for_and_against(seen: Seen, weights: Weights) -> str:
    """*Talar för: ”testbädd” +1,9. Talar emot: ”samråd” −0,6.* Empty where nothing weighs."""
    decided = [(word, share) for word, share in what_decided(seen, weights)]
    said = []
    for label, sign in (("Talar för", 1), ("Talar emot", -1)):
        words = [
            f"{word} {'+' if sign > 0 else '−'}{abs(share):.1f}".replace(".", ",")
            for word, share in decided
            if share * sign >= LEAST_SAID
        ][:QUOTES]
        if words:
            said.append(f" {label}: {', '.join(words)}.")
    return "".join(said)


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


def explain_rejection(spans: Sequence[Span], seen: Seen) -> str:
    """Why a passage is not relevant though words of the codebook may stand in it."""
    denied = _quoted([span for span in spans if span.role == "negation"])
    if denied:
        return f"Inte belägg: {denied} säger att det inte blir av."
    if not seen.opens and seen.cancelled:
        return explain_near_miss(seen.cancelled, seen.text.lower)
    words = _quoted([span for span in spans if span.role in ("concept", "novelty")])
    if not seen.opens:
        return IRRELEVANT.explanation
    words = words or "orden"
    return f"Inte belägg: {words} räcker inte för att säga att något nytt provas eller styrs fram."


def explain_near_miss(near: Sequence[tuple[Entry, Hit]], low: str) -> str:
    """Why the words that opened the question mean something else here."""
    entry, hit = max(near, key=lambda pair: pair[1].end - pair[1].start)
    return f"Inte belägg: ”{low[hit.start : hit.end]}” ({entry.label.lower()})."


def _quoted(spans: Sequence[Span]) -> str:
    words = list(dict.fromkeys(span.text for span in spans))
    return ", ".join(f"”{word}”" for word in words[:QUOTES])
