"""Letters in the meeting pack: every one can be seen, none breaks the file."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from pptx import Presentation
from pptx.util import Inches
from reportlab.platypus import SimpleDocTemplate

from dashboard.draw.paper import paragraph
from dashboard.draw.pptx import Run, write_runs
from dashboard.draw.printed import in_font, in_markup


def printed(*texts: str) -> str:
    out = io.BytesIO()
    SimpleDocTemplate(out).build([paragraph(text, "body") for text in texts])
    return pdfium.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()


@pytest.mark.parametrize("text", ["Čapek och Łukasz", "≥ 40 %", "Åsens gård – 10 §", "ﬁnansiering"])
def test_letters_outside_the_standard_fonts_are_printed(text: str):
    assert text.replace("ﬁ", "fi").split() == printed(text).replace("ﬁ", "fi").split()


def test_a_lowered_figure_is_set_as_one_and_control_characters_are_left_out():
    assert "".join(printed("CO₂ & mer <b>\u0002\u001f").split()) == "CO2&mer<b>"
    assert in_markup("CO₂") == "CO<sub>2</sub>"


def test_words_in_pictures_have_the_nearest_letter():
    assert in_font("Łódź → ő\u0002 −3") == "?ódz -> o –3"


def test_powerpoint_holds_no_control_characters():
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    box = slide.shapes.add_textbox(*[Inches(1)] * 4)
    write_runs(box.text_frame.paragraphs[0], [Run("Åsen\u0002 södra\u001f")], 12)
    assert box.text_frame.text == "Åsen södra"
