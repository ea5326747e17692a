"""Agreement between people, and between people and machine, from what has been reviewed (K.4)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.model.codes import (
    AGREEMENT_MEASURE,
    AGREEMENT_PAIR,
    COMMITMENT,
    INSTRUMENT,
    THEME,
    CodeList,
)
from pipelines.reading.evaluation.agreement import (
    SEED,
    Labels,
    Measure,
    alpha,
    f1,
    kappa,
    measured,
    weighted_kappa,
)
from pipelines.reading.review.consensus import (
    HumanCoding,
    consensus,
    human_coding,
    latest_of_each,
)

_DRAWS = 4000
_LIMITS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sampled passage: its stratum, how many passages it stands for, and both answers."""

    stratum: str
    weight: float
    human: bool
    machine: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    """Sampled passages of one stratum that the machine answered alike.

    ``size`` is how many they stand for, ``sampled`` how many they are, ``yes`` how many of them
    people called relevant.
    """

    machine: bool
    size: float
    sampled: int
    yes: int

    def total(self) -> float:
        """How many passages in the cell are relevant, as the sample has it."""
        return self.size * self.yes / self.sampled

    def totals(self, randomness: np.random.Generator, *, kindly: bool) -> npt.NDArray[np.float64]:
        """The same, drawn from what the sample leaves possible; what was coded is known.

        ``kindly`` takes a cell without any error to hold none, as the Jeffreys interval does at
        its ends; otherwise the cell may hold errors that the sample did not meet.
        """
        without_error = self.yes == (self.sampled if self.machine else 0)
        if kindly and without_error:
            return np.full(_DRAWS, self.total())
        share = randomness.beta(self.yes + 0.5, self.sampled - self.yes + 0.5, _DRAWS)
        return self.yes + max(self.size - self.sampled, 0.0) * share


def weighted_precision_recall(passages: Iterable[Weighed]) -> tuple[Measure, Measure]:
    """Return precision and recall over all passages that the sample was drawn from.

    Each sampled passage stands for 1/probability passages (Horvitz and Thompson 1952). The
    interval draws the share of relevant passages in every stratum from its Jeffreys posterior
    (Brown, Cai and DasGupta 2001), because a bootstrap of a stratum in which nothing was missed
    has no width at all: twenty passages without a miss do not prove that nothing is missed.
    """
    cells = _cells(passages)
    randomness = np.random.default_rng(SEED)
    found, missed = _found_and_missed(cells, randomness, kindly=False)
    found_kindly, missed_kindly = _found_and_missed(cells, randomness, kindly=True)
    said = sum(cell.size for cell in cells if cell.machine)
    true_found = sum(cell.total() for cell in cells if cell.machine)
    true_missed = sum(cell.total() for cell in cells if not cell.machine)
    precision = _measure(true_found, said, found / max(said, 1e-9), found_kindly / max(said, 1e-9))
    recall = _measure(
        true_found,
        true_found + true_missed,
        found / np.maximum(found + missed, 1e-9),
        found_kindly / np.maximum(found_kindly + missed_kindly, 1e-9),
    )
    return precision, recall


