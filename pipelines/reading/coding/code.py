"""Passages → codings, for whole documents and for loose passages.

In a document a passage in which no word of the codebook opens the question costs one look in a
shared buffer, unless it stands beside one that tells of something new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from pipelines.reading.codebook import Codebook
from pipelines.reading.coding import context, scorer, voice
from pipelines.reading.coding.explain import explain_near_miss
from pipelines.reading.coding.features import CONTENTS_LINE, Seen, codes_in, look_up_all, see
from pipelines.reading.coding.judge import Place, judge
from pipelines.reading.coding.result import IRRELEVANT, Coding
from pipelines.reading.coding.words import words_around
from pipelines.reading.matching import lower
from pipelines.reading.passage import Passage

GIVES_POINTS = "ger poäng."
"""What the form of a table of criteria says without words."""
BEHIND, AHEAD = 1, 3
"""How many passages before and after a telling one are looked at without an opening word."""
OTHERS_WORDS = 2.0
"""Log-odds taken off where somebody else speaks: what others think or do is mostly background."""


def code_passages(
    passages: Sequence[Passage], *, doc_kind: str, codebook: Codebook, explained: bool = False
) -> list[Coding]:
    """Code the passages of one document, in order.

    ``doc_kind`` is a document kind of the registers (``op``, ``dp``, ``samradsredogorelse`` …);
    an unknown one is coded as a plan. Voice follows headings; what has been said word for word
    earlier in the document is ``restated``, so that it counts once. Passages that are far from
    relevant are ``explained`` word by word only where that is asked for.
    """
    codebook.looks.clear()
    codebook.looks_at_codes.clear()
    spoken = voice.voices(passages, doc_kind)
    silent = {speaking: replace(IRRELEVANT, voice=speaking) for speaking in set(spoken)}
    codings = [silent[speaking] for speaking in spoken]
    weights = codebook.relevance
    texts = [passage.text for passage in passages]
    opened = frozenset(_opened(passages, codebook))
    look_up_all(
        [t for n in opened for t in (texts[n], passages[n].before if n - 1 in opened else "")],
        codebook,
    )
    seen = {
        number: _see(passages[number], codebook, doc_kind, beside=number - 1 in opened)
        for number in sorted(opened)
    }
    odds = {
        number: scorer.log_odds(look.features, weights)
        for number, look in seen.items()
        if stays(look)
    }
    shift = scorer.document_shift(list(odds.values()), len(passages), codebook.settings)
    beside = _beside(passages, [n for n, value in odds.items() if value + shift >= 0.0])
    least = scorer.logit(codebook.settings.document_threshold) - shift
    telling = [n for n, value in odds.items() if value >= least]
    near = {other for n in telling for other in context.around(n, len(texts))}
    look_up_all([texts[n] for n in beside], codebook)
    codes_in([texts[n] for n in sorted(near)], codebook)
    for number in beside:
        if number not in seen:
            seen[number] = _see(passages[number], codebook, doc_kind, beside=number - 1 in opened)
            odds[number] = scorer.log_odds(seen[number].features, weights)
    for number, look in seen.items():
        passage = passages[number]
        if number not in odds or not stays(look):
            codings[number] = _closed(look, spoken[number])
            continue
        speaking = voice.of_sentence(look.text.lower, spoken[number])
        inherited = _inherited(passage, codebook, doc_kind)
        around = partial(_around, texts, number, passage.before, passage.section, codebook)
        place = Place(doc_kind, speaking, inherited, around, explained)
        codings[number] = judge(
            passage.text,
            look,
            odds[number] + shift - (OTHERS_WORDS if speaking == "other" else 0.0),
            codebook.settings.document_threshold,
            codebook,
            place,
        )
    said = context.repeats(texts, [c.relevant for c in codings])
    return [
        replace(coding, voice="restated") if again and coding.voice == "plan" else coding
        for coding, again in zip(codings, said, strict=True)
    ]


def _around(
    texts: Sequence[str], number: int, before: str, section: str, codebook: Codebook
) -> dict[str, float]:
    """What tells the themes and instruments of a passage beside its own words."""
    return {**words_around(before, section), **context.subject(texts, number, codebook)}


def _opened(passages: Sequence[Passage], codebook: Codebook) -> list[int]:
    """The passages to look at: those with an opening word, or leaning on one that has it."""
    texts = [lower(passage.text) for passage in passages]
    starts, place = [], 0
    for text in texts:
        starts.append(place)
        place += len(text) + 1
    holding = [
        number
        for number in codebook.opening.holding("\n".join(texts), starts)
        if passages[number].form != "heading"
    ]
    leaning = [
        number + 1
        for number in holding
        if number + 1 < len(texts)
        and passages[number + 1].before == passages[number].text
        and context.points_back(texts[number + 1])
        and passages[number + 1].form != "heading"
    ]
    return sorted({*holding, *leaning})


def _beside(passages: Sequence[Passage], telling: Sequence[int]) -> list[int]:
    """What stands beside a telling passage under the same heading: a trial's story goes on."""
    found = set()
    for number in telling:
        for other in range(max(0, number - BEHIND), min(len(passages), number + AHEAD + 1)):
            if (
                passages[other].section == passages[number].section
                and passages[other].form != "heading"
            ):
                found.add(other)
    return sorted(found)


