"""One coder decides alone, several by majority, and the latest where there is none."""

import pytest

from pipelines.reading.review.consensus import HumanCoding, consensus, human_coding


def said(coder: str, day: str = "", grade: str = "aim", *, instruments=(), themes=("energi",)):
    relevant = grade != "none"
    return HumanCoding(
        coder, day, relevant, instruments, themes if relevant else (), grade, False, ""
    )


def test_one_coder_overrules_alone():
    together = consensus([said("a", grade="shall")])
    assert (together.coding.commitment, together.agree) == ("shall", None)


def test_a_majority_decides_whatever_the_dates():
    codings = [said("a", "2026-01", "shall"), said("b", "2026-02", "shall"), said("c", "2026-03")]
    together = consensus(codings)
    assert together.coding.commitment == "shall"
    assert together.agree is False
    assert together.coders == ("a", "b", "c")


def test_the_latest_decides_between_two():
    codings = [said("a", "2026-05", "none"), said("b", "2026-04", "shall")]
    assert consensus(codings).coding.relevant is False
    assert consensus([said("a"), said("b", "2026-01", "should")]).coding.commitment == "should"


def test_a_coders_later_coding_replaces_the_earlier():
    codings = [said("a", "2026-01", "shall"), said("b", "2026-02"), said("a", "2026-03")]
    together = consensus(codings)
    assert (together.coding.commitment, together.agree) == ("aim", True)


def test_those_who_said_no_have_no_vote_on_the_ladder():
    codings = [said("a", "1", "shall"), said("b", "2", "shall"), said("c", "3", "none")]
    assert consensus(codings).coding.commitment == "shall"


def test_codes_are_kept_when_more_than_half_give_them():
    codings = [
        said("a", "1", instruments=("testbadd", "tavling")),
        said("b", "2", instruments=("testbadd",)),
        said("c", "3", instruments=("incitament",)),
    ]
    assert consensus(codings).coding.instruments == ("testbadd",)
    assert consensus(codings[1:]).coding.instruments == ("incitament",)


def row(**values: object) -> dict[str, object]:
    empty = dict.fromkeys(
        ("commitment", "is_negated", "voice", "coded_on", "instrument_1", "instrument_2",
         "instrument_3", "theme_1", "theme_2", "theme_3")
    )  # fmt: skip
    return {**empty, "coder": "Kodare A", "is_relevant": True, **values}


def test_a_row_becomes_codes_in_the_order_of_the_lists():
    coding = human_coding(
        row(commitment="shall", instrument_1="tavling", instrument_3="testbadd", theme_2="energi")
    )
    assert coding.instruments == ("testbadd", "tavling")
    assert coding.themes == ("energi",)


@pytest.mark.parametrize(
    ("written", "coder"),
    [("Kodare a", "kodare A"), ("kodare A", "kodare A"), ("planarkitekt", "planarkitekt")],
)
def test_a_coder_has_one_spelling(written: str, coder: str):
    assert human_coding(row(coder=written)).coder == coder


def test_a_relevant_row_without_theme_is_about_innovation_in_general():
    assert human_coding(row()).themes == ("generell_innovation",)
    assert human_coding(row(theme_1="generell_innovation", theme_2="energi")).themes == ("energi",)


def test_a_negated_row_is_not_relevant():
    coding = human_coding(row(is_negated=True, commitment="shall", theme_1="energi"))
    assert (coding.relevant, coding.negated) == (False, True)
    assert (coding.commitment, coding.themes) == ("none", ())
