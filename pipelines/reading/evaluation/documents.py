"""``planinnovation evaluate --documents``: whole documents, read and coded, against people.

The directory holds the documents and ``gold.jsonl``: every relevant passage with file, page and
codes. A passage counts as found when its text is the same but for small differences of cleaning;
what is found and not in the gold is a false alarm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.codebook import Codebook, load_codebook
from pipelines.reading.coding.code import code_passages
from pipelines.reading.coding.result import Coding
from pipelines.reading.evaluation import agreement
from pipelines.reading.evaluation.agreement import Measure
from pipelines.reading.passage import ExtractedDocument, Passage

GOLD = "gold.jsonl"
SAME = 0.80
"""Share of equal characters from which two texts are the same passage."""
CONTAINED = 0.5
"""A passage inside another is the same if it is at least this share of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage in gold, found, or both; ``gold`` or ``said`` is None where it is missing."""

    file: str
    text: str
    page_gold: int | None
    page_said: int | None
    gold: dict[str, Any] | None
    said: Coding | None


@dataclass(frozen=True, slots=True)
class DocumentAgreement:
    """Counts and shares of one document, or of all."""

    file: str
    gold: int
    found: int
    right: int
    page_right: int
    precision: float
    recall: float
    page_share: float


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """Agreement over all documents and per document, codes of what both have, and the rest."""

    codebook: str
    overall: DocumentAgreement
    recall: Measure
    precision: Measure
    documents: tuple[DocumentAgreement, ...]
    commitment_kappa: float
    commitment_exact: float
    themes: float
    instruments: float
    missed: tuple[Found, ...]
    false_alarms: tuple[Found, ...]


Reader = Callable[[Path], ExtractedDocument]


def evaluate_documents(
    directory: Path,
    codebook: Codebook | None = None,
    *,
    read: Reader | None = None,
    draws: int = agreement.DRAWS,
) -> DocumentReport:
    """Read, code and compare every file that ``gold.jsonl`` names (paths relative to it)."""
    reader = read or _read
    book = codebook or load_codebook()
    lines = (directory / GOLD).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    compared: list[Found] = []
    for file in dict.fromkeys(row["file"] for row in rows):
        mine = [row for row in rows if row["file"] == file and row_relevant(row)]
        kind = next((r["doc_type"] for r in rows if r["file"] == file and "doc_type" in r), "other")
        passages = reader(directory / file).passages
        codings = code_passages(passages, doc_kind=kind, codebook=book)
        compared.extend(compare(file, mine, passages, codings))
    return _report(compared, book.hash, draws)


def _read(path: Path) -> ExtractedDocument:
    from pipelines.reading.reader import read_document

    return read_document(path)


def row_relevant(row: dict[str, Any]) -> bool:
    """A gold row is relevant unless it says that it is not."""
    return bool(row.get("label_relevant", row.get("relevant", True)))


def compare(
    file: str,
    gold: Sequence[dict[str, Any]],
    passages: Sequence[Passage],
    codings: Sequence[Coding],
) -> list[Found]:
    """Pair what was found in one document with what people found, each at most once."""
    left = list(gold)
    pairs: list[Found] = []
    for passage, coding in zip(passages, codings, strict=True):
        if not coding.relevant:
            continue
        row = next((r for r in left if same_passage(r["text"], passage.text)), None)
        if row is not None:
            left.remove(row)
        page = row["page"] if row else None
        pairs.append(Found(file, passage.text, page, passage.page, row, coding))
    return pairs + [Found(file, r["text"], r["page"], None, r, None) for r in left]


def same_passage(one: str, other: str) -> bool:
    """The same words, whatever hyphens, spaces and case the cleaning left."""
    a, b = (re.sub(r"\W+", "", text.lower()) for text in (one, other))
    if not a or not b:
        return False
    if a in b or b in a:
        return min(len(a), len(b)) / max(len(a), len(b)) >= CONTAINED
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME


def _agreement(file: str, rows: Sequence[Found]) -> DocumentAgreement:
    gold = [r for r in rows if r.gold is not None]
    said = [r for r in rows if r.said is not None]
    right = [r for r in rows if r.gold is not None and r.said is not None]
    page = sum(r.page_gold == r.page_said for r in right)
    nan = float("nan")
    return DocumentAgreement(
        file=file,
        gold=len(gold),
        found=len(said),
        right=len(right),
        page_right=page,
        precision=len(right) / len(said) if said else nan,
        recall=len(right) / len(gold) if gold else nan,
        page_share=page / len(right) if right else nan,
    )


def _report(rows: list[Found], codebook_hash: str, draws: int) -> DocumentReport:
    gold = np.array([int(r.gold is not None) for r in rows], dtype=np.int64)
    said = np.array([int(r.said is not None) for r in rows], dtype=np.int64)
    right = [(r.gold, r.said) for r in rows if r.gold is not None and r.said is not None]
    levels = np.array(
        [
            [COMMITMENT.position(g["commitment"]), COMMITMENT.position(s.commitment)]
            for g, s in right
        ],
        dtype=np.int64,
    ).reshape(len(right), 2)
    files = dict.fromkeys(r.file for r in rows)
    return DocumentReport(
        codebook=codebook_hash,
        overall=_agreement("alla", rows),
        recall=agreement.measured(
            lambda g, s: agreement.precision_recall_f1(g, s)[1], gold, said, draws
        ),
        precision=agreement.measured(
            lambda g, s: agreement.precision_recall_f1(g, s)[0], gold, said, draws
        ),
        documents=tuple(_agreement(f, [r for r in rows if r.file == f]) for f in files),
        commitment_kappa=agreement.weighted_kappa(levels[:, 0], levels[:, 1]),
        commitment_exact=float((levels[:, 0] == levels[:, 1]).mean()) if right else float("nan"),
        themes=_micro(right, "themes", THEME.values),
        instruments=_micro(right, "instruments", INSTRUMENT.values),
        missed=tuple(r for r in rows if r.said is None),
        false_alarms=tuple(r for r in rows if r.gold is None),
    )


def _micro(
    right: Sequence[tuple[dict[str, Any], Coding]], family: str, values: Sequence[str]
) -> float:
    there = [[int(v in g[family]) for v in values] for g, _ in right]
    given = [[int(v in getattr(s, family)) for v in values] for _, s in right]
    return agreement.f1(np.array(there, dtype=np.int64), np.array(given, dtype=np.int64))
