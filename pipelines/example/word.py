"""Word documents: heading styles, lists, tables, header and footer, contents, remembered pages."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pipelines.example import blocks as b
from pipelines.example.look import SERIF, Look, look_of
from pipelines.example.pdf import map_picture
from pipelines.example.source import EXAMPLE_WORD, Source

_ZIP_TIME = (2020, 1, 1, 0, 0, 0)
_CHARACTERS_A_PAGE = 2500
_WEIGHT = {"figure": 900, "row": 90, "heading": 160}


def make_docx(source: Source, blocks: list[b.Block]) -> bytes:
    """Set a document as DOCX."""
    look = look_of(source.kommunkod)
    document = docx.Document()
    _properties(document, source)
    _styles(document, look)
    _margins(document, source)
    _cover(document, source)
    pages = _page_of_each(blocks, first=3 if source.innehall else 2)
    if source.innehall:
        _contents(document, blocks, pages)
    previous = pages[0] if pages else 0
    for block, page in zip(blocks, pages, strict=True):
        _block(document, source, block, turned=page > previous)
        previous = page
    target = io.BytesIO()
    document.save(target)
    return _same_each_time(target.getvalue())


def _properties(document: Any, source: Source) -> None:
    at = datetime.datetime.combine(source.datum, datetime.time(8), datetime.UTC)
    core = document.core_properties
    core.title, core.author, core.language = source.titel, source.authority, "sv-SE"
    core.subject, core.comments = f"{source.kind_label} (Exempeldata)", EXAMPLE_WORD
    core.created = core.modified = at
    core.last_modified_by, core.revision = source.authority, 1


def _styles(document: Any, look: Look) -> None:
    font = "Georgia" if look.text == SERIF else "Calibri"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.2
    colour = RGBColor.from_string(look.dark[1:])
    for name, size in (("Title", 30), ("Heading 1", 20), ("Heading 2", 14), ("Heading 3", 11.5)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), colour
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for level in (1, 2):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        style.paragraph_format.space_after = Pt(3)
        style.paragraph_format.tab_stops.add_tab_stop(
            Cm(15.5), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )


def _margins(document: Any, source: Source) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = source.sidhuvud
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{source.sidfot} · {EXAMPLE_WORD}\tSida ")
    _field(foot, "PAGE", "2")
    foot.add_run(" (")
    _field(foot, "NUMPAGES", "9")
    foot.add_run(")")
    foot.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(15.5), WD_TAB_ALIGNMENT.RIGHT)


def _field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that Word computes, with the result that it last showed."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _cover(document: Any, source: Source) -> None:
    for _ in range(6):
        document.add_paragraph()
    document.add_paragraph(source.titel, style="Title")
    document.add_paragraph(source.undertitel, style="Subtitle")
    for line in (source.authority, source.date_in_words, f"Dnr {source.diarienummer}"):
        document.add_paragraph(line).paragraph_format.space_after = Pt(0)
    document.add_paragraph()
    document.add_paragraph(EXAMPLE_WORD)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _contents(document: Any, blocks: list[b.Block], pages: list[int]) -> None:
    document.add_paragraph("Innehåll", style="toc 1").runs[0].bold = True
    for block, page in zip(blocks, pages, strict=True):
        if isinstance(block, b.Heading) and block.level <= 2:
            document.add_paragraph(f"{block.shown}\t{page}", style=f"toc {block.level}")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _page_of_each(blocks: list[b.Block], first: int) -> list[int]:
    """Estimate on which page each block begins, as Word's last layout would remember it."""
    page, filled = first, 0
    pages: list[int] = []
    for block in blocks:
        size = _size(block)
        heading = isinstance(block, b.Heading)
        if isinstance(block, b.PageBreak) or filled + size * (2 if heading else 0.6) > (
            _CHARACTERS_A_PAGE
        ):
            page, filled = page + 1, 0
        pages.append(page)
        filled += size
    return pages


def _size(block: b.Block) -> int:
    match block:
        case b.Paragraph():
            return len(block.text) + 60
        case b.Listing():
            return sum(max(len(item), 80) for item in block.items)
        case b.Grid():
            return _WEIGHT["row"] * (1 + len(block.rows))
        case b.Figure():
            return _WEIGHT["figure"]
        case b.Heading():
            return _WEIGHT["heading"]
        case b.PageBreak():
            return 0


def _block(document: Any, source: Source, block: b.Block, *, turned: bool) -> None:
    added: Any = None
    match block:
        case b.Heading():
            added = document.add_heading(block.shown, block.level)
        case b.Paragraph():
            added = document.add_paragraph(block.text)
        case b.Listing():
            style = "List Number" if block.ordered else "List Bullet"
            paragraphs = [document.add_paragraph(item, style=style) for item in block.items]
            added = paragraphs[0]
        case b.Grid():
            _table(document, block, look_of(source.kommunkod))
            added = document.add_paragraph()
        case b.Figure():
            document.add_picture(io.BytesIO(map_picture(source, block)), width=Cm(15))
            added = document.add_paragraph(block.caption, style="Caption")
        case b.PageBreak():
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    if turned and added is not None and added.runs:
        added.runs[0]._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))


def _table(document: Any, grid: b.Grid, look: Look) -> None:
    table = document.add_table(rows=0, cols=len(grid.header), style="Table Grid")
    for number, row in enumerate((grid.header, *grid.rows)):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            if number == 0:
                paragraph.runs[0].bold = True
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), look.tint[1:])
                cell._tc.get_or_add_tcPr().append(shade)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _same_each_time(package: bytes) -> bytes:
    """Write the package again with fixed times, so that equal texts give equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return target.getvalue()
