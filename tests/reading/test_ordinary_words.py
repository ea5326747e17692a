"""Terms mean their words and not letters inside other words; every way of writing is alive."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import ContractError
from pipelines.reading.codebook import DIRECTORY, load_codebook
from pipelines.reading.codebook_check import check_terms, sentences_of
from pipelines.reading.coding.features import see
from pipelines.reading.compounds import is_first_part, ordinary_words
from pipelines.reading.matching import lower

BOOK = load_codebook()


def _ids(text: str) -> set[str]:
    return {entry.id for entry, _ in see(text, BOOK, "op").hits}


def test_every_alternative_of_every_term_is_found_in_a_sentence_that_holds_it() -> None:
    check_terms(BOOK)
    assert sum(1 for entry in BOOK.entries for _ in sentences_of(entry)) > 3000


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen provar nya lösningar.",
        "Nya metoder och andra arbetssätt prövas.",
        "De söker nya modeller.",
        "Varor levereras på nya sätt.",
        "Två nya tekniska koncept tas fram.",
    ],
)
def test_the_main_concept_needs_no_word_after_it(text: str) -> None:
    assert "nya_losningar" in _ids(text)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Fastigheterna delar egen el.", "tema_energi"),
        ("Elnätet byggs ut.", "tema_energi"),
        ("Samlastade leveranser prövas.", "tema_logistik"),
        ("Robotar ska leverera varor.", "tema_logistik"),
        ("Förskolan ligger nära naturen.", "tema_gronska"),
        ("Virke kan tas isär.", "tema_cirkularitet"),
    ],
)
def test_alternatives_that_were_dead_are_alive(text: str, theme: str) -> None:
    assert theme in _ids(text)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Tillväxten i kommunen är stark.", "tema_gronska"),
        ("Området i Gröndal byggs ut.", "tema_gronska"),
        ("Kommunen har en grönsaksodlare bland sina grannar i Grönköping.", "tema_vatten"),
        ("Nästa etapp inleds i vår.", "tema_digitalisering"),
        ("En trapp leder upp till torget.", "tema_digitalisering"),
        ("Arbetsgivarna söker personal.", "tema_digitalisering"),
        ("Byggherren får på egen bekostnad bygga gatan.", "tema_gronska"),
        ("Huset ligger vid Vattentornet.", "tema_vatten"),
        ("I kölvattnet av beslutet följer en utredning.", "tema_vatten"),
        ("Planeringscykeln är fyra år.", "tema_mobilitet"),
        ("Du kan ladda ner handlingarna här.", "tema_mobilitet"),
        ("En energisk förening driver huset.", "tema_energi"),
        ("Näringslivet växer.", "samverkan"),
        ("Små och medelstora bostäder planeras.", "samverkan"),
        ("Varor och tjänster köps in.", "tema_logistik"),
        ("Alla som träffas på torget.", "tema_trabyggande"),
    ],
)
def test_words_inside_words_are_left_alone(text: str, entry: str) -> None:
    assert entry not in _ids(text)


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("", True),
        ("fasad", True),
        ("klimatanpassnings", True),
        ("samhälls", True),
        ("gatu", True),
        ("co2-", True),
        ("till", False),
        ("et", False),
        ("handik", False),
        ("jurid", False),
    ],
)
def test_what_can_stand_first_in_a_compound(letters: str, first: bool) -> None:
    assert is_first_part(letters) is first


def test_no_head_or_part_is_found_inside_an_ordinary_word_that_is_no_compound() -> None:
    heads = {
        term.strip("*")
        for entry in BOOK.entries
        for term in entry.terms
        if " " not in term and term.startswith("*")
    }
    for word in ordinary_words():
        for head in heads:
            if word.endswith(head) and not is_first_part(word[: -len(head)]):
                assert head not in {
                    hit.term.strip("*") for hit in BOOK.matcher.find(lower(word)) if hit.start == 0
                }


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ('phrases = [["ny", ["teknik", "vägar att"]]]', "blanksteg"),
        ('phrases = [[2, "ny"]]', "först och sist"),
        ('phrases = [["ny", 40, "sak"]]', "40 ord emellan"),
        ('phrases = ["ny|nya sak"]', "i en fras"),
        ('words = ["nya sätt"]', "som ord"),
        ('words = ["ny*"]', "som ord"),
        ('stems = ["trä"]', "vanliga ord"),
        ('stems = ["väx"]', "vanliga ord"),
        ('stems = ["ai"]', "minst 3"),
        ('meaning = "x."', "saknar termer"),
    ],
)
def test_a_dead_or_overreaching_term_is_refused(tmp_path: Path, terms: str, found: str) -> None:
    for path in DIRECTORY.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    head = 'kind = "theme"\n[[entry]]\nid = "ny_post"\nlabel = "x"\n'
    meaning = "" if terms.startswith("meaning") else 'meaning = "x."\n'
    (tmp_path / "zz.toml").write_text(f"{head}{meaning}{terms}\n", "utf-8")
    with pytest.raises(ContractError, match=found):
        load_codebook(tmp_path)


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        (
            'words = ["zebra", "häst"]\nexcept = ["zebra"]\nexamples = ["En häst."]',
            "aldrig träffar",
        ),
        ('words = ["zebra"]\nexamples = ["En häst."]', "zebra"),
        ('words = ["zebra"]', "minst ett exempel"),
    ],
)
def test_a_term_that_no_example_meets_is_named(tmp_path: Path, terms: str, found: str) -> None:
    for path in DIRECTORY.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    head = 'kind = "theme"\n[[entry]]\nid = "ny_post"\nlabel = "x"\nmeaning = "x."\n'
    (tmp_path / "zz.toml").write_text(f"{head}{terms}\n", "utf-8")
    with pytest.raises(ContractError) as refused:
        load_codebook(tmp_path)
    assert found in f"{refused.value} {refused.value.expected} {refused.value.do}"
