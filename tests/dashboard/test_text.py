import pytest

from dashboard import text


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, 1, "1\u00a0234,5"),
        (0, 0, "0"),
        (-3.25, 1, "\u22123,2"),
        (None, 0, "–"),
        (1234567, 0, "1\u00a0234\u00a0567"),
    ],
)
def test_numbers_are_swedish(value, decimals, written):
    assert text.number(value, decimals) == written


@pytest.mark.parametrize(
    ("numerator", "n", "written"),
    [(6, 14, "43\u00a0%"), (4, 4, "för få"), (0, 5, "0\u00a0%"), (0, 0, "–"), (None, 9, "–")],
)
def test_shares_say_when_too_little_is_known(numerator, n, written):
    assert text.percent(numerator, n) == written


def test_plural_forms():
    assert text.count(1, "plan", "planer") == "1\u00a0plan"
    assert text.count(2, "plan", "planer") == "2\u00a0planer"
    assert text.of_type(1, "dp") == "1\u00a0detaljplan"
    assert text.of_type(0, "ma") == "0\u00a0markanvisningar"


@pytest.mark.parametrize(
    ("some", "whole", "neuter", "written"),
    [
        (3, 8, False, "tre av åtta"),
        (8, 8, False, "alla åtta"),
        (2, 2, False, "båda"),
        (0, 8, False, "ingen av åtta"),
        (0, 8, True, "inget av åtta"),
        (3, 14, False, "3 av 14"),
        (1, 1, True, "ett"),
        (0, 1, False, "ingen"),
    ],
)
def test_parts_of_a_whole(some, whole, neuter, written):
    assert text.part(some, whole, neuter) == written


def test_listing():
    assert text.listing([]) == ""
    assert text.listing(["A"]) == "A"
    assert text.listing(["A", "B", "C"]) == "A, B och C"


def test_capital_keeps_the_rest():
    assert text.capital("tre ÖP") == "Tre ÖP"


def test_shortened_cuts_at_a_word():
    assert text.shortened("ett två tre", 8) == "ett två …"
    assert text.shortened("ett två", 8) == "ett två"
