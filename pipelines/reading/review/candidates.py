"""Every passage that could be coded, each in the group that says what coding it would teach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from pipelines.reading.codebook import Codebook
from pipelines.reading.coding.code import code_passages
from pipelines.reading.coding.result import Coding
from pipelines.reading.passage import ExtractedDocument

NEAR = 0.2
"""How far from the threshold, in probability, the machine still counts as unsure."""

FEWEST_WORDS = 4
"""Shorter pieces (cells, labels, stubs of lists) say nothing that a coder can judge."""


@dataclass(frozen=True, slots=True)
class DocumentToSample:
    """A document that was read, and what the sample is spread over."""

    document_id: str
    municipality_code: str
    kind: str
    document: ExtractedDocument


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A passage that can be drawn; candidates sort by municipality, document kind and place."""

    municipality_code: str
    kind: str
    document_id: str
    ordinal: int
    stratum: str


def candidates(
    documents: Iterable[DocumentToSample], codebook: Codebook, weak: Set[str] = frozenset()
) -> Iterator[Candidate]:
    """Yield every sentence, list item and table row with its sampling stratum.

    ``weak`` are codes (instrument, theme, commitment) on which people and machine have disagreed.
    A text that stands several times in a document is a candidate once.
    """
    for item in documents:
        passages = item.document.passages
        codings = code_passages(passages, doc_kind=item.kind, codebook=codebook)
        seen: set[str] = set()
        for passage, coding in zip(passages, codings, strict=True):
            is_long = len(passage.text.split()) >= FEWEST_WORDS
            if passage.form == "heading" or not is_long or passage.text in seen:
                continue
            seen.add(passage.text)
            yield Candidate(
                item.municipality_code,
                item.kind,
                item.document_id,
                passage.ordinal,
                stratum_of(coding, codebook.settings.document_threshold, weak),
            )


def stratum_of(coding: Coding, threshold: float, weak: Set[str]) -> str:
    """Return the sampling stratum of a passage; the first that fits, so that none has two."""
    if abs(coding.confidence - threshold) <= NEAR:
        return "near_threshold"
    if coding.relevant:
        codes = {*coding.instruments, *coding.themes, coding.commitment}
        return "other_hit" if codes.isdisjoint(weak) else "weak_class"
    return "considered" if coding.confidence > 0 else "no_hit"
