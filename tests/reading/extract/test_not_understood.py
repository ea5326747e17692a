"""Text that is there but cannot be understood is typed so, and is never a zero."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading import page_cache
from pipelines.reading.extraction import leave_out_garbled
from pipelines.reading.reader import read_document
from pipelines.reading.understood import is_garbled, language_of
from tests.reading.extract.own_font import write_pdf

SWEDISH = (
    "Planområdet ligger vid sjön och omfattar två kvarter med bostäder och lokaler.",
    "Byggherren ska upplåta en lägenhet som testbädd för nya energilösningar.",
    "Gatan är sju meter bred och har gångbana på båda sidor av vägen.",
    "Kommunen vill att nya lösningar prövas och att resultaten sprids till andra.",
)
ENGLISH = (
    "The plan area is situated by the lake and consists of two blocks with housing.",
    "The developer shall provide a flat as a test bed for new energy solutions.",
    "The street is seven metres wide and has a pavement on both sides of the road.",
    "The municipality wants new solutions to be tried and the results to be shared.",
)


def test_a_font_without_a_character_map_is_not_understood(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "plan.pdf", SWEDISH, SWEDISH, mapped=False)
    document = read_document(path, ocr=False)
    assert (document.status, document.passages, document.readable_share) == (
        "not_understood",
        (),
        0.0,
    )
    assert "2 av 2 sidor går inte att avkoda" in document.reason


@pytest.mark.parametrize("garbled", [1, 2, 3])
def test_passages_beside_a_garbled_page_have_no_neighbour_there(tmp_path: Path, garbled: int):
    pages = [[f"{line} Sida {page}." for line in SWEDISH] for page in (1, 2, 3)]
    document = read_document(write_pdf(tmp_path / "plan.pdf", *pages), ocr=False)
    kept = leave_out_garbled(document.passages, frozenset({garbled}))
    assert 0 < len(kept) < len(document.passages)
    assert not any(f"Sida {garbled}." in p.before + p.text + p.after for p in kept)
    document = replace(document, passages=kept)
    assert page_cache.unpack(page_cache.pack(document)) == document


def test_the_same_font_with_its_map_is_read(tmp_path: Path) -> None:
    document = read_document(write_pdf(tmp_path / "plan.pdf", SWEDISH), ocr=False)
    assert (document.status, document.reason, document.language) == ("read", "", "sv")
    assert document.passages[1].text == SWEDISH[1].replace(".", " (Lotsen).")


def test_a_plan_in_english_is_not_understood(tmp_path: Path) -> None:
    document = read_document(write_pdf(tmp_path / "plan.pdf", ENGLISH, ENGLISH), ocr=False)
    assert (document.status, document.language) == ("not_understood", "en")
    assert "engelska" in document.reason


def test_a_swedish_plan_with_an_english_summary_is_read(tmp_path: Path) -> None:
    pages = [ENGLISH, *[SWEDISH] * 4]
    document = read_document(write_pdf(tmp_path / "plan.pdf", *pages), ocr=False)
    assert (document.status, document.reason, document.language) == ("read", "", "sv")


def test_a_plan_half_in_english_is_read_with_a_reason(tmp_path: Path) -> None:
    pages = [SWEDISH, ENGLISH, SWEDISH, ENGLISH, SWEDISH]
    document = read_document(write_pdf(tmp_path / "plan.pdf", *pages), ocr=False)
    assert document.status == "read"
    assert document.reason.startswith("2 av 5 sidor är på engelska.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ".join(SWEDISH), "sv"),
        (" ".join(ENGLISH), "en"),
        ("Planområdet ligger ved sjøen og det er ikke et krav at husene skal være av tre. " * 3,
         "no"),
        ("Kaava-alue on järven rannalla ja se on osa kuntaa, myös ratkaisut ovat mukana. " * 3,
         "fi"),
        ("Kvarteret Lotsen 3", ""),
        ("Högsta nockhöjd 12,0 m. Bostäder. Centrum. Gata. Park. Naturmark. Lek. Torg. " * 5, ""),
    ],
)  # fmt: skip
def test_language_is_told_by_common_words(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        (" ".join(SWEDISH), False),
        (" ".join(ENGLISH), False),
        (" ".join(SWEDISH).upper(), False),
        ("Etapp 1 2026 1 200 m² 45 %\nEtapp 2 2027 3 400 m² 55 %\n" * 6, False),
        ("Fastighet 1:12 ....... 14\nFastighet 1:13 ....... 15\n" * 8, False),
        ((" ".join(SWEDISH) + " Husen och parken och gatan som finns. ") * 2, False),
        ("".join(c for c in (" ".join(SWEDISH) + " och att som ") * 2 if c not in "åäöÅÄÖ"), True),
        ("Torget och gatan som alla vill ha och att det finns plats.", False),
        ("".join(chr(ord(c) - 29) for c in " ".join(SWEDISH) if ord(c) > 64), True),
        ("".join(chr(0x21 + ord(c) % 31) for c in " ".join(SWEDISH)), True),
        (" ".join(SWEDISH).translate(str.maketrans("aeiouåäönrtsl", "xqzkvbjxcwfhg")), True),
    ],
)
def test_writing_is_told_from_signs_and_shifted_letters(text: str, garbled: bool) -> None:
    assert is_garbled(text) is garbled


def _with_attachment(path: Path, name: str, *pages: tuple[str, ...]) -> Path:
    import pypdfium2

    document = pypdfium2.PdfDocument(write_pdf(path, *pages))
    document.new_attachment(name).set_data(b"%PDF-1.4 innehall")
    document.save(str(path.with_suffix(".med.pdf")))
    document.close()
    return path.with_suffix(".med.pdf")


def test_a_cover_with_attached_documents_is_not_understood(tmp_path: Path) -> None:
    path = _with_attachment(tmp_path / "a.pdf", "planbeskrivning.pdf", SWEDISH[:1])
    document = read_document(path, ocr=False)
    assert document.status == "not_understood"
    assert "en bifogad fil som inte öppnas (planbeskrivning.pdf)" in document.reason


def test_a_long_plan_with_an_attached_document_is_read_with_a_reason(tmp_path: Path) -> None:
    path = _with_attachment(tmp_path / "a.pdf", "bilaga.docx", *[SWEDISH * 3] * 3)
    document = read_document(path, ocr=False)
    assert document.status == "read"
    assert "bilaga.docx" in document.reason


def test_attached_data_is_no_document(tmp_path: Path) -> None:
    path = _with_attachment(tmp_path / "a.pdf", "matpunkter.csv", SWEDISH)
    document = read_document(path, ocr=False)
    assert (document.status, document.reason) == ("read", "")


def test_an_opendocument_file_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<text/>")
    document = read_document(path)
    assert document.status == "unreadable"
    assert "ODT" in document.reason
    assert "DOCX" in document.reason


ANSWER = "Kommunen ska pröva nya material i torget."


def _write_form(path: Path, answer: str) -> Path:
    """Write a page of text with one field of a form that holds an answer."""
    canvas = Canvas(str(path), pagesize=A4)
    for place, line in enumerate(SWEDISH * 3):
        canvas.drawString(50, 800 - 14 * place, line)
    canvas.acroForm.textfield(name="svar", value=answer, x=50, y=100, width=450, height=20)
    canvas.save()
    return path


def test_answers_of_a_form_are_read_in_their_place(tmp_path: Path) -> None:
    document = read_document(_write_form(tmp_path / "svar.pdf", ANSWER), ocr=False)
    assert (document.status, document.reason) == ("read", "")
    assert [passage.page for passage in document.passages if passage.text == ANSWER] == [1]


def test_answers_that_the_page_does_not_show_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pypdfium2.raw.FPDFPage_Flatten", lambda *_: 0)
    document = read_document(_write_form(tmp_path / "svar.pdf", ANSWER), ocr=False)
    assert "ett ifyllt fält som inte läses" in document.reason


@pytest.mark.parametrize("answer", ["", "2026-11-30"])
def test_an_empty_form_or_a_date_in_it_is_nothing_to_read(tmp_path: Path, answer: str) -> None:
    document = read_document(_write_form(tmp_path / "svar.pdf", answer), ocr=False)
    assert (document.status, document.reason) == ("read", "")
