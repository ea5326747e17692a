"""The example region's documents against the answer key of those who wrote them.

The weights have learned from the key too, so each municipality's documents are coded with weights
fitted without its passages; their ids begin with the municipality's code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.example.source import read_source
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.codebook import Codebook
from pipelines.reading.coding.code import code_passages
from pipelines.reading.coding.training import LabelledPassage, features_of, fit_weights
from pipelines.reading.evaluation import agreement
from pipelines.reading.evaluation.agreement import Labels, Measure
from pipelines.reading.evaluation.documents import Found, Reader, compare
from pipelines.reading.passage import Passage

KEY_FOLDER = "facit"


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """A document as it was read, with the relevant passages that its writers name."""

    id: str
    municipality: str
    kind: str
    passages: tuple[Passage, ...]
    key: tuple[dict[str, Any], ...]


def read_key_documents(
    texts: Path, inbox: Path, key_folder: Path, read: Reader
) -> list[KeyDocument]:
    """Read the documents in ``inbox`` that are made from ``texts``, with their part of the key.

    A document that no text can be read from (a scan, without OCR) is left out: it says nothing of
    the codebook.
    """
    rows = [
        json.loads(line)
        for path in sorted(key_folder.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    found = []
    for text in sorted(texts.glob("*/*.md")):
        source = read_source(text)
        passages = tuple(read(inbox / source.place).passages)
        key = tuple({**row, "page": 0} for row in rows if row["id"] == source.id)
        if passages:
            found.append(KeyDocument(source.id, source.kommunkod, source.slag, passages, key))
    return found


def pair_with_key(
    documents: Sequence[KeyDocument], own: Sequence[LabelledPassage], codebook: Codebook
) -> list[Found]:
    """Code each document with weights that have not seen its municipality; pair with the key."""
    features = features_of(own, codebook)
    pairs: list[Found] = []
    for municipality in sorted({document.municipality for document in documents}):
        kept = [n for n, p in enumerate(own) if not p.id.startswith(f"{municipality}-")]
        weights = fit_weights([own[n] for n in kept], [features[n] for n in kept])
        book = codebook.with_weights(weights)
        for document in documents:
            if document.municipality == municipality:
                codings = code_passages(document.passages, doc_kind=document.kind, codebook=book)
                pairs += compare(document.id, document.key, document.passages, codings)
    return pairs


def pairs_measured(pairs: Sequence[Found], draws: int) -> dict[str, Measure]:
    """Recall and precision over all pairs; level, themes and instruments where both have one."""
    there = np.array([int(pair.gold is not None) for pair in pairs], dtype=np.int64)
    given = np.array([int(pair.said is not None) for pair in pairs], dtype=np.int64)
    both = [(p.gold, p.said) for p in pairs if p.gold is not None and p.said is not None]
    levels = COMMITMENT.position
    gold_level = np.array([levels(gold["commitment"]) for gold, _ in both], dtype=np.int64)
    said_level = np.array([levels(said.commitment) for _, said in both], dtype=np.int64)

    def micro(family: str, values: Sequence[str]) -> Measure:
        gold = _table([gold[family] for gold, _ in both], values)
        said = _table([getattr(said, family) for _, said in both], values)
        return agreement.measured(agreement.f1, gold, said, draws)

    def exact(gold: Labels, said: Labels) -> float:
        return float((gold == said).mean())

    def share(number: int) -> Measure:
        return agreement.measured(
            lambda g, s: agreement.precision_recall_f1(g, s)[number], there, given, draws
        )

    return {
        "recall": share(1),
        "precision": share(0),
        "commitment_exact": agreement.measured(exact, gold_level, said_level, draws),
        "themes": micro("themes", THEME.values),
        "instruments": micro("instruments", INSTRUMENT.values),
    }


def _table(codes: Sequence[Sequence[str]], values: Sequence[str]) -> Labels:
    rows = [[int(value in given) for value in values] for given in codes]
    return np.array(rows, dtype=np.int64).reshape(len(codes), len(values))
