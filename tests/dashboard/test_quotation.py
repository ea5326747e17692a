import json

from dashboard.handling.marks import marked
from dashboard.parts.quotation import source_line


def spans(*found: tuple[int, int, str]) -> str:
    return json.dumps([{"start": a, "end": b, "role": role} for a, b, role in found])


def test_only_deciding_words_are_marked():
    html = str(marked("Byggherren ska pröva.", spans((0, 10, "actor"), (11, 14, "deciding"))))

    assert html == 'Byggherren <mark class="avgor">ska</mark> pröva.'


def test_the_quote_is_escaped_and_never_lost():
    html = str(marked("a < b ska <b>", spans((6, 9, "deciding"))))

    assert html == 'a &lt; b <mark class="avgor">ska</mark> &lt;b&gt;'


def test_overlapping_and_foreign_spans_are_left_unmarked():
    quote = "ska prövas"

    html = str(marked(quote, spans((0, 3, "deciding"), (1, 6, "deciding"), (4, 99, "negation"))))

    assert html == '<mark class="avgor">ska</mark> prövas'
    assert str(marked(quote, None)) == quote


def test_the_source_line_names_document_place_page_and_date():
    row = {
        "document_title": "ÖP 2035",
        "object_name": "ÖP",
        "municipality_name": "Ulvsund",
        "page": 4,
        "document_date": "2024-03-11",
        "instruments": ["testbadd"],
        "themes": None,
    }

    assert source_line(row) == "ÖP 2035, Ulvsund · s. 4 · 2024-03-11 · testbädd"
