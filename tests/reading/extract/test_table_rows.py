"""Tables in PDF: rows whose cells run over several lines stay rows, prose stays prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from pipelines.reading.passage import Passage
from pipelines.reading.reader import read_document

STYLE = getSampleStyleSheet()["BodyText"]
LEAD = "Anbuden bedöms efter de grunder som tabellen visar. Juryn har tre ledamöter."
CRITERIA = [
    ("Kriterium", "Poäng"),
    ("Anbudet visar hur byggmaterial från kvarteret får nytt liv och hur det följs upp", "40"),
    ("Gestaltning", "30"),
    ("Delade fordon vid inflyttning", "20 procent av den samlade bedömningen"),
    ("Pris", "10"),
]
TASKS = [
    ("Åtgärd", "Ansvar", "Tid"),
    ("Pröva lokal energi i hamnen", "Kommunstyrelsen och hamnbolaget", "2027"),
    ("Riktlinjer", "Nämnden", "2026"),
    ("Utreda en hubb för återbruk vid skolan", "Tekniska nämnden", "2028"),
]


def _read(path: Path, rows: list[tuple[str, ...]], widths: list[int]) -> list[Passage]:
    cells = [[Paragraph(text, STYLE) for text in row] for row in rows]
    table = Table(cells, colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
    parts = [Paragraph(LEAD, STYLE), table, Paragraph(LEAD, STYLE)]
    SimpleDocTemplate(str(path)).build(parts)
    return list(read_document(path).passages)


@pytest.mark.parametrize(
    ("rows", "widths"), [(CRITERIA, [200, 110]), (TASKS, [130, 120, 90])], ids=["two", "three"]
)
def test_cells_over_several_lines_stay_in_their_row(
    tmp_path: Path, rows: list[tuple[str, ...]], widths: list[int]
) -> None:
    passages = _read(tmp_path / "a.pdf", rows, widths)
    found = [(p.header, p.text) for p in passages if p.form == "table_row"]
    assert found == [(" ".join(rows[0]), " ".join(row)) for row in rows[1:]]
    sentences = [p.text for p in passages if p.form == "sentence"]
    assert sentences == 2 * [f"{part}." for part in LEAD.rstrip(".").split(". ")]


def test_cards_with_running_text_beside_each_other_stay_apart(tmp_path: Path) -> None:
    cards = [
        ("Torget läggs om med sten från kajen. Det sker när bryggan är färdig och besiktigad.",
         "Parken får fler träd. De vattnas med regn från taken runt om, också under torra år."),
        ("Vägen breddas där den är smal. Arbetet görs på natten för att bussarna ska gå fram.",
         "Skolan får en ny matsal. Den ritas tillsammans med eleverna och lärarna på skolan."),
    ]  # fmt: skip
    texts = [p.text for p in _read(tmp_path / "a.pdf", cards, [200, 200])]
    assert "Torget läggs om med sten från kajen." in texts
    assert "Den ritas tillsammans med eleverna och lärarna på skolan." in texts
