"""Does it hold for what it has not seen? Whole document kinds and whole themes left out in turn.

For each kind (or theme) the weights are fitted without a single passage of it, ours or theirs, and
then tried on the gold passages of that kind (or theme).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.model.codes import THEME
from pipelines.reading.codebook import DIRECTORY, Codebook, load_codebook
from pipelines.reading.coding.training import (
    LabelledPassage,
    features_of,
    fit_weights,
    own_passages,
    read_gold,
)
from pipelines.reading.evaluation.agreement import precision_recall_f1
from pipelines.reading.evaluation.passages import code_labelled


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Relevance in a group that no weight was fitted on.

    For a theme every passage is relevant, so only ``recall`` says anything there.
    """

    group: str
    passages: int
    relevant: int
    precision: float
    recall: float
    f1: float


def leave_out_document_kinds(
    gold: Path, codebook: Codebook | None = None, *, directory: Path = DIRECTORY
) -> tuple[LeftOut, ...]:
    """Each document kind of ``gold`` in turn."""
    passages = read_gold([gold])
    kinds = sorted({p.doc_type for p in passages})
    return _leave_out(passages, kinds, _of_kind, codebook or load_codebook(directory), directory)


def leave_out_themes(
    gold: Path, codebook: Codebook | None = None, *, directory: Path = DIRECTORY
) -> tuple[LeftOut, ...]:
    """Each theme in turn: every passage that carries it, alone or with others."""
    passages = read_gold([gold])
    return _leave_out(
        passages, THEME.values, _with_theme, codebook or load_codebook(directory), directory
    )


def _of_kind(passage: LabelledPassage, kind: str) -> bool:
    return passage.doc_type == kind


def _with_theme(passage: LabelledPassage, theme: str) -> bool:
    return theme in passage.themes


def _leave_out(
    gold: Sequence[LabelledPassage],
    groups: Sequence[str],
    belongs: Callable[[LabelledPassage, str], bool],
    codebook: Codebook,
    directory: Path,
) -> tuple[LeftOut, ...]:
    everything = [*own_passages(directory), *gold]
    features = features_of(everything, codebook)
    found = []
    for name in groups:
        kept = [n for n, passage in enumerate(everything) if not belongs(passage, name)]
        weights = fit_weights([everything[n] for n in kept], [features[n] for n in kept])
        tested = [passage for passage in gold if belongs(passage, name)]
        if tested:
            found.append(_measure(name, tested, codebook.with_weights(weights)))
    return tuple(found)


def _measure(name: str, tested: Sequence[LabelledPassage], codebook: Codebook) -> LeftOut:
    there = np.array([int(p.relevant) for p in tested], dtype=np.int64)
    codings = code_labelled(tested, codebook)
    given = np.array([int(coding.relevant) for coding in codings], dtype=np.int64)
    return LeftOut(name, len(tested), int(there.sum()), *precision_recall_f1(there, given))