def _see(passage: Passage, codebook: Codebook, doc_kind: str, *, beside: bool) -> Seen:
    """``beside``: the passage before holds an opening word, so that it may say something here."""
    before = passage.before if beside or context.points_back(lower(passage.text)) else ""
    around = context.context_features(passage.text, before, passage.section, codebook)
    look = see(passage.text, codebook, doc_kind, around)
    if _is_criterion(passage):
        spoken_out = see(f"{passage.text} {GIVES_POINTS}", codebook, doc_kind, around)
        return replace(look, features=spoken_out.features)
    return look


def _is_criterion(passage: Passage) -> bool:
    """A row of a table of criteria, also one that its layout has turned into loose lines."""
    loose = passage.form != "heading" and not passage.text.rstrip().endswith((".", ":", "?", "!"))
    return (passage.form == "table_row" or loose) and context.is_criterion(
        passage.text, passage.header, passage.section
    )


def stays(look: Seen) -> bool:
    """It can be a statement of the plan: not a line of the contents."""
    return CONTENTS_LINE not in look.features


def _inherited(passage: Passage, codebook: Codebook, doc_kind: str) -> str:
    if not passage.lead_in and not _is_criterion(passage):
        return ""
    return context.inherited_level(
        passage.text, passage.lead_in, passage.header, passage.section, codebook, doc_kind
    )


def stretches(
    texts: Sequence[str], before: Sequence[str], documents: Sequence[str]
) -> list[tuple[int, int]]:
    """Where the stretches of loose passages begin and end, in order."""
    starts = [
        number
        for number in range(len(texts))
        if number == 0
        or not (
            documents[number] == documents[number - 1] != ""
            or before[number] == texts[number - 1] != ""
        )
    ]
    return list(zip(starts, [*starts[1:], len(texts)], strict=True)) if starts else []


def surroundings(
    texts: Sequence[str],
    before: Sequence[str],
    sections: Sequence[str],
    documents: Sequence[str],
    codebook: Codebook,
) -> list[dict[str, float]]:
    """The features of what stands around each loose passage, as `code_texts` uses them."""
    return [
        _around(texts[begin:end], number - begin, before[number], sections[number], codebook)
        for begin, end in stretches(texts, before, documents)
        for number in range(begin, end)
    ]


def lead_level(before: str, codebook: Codebook, doc_kind: str) -> str:
    """The commitment that the line before a list item gives it: *Byggherren ska:*."""
    if not before.rstrip().endswith(":"):
        return ""
    return context.inherited_level("", before, "", "", codebook, doc_kind)


def code_texts(
    texts: Sequence[str],
    doc_types: Sequence[str],
    codebook: Codebook,
    before: Sequence[str] | None = None,
    sections: Sequence[str] | None = None,
    documents: Sequence[str] | None = None,
) -> list[Coding]:
    """Code loose passages, each of a document of its own kind, as labelled passages are kept.

    The base rate is that of the labelled passages; ``before`` and ``sections`` are the sentence
    before and the heading where they are known. Passages in a row with the same name in
    ``documents``, or each with the one before it as ``before``, are a stretch of one document,
    whose subject speaks for their themes.
    """
    earlier = before or [""] * len(texts)
    headings = sections or [""] * len(texts)
    look_up_all((*texts, *earlier, *headings), codebook)
    looks = [
        look_at(text, kind, codebook, previous, section)
        for text, kind, previous, section in zip(texts, doc_types, earlier, headings, strict=True)
    ]
    odds = [scorer.log_odds(look.features, codebook.relevance) for look in looks]
    codings: list[Coding] = []
    for begin, end in stretches(texts, earlier, documents or [""] * len(texts)):
        shifts = scorer.stretch_shifts(odds[begin:end], codebook.settings)
        for number in range(begin, end):
            look, previous = looks[number], earlier[number]
            if not stays(look):
                codings.append(_closed(look, "plan"))
                continue
            place = Place(
                doc_types[number],
                voice.of_sentence(look.text.lower, "plan"),
                lead_level(previous, codebook, doc_types[number]),
                partial(
                    _around,
                    texts[begin:end],
                    number - begin,
                    previous,
                    headings[number],
                    codebook,
                ),
            )
            moved = odds[number] + float(shifts[number - begin])
            codings.append(
                judge(texts[number], look, moved, codebook.settings.threshold, codebook, place)
            )
    return codings


def _closed(look: Seen, speaking: str) -> Coding:
    """The coding of a passage whose opening words were all near misses."""
    reason = IRRELEVANT.explanation
    if look.cancelled:
        reason = explain_near_miss(look.cancelled, look.text.lower)
    return replace(IRRELEVANT, voice=speaking, explanation=reason)


def look_at(
    text: str, doc_kind: str, codebook: Codebook, before: str = "", section: str = ""
) -> Seen:
    """What the codebook sees in a loose passage."""
    return see(text, codebook, doc_kind, context.context_features(text, before, section, codebook))
