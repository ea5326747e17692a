"""Every passage opens on its page with the mark on it; nothing else of a document gets out."""

from __future__ import annotations

import re
import shutil
from html import unescape
from urllib.parse import urlsplit

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from dashboard.database import current_edition
from dashboard.handling import pictures
from dashboard.handling.address import page_address, passage_address, source_address
from dashboard.handling.places import keyed
from pipelines.model.region import load_region
from pipelines.warehouse import kept_documents
from tests.built_once import Place, build
from tests.dashboard.handling_world import client, passages, write_some_documents
from tests.tiny_region import AIM


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    return write_some_documents(tmp_path_factory.mktemp("handlingar"))


@pytest.fixture
def pages(some, monkeypatch):
    return client(some, monkeypatch)


@pytest.fixture
def tiny(built, tmp_path, monkeypatch):
    """A copy of the tiny region and its edition, which a test may change."""
    place = Place(tmp_path / "data", tmp_path / "editions")
    shutil.copytree(built.data / "liten", place.data / "liten")
    shutil.copytree(built.editions / "liten", place.editions / "liten")
    place.enter(monkeypatch)
    return place


def address(row, region="exempel"):
    return "/" + page_address(
        region, row["document_id"], page=row["page"], passage_id=row["passage_id"]
    )


def marked(html: str) -> str:
    """The marked text of the page itself, without the card that repeats the passage."""
    return "".join(node.text() for node in LexborHTMLParser(html).css(".rader mark"))


def test_every_passage_opens_on_its_page_with_the_mark(pages):
    rows = passages("exempel")

    assert {row["format"] for row in rows} == {"pdf", "docx", "html", "text"}
    for row in rows:
        answer = pages.get(address(row))
        assert answer.status_code == 200, row
        assert keyed(marked(answer.text)).key == keyed(row["quote"]).key
        assert answer.text.count('id="belagg"') == 1
        assert ('<rect id="belagg"' in answer.text) == (row["format"] == "pdf")


def test_what_is_under_the_boxes_of_a_pdf_is_the_quotation(pages):
    rows = [row for row in passages("exempel") if row["format"] == "pdf"]

    assert rows
    for row in rows:
        file = kept_documents.file_of("exempel", row["sha256"], "pdf")
        numbers = tuple(range(row["page"], row["page_end"] + 1))
        frames = pictures.boxes(file, numbers, row["quote"], "")
        assert keyed("".join(frame.text for frame in frames)).key == keyed(row["quote"]).key
        for frame in frames:
            assert all(0 <= edge <= 1 for box in frame.boxes for edge in box)


def test_passages_of_the_whole_example_open_as_text(regions, monkeypatch):
    asked = client(regions, monkeypatch)
    for row in passages("exempel")[::6]:
        assert keyed(marked(asked.get(address(row)).text)).key == keyed(row["quote"]).key


def test_the_picture_of_the_page_is_sent_and_may_be_kept(pages, tmp_path):
    row = next(row for row in passages("exempel") if row["format"] == "pdf")
    found = re.search(r'<img src="([^"]+\.jpg[^"]*)"', pages.get(address(row)).text)
    answer = pages.get("/handling/" + unescape(found[1]))

    assert answer.headers["content-type"] == "image/jpeg"
    assert "immutable" in answer.headers["cache-control"]
    (tmp_path / "sida.jpg").write_bytes(answer.content)
    with Image.open(tmp_path / "sida.jpg") as image:
        assert 1500 <= image.width <= 1501
        assert len(image.getcolors(1 << 24)) > 20


def test_the_way_from_passage_to_passage_visits_all_in_order(pages):
    rows = [row for row in passages("exempel") if row["document_id"] == "D01"]
    first = LexborHTMLParser(pages.get("/handling/D01").text)
    here = next(a for a in first.css("a") if a.text() == "Första belägget i handlingen")
    seen = []
    while here is not None:
        target = urlsplit(here.attributes["href"])
        tree = LexborHTMLParser(pages.get(f"/handling/{target.path}?{target.query}").text)
        seen.append(re.search(r"belagg=([^&]+)", target.query)[1].replace("%3A", ":"))
        here = next((a for a in tree.css("a") if a.text() == "Nästa belägg"), None)
    assert sorted(seen) == sorted(row["passage_id"] for row in rows)
    assert len(set(seen)) == len(seen)


