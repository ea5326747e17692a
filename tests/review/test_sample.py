"""The draw: groups without gaps, known probabilities, the same for the same seed."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model.codes import SAMPLING_STRATUM
from pipelines.reading.coding.result import IRRELEVANT
from pipelines.reading.review.sample import (
    SHARES,
    Candidate,
    Draw,
    allocate,
    decode,
    draw_sample,
    encode,
    stratum_of,
)

SIZES = {"near_threshold": 40, "weak_class": 0, "other_hit": 90, "considered": 300, "no_hit": 3000}


def frame() -> list[Candidate]:
    return [
        Candidate(f"990{number % 3}", ("dp", "op")[number % 2], f"D{number % 7}", number, stratum)
        for stratum, size in SIZES.items()
        for number in range(size)
    ]


def test_every_stratum_has_a_share_and_they_make_a_whole():
    assert set(SHARES) == set(SAMPLING_STRATUM.values)
    assert sum(SHARES.values()) == pytest.approx(1)


@given(st.lists(st.integers(0, 400), min_size=5, max_size=5), st.integers(1, 300))
def test_allocation_gives_what_there_is_and_no_more(counts: list[int], number: int):
    sizes = dict(zip(SAMPLING_STRATUM.values, counts, strict=True))
    given_out = allocate(sizes, number)
    assert sum(given_out.values()) == min(number, sum(counts))
    assert all(0 < count <= sizes[stratum] for stratum, count in given_out.items())


def test_the_same_seed_gives_the_same_sample_and_another_seed_another():
    first, again, other = (draw_sample(frame(), 60, seed) for seed in (7, 7, 8))
    assert first == again
    assert {item.candidate for item in first} != {item.candidate for item in other}
    assert draw_sample(frame()[::-1], 60, 7) == first


def test_a_sample_holds_each_passage_once_with_its_own_probability():
    drawn = draw_sample(frame(), 60, 7)
    assert len({item.candidate for item in drawn}) == 60
    counts = Counter(item.draw.stratum for item in drawn)
    for item in drawn:
        stratum = item.candidate.stratum
        assert item.draw.stratum == stratum
        assert item.draw.probability == counts[stratum] / SIZES[stratum]
    assert counts["near_threshold"] > counts["no_hit"] > 0


def test_a_sample_is_spread_over_municipalities_and_kinds():
    drawn = [i.candidate for i in draw_sample(frame(), 60, 7) if i.draw.stratum == "no_hit"]
    assert {(c.municipality_code, c.kind) for c in drawn} == {
        (code, kind) for code in ("9900", "9901", "9902") for kind in ("dp", "op")
    }


def test_over_many_seeds_each_passage_is_drawn_as_often_as_stated():
    candidates = [Candidate("9901", "dp", "D1", n, "other_hit") for n in range(10)]
    drawn = Counter(
        item.candidate.ordinal for seed in range(400) for item in draw_sample(candidates, 3, seed)
    )
    assert sum(drawn.values()) == 1200
    assert all(count == pytest.approx(120, abs=40) for count in drawn.values())


@pytest.mark.parametrize(
    ("confidence", "relevant", "stratum"),
    [
        (0.55, True, "near_threshold"),
        (0.35, False, "near_threshold"),
        (0.97, True, "weak_class"),
        (0.1, False, "considered"),
        (0.0, False, "no_hit"),
    ],
)
def test_a_passage_belongs_to_one_group(confidence: float, relevant: bool, stratum: str):
    coding = replace(IRRELEVANT, confidence=confidence, relevant=relevant, themes=("energi",))
    assert stratum_of(coding, 0.5, {"energi"}) == stratum
    if stratum == "weak_class":
        assert stratum_of(coding, 0.5, {"mobilitet"}) == "other_hit"


@given(
    st.sampled_from(SAMPLING_STRATUM.values), st.integers(1, 65535), st.integers(0, 4_000_000),
    st.text(min_size=1),
)  # fmt: skip
def test_a_key_tells_the_draw_again(stratum: str, count: int, more: int, quote: str):
    draw = Draw("3f09ac", stratum, count + more, count)
    key = encode(draw, "D1", quote)
    assert decode(key, "D1", quote) == draw
    assert decode(f" {key.upper()} ", "D1", f"  {quote}") == draw


def test_a_changed_key_or_quote_tells_nothing_rather_than_something_wrong():
    draw = Draw("3f09ac", "no_hit", 5854, 9)
    key = encode(draw, "D1", "Marken består av lera.")
    for wrong in ("", "skräp", key[:-1], key[:-3] + "aaa", "000000" + key[6:]):
        assert decode(wrong, "D1", "Marken består av lera.") is None
    assert decode(key, "D1", "Marken består av sand.") is None


def test_keys_of_one_group_look_different():
    draw = Draw("3f09ac", "no_hit", 5854, 9)
    keys = {encode(draw, "D1", f"Passage {number}.")[7:10] for number in range(20)}
    assert len(keys) > 10
