"""One passage that the codebook has opened → its codes, spans and explanation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.model.codes import INSTRUMENT, THEME
from pipelines.reading.codebook import Codebook, Entry
from pipelines.reading.coding import explain, scorer
from pipelines.reading.coding.commitment import (
    AIM,
    MENTION,
    NONE,
    POSSIBILITY,
    SHALL,
    SHOULD,
    Commitment,
    decide,
)
from pipelines.reading.coding.context import GENERAL_THEME, THEME_BEFORE
from pipelines.reading.coding.features import Seen
from pipelines.reading.coding.figures import figures_in
from pipelines.reading.coding.result import Coding, Figure, Role, Span
from pipelines.reading.coding.words import words_with
from pipelines.reading.matching import Hit

MOST_THEMES_BEFORE = 2
SAID_WHY = 0.1
"""Confidence from which a passage that is not relevant is told for and against."""
TECHNICAL = frozenset({"funktionskrav", "digital_data"})
LEGAL_KINDS = frozenset({"dp", "planbeskrivning", "plankarta"})
AGREEMENT = ("avtal", "parterna", "förbinder", "markanvisning", "frivillig", "köpe")
ROLES: dict[str, Role] = {
    "concept": "concept",
    "support": "concept",
    "novelty": "novelty",
    "theme": "theme",
    "condition": "condition",
    "negation": "negation",
    "actor": "actor",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: document kind, voice, and the level its lead-in or table gives.

    ``around`` gives the features of what stands around it; only a relevant passage asks for them.
    ``told``: the words of a passage are marked also where it is far from relevant.
    """

    doc_kind: str
    voice: str = "plan"
    inherited: str = ""
    around: Callable[[], Mapping[str, float]] = dict
    told: bool = True


def judge(
    text: str, seen: Seen, odds: float, threshold: float, codebook: Codebook, place: Place
) -> Coding:
    """The coding of one passage from what was seen in it and its log-odds of being relevant."""
    confidence = scorer.probability(odds)
    negated = "nekas" in seen.ids
    relevant = confidence >= threshold and not negated
    if not relevant:
        return _rejected(text, seen, confidence, negated, place, codebook)
    figures = figures_in(text)
    code_odds = scorer.all_log_odds({**seen.features, **place.around()}, codebook.code_weights)
    instruments = _codes(code_odds, "instrument", INSTRUMENT.values)
    themes = _themes(seen, code_odds)
    decision = _commitment(seen, codebook, place)
    spans = _spans(text, seen, decision, figures, frozenset((*instruments, *themes)))
    return Coding(
        relevant=True,
        confidence=round(confidence, 4),
        instruments=instruments,
        themes=themes,
        commitment=decision.level,
        negated=False,
        condition=next((s.text for s in spans if s.role == "condition"), ""),
        actor=next((s.text for s in spans if s.role == "actor"), ""),
        voice=place.voice,
        legal_flag=lacks_legal_support(
            seen.text.lower, place.doc_kind, decision.level, instruments
        ),
        figures=tuple(figure for _, _, figure in figures),
        spans=spans,
        explanation=explain.explain(decision, instruments, themes, spans, codebook)
        + explain.for_and_against(seen, codebook.relevance),
    )


def _rejected(
    text: str, seen: Seen, confidence: float, negated: bool, place: Place, codebook: Codebook
) -> Coding:
    near = negated or confidence >= SAID_WHY
    spans = _spans(text, seen, None, []) if near or place.told else ()
    why = explain.explain_rejection(spans, seen)
    if near and seen.opens and not negated:
        why += explain.for_and_against(seen, codebook.relevance)
    return Coding(
        relevant=False,
        confidence=round(confidence, 4),
        instruments=(),
        themes=(),
        commitment=NONE,
        negated=negated,
        condition="",
        actor="",
        voice=place.voice,
        legal_flag=False,
        figures=(),
        spans=spans,
        explanation=why,
    )