def test_the_page_says_what_it_is(pages):
    text = pages.get("/handling/D01?sida=7").text
    for words in ("Askhamn", "Antagen", "2022-06-13", "Sida 7 av 16", "Exempeldata"):
        assert words in text
    assert "exempel.invalid" not in text, "a fictional document has no original"
    assert '<html lang="sv">' in text


def test_headers_let_nothing_run(pages):
    for path in ("/handling/D01", "/handling/D01/1.jpg", "/handling/finns-inte", "/handling/a/b"):
        headers = pages.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe-inline" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-type"].split(";")[0] in ("text/html", "image/jpeg", "text/plain")
    assert "style=" not in pages.get("/handling/D01?sida=7").text
    assert "<script" not in pages.get("/handling/D01?sida=7").text


@pytest.mark.parametrize(
    "path",
    [
        "/handling/..%2F..%2FCURRENT",
        "/handling/%2e%2e/%2e%2e/region.toml",
        "/handling/..%5C..%5Cregion.toml",
        "/handling/D01%00",
        "/handling/D01.pdf",
        "/handling/D01/7.pdf",
        "/handling/D01?region=..%2Fexempel",
        "/handling/D01?region=okänd",
        "/handling/D01?sida=0",
        "/handling/D01?sida=999",
        "/handling/D01?sida=-1",
        "/handling/D01?sida=%D9%A7",
        "/handling/D01/999.jpg",
        "/handling/" + "a" * 3000,
    ],
)
def test_what_is_no_page_is_answered_in_swedish_and_nothing_else(pages, path):
    answer = pages.get(path)
    assert answer.status_code == 404
    assert re.search(r"finns inte|ingen bild", answer.text)


def test_an_edition_in_the_address_cannot_name_a_file(pages):
    answer = pages.get("/handling/D01?sida=7&utgava=..%2F..%2Fdata")
    assert answer.status_code == 200
    assert "Utgåvan i länken finns inte kvar" in answer.text


def test_the_typeface_of_the_dashboard_is_there(pages):
    answer = pages.get("/resurser/bokstaver.woff2")
    assert answer.headers["content-type"] == "font/woff2"
    assert answer.content[:4] == b"wOF2"


def test_an_unknown_passage_is_said_and_nothing_is_marked(pages):
    text = pages.get("/handling/D01?sida=7&belagg=D01:99999").text
    assert "finns inte i utgåvan" in text
    assert "<mark" not in text


def test_a_scan_shows_its_picture_and_why_it_has_no_text(pages):
    text = pages.get("/handling/D06?sida=2").text
    assert "D06/2.jpg" in text
    assert "Sidan har ingen text som kunde läsas" in text


def test_what_a_document_says_is_escaped(tiny, monkeypatch):
    file = tiny.data / "liten" / "inbox" / "9801" / "op-ny" / "op.txt"
    harm = "<script>alert(1)</script>"
    file.write_text(file.read_text("utf-8").replace(AIM, f"{AIM[:-1]} {harm}."), "utf-8")
    build(tiny, "liten")
    row = next(row for row in passages("liten") if row["document_id"] == "d1")
    text = client(tiny, monkeypatch).get(address(row, "liten")).text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script" not in text


def test_html_documents_are_never_sent_as_html(tiny, monkeypatch):
    text = client(tiny, monkeypatch).get("/handling/d3?region=liten").text
    assert "Byggherren ska upplåta" in text
    assert "<h2>Villkor" not in text


def test_a_document_that_is_not_collected_says_so(tiny, monkeypatch):
    answer = client(tiny, monkeypatch).get("/handling/d4?region=liten")
    assert answer.status_code == 404
    assert "inte insamlad" in answer.text


