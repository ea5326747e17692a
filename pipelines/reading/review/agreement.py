"""Agreement between people, and between people and machine, from what has been reviewed (K.4)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.model.codes import AGREEMENT_MEASURE, AGREEMENT_PAIR, INSTRUMENT, THEME, CodeList
from pipelines.reading.evaluation.agreement import (
    Labels,
    Measure,
    alpha,
    f1,
    kappa,
    measured,
    weighted_kappa,
)
from pipelines.reading.review.answers import (
    Answer,
    Answered,
    Pair,
    code_table,
    coder_pairs,
    gather,
    levels,
    relevance,
)
from pipelines.reading.review.weighted import Weighed, weighted_precision_recall

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
