"""PDF: struck, covered and unseen text is not quoted; what merely lies near a line or a box is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipelines.reading.reader import read_document

BEFORE = "Planområdet ligger vid sjön och omfattar två kvarter med bostäder."
SHALL = "Byggherren ska upplåta en lägenhet som testbädd."
AFTER = "Gatan är sju meter bred och har gångbana på båda sidor."
X, Y, SIZE = 60, 700, 11
Draw = Callable[[Canvas], None]


def _pdf(path: Path, around: Draw) -> Path:
    """Write three sentences; `around` draws the second one."""
    canvas = Canvas(str(path), pagesize=A4, pageCompression=0)
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(X, Y + 60, BEFORE)
    canvas.saveState()
    around(canvas)
    canvas.restoreState()
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(X, Y - 60, AFTER)
    canvas.save()
    return path


def _texts(path: Path) -> list[str]:
    return [passage.text for passage in read_document(path, ocr=False).passages]


def _width(canvas: Canvas, text: str = SHALL) -> float:
    return float(canvas.stringWidth(text, "Helvetica", SIZE))


def struck_by_line(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.line(X, Y + 3.2, X + _width(canvas), Y + 3.2)


def struck_by_thin_box(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.rect(X, Y + 2.8, _width(canvas), 0.7, stroke=0, fill=1)


def under_black_box(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.rect(X - 2, Y - 3, _width(canvas) + 4, 15, stroke=0, fill=1)


def under_white_box(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(X - 2, Y - 3, _width(canvas) + 4, 15, stroke=0, fill=1)


def one_name_under_box(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    first = _width(canvas, SHALL.split(" ", maxsplit=1)[0])
    canvas.rect(X - 1, Y - 3, first + 2, 14, stroke=0, fill=1)


def under_picture(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.drawInlineImage(Image.new("L", (4, 4), 0), X - 2, Y - 3, _width(canvas) + 4, 15)


def white_on_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(X, Y, SHALL)


def without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(X, Y)
    text.setTextRenderMode(3)
    text.textOut(SHALL)
    canvas.drawText(text)


def of_one_point(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(X, Y, SHALL)


def struck_by_a_path_of_lines(canvas: Canvas) -> None:
    first, second = "Byggherren ska upplåta en", "lägenhet som testbädd."
    path = canvas.beginPath()
    for text, y in ((first, Y), (second, Y - 14)):
        canvas.drawString(X, y, text)
        path.moveTo(X, y + 3.2)
        path.lineTo(X + _width(canvas, text), y + 3.2)
    canvas.drawPath(path)


def struck_by_a_path_of_boxes(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    path = canvas.beginPath()
    path.rect(X, Y + 2.8, _width(canvas), 0.7)
    path.rect(X, Y - 40, 20, 0.7)
    canvas.drawPath(path, stroke=0, fill=1)


def struck_by_tiny_rules(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    for step in range(int(_width(canvas) / 2)):
        canvas.rect(X + 2 * step, Y + 2.8, 2, 0.4, stroke=0, fill=1)


def struck_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("sida")
    canvas.setFont("Helvetica", SIZE)
    struck_by_line(canvas)
    canvas.endForm()
    canvas.translate(30, 20)
    canvas.doForm("sida")


def struck_to_the_margin(canvas: Canvas) -> None:
    for text, y in ((f"{SHALL} Kommunen ska", Y), ("följa upp den.", Y - 14)):
        canvas.drawString(X, y, text)
        canvas.line(X, y + 3.2, X + 330, y + 3.2)


def crossed_over(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.drawString(X, Y - 14, SHALL)
    canvas.line(X, Y - 20, X + _width(canvas), Y + 14)
    canvas.line(X, Y + 14, X + _width(canvas), Y - 20)


def upwards_and_struck(canvas: Canvas) -> None:
    canvas.translate(40, 200)
    canvas.rotate(90)
    canvas.drawString(0, 0, SHALL)
    canvas.line(0, 3.2, _width(canvas), 3.2)


def let_through(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(X, Y, SHALL)


def black_on_black(canvas: Canvas) -> None:
    canvas.rect(X - 2, Y - 3, _width(canvas) + 4, 15, stroke=0, fill=1)
    canvas.drawString(X, Y, SHALL)


def struck_by_hand(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    path = canvas.beginPath()
    path.moveTo(X, Y + 3)
    for step in range(1, 41):
        path.lineTo(X + _width(canvas) * step / 40, Y + 3 + (-1) ** step)
    canvas.drawPath(path)


def scaled_to_a_dot(canvas: Canvas) -> None:
    canvas.scale(0.01, 0.01)
    canvas.drawString(100 * X, 100 * Y, SHALL)


def beside_the_page(canvas: Canvas) -> None:
    canvas.drawString(A4[0] + 20, Y, SHALL)


UNSEEN = [
    struck_by_line, struck_by_thin_box, struck_by_a_path_of_lines, struck_by_a_path_of_boxes,
    struck_by_tiny_rules, struck_in_a_form, struck_to_the_margin, crossed_over, upwards_and_struck,
    under_black_box, under_white_box, one_name_under_box, under_picture, white_on_white,
    without_ink, of_one_point, black_on_black, struck_by_hand, scaled_to_a_dot, let_through,
    beside_the_page,
]  # fmt: skip


@pytest.mark.parametrize("around", UNSEEN, ids=lambda each: each.__name__)
def test_what_a_reader_does_not_see_is_not_quoted(tmp_path: Path, around: Draw) -> None:
    assert _texts(_pdf(tmp_path / "plan.pdf", around)) == [BEFORE, AFTER]


def underlined(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.line(X, Y - 1.5, X + _width(canvas), Y - 1.5)


def on_a_shade(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.8, 0.85, 0.9)
    canvas.rect(X - 2, Y - 3, _width(canvas) + 4, 15, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(X, Y, SHALL)


def white_on_dark(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0.2, 0.4)
    canvas.rect(X - 2, Y - 3, _width(canvas) + 4, 15, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(X, Y, SHALL)


def in_a_frame(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.rect(X - 4, Y - 5, _width(canvas) + 8, 20, stroke=1, fill=0)


def under_glass(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.setFillColorRGB(1, 1, 0, alpha=0.3)
    canvas.rect(X - 2, Y - 3, _width(canvas) + 4, 15, stroke=0, fill=1)


def beside_a_rule_over_the_page(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.line(0, Y + 3.2, 595, Y + 3.2)


def in_a_table(canvas: Canvas) -> None:
    canvas.drawString(X, Y, SHALL)
    canvas.grid([X - 4, X + _width(canvas) + 4], [Y + 20, Y - 5, Y - 30])


def in_an_open_form(canvas: Canvas) -> None:
    canvas.beginForm("sida")
    canvas.drawString(X, Y, SHALL)
    canvas.endForm()
    canvas.doForm("sida")


SEEN = [
    underlined, on_a_shade, white_on_dark, in_a_frame, under_glass, beside_a_rule_over_the_page,
    in_a_table, in_an_open_form,
]  # fmt: skip


@pytest.mark.parametrize("around", SEEN, ids=lambda each: each.__name__)
def test_what_a_reader_sees_is_quoted(tmp_path: Path, around: Draw) -> None:
    assert _texts(_pdf(tmp_path / "plan.pdf", around)) == [BEFORE, SHALL, AFTER]


def test_only_the_struck_words_go(tmp_path: Path) -> None:
    def around(canvas: Canvas) -> None:
        canvas.drawString(X, Y, "Byggherren ska bör mäta energin i fem år.")
        start = X + _width(canvas, "Byggherren ")
        canvas.line(start, Y + 3.2, start + _width(canvas, "ska"), Y + 3.2)

    assert _texts(_pdf(tmp_path / "plan.pdf", around))[1] == "Byggherren bör mäta energin i fem år."


def test_the_text_over_a_scan_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "skannad.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawInlineImage(Image.new("L", (60, 85), 255), 0, 0, *A4)
    canvas.setFont("Helvetica", SIZE)
    without_ink(canvas)
    canvas.save()
    assert _texts(path) == [SHALL]


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        (pdfium.FPDF_ANNOT_STRIKEOUT, False),
        (pdfium.FPDF_ANNOT_INK, False),
        (pdfium.FPDF_ANNOT_HIGHLIGHT, True),
        (pdfium.FPDF_ANNOT_UNDERLINE, True),
    ],
)
def test_marks_of_a_reviewer_strike_as_they_say(tmp_path: Path, kind: int, seen: bool) -> None:
    path = _pdf(tmp_path / "plan.pdf", lambda canvas: canvas.drawString(X, Y, SHALL))
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    note = pdfium.FPDFPage_CreateAnnot(page.raw, kind)
    left, right, low, high = X, X + stringWidth(SHALL, "Helvetica", SIZE), Y - 2, Y + 9
    pdfium.FPDFAnnot_SetRect(note, pdfium.FS_RECTF(left, high, right, low))
    quad = pdfium.FS_QUADPOINTSF(left, high, right, high, left, low, right, low)
    pdfium.FPDFAnnot_AppendAttachmentPoints(note, quad)
    stroke = [(left, Y + 2), ((left + right) / 2, Y + 5), (right, Y + 3)]
    points = (pdfium.FS_POINTF * 3)(*(pdfium.FS_POINTF(x, y) for x, y in stroke))
    pdfium.FPDFAnnot_AddInkStroke(note, points, 3)
    pdfium.FPDFPage_CloseAnnot(note)
    marked = tmp_path / "markt.pdf"
    document.save(str(marked))
    assert (SHALL in _texts(marked)) is seen


def _layers(path: Path, middle: str, properties: str) -> Path:
    """Write a page by hand; `middle` draws what is on its layers, of which 6 is off and 7 is on."""
    content = (
        f"BT /F1 11 Tf 60 760 Td ({BEFORE}) Tj ET {middle} BT /F1 11 Tf 60 640 Td ({AFTER}) Tj ET"
    ).encode("cp1252")
    form = f"BT /F1 11 Tf 60 700 Td ({SHALL}) Tj ET".encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R 7 0 R] /D 8 0 R >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> /XObject << /X1 9 0 R >> /Properties << /Off 6 0 R /On 7 0 R "
        b"/One 10 0 R >> >> >>",
        b"<< /Length %d >> stream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /OCG /Name (Tidigare) >>",
        b"<< /Type /OCG /Name (Nu) >>",
        properties.encode(),
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /OC 6 0 R /Resources << /Font "
        b"<< /F1 5 0 R >> >> /Length %d >> stream\n%b\nendstream" % (len(form), form),
        b"<< /Type /OCMD /OCGs [6 0 R 7 0 R] /P /AllOn >>",
    ]
    data, places = b"%PDF-1.6\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj " % number + body + b" endobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (11, start)
    path.write_bytes(data)
    return path


_ON = "Gatan ska upplåtas till en provyta med nya beläggningar."


@pytest.mark.parametrize(
    ("middle", "properties", "seen"),
    [
        ("/OC /Off BDC {shall} EMC", "<< /OFF [6 0 R] >>", [BEFORE, AFTER]),
        ("/OC /Off BDC {shall} EMC", "<< >>", [BEFORE, SHALL, AFTER]),
        ("/OC /Off BDC {shall} EMC", "<< /BaseState /OFF >>", [BEFORE, AFTER]),
        ("/OC /Off BDC {shall} EMC /OC /On BDC {now} EMC", "<< /OFF [6 0 R] >>",
         [BEFORE, _ON, AFTER]),
        ("/OC /On BDC /OC /Off BDC {shall} EMC {now} EMC", "<< /OFF [6 0 R] >>",
         [BEFORE, _ON, AFTER]),
        ("/OC /One BDC {shall} EMC {now}", "<< /OFF [6 0 R] >>", [BEFORE, _ON, AFTER]),
        ("/X1 Do {now}", "<< /OFF [6 0 R] >>", [BEFORE, _ON, AFTER]),
        ("/X1 Do", "<< >>", [BEFORE, SHALL, AFTER]),
    ],
    ids=("off", "on", "base", "over", "nested", "condition", "form", "form on"),
)  # fmt: skip
def test_a_layer_that_is_off_is_not_read(
    tmp_path: Path, middle: str, properties: str, seen: list[str]
) -> None:
    text = "BT /F1 11 Tf 60 700 Td ({}) Tj ET"
    drawn = middle.format(shall=text.format(SHALL), now=text.format(_ON))
    assert _texts(_layers(tmp_path / "lager.pdf", drawn, properties)) == seen