def test_a_missing_file_keeps_the_text_and_missing_pages_are_said(tiny, monkeypatch):
    asked = client(tiny, monkeypatch)
    shutil.rmtree(kept_documents.folder("liten"))
    answer = asked.get("/handling/d1?region=liten")
    assert answer.status_code == 404
    assert "inte sparade" in answer.text


def test_a_region_can_switch_showing_off(tiny, monkeypatch):
    settings = tiny.data / "liten" / "region.toml"
    settings.write_text(settings.read_text("utf-8") + "show_documents = false\n", "utf-8")
    asked = client(tiny, monkeypatch)
    assert asked.get("/handling/d1?region=liten").status_code == 403
    build(tiny, "liten")
    assert not list(kept_documents.folder("liten").glob("*/*")), "nothing is kept any more"

    region = load_region("liten").model_copy(update={"is_example": False})
    row = {"document_id": "d1", "page": 2, "passage_id": "d1:1", "source_url": "https://a.se/b.pdf"}
    assert passage_address(region, "u", row) == "https://a.se/b.pdf#page=2"


def test_withheld_documents_are_never_kept_nor_shown(tiny, monkeypatch):
    from dashboard.handling import asked

    region = load_region("liten")
    row = asked.find_document("d1", {"region": "liten"})
    withheld = asked.Asked(
        region, row.edition, row.facts, {**row.document, "coverage": "withheld"}, False
    )
    monkeypatch.setattr(asked, "_look_up", lambda *_: withheld)
    answer = client(tiny, monkeypatch).get("/handling/d1?region=liten")
    assert answer.status_code == 403
    assert "sekretess" in answer.text
    assert "Översiktsplan" not in answer.text
    assert client(tiny, monkeypatch).get("/handling/d1/1.jpg?region=liten").status_code == 403


def test_documents_that_no_edition_names_are_swept(tiny):
    region = load_region("liten")
    before = {file.name for file in kept_documents.folder("liten").glob("*/*")}
    stray = kept_documents.folder("liten") / "aa" / f"{'a' * 64}.pdf"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"%PDF")
    assert kept_documents.sweep(region) == 0, "a build that has not published may need it"
    kept_documents.sweep(region, younger_than_s=0)
    assert {file.name for file in kept_documents.folder("liten").glob("*/*")} == before
    assert len(before) == 6, "three documents, each with its pages"


def test_a_changed_file_is_not_taken_for_the_one_that_was_read(tiny):
    region = load_region("liten")
    kept = kept_documents.folder("liten")
    inbox = tiny.data / "liten" / "inbox" / "9801" / "op-ny" / "op.txt"
    document = next(iter(kept.glob("*/*.text")))
    digest = document.stem
    shutil.rmtree(kept)

    class Read:
        sha256, format, ocr, status, pages = digest, "text", False, "read", ()

    inbox.write_text("Något annat.", "utf-8")
    kept_documents.keep(region, [(inbox, Read)])
    assert kept_documents.file_of("liten", digest, "text") is None


def test_only_real_documents_have_an_original():
    real = load_region("stockholm")
    assert (
        source_address(real, "https://kommun.se/plan.pdf", 7) == "https://kommun.se/plan.pdf#page=7"
    )
    assert source_address(real, "https://kommun.se/a#b", 7) == "https://kommun.se/a#b"
    assert source_address(real, "javascript:alert(1)", 7) == ""
    assert source_address(load_region("exempel"), "https://exempel.invalid/a.pdf", 7) == ""


def test_the_issue_s_short_address_works_without_a_region(pages):
    row = next(row for row in passages("exempel") if row["format"] == "pdf")
    answer = pages.get(
        f"/handling/{row['document_id']}?sida={row['page']}&belagg={row['passage_id']}"
    )
    assert '<rect id="belagg"' in answer.text


def test_a_kept_edition_can_be_named(pages):
    edition = current_edition("exempel").stem
    text = pages.get(f"/handling/D01?sida=7&utgava={edition}").text
    assert "finns inte kvar" not in text
    assert edition in text
