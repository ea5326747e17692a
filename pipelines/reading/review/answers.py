"""Human codings gathered by passage, as the arrays that agreement is computed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl

from pipelines.model.codes import COMMITMENT, CodeList
from pipelines.reading.evaluation.agreement import Labels
from pipelines.reading.review.consensus import (
    HumanCoding,
    consensus,
    human_coding,
    latest_of_each,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one coder, the coders together, or the machine say of a passage.

    ``level`` is the place on the commitment ladder, None where a relevant passage was left without.
    """

    relevant: bool
    level: int | None
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """A passage with every answer; ``stratum`` and ``weight`` are None where it was not drawn."""

    machine: Answer
    together: Answer
    coders: dict[str, Answer]
    stratum: str | None
    weight: float | None


Pair = tuple[Answer, Answer]


def gather(codings: pl.DataFrame) -> list[Answered]:
    """Return the passages of the table ``human_code``; rows without a passage are left out.

    A passage drawn with probability p in one of k samples stands for 1/(k p) passages: each sample
    is an estimate of its own, and their mean is used.
    """
    rows = codings.filter(pl.col("passage_id").is_not_null()).sort("passage_id").to_dicts()
    samples = codings["sample_id"].drop_nulls().n_unique()
    by_passage: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_passage[row["passage_id"]].append(row)
    return [_answered(group, samples) for group in by_passage.values()]


def coder_pairs(passage: Answered) -> list[Pair]:
    """Return every pair of coders of a passage, the first by name first."""
    return [
        (passage.coders[one], passage.coders[other])
        for one, other in combinations(sorted(passage.coders), 2)
    ]


def relevance(answers: Sequence[Answer]) -> Labels:
    """0 or 1 for each answer."""
    return np.asarray([answer.relevant for answer in answers], dtype=np.int64)


def levels(answers: Sequence[Answer]) -> Labels:
    """The commitment level of each answer; all must have one."""
    return np.asarray([answer.level for answer in answers], dtype=np.int64)


def code_table(answers: Sequence[Answer], codes: CodeList) -> Labels:
    """0 or 1 for each answer (rows) and code (columns)."""
    return np.asarray(
        [[code in answer.codes for code in codes.values] for answer in answers], dtype=np.int64
    ).reshape(len(answers), len(codes.values))


def _answered(rows: list[dict[str, Any]], samples: int) -> Answered:
    codings = [human_coding(row) for row in rows]
    drawn = {row["sample_id"]: row for row in rows if row["sample_id"]}
    first = rows[0]
    return Answered(
        machine=Answer(
            first["machine_relevant"],
            COMMITMENT.position(first["machine_commitment"]),
            frozenset((*first["machine_instruments"], *first["machine_themes"])),
        ),
        together=_answer(consensus(codings).coding),
        coders={coding.coder: _answer(coding) for coding in latest_of_each(codings)},
        stratum=next((row["sampling_stratum"] for row in drawn.values()), None),
        weight=sum(1 / row["inclusion_probability"] for row in drawn.values()) / samples
        if drawn
        else None,
    )


def _answer(coding: HumanCoding) -> Answer:
    level = COMMITMENT.position(coding.commitment) if coding.commitment else None
    return Answer(coding.relevant, level, frozenset((*coding.instruments, *coding.themes)))
