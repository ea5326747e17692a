"""Web pages: the content whatever frame stands around it, in the letters that were meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reading.extract.html_tree import build
from pipelines.reading.reader import read_document

SHALL = "Byggherren ska upplåta en lägenhet som testbädd för nya energilösningar."
ORDINARY = "Planområdet ligger vid Södra hamngatan och omfattar två kvarter med bostäder."
NOISE = "Prenumerera på nyheter om innovation och testbäddar i kommunen."
BOTH = f"<p>{ORDINARY}</p><p>{SHALL}</p>"


def page(folder: Path, body: str, *, style: str = "") -> list[str]:
    path = folder / "sida.html"
    path.write_text(
        f"<!doctype html><html><head><meta charset=utf-8><title>T</title><style>{style}</style>"
        f"</head><body>{body}</body></html>",
        encoding="utf-8",
    )
    return [passage.text for passage in read_document(path).passages]


CONTENT = {
    "main": f"<main><h1>Plan</h1>{BOTH}</main>",
    "empty main": f"<main></main><div><h1>Plan</h1>{BOTH}</div>",
    "skip link's anchor": f"<a href=#content>Till</a><a id=content></a><div>{BOTH}</div>",
    "several articles": f"<article><p>{ORDINARY}</p></article><article><p>{SHALL}</p></article>",
    "article of news beside": f"<div><h1>Plan</h1>{BOTH}</div><article>Ny park.</article>",
    "form around all": f"<form><div><h1>Plan</h1>{BOTH}</div></form>",
    "form in a main": f"<main><form action=x>{BOTH}</form></main>",
    "layout table": f"<table><tr><td></td><td><h1>Plan</h1>{BOTH}</td></tr></table>",
    "nested layout tables": f"<table><tr><td><table><tr><td><h1>Plan</h1>{BOTH}</td></tr></table>"
    "</td></tr></table>",
    "no elements": f"{ORDINARY}<br><br>{SHALL}",
    "class of a menu on the body": f"<div class='page has-menu menu'><h1>Plan</h1>{BOTH}</div>",
    "two mains": f"<main><p>{ORDINARY}</p></main><main><p>{SHALL}</p></main>",
    "words in bold letters": f"<p>{ORDINARY}</p><p>{SHALL.replace('bädd', '<b>bädd</b>')}</p>",
}


@pytest.mark.parametrize("body", CONTENT.values(), ids=CONTENT)
def test_the_content_is_found(tmp_path: Path, body: str) -> None:
    read = page(tmp_path, body)
    assert [text for text in read if text in (ORDINARY, SHALL)] == [ORDINARY, SHALL]


FRAME = {
    "footer": f"<footer><p>{NOISE}</p></footer>",
    "named footer": f"<div class='sidfot'><p>{NOISE}</p></div>",
    "footer by role": f"<div role=contentinfo><p>{NOISE}</p></div>",
    "footer without a name": f"<div><p>{NOISE}</p></div>",
    "notice on cookies": f"<div id='cookie-banner'><p>{NOISE}</p><button>Ok</button></div>",
    "dialog": f"<div role=dialog aria-modal=true><p>{NOISE}</p></div>",
    "list of links": "<ul><li><a href=a>Innovation</a><li><a href=b>Testbäddar i kommunen</a>"
    "<li><a href=c>Pilotprojekt</a></ul>",
    "form of a search": "<form><label>Sök bland testbäddar</label><input name=q></form>",
    "button": "<button>Visa alla testbäddar</button>",
    "hidden menu": f"<div hidden class=mobil><p>{NOISE}</p></div>",
    "script": f"<script>var a = '{NOISE}'</script>",
}


@pytest.mark.parametrize("frame", FRAME.values(), ids=FRAME)
@pytest.mark.parametrize("place", ["before", "after"])
def test_what_surrounds_the_content_is_left_out(tmp_path: Path, frame: str, place: str) -> None:
    content = f"<div class=text><h1>Detaljplan</h1><p>{ORDINARY}</p><p>Gatan är bred.</p></div>"
    body = frame + content if place == "before" else content + frame
    assert page(tmp_path, body) == [ORDINARY, "Gatan är bred."]


HIDDEN = {
    "deleted": f"<p><del>{SHALL}</del></p>",
    "struck": f"<p><s>{SHALL}</s></p>",
    "old strike": f"<p><strike>{SHALL}</strike></p>",
    "struck by style": f"<p style='text-decoration: line-through'>{SHALL}</p>",
    "struck by sheet": f"<p class=utgar>{SHALL}</p>",
    "hidden": f"<p hidden>{SHALL}</p>",
    "hidden from readers": f"<p aria-hidden=true>{SHALL}</p>",
    "not displayed": f"<p style='display:none'>{SHALL}</p>",
    "not displayed by sheet": f"<p id=dold>{SHALL}</p>",
    "invisible": f"<p style='visibility: hidden'>{SHALL}</p>",
    "of no size": f"<p style='font-size:0'>{SHALL}</p>",
    "comment": f"<!-- <p>{SHALL}</p> -->",
    "struck by name": f"<p class='text line-through'>{SHALL}</p>",
    "struck on screens": f"<p class=skarm>{SHALL}</p>",
    "by a list of selectors": f"<p class=lista>{SHALL}</p>",
    "clipped away": f"<p style='position:absolute; clip: rect(0 0 0 0)'>{SHALL}</p>",
    "of no height": f"<p style='height:0;overflow:hidden'>{SHALL}</p>",
    "white": f"<p style='color:#fff'>{SHALL}</p>",
    "black on black": f"<p><span style='background:#000'>{SHALL}</span></p>",
    "readers' comments": f"<section class=comments><p>{SHALL}</p></section>",
}
SHEET = (
    "@media screen { .skarm { text-decoration: line-through } } h6,\n.lista , .y { display : none }"
    " .oppen { display: none } .oppen.nu { display: block } .mork { background: #036 }"
    "@media print { #inte { display: none } } .utgar, .x { text-decoration: line-through } "
    "#dold { display: none }"
)


@pytest.mark.parametrize("block", HIDDEN.values(), ids=HIDDEN)
def test_withdrawn_and_hidden_text_is_left_out(tmp_path: Path, block: str) -> None:
    assert page(tmp_path, f"<main><p>{ORDINARY}</p>{block}</main>", style=SHEET) == [ORDINARY]


FOLDED = {
    "controlled": f"<h2><button aria-controls=p aria-expanded=false>Krav</button></h2>"
    f"<div id=p hidden><p>{SHALL}</p></div>",
    "after its button": "<button aria-expanded=false>Krav</button>"
    f"<div style='display:none'><p>{SHALL}</p></div>",
    "details": f"<details><summary>Krav</summary><p>{SHALL}</p></details>",
    "panel of tabs": f"<div role=tabpanel hidden><p>{SHALL}</p></div>",
    "by name": f"<div class='accordion__content' aria-hidden=true><p>{SHALL}</p></div>",
    "target of a toggle": "<a data-bs-toggle=collapse data-bs-target=#k>Krav</a>"
    f"<div id=k class=collapse style='display: none'><p>{SHALL}</p></div>",
    "found by search": f"<div hidden=until-found><p>{SHALL}</p></div>",
    "hidden in print only": f"<p id=inte>{SHALL}</p>",
    "inserted": f"<p><ins>{SHALL}</ins></p>",
    "shown by a later rule": f"<p class='oppen nu'>{SHALL}</p>",
    "white on black": f"<p><span style='background: black; color: white'>{SHALL}</span></p>",
    "white on a ground": f"<div class=mork><p style='color: #fff'>{SHALL}</p></div>",
}


@pytest.mark.parametrize("block", FOLDED.values(), ids=FOLDED)
def test_folded_sections_belong_to_the_page(tmp_path: Path, block: str) -> None:
    assert SHALL in page(tmp_path, f"<main><p>{ORDINARY}</p>{block}</main>", style=SHEET)


def test_the_button_of_a_section_is_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "sida.html"
    path.write_text(f"<main>{FOLDED['controlled']}</main>", encoding="utf-8")
    assert read_document(path).passages[0].section == "Krav"


ENCODED = {
    "as said": ("utf-8", "utf-8"),
    "UTF-8 called Latin-1": ("utf-8", "iso-8859-1"),
    "UTF-8 called Windows": ("utf-8", "windows-1252"),
    "Latin-1 called UTF-8": ("latin-1", "utf-8"),
    "Windows called Latin-1": ("cp1252", "iso-8859-1"),
    "Mac": ("mac_roman", "x-mac-roman"),
    "nothing said": ("utf-8", ""),
    "an unknown name": ("utf-8", "x-okand"),
    "with a mark": ("utf-8-sig", "iso-8859-1"),
    "UTF-16": ("utf-16", "utf-8"),
}


@pytest.mark.parametrize(("encoding", "said"), ENCODED.values(), ids=ENCODED)
def test_the_bytes_decide_before_what_the_page_says(
    tmp_path: Path, encoding: str, said: str
) -> None:
    path = tmp_path / "sida.html"
    meta = f"<meta charset='{said}'>" if said else ""
    path.write_bytes(f"<html><head>{meta}</head><body>{BOTH}</body></html>".encode(encoding))
    assert [passage.text for passage in read_document(path).passages] == [ORDINARY, SHALL]


@pytest.mark.parametrize("name", ["sida.html", "plan.txt"])
@pytest.mark.parametrize("middle", ["cp1252", "latin-1"])
def test_text_encoded_twice_is_made_right(tmp_path: Path, name: str, middle: str) -> None:
    text = "Ögat ser försök på Ängsö – 45 § gäller."
    path = tmp_path / name
    path.write_text(text.encode().decode(middle), encoding="utf-8")
    assert [passage.text for passage in read_document(path).passages] == [text]


MARKDOWN = f"# Krav\n\n{ORDINARY}\n\n~~{SHALL}~~\n\n<!-- {SHALL} -->\n\n- Gatan är bred.\n"
SAVED = (
    'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\n--B\n'
    'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n<h2>Krav</h2>'
    f"<p>{ORDINARY}</p><ul><li>Gatan är bred.</ul>\n--B\nContent-Type: image/png\n\nx\n--B--\n"
)


@pytest.mark.parametrize(("name", "text"), [("plan.md", MARKDOWN), ("plan.mht", SAVED)])
def test_markdown_and_saved_pages_are_read_as_pages(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    passages = read_document(tmp_path / name).passages
    assert [(each.section, each.text, each.form) for each in passages] == [
        ("Krav", ORDINARY, "sentence"),
        ("Krav", "Gatan är bred.", "list_item"),
    ]


def test_a_sentence_in_nested_tables_is_read_once(tmp_path: Path) -> None:
    inner = f"<table><tr><td>Krav</td><td>{SHALL}</td></tr></table>"
    body = f"<table><tr><td>Energi</td><td>{inner}</td></tr></table>"
    assert page(tmp_path, body) == ["Energi", f"Krav {SHALL}"]


def test_thousands_of_nested_tables_cost_their_length(tmp_path: Path) -> None:
    deep = "<table><tr><td>" * 3000 + SHALL + "</td></tr></table>" * 3000
    assert SHALL in page(tmp_path, f"<p>{ORDINARY}</p>{deep}")
    body, _ = build(deep)
    depth, node = 0, body
    while node.children:
        node, depth = node.children[-1], depth + 1
    assert depth < 130


def test_a_style_sheet_that_is_never_closed_costs_its_length(tmp_path: Path) -> None:
    closed = f"<style>.dold {{display: none}}</style><p class=dold>{ORDINARY}</p><p>{SHALL}</p>"
    assert page(tmp_path, closed + "<style>" + "ord " * 500_000) == [SHALL]
