"""What is left of a page: no running heads, page numbers or contents, and whole sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reading.passage import ExtractedDocument
from pipelines.reading.reader import read_document


def _read(path: Path, pages: list[str]) -> ExtractedDocument:
    path.write_text("\f".join(pages), encoding="utf-8")
    return read_document(path)


def _page(number: int, body: str) -> str:
    """A page whose head and number change places between left and right pages."""
    head = f"Almviks kommun   Plan 20{20 + number}   {number} (6)"
    if number % 2:
        head = f"{number} (6)   Plan 20{20 + number}   Almviks kommun"
    return f"{head}\n\n{body}\n\nAntagen av fullmäktige"


BODIES = [
    "Kommunen bygger en ny skola vid ån och provar ett nytt sätt att\nvärma den.",
    "Vägen breddas där den är smal. Därefter följer en utvärdering som\ngörs av",
    "kommunen själv. Den redovisas öppet.",
    "Parken får fler träd. De vattnas med regn från taken runt om.",
    "Torget läggs om med sten från den gamla kajen i hamnen.",
    "Bryggan öppnas för alla när den är färdig och besiktigad.",
]


def test_running_heads_are_known_by_repetition(tmp_path: Path) -> None:
    pages = [_page(number, body) for number, body in enumerate(BODIES, 1)]
    document = _read(tmp_path / "plan.txt", pages)
    text = "\n".join(page.text for page in document.pages)
    assert "Almviks kommun" not in text
    assert "Antagen" not in text
    joined = next(p for p in document.passages if p.text.startswith("Därefter"))
    assert joined.text == "Därefter följer en utvärdering som görs av kommunen själv."
    assert (joined.page, joined.page_end) == (2, 3)


def test_a_line_that_stands_once_is_kept(tmp_path: Path) -> None:
    document = _read(tmp_path / "plan.txt", ["Kommunen 2026\n\n" + BODIES[0], BODIES[3], BODIES[4]])
    assert "Kommunen 2026" in document.pages[0].text


CONTENTS = """Innehåll

Bakgrund ........................................ 2
Skolan och vägen till den som går genom den gamla
parken .......................................... 2
Genomförande .................................... 3
"""
BARE_CONTENTS = """Innehåll

1 Bakgrund 2
2 Skolan 2
3 Vägen 3
4 Genomförande 3
"""


def test_contents_with_leaders_go_with_their_wrapped_titles(tmp_path: Path) -> None:
    document = _read(tmp_path / "plan.txt", [CONTENTS, BODIES[0], BODIES[3]])
    assert [p.text for p in document.passages if p.page == 1] == []


def test_contents_without_leaders_are_known_by_what_follows(tmp_path: Path) -> None:
    body = "1 Bakgrund\n\nSkolan är gammal.\n\n2 Skolan\n\nDen byggs om."
    more = "3 Vägen\n\nDen breddas.\n\n4 Genomförande\n\nDet börjar nu."
    document = _read(tmp_path / "plan.txt", [BARE_CONTENTS, body, more])
    assert {p.page for p in document.passages} == {2, 3}
    assert {p.section for p in document.passages} >= {"1 Bakgrund", "4 Genomförande"}


def test_a_table_of_growing_numbers_is_no_contents_list(tmp_path: Path) -> None:
    table = "Etapp      Bostäder\nKajen      12\nVarvet     20\nParken     31\nTorget     44\n"
    document = _read(tmp_path / "plan.txt", [table, BODIES[0], BODIES[3]])
    rows = [p for p in document.passages if p.form == "table_row"]
    assert [p.text for p in rows] == ["Kajen 12", "Varvet 20", "Parken 31", "Torget 44"]
    assert {p.header for p in rows} == {"Etapp Bostäder"}


SECTIONS = """


1 Mål

Kommunen prövar nya idéer.


1.1 Trafik

Bilar delas. Det följs upp.

1.2 Vatten

Regnet tas om hand:

a) på taken,
b) i gatan.

o Dammar byggs


2 Genomförande

Planen genomförs i etapper."""


def test_sections_lists_and_neighbours(tmp_path: Path) -> None:
    passages = _read(tmp_path / "plan.txt", [SECTIONS]).passages
    by_text = {p.text: p for p in passages}
    assert by_text["Bilar delas."].section_path == ("1 Mål", "1.1 Trafik")
    assert by_text["Planen genomförs i etapper."].section_path == ("2 Genomförande",)
    assert by_text["Bilar delas."].before == ""
    assert by_text["Bilar delas."].after == "Det följs upp."
    assert by_text["Det följs upp."].before == "Bilar delas."
    items = [p for p in passages if p.form == "list_item"]
    assert [p.text for p in items] == ["på taken,", "i gatan.", "Dammar byggs"]
    assert {p.lead_in for p in items} == {"Regnet tas om hand:"}
    assert [p.ordinal for p in passages] == list(range(len(passages)))


def test_span_points_at_the_passage_in_the_page(tmp_path: Path) -> None:
    pages = [_page(number, body) for number, body in enumerate(BODIES, 1)]
    document = _read(tmp_path / "plan.txt", pages)
    texts = {page.number: page.text for page in document.pages}
    for passage in document.passages:
        if passage.page == passage.page_end:
            quoted = texts[passage.page][passage.start : passage.end]
            assert quoted.replace("\n", " ") == passage.text


def test_a_date_and_case_number_on_every_page_is_a_running_head(tmp_path: Path) -> None:
    pages = [f"2031-02-03 512-4711-2031\n\n{body}" for body in BODIES]
    document = _read(tmp_path / "yttrande.txt", pages)
    assert not [page for page in document.pages if "4711" in page.text]


CAPITALS = {
    "two lines": (
        "BYGGHERREN SKA UPPLÅTA EN LÄGENHET SOM TESTBÄDD FÖR\nNYA ENERGILÖSNINGAR.",
        True,
    ),
    "one line": ("KOMMUNEN SKA PRÖVA NYA LÖSNINGAR I EN TESTBÄDD.", True),
    "three lines": (
        "BYGGHERREN SKA UPPLÅTA EN BOSTAD SOM\nTESTBÄDD FÖR NY ENERGI OCH\nMÄTA I FEM ÅR.",
        True,
    ),
    "a heading": ("KRAV PÅ BYGGHERREN", False),
    "a heading of two lines": ("7.3 KONSEKVENSER FÖR ÄGAREN\nAV KVARNEN 1:31", False),
}


@pytest.mark.parametrize(("lines", "sentence"), CAPITALS.values(), ids=CAPITALS)
def test_a_sentence_in_capitals_is_a_sentence(tmp_path: Path, lines: str, sentence: bool) -> None:
    text = (
        f"Gatan är sju meter bred och har gångbana på båda sidor.\n\n{lines}\n\nMarken är plan.\n"
    )
    document = _read(tmp_path / "plan.txt", [text])
    joined = " ".join(lines.split())
    assert (joined in [p.text for p in document.passages]) is sentence
    if not sentence:
        assert joined.endswith(document.passages[-1].section)
