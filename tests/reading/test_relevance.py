"""Relevance comes from what is new, tested, chosen or spread; how binding it is decides nothing."""

from __future__ import annotations

import pytest

from pipelines.reading.codebook import load_codebook
from pipelines.reading.coding.code import code_passages, code_texts
from pipelines.reading.coding.explain import for_and_against, what_decided
from pipelines.reading.coding.features import see
from pipelines.reading.coding.scorer import log_odds
from pipelines.reading.coding.words import names_of, stem, words_with
from pipelines.reading.passage import Passage

BOOK = load_codebook()


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen ska växa till 200 000 invånare och vara klimatneutral 2030.",
        "Byggherren ska redovisa 40 parkeringsplatser per hektar.",
        "Kommunen bör bevara de äldre trähusen.",
        "Gång- och cykeltrafik ska prioriteras framför biltrafik.",
        "Kommunen söker en innovationsstrateg till näringslivskontoret.",
    ],
)
def test_a_binding_verb_or_a_figure_makes_nothing_relevant(text: str) -> None:
    assert not code_texts([text], ["op"], BOOK)[0].relevant


@pytest.mark.parametrize(
    "text",
    [
        "Hamnen får testarena för nya lösningar.",
        "Stor vikt läggs på oprövade lösningar.",
        "Kommunen antar en innovationsstrategi för stadsbyggandet i hela kommunen.",
        "Piloten är den första i landet.",
    ],
)
def test_what_is_new_or_tested_is_relevant_however_it_is_said(text: str) -> None:
    assert code_texts([text], ["op"], BOOK)[0].relevant


@pytest.mark.parametrize("verb", ["ska", "bör", "vill", "kan"])
def test_the_verb_moves_no_weight(verb: str) -> None:
    there = see(f"Kommunen {verb} öppna en testbädd.", BOOK, "op").features
    assert not any(verb in name.split("/")[0].split(":")[-1].split("+") for name in there)
    assert not any(name.startswith("ordstam:") and name.endswith(f":{verb}") for name in there)


def test_a_story_that_a_pilot_opened_is_looked_at() -> None:
    texts = [
        "Kommunen provar förarlösa bussar i ett pilotprojekt, det första i landet.",
        "De går mellan stationen och campus.",
        "Marken består av lera.",
    ]
    passages = [
        Passage(1, 1, "Piloten", ("Piloten",), text, before, "", 0, 1, "sentence", n)
        for n, (text, before) in enumerate(zip(texts, ["", *texts], strict=False))
    ]
    codings = code_passages(passages, doc_kind="op", codebook=BOOK)
    assert codings[0].relevant
    assert codings[1].confidence > 0.0
    far = [passages[0], *(passages[2] for _ in range(8))]
    assert code_passages(far, doc_kind="op", codebook=BOOK)[-1].confidence == 0.0


def test_what_decided_adds_up_to_the_odds() -> None:
    look = see("Kommunen vill prova oprövade lösningar i en testbädd.", BOOK, "op")
    weights = BOOK.relevance
    total = sum(share for _, share in what_decided(look, weights)) + weights["konstant"]
    assert total == pytest.approx(log_odds(look.features, weights))


def test_the_explanation_names_words_for_and_against() -> None:
    look = see("Trafikverket prövar en testbädd enligt plan- och bygglagen.", BOOK, "op")
    said = for_and_against(look, BOOK.relevance)
    assert "Talar för: ”testbädd”" in said
    assert "Talar emot:" in said


def test_words_are_one_without_their_endings_and_compounds_speak_with_their_parts() -> None:
    assert stem("testbäddarna") == stem("testbädden") == stem("testbädd")
    assert {"ordstam:energi", "ordstam:lösning"} <= set(names_of("energilösningar"))
    assert names_of("ska") == ()
    assert list(words_with("en testbädd öppnas")) == ["testbädd", "öppnas"]
