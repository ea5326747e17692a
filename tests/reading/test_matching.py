"""Terms stand where the regular expression says they stand, whole words and phrases alike."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.codebook import load_codebook
from pipelines.reading.matching import TermMatcher, lower, term_pattern

TERMS = (
    "testbädd*",
    "*laboratorium",
    "*återbruk*",
    "öppna data",
    "ny|nya|nytt ~1 lösning*",
    "väljer ~2 själv*",
    "inte|aldrig ~3 tidigare",
    "3d-modell*",
    "enligt ~1 lag*",
    "ai",
    "§",
)
MATCHER = TermMatcher(list(enumerate(TERMS)))


def _found(text: str) -> list[str]:
    low = lower(text)
    return [low[hit.start : hit.end] for hit in MATCHER.find(low)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Testbädden öppnas.", ["testbädden"]),
        ("En kontestbädd.", []),
        ("TESTBÄDDAR och ÅTERBRUK", ["testbäddar", "återbruk"]),
        ("Fasadåterbruket ökar.", ["fasadåterbruket"]),
        ("Ett stadslaboratorium här.", ["stadslaboratorium"]),
        ("Laboratoriums", []),
        ("öppna data, öppna  data", ["öppna data", "öppna  data"]),
        ("öppna, data", []),
        ("öppnadata", []),
        ("nya tekniska lösningar", ["nya tekniska lösningar"]),
        ("nya och mycket dyra lösningar", []),
        ("Nya. Lösningar finns.", []),
        ("Byggherren väljer helt själv hur.", ["väljer helt själv"]),
        ("har inte prövats här tidigare", ["inte prövats här tidigare"]),
        ("(testbädd)", ["testbädd"]),
        ("”testbädd”-tanken", ["testbädd"]),
        ("en 3D-modell av rötterna", ["3d-modell"]),
        ("3d modell", []),
        ("AI och mai", ["ai"]),
        ("6 kap. 4 § PBL", ["§"]),
        ("enligt gällande lagstiftning", ["enligt gällande lagstiftning"]),
        ("", []),
    ],
)
def test_table_of_terms(text: str, found: list[str]) -> None:
    assert _found(text) == found


WORDS = st.sampled_from(
    [
        *("ny", "nya", "lösningar", "testbädd", "väljer", "helt", "själv", "inte", "tidigare"),
        *("öppna", "data", "ai", "enligt", "lagen", ".", ",", "-"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=12))
def test_every_match_of_the_reference_is_found_at_its_place(words: list[str]) -> None:
    text = " ".join(words)
    ours = {(hit.entry, hit.start) for hit in MATCHER.find(text)}
    reference = {
        (number, match.start())
        for number, term in enumerate(TERMS)
        for match in re.finditer(term_pattern(term), text)
    }
    assert reference <= ours


def test_the_whole_codebook_finds_what_the_reference_finds() -> None:
    book = load_codebook()
    texts = [lower(text) for entry in book.entries for text in entry.examples]
    patterns = [
        (number, re.compile(term_pattern(term)))
        for number, entry in enumerate(book.entries)
        for term in entry.terms
        if not term.startswith("*") and not entry.exceptions
    ]
    tried = {number for number, _ in patterns}
    for text in texts:
        hits = book.matcher.find(text)
        plain = {(h.entry, h.start) for h in hits if h.entry in tried and h.term[0] != "*"}
        reference = {(n, m.start()) for n, pattern in patterns for m in pattern.finditer(text)}
        assert plain <= reference <= {(hit.entry, hit.start) for hit in hits}


def test_holding_names_the_passages_that_hold_a_term() -> None:
    passages = ["en bänk", "en testbädd", "nya bra lösningar", "nya", "lösningar"]
    starts = [0, 8, 20, 38, 42]
    assert MATCHER.holding("\n".join(passages), starts) == [1, 2]


def test_lower_keeps_every_character_in_its_place() -> None:
    text = "İstanbul och ÅÄÖ"
    assert len(lower(text)) == len(text)
    assert lower(text).endswith("och åäö")


def test_no_terms_find_nothing() -> None:
    assert TermMatcher([]).find("testbädd") == []
    assert TermMatcher([]).holding("testbädd", [0]) == []
