"""What looks like the plan's innovation and is not, and who speaks when the sentence says so."""

from __future__ import annotations

import pytest

from pipelines.reading.codebook import load_codebook
from pipelines.reading.coding.code import code_passages, code_texts
from pipelines.reading.coding.features import see
from pipelines.reading.coding.voice import of_sentence
from pipelines.reading.passage import Passage

BOOK = load_codebook()


@pytest.mark.parametrize(
    "text",
    [
        "Glasbruket testar nya ugnar, en verksamhet som är bolagets egen och inte regleras här.",
        "Planens aktualitet prövas minst en gång varje mandatperiod.",
        "Stålets hållfasthet provas i vanlig ordning.",
        "De äldre trähusen kring kyrkan bevaras.",
        "Tomten upplåts med tomträtt till Byggemenskapen Hasseln ekonomisk förening.",
        "Cykeltrafik går före biltrafik där utrymmet är trångt.",
        "Ett anbud kom in för sent och har inte prövats.",
        "Kommunen har ännu inte beslutat om planläggning av området.",
        "2.4 Testbäddar i hamnen .................. 31",
        "3.5 Innovation i byggandet 17",
    ],
)
def test_others_activities_ordinary_words_and_contents_lines_are_left_alone(text: str) -> None:
    assert not code_texts([text], ["op"], BOOK)[0].relevant


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("föreningen hamnens vänner vill att magasinet blir en testhall.", "other"),
        ("i grannkommunens remissvar föreslås ett gemensamt försök med förarlösa bussar.", "other"),
        ("i regionens strategi anges att sjöarna bör bli testbäddar.", "other"),
        ("i dagvattenutredningen föreslår konsulten ett filter som inte har provats.", "proposed"),
        ("konsulten bakom energiutredningen föreslår ett gemensamt batteri.", "proposed"),
        ("sammanfattningsvis innebär planen att en testbädd öppnas.", "restated"),
        ("miljökonsekvensbeskrivningen noterar att testbädden kräver tillsyn.", "restated"),
        ("trafikverket ska upplåta vägen som testbädd.", "other"),
        ("vägen är statlig, och trafikverket ska där inrätta en testbädd.", "other"),
        ("enligt miljöbalken ska verksamhetsutövaren pröva ny teknik.", "other"),
        ("rufs 2050 anger att kommunerna ska upplåta mark som testbädd.", "other"),
        ("regeringen skriver: ”kommunerna ska upplåta mark som testbädd.”", "other"),
        ("av förarbetena till plan- och bygglagen framgår att kommunen ska pröva.", "other"),
        ("följande text utgår: byggherren ska upplåta en testbädd.", "other"),
        ("i samrådsförslaget angavs att byggherren ska upplåta en testbädd.", "other"),
        ("kommunen och region stockholm ska tillsammans pröva elfärjor.", "plan"),
        ("enligt avtalet ska byggherren upplåta en testbädd.", "plan"),
        ("kommunen vill att gatan blir en testbädd.", "plan"),
        ("bolaget ska låta högskolan mäta hur försöket går.", "plan"),
    ],
)
def test_the_sentence_says_who_speaks(text: str, voice: str) -> None:
    assert of_sentence(text, "plan") == voice


def _standing(text: str) -> set[str]:
    return {entry.id for entry, _ in see(text, BOOK, "op").hits}


def test_a_near_miss_that_names_entries_takes_only_those() -> None:
    assert "tema_vatten" not in _standing("Bryggan värms med returvatten från fjärrvärmen.")
    assert "tema_energi" in _standing("Bryggan värms med returvatten från fjärrvärmen.")
    assert "tema_vatten" in _standing("Dagvatten renas i parken.")


def test_a_longer_phrase_around_a_near_miss_stands() -> None:
    assert "kriterier" in _standing(
        "Förslag väljs i första hand efter andelen återbrukat material."
    )


@pytest.mark.parametrize(("section", "should"), [("Kriterier", True), ("Nuläge", False)])
def test_criteria_that_have_lost_their_table_are_read_as_criteria(
    section: str, should: bool
) -> None:
    text = "Innovativa lösningar för delning av lokaler, ännu ovanliga i kommunen"
    passage = Passage(1, 1, section, (section,), text, "", "", 0, 1, "sentence", 0)
    coding = code_passages([passage], doc_kind="tavling", codebook=BOOK)[0]
    assert (coding.commitment == "should") is should
