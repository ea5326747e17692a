"""PDF as towns print it: columns, tables, turned pages, spaced letters, broken characters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from pipelines.reading.reader import read_document
from tests.reading.sample_text import HEAD, as_text, write_pdf

Draw = Callable[[canvas.Canvas], None]


def _pdf(path: Path, *pages: Draw) -> Path:
    paper = canvas.Canvas(str(path), pagesize=A4)
    for draw in pages:
        draw(paper)
        paper.showPage()
    paper.save()
    return path


def _lines(paper: canvas.Canvas, lines: list[str], x: float = 60, y: float = 780) -> None:
    for number, line in enumerate(lines):
        paper.setFont("Helvetica", 10)
        paper.drawString(x, y - 14 * number, line)


PROSE = [
    "Kommunen bygger en brygga i hamnen tillsammans med de företag som",
    "verkar där. Bryggan öppnas för alla när den är färdig. Den sköts av",
    "föreningen under de första tio åren.",
]
SENTENCES = [
    "Kommunen bygger en brygga i hamnen tillsammans med de företag som verkar där.",
    "Bryggan öppnas för alla när den är färdig.",
    "Den sköts av föreningen under de första tio åren.",
]


@pytest.mark.parametrize(
    ("columns", "by_rows"), [(1, False), (2, False), (2, True)], ids=["one", "two", "two by rows"]
)
def test_pdf_gives_the_same_passages_as_the_text(
    tmp_path: Path, columns: int, by_rows: bool
) -> None:
    text_file, pdf_file = tmp_path / "plan.txt", tmp_path / "plan.pdf"
    text_file.write_text(as_text(), encoding="utf-8")
    write_pdf(pdf_file, columns=columns, by_rows=by_rows)
    from_text = [p.text for p in read_document(text_file).passages if p.page > 1]
    from_pdf = [p.text for p in read_document(pdf_file).passages]
    shared = sum(text in from_pdf for text in from_text)
    assert shared >= 0.97 * len(from_text)
    assert not any(HEAD.split()[0] in text for text in from_pdf) or by_rows
    assert [text for text in from_pdf if text in from_text] == from_text


def test_sections_and_lead_in_survive_the_pdf(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    write_pdf(path, columns=2)
    items = [p for p in read_document(path).passages if p.form == "list_item"]
    assert len(items) == 3
    assert {item.lead_in for item in items} == {"Byggherren ska:"}
    assert {item.section for item in items} == {"KRAV PÅ BYGGHERRAR"}


def test_full_width_heading_stands_before_both_columns(tmp_path: Path) -> None:
    def page(paper: canvas.Canvas) -> None:
        right = [
            "Torget läggs med återbrukad sten från den",
            "gamla kajen. Arbetet tar två år.",
        ] * 2
        left = [
            "Gatan byggs om till en gångfartsgata och",
            "träden står kvar. Bilar får gäststatus.",
        ] * 2
        _lines(paper, right, x=310, y=700)
        _lines(paper, left, y=700)
        paper.setFont("Helvetica-Bold", 18)
        paper.drawString(60, 750, "Gator och torg i hela den gamla hamnstaden")

    passages = read_document(_pdf(tmp_path / "a.pdf", page)).passages
    assert passages[0].text == "Gatan byggs om till en gångfartsgata och träden står kvar."
    assert passages[-1].text == "Arbetet tar två år."
    assert {p.section for p in passages} == {"Gator och torg i hela den gamla hamnstaden"}


def test_table_rows_keep_their_column_headings(tmp_path: Path) -> None:
    rows = [
        ("Grund", "Etapp 1", "Etapp 2"),
        ("Pris", "40", "20"),
        ("Nytt sätt att bygga", "30", "50"),
    ]

    def page(paper: canvas.Canvas) -> None:
        _lines(paper, PROSE)
        for number, row in enumerate(rows):
            for x, cell in zip((60, 260, 380), row, strict=True):
                paper.drawString(x, 700 - 14 * number, cell)

    passages = read_document(_pdf(tmp_path / "a.pdf", page)).passages
    table = [p for p in passages if p.form == "table_row"]
    assert [p.text for p in table][-2:] == ["Pris 40 20", "Nytt sätt att bygga 30 50"]
    assert [p.text for p in passages if p.form == "sentence"] == SENTENCES


@pytest.mark.parametrize("way", ["drawn", "page"])
def test_turned_pages_are_read_upright(tmp_path: Path, way: str) -> None:
    def page(paper: canvas.Canvas) -> None:
        if way == "page":
            paper.setPageRotation(90)
        paper.translate(595, 0)
        paper.rotate(90)
        _lines(paper, PROSE, y=500)

    passages = read_document(_pdf(tmp_path / "a.pdf", page)).passages
    assert [p.text for p in passages] == SENTENCES


def test_turned_label_in_the_margin_does_not_enter_a_sentence(tmp_path: Path) -> None:
    def page(paper: canvas.Canvas) -> None:
        paper.saveState()
        paper.translate(30, 300)
        paper.rotate(90)
        paper.drawString(0, 0, "Underlag från mätningen")
        paper.restoreState()
        _lines(paper, PROSE)

    texts = [p.text for p in read_document(_pdf(tmp_path / "a.pdf", page)).passages]
    assert texts[:3] == SENTENCES


def test_spaced_letters_become_words(tmp_path: Path) -> None:
    def page(paper: canvas.Canvas) -> None:
        text = paper.beginText(60, 780)
        text.setFont("Helvetica-Bold", 16)
        text.setCharSpace(9)
        text.textLine("HAMNPLAN")
        text.setCharSpace(0)
        paper.drawText(text)
        _lines(paper, PROSE, y=740)

    passages = read_document(_pdf(tmp_path / "a.pdf", page)).passages
    assert [p.text for p in passages] == SENTENCES
    assert passages[0].section == "HAMNPLAN"


def test_broken_characters_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Pla\u030anen a\u0308r o\u0308ppen fo\u0308r alla. Of\ufb01ciell trä\u00adfasad.\n",
        encoding="utf-8",
    )
    assert [p.text for p in read_document(path).passages] == [
        "Plånen är öppen för alla.",
        "Officiell träfasad.",
    ]


def test_sentence_over_a_page_break_has_both_pages(tmp_path: Path) -> None:
    def first(paper: canvas.Canvas) -> None:
        _lines(
            paper,
            [*PROSE, "Hamnen ska bli en plats där nya lösningar för avfall och energi-"],
            y=300,
        )

    def second(paper: canvas.Canvas) -> None:
        _lines(paper, ["användning visas upp. Det börjar i år."])

    passages = read_document(_pdf(tmp_path / "a.pdf", first, second)).passages
    found = next(p for p in passages if p.text.startswith("Hamnen"))
    assert found.text.endswith("avfall och energianvändning visas upp.")
    assert (found.page, found.page_end) == (1, 2)


def test_title_is_the_largest_type_of_the_cover(tmp_path: Path) -> None:
    def cover(paper: canvas.Canvas) -> None:
        paper.setFont("Helvetica", 9)
        paper.drawString(60, 800, "Dnr 2026-17")
        paper.setFont("Helvetica-Bold", 26)
        paper.drawString(60, 600, "Detaljplan för Almviks hamn")

    document = read_document(_pdf(tmp_path / "a.pdf", cover, lambda paper: _lines(paper, PROSE)))
    assert document.title == "Detaljplan för Almviks hamn"


def test_sentence_resumes_in_the_next_column_after_a_map(tmp_path: Path) -> None:
    def page(paper: canvas.Canvas) -> None:
        left = [
            "Kommunen har valt att spara skogen vid ån.",
            "Den som vill pröva nya sätt att sköta den är",
            "välkommen att höra av sig. Stigen mellan sjön",
        ]
        right = [
            "och torget rustas upp med nya broar.",
            "Arbetet görs av en förening i trakten som",
            "också sköter vindskydden.",
        ]
        _lines(paper, left, y=700)
        paper.setFont("Helvetica", 6)
        for number, label in enumerate(["Tätort", "Vatten", "Järnväg"]):
            paper.drawString(200, 500 - 12 * number, label)
        _lines(paper, right, x=310, y=700)

    texts = [p.text for p in read_document(_pdf(tmp_path / "a.pdf", page)).passages]
    assert "Stigen mellan sjön och torget rustas upp med nya broar." in texts


def test_dash_list_after_an_open_sentence(tmp_path: Path) -> None:
    lines = [
        "Mark- och exploateringsenheten föreslår nu att kommunstyrelsen ska",
        "– anvisa kvarteret vid ån till den byggherre som har bästa idén,",
        "– teckna avtal om delade bilar.",
    ]
    passages = read_document(_pdf(tmp_path / "a.pdf", lambda paper: _lines(paper, lines))).passages
    assert [p.form for p in passages] == ["sentence", "list_item", "list_item"]


def test_file_with_password_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    paper = canvas.Canvas(str(path), encrypt=StandardEncryption("hemligt"))
    _lines(paper, PROSE)
    paper.save()
    assert read_document(path).reason == "PDF-filen är skyddad med lösenord."
