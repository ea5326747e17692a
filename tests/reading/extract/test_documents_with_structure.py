"""DOCX, HTML and text: headings, lists and tables as the format states them, pages where it can."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK

from pipelines.reading import extraction
from pipelines.reading.passage import Passage
from pipelines.reading.reader import read_document


def _word_file(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Markpolicy för Almvik", level=1)
    document.add_heading("Villkor", level=2)
    document.add_paragraph("Kommunen anvisar mark genom jämförelse. Priset är fast.")
    document.add_paragraph("Byggherren ska:")
    document.add_paragraph("redovisa en klimatkalkyl", style="List Bullet")
    document.add_paragraph("mäta energin i fem år", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Grund", "Vikt", "Nya metoder", "30"], strict=True):
        cell.text = text
    document.add_paragraph().add_run("Tider").bold = True
    last = document.add_paragraph("Anvisningen gäller i två år")
    last.add_run().add_break(WD_BREAK.PAGE)
    last.add_run("och kan förlängas en gång.")
    document.save(str(path))
    return path


def _by_text(passages: tuple[Passage, ...], start: str) -> Passage:
    return next(p for p in passages if p.text.startswith(start))


def test_word_file_keeps_headings_lists_tables_and_pages(tmp_path: Path) -> None:
    document = read_document(_word_file(tmp_path / "policy.docx"))
    passages = document.passages
    assert (document.format, document.pages_total, document.title) == (
        "docx",
        2,
        "Markpolicy för Almvik",
    )
    assert passages[0].section_path == ("Markpolicy för Almvik", "Villkor")
    item = _by_text(passages, "mäta")
    assert (item.form, item.lead_in) == ("list_item", "Byggherren ska:")
    row = _by_text(passages, "Nya metoder")
    assert (row.form, row.header) == ("table_row", "Grund Vikt")
    last = passages[-1]
    assert last.text == "Anvisningen gäller i två år och kan förlängas en gång."
    assert (last.section, last.page, last.page_end) == ("Tider", 1, 2)


HTML = """<!doctype html><html><head><title>Hamnen – Almvik</title>
<style>p {color: red}</style></head><body>
<header><nav><ul><li>Start</li><li>Kontakt</li></ul></nav></header>
<main><h1>Hamnen</h1><p>Kommunen provar en ny
brygga.&nbsp;Den är <em>öppen</em> för alla.</p>
<h2>Krav</h2><p>Byggherren ska:</p><ul><li>mäta energin</li><li>dela data</li></ul>
<table><tr><th>Etapp</th><th>År</th></tr><tr><td>Kajen</td><td>2027</td></tr></table></main>
<footer>Almviks kommun, växel</footer><script>var a = "Kommunen ska";</script></body></html>"""


def test_web_page_leaves_menus_and_scripts_out(tmp_path: Path) -> None:
    path = tmp_path / "sida.html"
    path.write_text(HTML, encoding="utf-8")
    document = read_document(path)
    assert [p.text for p in document.passages] == [
        "Kommunen provar en ny brygga.",
        "Den är öppen för alla.",
        "Byggherren ska:",
        "mäta energin",
        "dela data",
        "Kajen 2027",
    ]
    assert document.passages[3].section_path == ("Hamnen", "Krav")
    assert document.passages[3].lead_in == "Byggherren ska:"
    assert document.passages[5].header == "Etapp År"


TEXT = "Kommunen prövar nya sätt att bygga åt äldre på ön. Försöket följs upp efter två år.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_towns_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes((TEXT * 3).encode(encoding))
    passages = read_document(path).passages
    assert passages[0].text == "Kommunen prövar nya sätt att bygga åt äldre på ön."
    assert len(passages) == 6


def test_content_decides_the_format_not_the_ending(tmp_path: Path) -> None:
    path = _word_file(tmp_path / "policy.pdf")
    assert read_document(path).format == "docx"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("tom.pdf", b"", "Filen är tom."),
        ("trasig.pdf", b"%PDF-1.7\n%broken", "PDF-filen är skadad och kan inte öppnas."),
        ("trasig.docx", b"PK\x03\x04nothing", "Filen är skadad och kan inte öppnas."),
        ("gammal.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 64, "äldre Office-format"),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n", "Filen är en bild."),
        ("skräp.txt", bytes(range(256)) * 40, "Filen är inte text"),
        ("blank.txt", b"   \n\n", "Dokumentet innehåller ingen text."),
    ],
)
def test_bad_files_are_typed_unreadable_with_a_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = read_document(path)
    assert document.status == "unreadable"
    assert reason in document.reason
    assert document.passages == ()


def test_a_missing_file_and_a_folder_are_unreadable_too(tmp_path: Path) -> None:
    assert read_document(tmp_path / "saknas.pdf").reason == "Filen finns inte."
    assert read_document(tmp_path).reason == "Filen kan inte öppnas."


def test_a_text_of_thousands_of_pages_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT * 20, encoding="utf-8")
    assert read_document(path).status == "read"
    monkeypatch.setattr(extraction, "_MAX_LETTERS", 1_000)
    refused = read_document(path)
    assert (refused.status, refused.passages) == ("unreadable", ())
    assert "Dela det i flera filer" in refused.reason
    monkeypatch.setattr(extraction, "_MAX_BYTES", 100)
    assert read_document(path).reason == refused.reason
