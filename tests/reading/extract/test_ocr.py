"""Scans: read by tesseract where it is, typed unreadable where it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from pipelines.reading.extract import ocr
from pipelines.reading.extract.page_lines import RawPage
from pipelines.reading.extraction import read_one
from pipelines.reading.reader import read_document
from pipelines.reading.understood import unread_pages
from tests.reading.extract.own_font import write_pdf
from tests.reading.extract.test_not_understood import SWEDISH

HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
PRINTED = [
    (1, 1, 300, "Kommunen ska pröva delade bilar i det nya"),
    (1, 2, 360, "kvarteret och mäta hur det går."),
    (2, 1, 600, "Försöket pågår i två år."),
]


def _tsv(confidence: int = 91) -> str:
    rows = [HEADER]
    for block, line, top, text in PRINTED:
        left = 300
        for number, word in enumerate(text.split(), 1):
            width = 22 * len(word)
            box = f"{left}\t{top}\t{width}\t40"
            rows.append(f"5\t1\t{block}\t1\t{line}\t{number}\t{box}\t{confidence}\t{word}")
            left += width + 20
    return "\n".join(rows)


def _scan(path: Path, pages: int = 2) -> Path:
    paper = canvas.Canvas(str(path), pagesize=A4)
    for _ in range(pages):
        paper.drawInlineImage(Image.new("L", (60, 85), 200), 0, 0, *A4)
        paper.showPage()
    paper.save()
    return path


@pytest.fixture(autouse=True)
def _forget_tesseract() -> Iterator[None]:
    ocr.tesseract.cache_clear()
    yield
    ocr.tesseract.cache_clear()


@pytest.fixture
def fake_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program on PATH that answers as tesseract with Swedish data does."""
    folder = tmp_path / "bin"
    folder.mkdir()
    table = folder / "words.tsv"
    table.write_text(_tsv(), encoding="utf-8")
    program = folder / "tesseract"
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys, pathlib\n"
        "if '--list-langs' in sys.argv: print('List of available languages (2):\\neng\\nswe')\n"
        "else:\n"
        "    assert sys.stdin.buffer.read(2) == b'P5'\n"
        f"    sys.stdout.buffer.write(pathlib.Path({str(table)!r}).read_bytes())\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return table


def test_scan_without_tesseract_is_unreadable_with_its_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    document = read_document(_scan(tmp_path / "skannad.pdf"))
    assert (document.status, document.readable_share, document.ocr) == ("unreadable", 0.0, False)
    assert document.reason == (
        "Dokumentet är inskannat: 2 av 2 sidor saknar läsbar text. "
        "Texttolkning (OCR) med svenska är inte installerad."
    )


def test_scan_with_tesseract_is_read_and_marked(tmp_path: Path, fake_tesseract: Path) -> None:
    document = read_document(_scan(tmp_path / "skannad.pdf", pages=1))
    assert (document.status, document.readable_share, document.ocr) == ("read", 1.0, True)
    assert document.pages[0].ocr_confidence == 91.0
    assert [p.text for p in document.passages] == [
        "Kommunen ska pröva delade bilar i det nya kvarteret och mäta hur det går.",
        "Försöket pågår i två år.",
    ]


def test_pages_read_at_the_same_time_come_in_order(tmp_path: Path, fake_tesseract: Path) -> None:
    signs: list[None] = []
    path = _scan(tmp_path / "skannad.pdf", pages=9)
    document = read_one(path, ocr=True, alive=lambda: signs.append(None))
    assert [page.number for page in document.pages] == list(range(1, 10))
    assert {page.ocr_confidence for page in document.pages} == {91.0}
    assert len(signs) == 9


def test_ocr_that_is_not_wanted_is_not_used(tmp_path: Path, fake_tesseract: Path) -> None:
    document = read_document(_scan(tmp_path / "skannad.pdf"), ocr=False)
    assert document.status == "unreadable"
    assert document.reason.endswith("Texttolkning (OCR) användes inte.")


def test_bullets_and_section_signs_are_what_was_printed() -> None:
    tsv = _tsv().replace("\tKommunen", "\te").replace("\tska", "\t16$").replace("\tpröva", "\t$")
    tsv = tsv.replace("\tdelade", "\t33")
    page = ocr.page_from_tsv(tsv, 1, 300 / 72, 842)
    assert page is not None
    assert page.lines[0].text == "• 16 § § 33 bilar i det nya"


def test_words_that_tesseract_doubts_are_no_text(tmp_path: Path, fake_tesseract: Path) -> None:
    fake_tesseract.write_text(_tsv(confidence=12), encoding="utf-8")
    document = read_document(_scan(tmp_path / "skannad.pdf"))
    assert document.status == "unreadable"
    assert document.reason.endswith("Texttolkningen (OCR) hittade ingen text på dem.")


def test_this_machine_reads_or_says_why_not(tmp_path: Path) -> None:
    document = read_document(_scan(tmp_path / "skannad.pdf"))
    assert document.status == "unreadable"  # a grey page holds no words either way
    ending = "hittade ingen text på dem." if ocr.tesseract() else "är inte installerad."
    assert document.reason.endswith(ending)


def test_a_program_that_fails_gives_no_text(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    assert ocr.run_tesseract(str(program), b"P5 1 1 255\n\x00") == ""
    assert ocr.run_tesseract(str(tmp_path / "none"), b"") == ""


def test_confidence_is_the_mean_of_the_words() -> None:
    page = ocr.page_from_tsv(_tsv(confidence=80), 4, 300 / 72, 842)
    assert page is not None
    assert (page.number, page.ocr_confidence, len(page.lines)) == (4, 80.0, 3)
    assert page.lines[0].y < page.lines[1].y


@pytest.mark.parametrize(
    ("pictures", "total", "unread"),
    [
        ([1], 20, set()),  # a cover
        ([5, 9], 20, set()),  # maps
        ([7, 8, 9], 20, {7, 8, 9}),  # an appendix
        ([1, 2], 4, {1, 2}),  # half of the document
        ([], 3, set()),
    ],
)
def test_maps_and_covers_are_not_scans(pictures: list[int], total: int, unread: set[int]) -> None:
    pages = [RawPage(number, image=number in pictures) for number in range(1, total + 1)]
    assert unread_pages(pages) == unread


def test_a_font_without_a_character_map_is_read_as_a_picture(
    tmp_path: Path, fake_tesseract: Path
) -> None:
    path = write_pdf(tmp_path / "plan.pdf", SWEDISH, mapped=False)
    document = read_document(path)
    assert (document.status, document.reason, document.ocr) == ("read", "", True)
    assert document.passages[1].text == "Försöket pågår i två år."
