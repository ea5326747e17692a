"""``planinnovation evaluate``: the reader against labelled passages.

A gold file that the weights were fitted on would flatter the reader. It is recognised by its hash
in the weights file and then cross-validated: each passage is coded with weights fitted without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.codebook import DIRECTORY, Codebook, load_codebook
from pipelines.reading.coding.code import code_texts
from pipelines.reading.coding.result import Coding
from pipelines.reading.coding.training import (
    LabelledPassage,
    features_of,
    fit_weights,
    own_passages,
    read_gold,
    trained_on,
)
from pipelines.reading.evaluation import agreement
from pipelines.reading.evaluation.agreement import ClassAgreement, Labels, Measure
from pipelines.reading.evaluation.errors import ReadingError, errors_of

FOLDS = 8


@dataclass(frozen=True, slots=True)
class PassageAgreement:
    """Agreement over a group of passages.

    Relevance, commitment and their alphas are over all of the group; ``themes`` and
    ``instruments`` (micro-F1) over the passages that both call relevant.
    """

    group: str
    passages: int
    relevant: int
    precision: Measure
    recall: Measure
    f1: Measure
    kappa: Measure
    alpha: float
    commitment_kappa: Measure
    commitment_alpha: float
    commitment_exact: float
    themes: Measure
    instruments: Measure


@dataclass(frozen=True, slots=True)
class PassageReport:
    """Agreement over all, by source (first letter of the id) and by document kind; per class."""

    gold: str
    codebook: str
    cross_validated: bool
    overall: PassageAgreement
    by_source: tuple[PassageAgreement, ...]
    by_document: tuple[PassageAgreement, ...]
    commitment: tuple[ClassAgreement, ...]
    themes: tuple[ClassAgreement, ...]
    instruments: tuple[ClassAgreement, ...]
    errors: tuple[ReadingError, ...]


def evaluate_passages(
    gold: Path,
    codebook: Codebook | None = None,
    *,
    directory: Path = DIRECTORY,
    cross_validate: bool | None = None,
    draws: int = agreement.DRAWS,
) -> PassageReport:
    """Code the passages of ``gold`` and compare.

    ``cross_validate`` None means: if the weights were fitted on this very file.
    """
    book = codebook or load_codebook(directory)
    passages = read_gold([gold])
    folded = trained_on(directory, gold) if cross_validate is None else cross_validate
    said = (
        cross_validated_codings(passages, own_passages(directory), book)
        if folded
        else code_labelled(passages, book)
    )
    return report_of(passages, said, gold.name, book.hash, cross_validated=folded, draws=draws)


def code_labelled(passages: Sequence[LabelledPassage], codebook: Codebook) -> list[Coding]:
    """Code labelled passages as loose passages, with the sentence before and the heading."""
    return code_texts(
        [p.text for p in passages],
        [p.doc_type for p in passages],
        codebook,
        [p.before for p in passages],
        [p.section for p in passages],
        [p.source for p in passages],
    )


def cross_validated_codings(
    passages: Sequence[LabelledPassage],
    own: Sequence[LabelledPassage],
    codebook: Codebook,
    folds: Sequence[int] | None = None,
) -> list[Coding]:
    """Code each fold with weights fitted on our own passages and the other folds.

    ``folds`` numbers the fold of each passage; default eight, dealt by the hash of the text so
    that equal passages stay together and the order of the file does not matter.
    """
    fold_of = list(folds) if folds is not None else [_fold(p.text) for p in passages]
    own = [p for p in own if p.text not in {q.text for q in passages}]
    features = features_of([*own, *passages], codebook)
    ours, theirs = features[: len(own)], features[len(own) :]
    said: dict[int, Coding] = {}
    for fold in sorted(set(fold_of)):
        kept = [n for n in range(len(passages)) if fold_of[n] != fold]
        weights = fit_weights(
            [*own, *(passages[n] for n in kept)], [*ours, *(theirs[n] for n in kept)]
        )
        tested = [n for n in range(len(passages)) if fold_of[n] == fold]
        codings = code_labelled([passages[n] for n in tested], codebook.with_weights(weights))
        said.update(zip(tested, codings, strict=True))
    return [said[n] for n in range(len(passages))]


def _fold(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % FOLDS


def report_of(
    passages: Sequence[LabelledPassage],
    said: Sequence[Coding],
    name: str,
    codebook_hash: str,
    *,
    cross_validated: bool,
    draws: int = agreement.DRAWS,
) -> PassageReport:
    """Every measure of the comparison."""
    group = partial(_group, passages, said, draws=draws)
    everything = list(range(len(passages)))
    sources = sorted({p.id[:1] for p in passages})
    documents = sorted({p.doc_type for p in passages})
    both = [n for n in everything if passages[n].relevant and said[n].relevant]
    levels = COMMITMENT.values
    return PassageReport(
        gold=name,
        codebook=codebook_hash,
        cross_validated=cross_validated,
        overall=group("alla", everything),
        by_source=tuple(
            group(s, [n for n in everything if passages[n].id.startswith(s)]) for s in sources
        ),
        by_document=tuple(
            group(d, [n for n in everything if passages[n].doc_type == d]) for d in documents
        ),
        commitment=agreement.per_class(
            levels,
            _table([(p.commitment,) for p in passages], levels),
            _table([(c.commitment,) for c in said], levels),
        ),
        themes=_classes(passages, said, both, "themes", THEME.values),
        instruments=_classes(passages, said, both, "instruments", INSTRUMENT.values),
        errors=errors_of(passages, said),
    )


def _table(codes: Sequence[Sequence[str]], values: Sequence[str]) -> Labels:
    rows = [[int(value in given) for value in values] for given in codes]
    return np.array(rows, dtype=np.int64).reshape(len(codes), len(values))


def _classes(
    passages: Sequence[LabelledPassage],
    said: Sequence[Coding],
    both: Sequence[int],
    family: str,
    values: Sequence[str],
) -> tuple[ClassAgreement, ...]:
    return agreement.per_class(
        values,
        _table([getattr(passages[n], family) for n in both], values),
        _table([getattr(said[n], family) for n in both], values),
    )


def _group(
    passages: Sequence[LabelledPassage],
    said: Sequence[Coding],
    name: str,
    numbers: Sequence[int],
    *,
    draws: int,
) -> PassageAgreement:
    gold = np.array([int(passages[n].relevant) for n in numbers], dtype=np.int64)
    given = np.array([int(said[n].relevant) for n in numbers], dtype=np.int64)
    ladder = COMMITMENT.position
    gold_level = np.array([ladder(passages[n].commitment) for n in numbers], dtype=np.int64)
    given_level = np.array([ladder(said[n].commitment) for n in numbers], dtype=np.int64)
    both = [n for n in numbers if passages[n].relevant and said[n].relevant]
    measured = partial(agreement.measured, draws=draws)

    def micro(family: str, values: Sequence[str]) -> Measure:
        return measured(
            agreement.f1,
            _table([getattr(passages[n], family) for n in both], values),
            _table([getattr(said[n], family) for n in both], values),
        )

    return PassageAgreement(
        group=name,
        passages=len(numbers),
        relevant=int(gold.sum()),
        precision=measured(lambda g, s: agreement.precision_recall_f1(g, s)[0], gold, given),
        recall=measured(lambda g, s: agreement.precision_recall_f1(g, s)[1], gold, given),
        f1=measured(agreement.f1, gold, given),
        kappa=measured(agreement.kappa, gold, given),
        alpha=agreement.alpha(gold, given),
        commitment_kappa=measured(agreement.weighted_kappa, gold_level, given_level),
        commitment_alpha=agreement.alpha(gold_level, given_level, ordinal=True),
        commitment_exact=(
            float((gold_level == given_level)[gold & given == 1].mean()) if both else float("nan")
        ),
        themes=micro("themes", THEME.values),
        instruments=micro("instruments", INSTRUMENT.values),
    )
