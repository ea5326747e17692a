"""Probabilities are sums that can be checked by hand, and training gives the same file twice."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.codebook import DIRECTORY, load_codebook, read_weights
from pipelines.reading.coding.scorer import (
    contributions,
    document_shift,
    log_odds,
    probability,
    stretch_shifts,
)
from pipelines.reading.coding.training import (
    features_of,
    fit_weights,
    own_passages,
    read_gold,
    train,
    trained_on,
)

BOOK = load_codebook()
SETTINGS = BOOK.settings
WEIGHTS = {"konstant": -1.0, "begrepp:a": 2.0, "begrepp:b": -0.5}


def test_a_passage_moves_with_its_neighbours_and_one_alone_stays() -> None:
    alone, among_told, among_plain = (
        stretch_shifts(odds, SETTINGS)[0] for odds in ([0.0], [0.0, 3.0, 3.0], [0.0, -4.0, -4.0])
    )
    assert alone == pytest.approx(0.0)
    assert among_told > 0.0 > among_plain


def test_coders_who_disagree_teach_half_each_way() -> None:
    passages = read_gold([DIRECTORY / "passages_d.jsonl"])[:40]
    features = features_of(passages, BOOK)
    doubted = [dataclasses.replace(p, share=0.5) for p in passages]
    weights = fit_weights(doubted, features)["relevant"]
    odds = [log_odds(found or {}, weights) for found in features]
    assert max(abs(value) for value in odds) < 0.2


def test_log_odds_are_the_constant_and_the_weights_that_are_present() -> None:
    assert log_odds({"begrepp:a": 1.0, "okänd": 1.0}, WEIGHTS) == pytest.approx(1.0)
    assert log_odds({}, WEIGHTS) == pytest.approx(-1.0)


def test_contributions_explain_the_sum() -> None:
    features = {"begrepp:a": 1.0, "begrepp:b": 1.0}
    parts = contributions(features, WEIGHTS)
    assert parts == [("begrepp:a", 2.0), ("begrepp:b", -0.5)]
    assert sum(part for _, part in parts) - 1.0 == pytest.approx(log_odds(features, WEIGHTS))


@given(st.floats(-700, 700))
def test_probability_stays_between_zero_and_one_and_is_symmetric(odds: float) -> None:
    assert 0.0 <= probability(odds) <= 1.0
    assert probability(odds) + probability(-odds) == pytest.approx(1.0)


def test_a_plain_document_is_read_more_strictly_than_a_rich_one() -> None:
    plain = document_shift([-1.0] * 5, 500, SETTINGS)
    rich = document_shift([3.0] * 20, 60, SETTINGS)
    assert plain < rich <= 0.0
    assert plain >= SETTINGS.lowest_shift


def test_more_evidence_never_makes_the_reading_stricter() -> None:
    shifts = [document_shift([3.0] * n, 200, SETTINGS) for n in (0, 5, 20, 60)]
    assert shifts == sorted(shifts)


def test_an_empty_document_has_a_shift() -> None:
    assert math.isfinite(document_shift([], 0, SETTINGS))


def test_weights_survive_the_file(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = (DIRECTORY / "passages_a.jsonl").read_text("utf-8").splitlines()[:80]
    gold.write_text("\n".join(lines), "utf-8")
    first = train([gold], BOOK, tmp_path)
    text = (tmp_path / "weights.csv").read_text("utf-8")
    assert read_weights(tmp_path / "weights.csv") == first.weights
    train([gold], BOOK, tmp_path)
    assert (tmp_path / "weights.csv").read_text("utf-8") == text
    assert trained_on(tmp_path, gold)
    assert not trained_on(tmp_path, DIRECTORY / "passages_b.jsonl")


def test_the_kept_weights_name_only_entries_that_exist() -> None:
    names = {
        feature.split(":", 1)[1].split("/", 1)[0]
        for table in BOOK.weights.values()
        for feature in table
        if feature.startswith(("begrepp:", "ord:"))
    }
    assert names <= set(BOOK.by_id)


def test_relevance_does_not_know_the_document_kind() -> None:
    assert not [name for name in BOOK.weights["relevant"] if name.startswith("dokument:")]


def test_our_own_passages_are_labelled_with_known_codes() -> None:
    from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME

    passages = own_passages()
    assert len({(p.text, p.doc_type, p.before) for p in passages}) == len(passages)
    for passage in passages:
        assert set(passage.instruments) <= set(INSTRUMENT.values)
        assert set(passage.themes) <= set(THEME.values)
        assert passage.commitment in COMMITMENT.values
        assert passage.relevant == (passage.commitment != "none")


def test_fitting_separates_what_it_was_shown() -> None:
    passages = read_gold([DIRECTORY / "passages_d.jsonl"])
    features = features_of(passages, BOOK)
    weights = fit_weights(passages, features)["relevant"]
    right = [
        (log_odds(seen, weights) > 0) == passage.relevant
        for passage, seen in zip(passages, features, strict=True)
        if seen is not None
    ]
    assert sum(right) / len(right) > 0.9