def _codes(odds: Mapping[str, float], family: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes whose own scorer says yes; the threshold is part of the weights."""
    return tuple(code for code in codes if odds.get(f"{family}:{code}", -1.0) >= 0.0)


def _themes(seen: Seen, odds: Mapping[str, float]) -> tuple[str, ...]:
    """Themes; *innovation i allmänhet* only where no other theme is named.

    A sentence that leans on the one before and names no theme has that sentence's.
    """
    themes = _codes(odds, "theme", THEME.values)
    specific = tuple(code for code in themes if code != GENERAL_THEME)
    before = tuple(
        code
        for code in THEME.values
        if f"{THEME_BEFORE}{code}" in seen.features and code != GENERAL_THEME
    )
    return specific or before[:MOST_THEMES_BEFORE] or (GENERAL_THEME,)


def anchor(seen: Seen, codebook: Codebook) -> tuple[int, int]:
    """The words that speak most for relevance: what the deciding verb must govern."""
    weights = codebook.weights.get("relevant", {})

    def worth(pair: tuple[Entry, Hit]) -> float:
        entry, hit = pair
        return weights.get(f"begrepp:{entry.id}", 0.0) + weights.get(
            f"ord:{entry.id}/{hit.term}", 0.0
        )

    opening = [pair for pair in seen.hits if pair[0].opens]
    if not opening:
        return _telling_word(seen.text.lower, weights)
    best = max(opening, key=worth)[1]
    return best.start, best.end


def _telling_word(low: str, weights: Mapping[str, float]) -> tuple[int, int]:
    """Where the word stands that speaks most for relevance; the whole passage where none does."""
    worth = {
        word: sum(weights.get(name, 0.0) for name in names)
        for word, names in words_with(low).items()
    }
    word = max(worth, key=lambda one: worth[one], default="")
    if worth.get(word, 0.0) <= 0.0:
        return 0, len(low)
    start = low.index(word)
    return start, start + len(word)


def _commitment(seen: Seen, codebook: Codebook, place: Place) -> Commitment:
    condition = next((hit for entry, hit in seen.hits if entry.kind == "condition"), None)
    decision = decide(seen.text.lower, seen.hits, anchor(seen, codebook), place.doc_kind, condition)
    weak = decision.deciding is None or decision.entry == POSSIBILITY
    if place.inherited and weak and decision.level in (MENTION, AIM):
        level = place.inherited
        if level == SHALL and condition is not None:
            level = SHOULD
        return Commitment(level, None, "", "inledningen till listan eller tabellen styr", condition)
    return decision


def _spans(
    text: str,
    seen: Seen,
    decision: Commitment | None,
    figures: list[tuple[int, int, Figure]],
    given: frozenset[str] = frozenset(),
) -> tuple[Span, ...]:
    """Every word that counted, in the passage's own offsets, each role without nested ones.

    ``given`` are the codes the passage got: only the words that speak for them are marked as
    instrument or theme.
    """
    found: list[Span] = []

    def add(start: int, end: int, role: Role, entry: str) -> None:
        begin, stop = seen.text.back(start), seen.text.back(end - 1) + 1
        found.append(Span(begin, stop, role, text[begin:stop], entry))

    for entry, hit in seen.hits:
        role = ROLES.get(entry.kind)
        if role is not None and role != "theme":
            add(hit.start, hit.end, role, entry.id)
        if not given.isdisjoint(entry.instruments):
            add(hit.start, hit.end, "instrument", entry.id)
        if not given.isdisjoint(entry.themes):
            add(hit.start, hit.end, "theme", entry.id)
    if decision is not None and decision.deciding is not None:
        add(decision.deciding.start, decision.deciding.end, "deciding", decision.entry)
    found += [Span(start, end, "figure", text[start:end], "") for start, end, _ in figures]
    return _outermost(found)


def _outermost(spans: list[Span]) -> tuple[Span, ...]:
    """Without the spans that lie inside another of the same role."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.role, s.start, -s.end)):
        last = kept[-1] if kept else None
        if last is not None and last.role == span.role and span.end <= last.end:
            continue
        kept.append(span)
    return tuple(sorted(kept, key=lambda s: (s.start, s.end, s.role)))


def lacks_legal_support(low: str, doc_kind: str, level: str, instruments: tuple[str, ...]) -> bool:
    """A *ska* in a detailed plan about a building's technical properties (PBL 8 kap. 4 a §)."""
    return (
        doc_kind in LEGAL_KINDS
        and level == SHALL
        and not TECHNICAL.isdisjoint(instruments)
        and not any(word in low for word in AGREEMENT)
    )
