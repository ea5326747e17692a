"""Word files: the final view as Word shows it, built from raw XML so that each case is seen."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipelines.reading.passage import ExtractedDocument
from pipelines.reading.reader import read_document

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="R1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Utgar"><w:name w:val="Utgår"/>'
    "<w:rPr><w:strike/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Utgar2"><w:name w:val="Utgår 2"/>'
    '<w:basedOn w:val="Utgar"/></w:style>'
    '<w:style w:type="character" w:styleId="Dold"><w:name w:val="Dold"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Ny"><w:name w:val="Ny sida"/>'
    "<w:pPr><w:pageBreakBefore/></w:pPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Bild"><w:name w:val="caption"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
)
SHALL = "Byggherren ska upplåta en lägenhet som testbädd."
WHITE = '<w:color w:val="FFFFFF"/>'
ORDINARY = "Gatan är sju meter bred."


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "", more: str = "") -> str:
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{inner}</w:p>"


def table(*rows: tuple[str, ...], first: str = "") -> str:
    """Make a table; a cell is text or XML of blocks, `first` the properties of the first row."""
    text = ""
    for place, row in enumerate(rows):
        cells = "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row)
        text += f"<w:tr><w:trPr>{'' if place else first}</w:trPr>{cells}</w:tr>"
    return f"<w:tbl>{text}</w:tbl>"


def box(*blocks: str) -> str:
    """Make a text box as Word writes it: once for Word, once more for older programs."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def word(
    folder: Path,
    *blocks: str,
    main: str = "word/document.xml",
    name: str = "plan.docx",
    **parts: str,
) -> ExtractedDocument:
    """Write a Word file and read it; `parts` are other files of the word folder."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{TYPE}" Target="{main}"/></Relationships>',
        )
        package.writestr(
            main, f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}</w:body></w:document>"
        )
        package.writestr("word/styles.xml", f"<w:styles {NAMESPACES}>{STYLES}</w:styles>")
        for part, content in parts.items():
            package.writestr(f"word/{part}.xml", content)
    return read_document(path)


def texts(document: ExtractedDocument) -> list[str]:
    return [passage.text for passage in document.passages]


STRUCK = {
    "strike": p(run(SHALL, "<w:strike/>")),
    "double strike": p(run(SHALL, "<w:dstrike/>")),
    "by paragraph style": p(SHALL, style="Utgar"),
    "by a style's base": p(SHALL, style="Utgar2"),
    "hidden": p(run(SHALL, "<w:vanish/>")),
    "by character style": p(run(SHALL, '<w:rStyle w:val="Dold"/>')),
    "deleted": p(f"<w:del>{run(SHALL)}</w:del>"),
    "moved away": p(f"<w:moveFrom>{run(SHALL)}</w:moveFrom>"),
    "white": p(run(SHALL, '<w:color w:val="FFFFFF"/>')),
    "nearly white": p(run(SHALL, '<w:color w:val="FEFEFE"/>')),
    "white by theme": p(run(SHALL, '<w:color w:val="auto" w:themeColor="background1"/>')),
    "white in a plain table": table((p(run(SHALL, WHITE)), "")),
    "in a merged cell": table((f"<w:tcPr><w:vMerge/></w:tcPr>{p(SHALL)}", "")),
    "deleted in an insertion": p(f"<w:ins><w:del>{run(SHALL)}</w:del></w:ins>"),
    "one point": p(run(SHALL, '<w:sz w:val="2"/>')),
    "black on black": p(run(SHALL, '<w:highlight w:val="black"/>')),
    "asked for": f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(SHALL)}"
    "</w:sdtContent></w:sdt>",
    "deleted row": table((SHALL, "Nej"), first="<w:del/>"),
}


@pytest.mark.parametrize("block", STRUCK.values(), ids=STRUCK)
def test_withdrawn_and_hidden_text_is_left_out(tmp_path: Path, block: str) -> None:
    assert texts(word(tmp_path, p(ORDINARY), block)) == [ORDINARY]


IN_FORCE = {
    "inserted": p(f"<w:ins>{run(SHALL)}</w:ins>"),
    "moved here": p(f"<w:moveTo>{run(SHALL)}</w:moveTo>"),
    "strike off": p(run(SHALL, '<w:strike w:val="0"/>')),
    "style's strike off": p(run(SHALL, '<w:strike w:val="false"/>'), style="Utgar"),
    "vanish off": p(run(SHALL, '<w:vanish w:val="off"/>')),
    "earlier look": p(run(SHALL, "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>")),
    "link": p(f"<w:hyperlink>{run(SHALL)}</w:hyperlink>"),
    "field": p(f'<w:fldSimple w:instr="REF x">{run(SHALL)}</w:fldSimple>'),
    "smart tag": p(f"<w:smartTag>{run(SHALL)}</w:smartTag>"),
    "inline control": p(f"<w:sdt><w:sdtContent>{run(SHALL)}</w:sdtContent></w:sdt>"),
    "control of a control": f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{p(SHALL)}"
    "</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
    "custom XML": f"<w:customXml>{p(SHALL)}</w:customXml>",
    "white on a shade": p(run(SHALL, '<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>')),
    "white in a dark cell": table(
        (f'<w:tcPr><w:shd w:fill="1F3864"/></w:tcPr>{p(run(SHALL, WHITE))}', "")
    ),
    "first of merged cells": table((f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p(SHALL)}', "")),
    "one cell": table((SHALL,)),
    "row in a control": f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{p(SHALL)}</w:tc></w:tr>"
    "</w:sdtContent></w:sdt></w:tbl>",
    "text box": p(box(p(SHALL))),
    "old text box": p(f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(SHALL)}"
                      "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"),
    "text box in a cell": table(("Del", p(box(p(SHALL))))),
    "nested tables": table((table((table((SHALL,)),)),)),
}  # fmt: skip


@pytest.mark.parametrize("block", IN_FORCE.values(), ids=IN_FORCE)
def test_what_word_shows_is_read_once(tmp_path: Path, block: str) -> None:
    assert texts(word(tmp_path, p(ORDINARY), block)).count(SHALL) == 1


def test_struck_words_go_and_the_rest_of_the_sentence_stays(tmp_path: Path) -> None:
    block = p("Byggherren ", run("ska ", "<w:strike/>"), run("bör ", "<w:u/>"), "mäta energin.")
    assert texts(word(tmp_path, block)) == ["Byggherren bör mäta energin."]


def test_a_text_box_leaves_its_paragraph_whole(tmp_path: Path) -> None:
    block = p("Gatan leder ", box(p(SHALL)), "till stationen.")
    assert texts(word(tmp_path, block)) == ["Gatan leder till stationen.", SHALL]


def test_paragraphs_joined_by_a_deleted_mark_are_one(tmp_path: Path) -> None:
    first = p("Kommunen ska ", more="<w:rPr><w:del/></w:rPr>")
    assert texts(word(tmp_path, first, p("pröva nya metoder."))) == [
        "Kommunen ska pröva nya metoder."
    ]


def test_cells_keep_their_paragraphs_and_breaks_apart(tmp_path: Path) -> None:
    cell = p("Kommunen ska", "<w:r><w:br/></w:r>", "pröva") + p("nya metoder.")
    rows = texts(word(tmp_path, table(("Del", "Krav"), ("Energi", cell))))
    assert rows == ["Energi Kommunen ska pröva nya metoder."]


def test_a_first_row_that_says_something_is_no_column_heading(tmp_path: Path) -> None:
    document = word(tmp_path, table(("Energi", SHALL), ("Vatten", "Dagvatten renas lokalt.")))
    assert texts(document) == [f"Energi {SHALL}", "Vatten Dagvatten renas lokalt."]


def test_a_table_in_a_cell_is_read_once_after_its_row(tmp_path: Path) -> None:
    inner = p("Mark") + table(("Etapp", "År"), ("Kajen", "2027"))
    document = word(tmp_path, table(("Del", inner), ("Slut", "Nej")))
    assert texts(document) == ["Kajen 2027", "Slut Nej"]
    assert document.passages[0].header == "Etapp År"


def test_bold_by_hand_makes_a_heading_and_a_bold_style_does_not(tmp_path: Path) -> None:
    document = word(
        tmp_path, p(run("Genomförande", "<w:b/>")), p("Kartan visar kajen", style="Bild"), p(SHALL)
    )
    assert [(each.text, each.section) for each in document.passages] == [
        ("Kartan visar kajen", "Genomförande"),
        (SHALL, "Genomförande"),
    ]


@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_properties_that_are_off_break_no_page_and_make_no_heading(
    tmp_path: Path, off: str
) -> None:
    block = p(
        run("Kommunen äger marken", f'<w:b w:val="{off}"/>'),
        more=f'<w:pageBreakBefore w:val="{off}"/>',
    )
    document = word(tmp_path, p(ORDINARY), block)
    assert [(each.text, each.page) for each in document.passages] == [
        (ORDINARY, 1),
        ("Kommunen äger marken", 1),
    ]


def test_pages_turn_by_break_by_style_and_as_rendered(tmp_path: Path) -> None:
    document = word(
        tmp_path,
        p("Ett är här."),
        p('<w:r><w:br w:type="page"/></w:r>', "Två är här."),
        p("Tre är här.", style="Ny"),
        p("<w:r><w:lastRenderedPageBreak/></w:r>", "Fyra är här."),
        table(("Fem", "rad"), (p("<w:r><w:lastRenderedPageBreak/></w:r>", "Sex"), "7")),
    )
    assert [each.page for each in document.passages] == [1, 2, 3, 4, 5]


def test_contents_lists_go_and_what_stands_beside_them_stays(tmp_path: Path) -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{p('Mål 3')}</w:sdtContent></w:sdt>"
    )
    whole = f"<w:sdt><w:sdtContent>{contents}{p(SHALL)}</w:sdtContent></w:sdt>"
    assert texts(word(tmp_path, whole, p("Syfte 4", style="TOC1"))) == [SHALL]


def test_notes_are_read_and_comments_are_not(tmp_path: Path) -> None:
    notes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{p(SHALL)}</w:footnote></w:footnotes>'
    comments = (
        f'<w:comments {NAMESPACES}><w:comment w:id="1">{p("Ta bort?")}</w:comment></w:comments>'
    )
    block = p(ORDINARY, '<w:r><w:footnoteReference w:id="2"/></w:r>')
    document = word(tmp_path, block, p("Marken är plan."), footnotes=notes, comments=comments)
    assert texts(document) == [ORDINARY, "Marken är plan.", SHALL]


@pytest.mark.parametrize("name", ["plan.docm", "plan.dotx", "plan.pdf", "plan"])
def test_the_ending_of_a_word_file_does_not_matter(tmp_path: Path, name: str) -> None:
    document = word(tmp_path, p(SHALL), name=name)
    assert (document.format, texts(document)) == ("docx", [SHALL])


def test_the_package_says_which_part_is_the_document(tmp_path: Path) -> None:
    assert texts(word(tmp_path, p(SHALL), main="word/document2.xml")) == [SHALL]


def test_a_file_in_the_strict_variant_is_read(tmp_path: Path) -> None:
    word(tmp_path, p(SHALL))
    path, strict = tmp_path / "plan.docx", tmp_path / "strikt.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ))  # fmt: skip
    assert texts(read_document(strict)) == [SHALL]


def test_text_in_another_file_is_named(tmp_path: Path) -> None:
    document = word(tmp_path, p(SHALL), "<w:altChunk/>")
    assert (document.status, texts(document)) == ("read", [SHALL])
    assert "andra filer" in document.reason


@pytest.mark.parametrize(
    ("part", "content", "named"),
    [
        ("diagrams/data1", f"<d><t>{SHALL}</t></d>", "SmartArt"),
        ("embeddings/bilaga.docx", "", "bilaga.docx"),
        ("embeddings/blad.xlsx", "", ""),
    ],
)
def test_text_that_word_draws_or_holds_apart_is_named(
    tmp_path: Path, part: str, content: str, named: str
) -> None:
    path = tmp_path / "plan.docx"
    word(tmp_path, p(ORDINARY))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(f"word/{part}{'' if '.' in part else '.xml'}", content)
    reason = read_document(path).reason
    assert named in reason if named else reason == ""


def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.reading.extract import format as packages

    assert word(tmp_path, p(SHALL) * 50).status == "read"
    monkeypatch.setattr(packages, "_MAX_PART", 5_000)
    document = word(tmp_path, p(SHALL) * 50)
    assert document.status == "unreadable"
    assert "orimligt stor när den packas upp" in document.reason
    assert "Dela den i flera filer" in document.reason
