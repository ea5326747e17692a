"""Help on the pages: what each answers, words explained where they first stand, the guide."""

import re
from html import unescape

import pytest

from dashboard.glossary import GLOSSARY, HARDEST, explained
from dashboard.guide import FILE, render
from dashboard.pages import IN_MENU
from dashboard.parts import terms
from pipelines.model.region import PROJECT
from tests.pictures import FOLDER, PICTURES

README = PROJECT / "README.md"

NAMES = {term.name for term in GLOSSARY}


def test_every_page_has_help_in_two_sentences():
    for name, words in IN_MENU.items():
        assert words.question.endswith("?"), name
        assert words.question.count("?") == 1, name
        assert words.reading.endswith("."), name
        assert not re.search(r"[.!?] ", words.reading), f"{name}: one sentence on how to read it"


def test_every_term_is_one_plain_sentence_and_stands_once():
    assert len(NAMES) == len(GLOSSARY)
    for term in GLOSSARY:
        assert term.meaning[0].isupper(), term.name
        assert term.meaning.endswith("."), term.name
        assert not re.search(r"[.!?] [A-ZÅÄÖ]", term.meaning), term.name
        assert len(term.meaning) <= 130, term.name


@pytest.mark.parametrize("term", GLOSSARY, ids=lambda term: term.name)
def test_a_term_is_found_by_its_own_name(term):
    before = "före " if term.name == "Granskning" else ""

    html = str(explained(f"Om {before}{term.name.lower()} här", lambda _: True))

    assert f'data-betyder="{term.meaning}"' in html


def test_only_whole_words_are_explained():
    html = str(
        explained("Detaljplanerna och planbeskedet, inte underlagstäckningen", lambda _: True)
    )

    assert re.findall(r">(\w+)</button>", html) == ["Detaljplanerna", "planbeskedet"]


def test_the_text_itself_is_unchanged_and_safe():
    text = "Krav < 3 i samråd & granskning av ”markanvisningar”"

    html = str(explained(text, lambda _: True))

    assert unescape(re.sub(r"<[^>]+>", "", html)) == text
    assert "&lt; 3" in html


def test_what_is_already_explained_is_left_alone():
    assert str(explained("Samråd & <samråd>", lambda _: False)) == "Samråd &amp; &lt;samråd&gt;"


@pytest.fixture
def newly_opened(monkeypatch):
    """A page on which nothing is explained yet, without a browser's session."""
    monkeypatch.setattr(terms.st, "session_state", {})
    terms.begin_page()


def _marked(text: str) -> list[str]:
    return re.findall(r">([^<]+)</button>", str(terms.with_terms(text)))


@pytest.mark.usefixtures("newly_opened")
def test_a_text_marks_its_hardest_word_once():
    text = "Detaljplaner och markanvisningar efter förpliktelsegrad. Förpliktelsegraden avgör."

    assert _marked(text) == ["förpliktelsegrad"]
    assert _marked("Förpliktelsegrad per markanvisning") == ["markanvisning"]


@pytest.mark.usefixtures("newly_opened")
def test_a_page_marks_two_words_and_no_easy_ones():
    assert _marked("Översiktsplaner, samråd och utgåvor") == []
    assert _marked("Med rådighet") == ["rådighet"]
    assert _marked("Med intervall") == ["intervall"]
    assert _marked("Med funktionskrav") == []
    terms.begin_page()
    assert _marked("Med funktionskrav") == ["funktionskrav"]


def test_every_hard_word_is_explained():
    assert set(HARDEST) <= NAMES
    assert len(set(HARDEST)) == len(HARDEST)


def test_the_guide_says_what_the_pages_say():
    text = FILE.read_text("utf-8")

    assert text == render(text), "run: python -m dashboard.guide"
    assert all(f"| {page.title} |" in text for page in IN_MENU.values())
    assert all(f"**{name}.**" in text for name in NAMES)


def test_a_guide_without_its_marks_is_refused():
    with pytest.raises(ValueError, match="sidor"):
        render("# Handledning")


def test_every_picture_is_taken_shown_and_small():
    taken = {f"{picture.name}.png" for picture in PICTURES}
    guide = re.findall(r"!\[([^\]]+)\]\(bilder/([^)]+)\)", FILE.read_text("utf-8"))
    first = re.findall(r"!\[([^\]]+)\]\(docs/bilder/([^)]+)\)", README.read_text("utf-8"))
    shown = [*guide, *first]
    files = list(FOLDER.iterdir())

    assert {name for _, name in shown} == taken == {file.name for file in files}
    assert len(shown) == len(taken)
    assert all(len(alt) > 15 for alt, _ in shown)
    assert sum(file.stat().st_size for file in files) < 1_500_000
