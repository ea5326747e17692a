"""Agreement with known answers, computed by hand, and silence where too little is known."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from pipelines.model.codes import AGREEMENT_MEASURE, AGREEMENT_PAIR, COMMITMENT
from pipelines.model.tables import HUMAN_CODE
from pipelines.reading.evaluation.agreement import alpha, krippendorff_alpha
from pipelines.reading.review.agreement import (
    ALL_ALIKE,
    NONE_REVIEWED,
    TOO_FEW,
    Weighed,
    agreement,
    weighted_precision_recall,
)
from pipelines.reading.review.sample import weak_classes

Row = dict[str, object]


def said(passage: int, coder: str, level: int, **values: object) -> Row:
    """A coding of a passage at a commitment level; 0 is not relevant. The machine said no."""
    return {
        "document_id": "D1", "quote": f"Passage {passage}.", "passage_id": f"D1:{passage:05d}",
        "coder": coder, "is_relevant": level > 0, "commitment": COMMITMENT.values[level],
        "machine_relevant": False, "machine_commitment": "none", "machine_instruments": [],
        "machine_themes": [],
    } | values  # fmt: skip


def machine(level: int) -> Row:
    return {"machine_relevant": level > 0, "machine_commitment": COMMITMENT.values[level]}


def drawn(stratum: str, probability: float, sample: str = "aaaaaa") -> Row:
    return {
        "sample_id": sample, "sampling_stratum": stratum, "inclusion_probability": probability
    }  # fmt: skip


def codings(rows: Sequence[Row]) -> pl.DataFrame:
    empty = dict.fromkeys(HUMAN_CODE.polars_schema)
    return pl.DataFrame([empty | row for row in rows], schema=pl.Schema(HUMAN_CODE.polars_schema))


def measures(rows: Sequence[Row], pair: str) -> dict[str, Row]:
    frame = agreement(codings(rows)).filter(pl.col("pair") == pair)
    return {row["measure"]: row for row in frame.to_dicts()}


def two_coders(levels: Sequence[tuple[int, int]]) -> list[Row]:
    return [
        said(number, coder, level)
        for number, pair in enumerate(levels)
        for coder, level in zip("ab", pair, strict=True)
    ]


def test_nothing_reviewed_is_said_and_not_shown_as_zero():
    frame = agreement(HUMAN_CODE.empty())
    assert frame["value"].null_count() == frame.height
    assert set(frame["absence"]) == {NONE_REVIEWED}
    assert set(frame["n"]) == {0}
    assert set(frame["pair"]) == set(AGREEMENT_PAIR.values)
    assert set(frame["measure"]) == set(AGREEMENT_MEASURE.values)


def test_fewer_than_thirty_passages_give_no_measure():
    found = measures(two_coders([(2, 2), (0, 0), (4, 0)] * 9 + [(0, 0)] * 2), "human_human")
    assert (found["kappa"]["n"], found["kappa"]["value"]) == (29, None)
    assert found["kappa"]["absence"] == TOO_FEW
    found = measures(two_coders([(2, 2), (0, 0), (4, 0)] * 10), "human_human")
    assert found["kappa"]["absence"] is None


def test_kappa_and_alpha_of_two_coders_by_hand():
    levels = [(2, 2)] * 12 + [(0, 0)] * 12 + [(2, 0)] * 3 + [(0, 2)] * 3
    found = measures(two_coders(levels), "human_human")
    # Observed 24/30; by chance one half.
    assert found["kappa"]["value"] == pytest.approx(0.6)
    # Krippendorff (2019): 1 - 0.2 / (2 * 30 * 30 / (60 * 59)).
    assert found["alpha_relevant"]["value"] == pytest.approx(1 - 0.2 / (1800 / 3540))
    assert found["kappa"]["low"] < 0.6 < found["kappa"]["high"]
    assert found["kappa"]["n"] == 30


def test_a_near_miss_on_the_ladder_weighs_less_than_a_far_one():
    same = [(2, 2), (3, 3), (4, 4), (0, 0)] * 8
    near = measures(two_coders([*same, (3, 4), (2, 3)]), "human_human")["weighted_kappa"]
    far = measures(two_coders([*same, (1, 4), (4, 1)]), "human_human")["weighted_kappa"]
    assert far["value"] < near["value"] < 1


def ratings(*rows: str) -> np.ndarray:
    """One row per coder, one sign per unit, a point where the coder said nothing."""
    return np.array([[np.nan if sign == "." else ord(sign) - ord("0") for sign in r] for r in rows])


FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
"""Krippendorff (2011), sections C to E: twelve units, four observers, missing data."""


@pytest.mark.parametrize(
    ("rows", "level", "published"),
    [
        (("0100000010", "1110010000"), "nominal", 0.095),  # section A: binary, two observers
        (("001132224330", "101112224333"), "nominal", 0.692),  # section B: a to e as 0 to 4
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
    ],
)
def test_alpha_is_that_of_the_published_examples(
    rows: tuple[str, ...], level: str, published: float
):
    assert round(krippendorff_alpha(ratings(*rows), level), 3) == published


def test_alpha_of_full_agreement_of_none_and_of_one_value():
    labels = np.array([0, 1, 2, 1])
    assert alpha(labels, labels) == alpha(labels, labels, ordinal=True) == 1
    assert alpha(np.array([0, 1] * 50), np.array([1, 0] * 50)) < -0.9
    assert np.isnan(alpha(np.zeros(5, int), np.zeros(5, int)))


def test_ordinal_alpha_of_two_coders_is_that_of_their_rankings():
    levels = [(2, 2), (3, 4), (0, 0), (1, 2), (4, 4)] * 7
    found = measures(two_coders(levels), "human_human")["alpha_commitment"]
    pairs = np.array(levels).T.astype(float)
    assert found["value"] == pytest.approx(krippendorff_alpha(pairs, "ordinal"))
    assert found["value"] > krippendorff_alpha(pairs, "nominal")


def test_when_every_answer_is_the_same_agreement_beyond_chance_cannot_be_told():
    found = measures(two_coders([(0, 0)] * 40), "human_human")
    assert (found["kappa"]["value"], found["kappa"]["absence"]) == (None, ALL_ALIKE)


def test_a_third_coder_adds_pairs_and_not_passages():
    rows = [
        said(number, coder, level)
        for number in range(30)
        for coder, level in (("a", number % 2), ("b", number % 2), ("c", 0))
    ]
    found = measures(rows, "human_human")["kappa"]
    assert found["n"] == 30
    assert 0 < found["value"] < 1


def test_the_machine_is_compared_on_drawn_passages_only():
    corrections = [said(number, "a", 4, **machine(0)) for number in range(100, 160)]
    sample = [
        said(number, "a", 2 * (number % 2), **machine(2 * (number % 2)), **drawn("other_hit", 0.5))
        for number in range(40)
    ]
    found = measures([*corrections, *sample], "machine_human")
    assert (found["kappa"]["n"], found["kappa"]["value"]) == (40, 1)
    assert found["recall"]["value"] == 1


def test_precision_and_recall_are_weighed_by_how_passages_were_drawn():
    # 20 of 100 hits drawn, 18 right: 90 found. 20 of 1,000 others drawn, 2 missed: 100 missed.
    hits = [
        said(n, "a", 2 if n < 18 else 0, **machine(2), **drawn("other_hit", 0.2)) for n in range(20)
    ]
    others = [
        said(n, "a", 2 if n < 102 else 0, **machine(0), **drawn("no_hit", 0.02))
        for n in range(100, 120)
    ]
    found = measures([*hits, *others], "machine_human")
    assert found["precision"]["value"] == pytest.approx(0.9)
    assert found["recall"]["value"] == pytest.approx(90 / 190)
    for name in ("precision", "recall"):
        assert found[name]["low"] < found[name]["value"] < found[name]["high"]
        assert found[name]["n"] == 40


def test_two_samples_are_two_estimates_and_not_twice_the_passages():
    rows = [
        said(n + 100 * wave, "a", 2 if n % 3 else 0, **machine(2 * (n % 2)),
             **drawn("near_threshold", 0.5, f"sample{wave}"))
        for wave in range(2)
        for n in range(30)
    ]  # fmt: skip
    both = measures(rows, "machine_human")
    one = measures(rows[:30], "machine_human")
    for name in ("precision", "recall"):
        assert both[name]["value"] == pytest.approx(one[name]["value"])


def weigh(stratum: str, size: int, sampled: int, yes: int, *, hit: bool) -> list[Weighed]:
    return [Weighed(stratum, size / sampled, number < yes, hit) for number in range(sampled)]


def test_no_miss_among_few_does_not_prove_that_nothing_is_missed():
    hits = weigh("other_hit", 100, 20, 20, hit=True)
    few = weighted_precision_recall([*hits, *weigh("no_hit", 2000, 10, 0, hit=False)])[1]
    many = weighted_precision_recall([*hits, *weigh("no_hit", 2000, 1000, 0, hit=False)])[1]
    assert few.value == many.value == 1
    assert few.high == many.high == 1
    assert few.low < 0.5
    assert many.low > 0.9


def test_what_was_coded_in_full_has_no_uncertainty():
    everything = [
        *weigh("other_hit", 40, 40, 30, hit=True), *weigh("no_hit", 60, 60, 10, hit=False)
    ]  # fmt: skip
    precision, recall = weighted_precision_recall(everything)
    assert (precision.low, precision.value, precision.high) == (0.75, 0.75, 0.75)
    assert (recall.low, recall.value, recall.high) == (0.75, 0.75, 0.75)


def test_a_code_that_is_often_contested_is_weak():
    def review(human: list[str], found: list[str]) -> Row:
        return {
            "machine_relevant": True, "is_relevant": True, "instruments": human,
            "machine_instruments": found, "themes": ["energi"], "machine_themes": ["energi"],
            "commitment": "aim", "machine_commitment": "aim",
        }  # fmt: skip

    rows = [review(["testbadd"], ["testbadd"])] * 6
    rows += [review(["incitament"], [])] * 6 + [review([], ["tavling"])] * 2
    assert weak_classes(pl.DataFrame(rows)) == {"incitament"}
