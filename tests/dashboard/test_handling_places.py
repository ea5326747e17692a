"""Quotations are found over line ends, columns, captions and pages."""

from __future__ import annotations

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dashboard.handling import pdf_worker, pictures
from dashboard.handling.places import find, keyed, over_pages


def words(text, ranges):
    return [text[start:end] for start, end in ranges]


def test_a_word_broken_over_lines_is_one_piece():
    text = "Kommunen ska pröva nya lös-\nningar i varje kvarter. Sedan något annat."
    found = find("Kommunen ska pröva nya lösningar i varje kvarter.", text)
    assert words(text, found) == ["Kommunen ska pröva nya lös-\nningar i varje kvarter."]


def test_a_caption_in_between_is_not_marked():
    text = "Här ska en testbädd för\nFigur 3. Vy över hamnen\nnya energilösningar byggas."
    found = find("Här ska en testbädd för nya energilösningar byggas.", text)
    assert words(text, found) == ["Här ska en testbädd för", "nya energilösningar byggas."]


def test_of_several_like_sentences_the_right_one_is_meant():
    line = "Byggherren ska visa hur det görs."
    text = f"{line}\nEtt.\n{line}\nTvå.\n{line}"
    assert find(line, text, before=text[: text.index("Två")]) == [(text.rindex(line), len(text))]
    assert find(line, text, before=text[: text.index("Ett")])[0][0] == text.index(line, 5)
    assert find(line, text)[0][0] == 0


def test_a_passage_over_a_page_break_is_marked_on_both():
    first = "Något.\nKommunen avser att låta varje etapp inne-\nSida 7"
    second = "Planen 2040\nhålla en lösning som inte har prövats förut.\nMer."
    quote = "Kommunen avser att låta varje etapp innehålla en lösning som inte har prövats förut."
    left, right = over_pages(quote, [first, second])
    assert words(first, left) == ["Kommunen avser att låta varje etapp inne"]
    assert words(second, right) == ["hålla en lösning som inte har prövats förut."]


@pytest.mark.parametrize("text", ["", "Något helt annat står på den här sidan.", "Kommunen ska"])
def test_what_is_not_there_is_not_marked(text):
    assert find("Kommunen ska pröva nya lösningar i varje kvarter.", text) == []


def test_ligatures_accents_and_bullets_do_not_matter():
    assert keyed("• eﬀektivitet o\u0308ver tid").key == keyed("effektivitet över tid").key


@pytest.fixture
def two_pages(tmp_path):
    """Two columns, a running head, and a sentence that goes on over column and page."""
    file = tmp_path / "spalter.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.drawString(60, 800, "Plan för hamnen")
    canvas.drawString(60, 700, "En annan mening.")
    canvas.drawString(60, 80, "Här ska kommunen pröva")
    canvas.drawString(320, 700, "nya lösningar för ener-")
    canvas.drawString(320, 680, "giförsörjningen tillsammans")
    canvas.showPage()
    canvas.drawString(60, 800, "Plan för hamnen")
    canvas.drawString(60, 700, "med näringslivet i området.")
    canvas.showPage()
    canvas.save()
    turned = file.with_stem("vriden")
    with pypdfium2.PdfDocument(file) as document:
        document[1].set_rotation(90)
        document.save(turned)
    return turned


def test_boxes_follow_columns_and_pages(two_pages):
    quote = (
        "Här ska kommunen pröva nya lösningar för energiförsörjningen tillsammans med "
        "näringslivet i området."
    )
    first, second = pdf_worker.locate(str(two_pages), (1, 2), quote, "")

    assert len(first[2]) == 3
    assert first[2][0][0] < 0.5 < first[2][1][0]
    assert keyed(first[3] + second[3]).key == keyed(quote).key
    assert (second[0], second[1]) == (pytest.approx(A4[1]), pytest.approx(A4[0])), "turned"
    (left, top, right, bottom) = second[2][0]
    assert right - left < bottom - top, "upright on a page that is turned"


def test_a_broken_file_ends_as_an_error_not_as_the_dashboard(tmp_path):
    file = tmp_path / f"{'b' * 64}.pdf"
    file.write_bytes(b"%PDF-1.7 trasig")
    with pytest.raises(pictures.UndrawableError):
        pictures.picture(file, 1)


def test_a_process_that_has_ended_is_begun_anew(two_pages):
    pictures._WORKERS.end()
    assert pictures.picture(two_pages, 1)[:2] == b"\xff\xd8"
    pictures._WORKERS.end()
    assert (
        pictures.boxes(two_pages, (1,), "En annan mening.", "")[0].text.strip()
        == "En annan mening."
    )