def _found_and_missed(
    cells: Iterable[_Cell], randomness: np.random.Generator, *, kindly: bool
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    found, missed = np.zeros(_DRAWS), np.zeros(_DRAWS)
    for cell in cells:
        totals = cell.totals(randomness, kindly=kindly)
        if cell.machine:
            found = found + totals
        else:
            missed = missed + totals
    return found, missed


def _cells(passages: Iterable[Weighed]) -> list[_Cell]:
    grouped: dict[tuple[str, bool], list[Weighed]] = {}
    for passage in passages:
        grouped.setdefault((passage.stratum, passage.machine), []).append(passage)
    return [
        _Cell(machine, sum(p.weight for p in group), len(group), sum(p.human for p in group))
        for (_, machine), group in sorted(grouped.items())
    ]


def _measure(
    part: float,
    whole: float,
    drawn: npt.NDArray[np.float64],
    drawn_kindly: npt.NDArray[np.float64],
) -> Measure:
    if not whole:
        return Measure(float("nan"), float("nan"), float("nan"))
    value = part / whole
    low = float(np.percentile(drawn, _LIMITS[0]))
    high = float(np.percentile(drawn_kindly, _LIMITS[1]))
    return Measure(value, min(low, value), max(high, value))


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


FEWEST = 30
"""Fewer passages than this give no measure: the interval would span most of the scale."""

NONE_REVIEWED = "inget granskat"
TOO_FEW = "för få granskade"
ALL_ALIKE = "alla svar lika"
"""Agreement beyond chance cannot be told where every answer is the same."""

_SCHEMA = {
    "pair": pl.String,
    "pair_label": pl.String,
    "measure": pl.String,
    "measure_label": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "n": pl.Int64,
    "absence": pl.String,
}


@dataclass(frozen=True, slots=True)
class _Row:
    measure: str
    n: int
    result: Measure | None


def agreement(codings: pl.DataFrame) -> pl.DataFrame:
    """Return every measure of agreement with its 95 % interval.

    Args:
        codings: the table ``human_code``, with what the machine says of each passage now.

    Returns:
        One row per pair and measure: ``pair, pair_label, measure, measure_label, value`` (0–1, or
        below 0 for agreement worse than chance)``, low, high, n`` (passages)``, absence``. A
        measure of fewer than 30 passages has no value and a reason.

    *Machine and human* uses drawn passages only, because corrections are sent in where the machine
    is wrong. Precision and recall are weighed to everything that was read; kappa, alpha and F1 are
    of the sample, which is drawn to be hard, and so lie lower than they would for all passages.
    Where more than two have coded a passage, *human and human* compares them two and two.
    """
    passages = gather(codings)
    drawn = [passage for passage in passages if passage.stratum is not None]
    with_machine = [[(passage.together, passage.machine)] for passage in drawn]
    rows = [
        *_named("machine_human", _weighed(drawn)),
        *_named("machine_human", _paired(with_machine)),
        *_named("human_human", _paired([coder_pairs(passage) for passage in passages])),
    ]
    return pl.DataFrame(rows, schema=pl.Schema(_SCHEMA))


def _weighed(drawn: Sequence[Answered]) -> Iterator[_Row]:
    weighed = [
        Weighed(p.stratum, p.weight, p.together.relevant, p.machine.relevant)
        for p in drawn
        if p.stratum is not None and p.weight is not None
    ]
    precision, recall = weighted_precision_recall(weighed)
    yield _Row("precision", len(weighed), precision)
    yield _Row("recall", len(weighed), recall)


def _paired(passages: Sequence[Sequence[Pair]]) -> Iterator[_Row]:
    laddered = _keep(passages, lambda a, b: a.level is not None and b.level is not None)
    yield _of("kappa", kappa, _keep(passages), relevance)
    yield _of("weighted_kappa", weighted_kappa, laddered, levels)
    yield _of("alpha_relevant", alpha, _keep(passages), relevance)
    yield _of("alpha_commitment", _ordinal_alpha, laddered, levels)
    both = _keep(passages, lambda a, b: a.relevant and b.relevant)
    for measure, codes in (("f1_instruments", INSTRUMENT), ("f1_themes", THEME)):
        yield _of(measure, f1, both, _tables(codes))


def _keep(
    passages: Sequence[Sequence[Pair]],
    wanted: Callable[[Answer, Answer], bool] = lambda _, __: True,
) -> list[list[Pair]]:
    """The wanted pairs of each passage, without the passages that have none."""
    kept = [[(a, b) for a, b in pairs if wanted(a, b)] for pairs in passages]
    return [pairs for pairs in kept if pairs]


def _ordinal_alpha(one: Labels, other: Labels) -> float:
    return alpha(one, other, ordinal=True)


def _tables(codes: CodeList) -> Callable[[Sequence[Answer]], Labels]:
    return lambda answers: code_table(answers, codes)


def _of(
    measure: str,
    statistic: Callable[[Labels, Labels], float],
    passages: Sequence[Sequence[Pair]],
    arrays: Callable[[Sequence[Answer]], Labels],
) -> _Row:
    """Measure over all pairs, with an interval over passages: pairs of one belong together."""
    if len(passages) < FEWEST:
        return _Row(measure, len(passages), None)
    one = arrays([a for pairs in passages for a, _ in pairs])
    other = arrays([b for pairs in passages for _, b in pairs])
    ends = np.cumsum([len(pairs) for pairs in passages])
    places = np.split(np.arange(ends[-1]), ends[:-1])

    def of_passages(picked: Labels, _: Labels) -> float:
        rows = np.concatenate([places[passage] for passage in picked])
        return statistic(one[rows], other[rows])

    every = np.arange(len(passages), dtype=np.int64)
    return _Row(measure, len(passages), measured(of_passages, every, every))


def _named(pair: str, rows: Iterator[_Row]) -> Iterator[dict[str, object]]:
    for row in rows:
        value = low = high = None
        absence = NONE_REVIEWED if not row.n else TOO_FEW if row.n < FEWEST else None
        if absence is None and (row.result is None or math.isnan(row.result.value)):
            absence = ALL_ALIKE
        elif absence is None and row.result is not None:
            value = row.result.value
            # A percentile interval of few passages can miss its own value by a hair.
            low = float(np.fmin(row.result.low, value))
            high = float(np.fmax(row.result.high, value))
        yield {
            "pair": pair,
            "pair_label": AGREEMENT_PAIR.labels[pair],
            "measure": row.measure,
            "measure_label": AGREEMENT_MEASURE.labels[row.measure],
            "value": value,
            "low": low,
            "high": high,
            "n": row.n,
            "absence": absence,
        }
