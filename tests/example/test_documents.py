"""Documents are what they are made from: same words, same bytes, page numbers, bare scans."""

import zipfile

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from pipelines.errors import SourceError
from pipelines.example import build_documents
from pipelines.example.build import make_document
from pipelines.example.source import read_source
from tests.example.tiny_texts import BODY, SENTENCE, tiny_region, write_text


@pytest.fixture
def region(tmp_path):
    return tiny_region(tmp_path)


def pdf_pages(content):
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


DIVIDED = "\x02"
"""PDFium's mark for a hyphen that divides a word at the end of a line."""


def joined(text):
    """The words of a page as a person reads them: lines and divided words put together."""
    return " ".join(text.replace(DIVIDED, "").replace("\u00a0", " ").split())


@pytest.mark.parametrize("layout", ["en_spalt", "tva_spalter"])
def test_pdf_holds_the_words_of_the_text(region, layout):
    pages = pdf_pages(make_document(read_source(write_text(region, "plan.pdf", layout))))
    whole = joined("\r\n".join(pages))
    assert "Planen gör det möjligt att bygga 1 200 bostäder vid ån & torget." in whole
    assert "Ett torg." in whole
    assert "Asken – 9 meter" in whole
    assert "Karta: Provets läge i Provby" in whole


def test_pdf_divides_words_with_real_hyphens(region):
    pages = pdf_pages(make_document(read_source(write_text(region, "plan.pdf"))))
    assert DIVIDED in pages[2]
    assert SENTENCE in joined(pages[2])


def test_pdf_has_cover_contents_and_numbered_pages(region):
    pages = pdf_pages(make_document(read_source(write_text(region, "plan.pdf"))))
    assert "Detaljplan för Provet" in pages[0]
    assert "6 maj 2024" in pages[0]
    assert "Exempeldata" in pages[0]
    assert "Innehåll" in pages[1]
    following = next(n for n, page in enumerate(pages, start=1) if "Buller och" in page)
    assert f". {following}" in joined(pages[1]).split("Följder")[1]
    for number, page in enumerate(pages[1:], start=2):
        assert f"Sida {number} ({len(pages)})" in page
        assert "Provets planbeskrivning" in page
        assert "Exempeldata" in page


def test_a_scan_is_pictures_only(region):
    content = make_document(read_source(write_text(region, "plan.pdf", "skannad")))
    document = pypdfium2.PdfDocument(content)
    for page in document:
        assert [item.type for item in page.get_objects()] == [FPDF_PAGEOBJ_IMAGE]
        assert page.get_textpage().count_chars() == 0
        grey = page.render(scale=0.2, grayscale=True).to_numpy()
        assert grey.std() > 5
    document.close()


def test_word_file_has_styles_and_repeats_nothing_of_the_clock(region):
    content = make_document(read_source(write_text(region, "plan.docx")))
    (region.folder / "plan.docx").write_bytes(content)
    with zipfile.ZipFile(region.folder / "plan.docx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(2020, 1, 1, 0, 0, 0)}
        body = package.read("word/document.xml").decode()
    for part in ('w:val="Heading1"', 'w:val="ListBullet"', "lastRenderedPageBreak", SENTENCE):
        assert part in body


def test_web_page_and_plain_text_hold_the_same_words(region):
    page = make_document(read_source(write_text(region, "plan.html"))).decode()
    assert '<h2 id="foljder">Följder</h2>' in page
    assert "vid ån &amp; torget." in page
    text = make_document(read_source(write_text(region, "plan.txt"))).decode()
    assert SENTENCE in " ".join(text.split())
    assert max(map(len, text.replace("\f", "\n").splitlines())) <= 78
    pages = text.split("\f")
    assert pages[1].startswith("Provets planbeskrivning")
    assert f"Sida 2 ({len(pages)})" in pages[1]


@pytest.mark.parametrize("fil", ["plan.pdf", "plan.docx", "plan.html", "plan.txt"])
def test_the_same_text_gives_the_same_bytes(region, fil):
    source = read_source(write_text(region, fil))
    assert make_document(source) == make_document(source)


def test_only_changed_texts_are_made_again(region):
    kept = write_text(region, "kvar.txt")
    gone = write_text(region, "borta.txt")
    told = []
    made = build_documents(region, progress=lambda done, total: told.append((done, total)))
    assert [file.name for file in made] == ["borta.txt", "kvar.txt"]
    assert told == [(1, 2), (2, 2)]
    assert made[0].parent == region.inbox / "9999" / "dp-provet"
    for file in made:
        file.write_text("rörd", encoding="utf-8")
    build_documents(region)
    assert made[1].read_text(encoding="utf-8") == "rörd"
    kept.write_text(kept.read_text(encoding="utf-8") + "\nNytt stycke.\n", encoding="utf-8")
    gone.unlink()
    assert build_documents(region) == [made[1]]
    assert "Nytt stycke." in made[1].read_text(encoding="utf-8")
    assert not made[0].exists()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda text: text.replace('slag = "dp"', 'slag = "roman"'), "slag"),
        (lambda text: text.replace('titel = "Detaljplan för Provet"', "titel = "), "TOML"),
        (lambda text: text.replace("+++", "---"), "saknar uppgifter"),
        (lambda text: text + "\n> Ett citat.\n", "blockquote"),
        (lambda text: text + "\n![Bild](foto.jpg)\n", "inte kan visas"),
    ],
)
def test_a_faulty_text_is_told_and_the_others_are_made(region, change, found):
    write_text(region, "hel.txt")
    faulty = write_text(region, "trasig.txt")
    faulty.write_text(change(faulty.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        build_documents(region)
    assert found in str(caught.value)
    assert (region.inbox / "9999" / "dp-provet" / "hel.txt").is_file()


def test_two_texts_never_write_the_same_file(region):
    write_text(region, "plan.txt")
    write_text(region, "plan.txt", "tva_spalter", BODY)
    with pytest.raises(SourceError, match="samma fil"):
        build_documents(region)
