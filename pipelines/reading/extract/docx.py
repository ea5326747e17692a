"""Word files as Word shows them in the final view: one pass over the XML, then lines.

Tracked insertions and moves stand where they ended, deletions and hidden or struck text are left
out, a text box is read once and after the paragraph that it hangs on. Headings come from styles,
pages from the breaks that the file remembers. Comments, headers and footers are not read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from pipelines.reading.extract.characters import normalise, single_spaced
from pipelines.reading.extract.format import main_part, unpacked
from pipelines.reading.extract.page_lines import (
    COVERED,
    Line,
    RawDocument,
    RawPage,
    Role,
    UnreadableError,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_HEADING = re.compile(r"(?:heading|rubrik)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innehåll|table of figures)", re.IGNORECASE)
_LIST = re.compile(r"(?:list|punkt|numrerad)", re.IGNORECASE)
_UNSTYLED_LEVEL, _MUCH_DRAWN = 7, 40
_DOCUMENTS = (".doc", ".docx", ".docm", ".odt", ".rtf", ".pdf", ".ppt", ".pptx")
_HEADER_CELL = 60
_TINY, _NEARLY_WHITE = 2, 245
_BLACKED = re.compile(r"\w+")
_OFF = ("0", "false", "off", "none")
_GONE = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "rt", "instrText", "delText"))
_WRAPPERS = frozenset(
    [
        f"{_W}{name}"
        for name in (
            "ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "customXml", "dir", "bdo", "sdt",
            "sdtContent", "ruby", "rubyBase",
        )
    ]
)  # fmt: skip
_TURN = "\f"
"""Stands in the text of a paragraph where a page begins."""
_SIGNS = {
    **{f"{_W}{name}": " " for name in ("tab", "ptab", "cr", "br", "sym")},
    f"{_W}noBreakHyphen": "-",
    f"{_W}lastRenderedPageBreak": _TURN,
}


def read_docx(path: Path) -> RawDocument:
    """Return the pages of a Word file; without remembered page breaks everything is page 1.

    Raises UnreadableError where the package is broken, protected or unreasonably large.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _read_package(package)
    except (
        zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, NotImplementedError,
    ) as error:  # fmt: skip
        raise UnreadableError("Word-filen är skadad och kan inte öppnas.") from error
    except RuntimeError as error:  # zipfile: "is encrypted"
        raise UnreadableError("Word-filen är skyddad med lösenord.") from error


def _tree(package: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(unpacked(package, name).replace(*_STRICT), parser)


def _read_package(package: zipfile.ZipFile) -> RawDocument:
    main = main_part(package)
    folder = main.rpartition("/")[0]
    names = set(package.namelist())

    def part(name: str) -> Any:
        whole = f"{folder}/{name}" if folder else name
        return _tree(package, whole) if whole in names else None

    notes = {
        kind: _notes(part(f"{kind}s.xml"), kind)
        for kind in ("footnote", "endnote")
        if f"{folder}/{kind}s.xml" in names
    }
    body = _tree(package, main).find(f"{_W}body")
    reader = _BodyReader(_Styles(part("styles.xml")), notes)
    if body is not None:
        reader.blocks(body)
    reader.finish()
    title = ""
    if "docProps/core.xml" in names:
        title = single_spaced(normalise(_tree(package, "docProps/core.xml").findtext(_TITLE) or ""))
    return RawDocument(reader.pages, title, reader.unopened or _not_read(package))


def _not_read(package: zipfile.ZipFile) -> str:
    """Return a Swedish sentence on text that the file shows and that is not read, "" without."""
    drawn, inside = 0, []
    for name in package.namelist():
        if re.search(r"diagrams/data\d*\.xml$", name):
            drawn += sum(len(text) for text in _tree(package, name).itertext() if text.strip())
        elif "/embeddings/" in name and name.lower().endswith(_DOCUMENTS):
            inside.append(name.rpartition("/")[2])
    if inside:
        return (
            f"Word-filen innehåller dokument som inte öppnas ({', '.join(inside[:3])}). "
            "Spara dem ur Word och lämna dem var för sig."
        )
    if drawn > _MUCH_DRAWN:
        return (
            "Word-filen innehåller SmartArt-bilder vars text inte läses. Lämna dokumentet som PDF."
        )
    return ""


def _notes(root: Any, kind: str) -> dict[str, Any]:
    """Return the notes by their id; separators have a type and are no notes."""
    found = root.findall(f"{_W}{kind}") if root is not None else ()
    return {note.get(f"{_W}id", ""): note for note in found if note.get(f"{_W}type") is None}


def _is_on(properties: Any, name: str) -> bool | None:
    """Return a property that is on or off, None where nothing is said."""
    element = properties.find(f"{_W}{name}")
    if element is None:
        return None
    return str(element.get(f"{_W}val", "1")).lower() not in _OFF


@dataclass(frozen=True, slots=True)
class _Look:
    """How text is set; None where nothing is said."""

    vanish: bool | None = None
    strike: bool | None = None
    bold: bool | None = None
    white: bool | None = None
    shaded: bool | None = None
    tiny: bool | None = None

    def over(self, below: _Look) -> _Look:
        """Return this look with what it leaves open taken from the one below."""
        return _Look(
            below.vanish if self.vanish is None else self.vanish,
            below.strike if self.strike is None else self.strike,
            below.bold if self.bold is None else self.bold,
            below.white if self.white is None else self.white,
            below.shaded if self.shaded is None else self.shaded,
            below.tiny if self.tiny is None else self.tiny,
        )


_PLAIN = _Look()


def _look(properties: Any) -> _Look:
    """Return what run properties say."""
    if properties is None or not len(properties):
        return _PLAIN
    struck = [_is_on(properties, name) for name in ("strike", "dstrike")]
    strike = None if struck == [None, None] else any(struck)
    color, size = properties.find(f"{_W}color"), properties.find(f"{_W}sz")
    return _Look(
        _is_on(properties, "vanish"),
        strike,
        _is_on(properties, "b"),
        None if color is None else _is_white(color),
        True if _is_shaded(properties) else None,
        None if size is None else _number(size, 20) <= _TINY,
    )


def _is_white(color: Any) -> bool:
    value, theme = color.get(f"{_W}val", "auto"), color.get(f"{_W}themeColor", "")
    if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
        return min(bytes.fromhex(value)) >= _NEARLY_WHITE
    return theme in ("background1", "light1") and color.get(f"{_W}themeShade") is None


def _is_black(properties: Any) -> bool:
    """Tell whether text is blacked out: black on a black ground."""
    color, marked = properties.find(f"{_W}color"), properties.find(f"{_W}highlight")
    value = "auto" if color is None else color.get(f"{_W}val", "auto").lower()
    if marked is not None and marked.get(f"{_W}val") == "black":
        return value in ("auto", "000000")
    shade = properties.find(f"{_W}shd")  # on a dark shade Word makes automatic letters white
    return value == "000000" and shade is not None and shade.get(f"{_W}fill") == "000000"


def _is_shaded(properties: Any) -> bool:
    shade, marked = properties.find(f"{_W}shd"), properties.find(f"{_W}highlight")
    fill = "auto" if shade is None else shade.get(f"{_W}fill", "auto").lower()
    return fill not in ("auto", "ffffff") or marked is not None


def _number(element: Any, default: int) -> int:
    try:
        return int(float(element.get(f"{_W}val", default)))
    except ValueError:
        return default


@dataclass(frozen=True, slots=True)
class _Style:
    """A style with what it inherits.

    Attributes:
        name: names of the style and of those it is based on, nearest first.
        level: outline level from 1, 0 for none.
        numbered: paragraphs are numbered or have bullets.
        breaks: paragraphs begin a page.
        look: how its text is set.
    """

    name: str = ""
    level: int = 0
    numbered: bool = False
    breaks: bool = False
    look: _Look = _PLAIN


class _Styles:
    """The styles of the file, each resolved once."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._known: dict[str, _Style] = {}
        self.default = ""
        if root is None:
            return
        for element in root.findall(f"{_W}style"):
            key = element.get(f"{_W}styleId", "")
            self._elements[key] = element
            if element.get(f"{_W}type") == "paragraph" and element.get(f"{_W}default") == "1":
                self.default = key

    def get(self, key: str, depth: int = 0) -> _Style:
        """Return a style by its id; an unknown one says nothing."""
        if key in self._known:
            return self._known[key]
        element = self._elements.get(key)
        if element is None or depth > 12:
            return _Style()
        base = element.find(f"{_W}basedOn")
        below = self.get(base.get(f"{_W}val", ""), depth + 1) if base is not None else _Style()
        name = element.find(f"{_W}name")
        own = name.get(f"{_W}val", "") if name is not None else ""
        names = f"{own} < {below.name}" if below.name else own
        style = _Style(names, below.level, below.numbered, below.breaks, below.look)
        properties = element.find(f"{_W}pPr")
        if properties is not None:
            style = _with_paragraph(style, properties)
        look = _look(element.find(f"{_W}rPr")).over(below.look)
        self._known[key] = replace(style, look=look)
        return self._known[key]


def _with_paragraph(style: _Style, properties: Any) -> _Style:
    """Return the style with what paragraph properties add to it or switch off."""
    outline, number = properties.find(f"{_W}outlineLvl"), properties.find(f"{_W}numPr")
    level = style.level
    if outline is not None:
        level = _number(outline, 9) + 1
        level = level if level < 10 else 0
    numbered = style.numbered
    if number is not None:
        identity = number.find(f"{_W}numId")
        numbered = identity is None or identity.get(f"{_W}val") != "0"
    turned = _is_on(properties, "pageBreakBefore")
    return replace(
        style, level=level, numbered=numbered, breaks=style.breaks if turned is None else turned
    )


class _BodyReader:
    """Walks the body once and keeps count of the page."""

    def __init__(self, styles: _Styles, notes: dict[str, dict[str, Any]]) -> None:
        self.styles = styles
        self.notes = notes
        self.pages = [RawPage(1)]
        self.unopened = ""
        self._carried = ""
        self._pending: list[Any] = []
        self._on_ground = False

    # Blocks ----------------------------------------------------------------------------------

    def blocks(self, parent: Any) -> None:
        """Read paragraphs and tables in order; contents lists are left out."""
        for element in _within(parent, (f"{_W}p", f"{_W}tbl", f"{_W}altChunk", f"{_W}subDoc")):
            if element.tag == f"{_W}p":
                self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._put_carried()
                self._table(element)
            else:
                self.unopened = (
                    "Word-filen hämtar text ur andra filer som inte öppnas. Öppna den i Word, "
                    "spara om den och lämna den igen."
                )

    def finish(self) -> None:
        """Put down what still waits."""
        self._put_carried()
        self._write_notes()

    def _put_carried(self) -> None:
        self._put(self._carried, "text")
        self._carried = ""

    def _paragraph(self, element: Any) -> None:
        properties = element.find(f"{_W}pPr")
        style, depth = self._style_of(properties)
        boxes: list[Any] = []
        runs: list[tuple[str, _Look]] = []
        # a style that is bold (a caption, a lead) makes no heading; bold put on by hand does
        self._inline(element, replace(style.look, bold=None), runs, boxes)
        text = self._carried + "".join(part for part, _ in runs)
        self._carried = ""
        if style.breaks:
            text = _TURN + text
        mark = properties.find(f"{_W}rPr") if properties is not None else None
        if mark is not None and any(mark.find(f"{_W}{n}") is not None for n in ("del", "moveFrom")):
            self._carried = text  # the end of the paragraph is deleted: it goes on with the next
        elif not _CONTENTS.match(style.name):
            self._place(text, style, depth, _all_bold(runs))
        elif _TURN in text:
            self._turn()
        for box in boxes:
            self.blocks(box)

    def _style_of(self, properties: Any) -> tuple[_Style, int]:
        """Return the style with the paragraph's own properties in it, and the list depth from 1."""
        if properties is None:
            return self.styles.get(self.styles.default), 1
        named = properties.find(f"{_W}pStyle")
        key = named.get(f"{_W}val", "") if named is not None else self.styles.default
        level = properties.find(f"{_W}numPr/{_W}ilvl")
        depth = 1 + (_number(level, 0) if level is not None else 0)
        style = _with_paragraph(self.styles.get(key), properties)
        if _is_shaded(properties):
            style = replace(style, look=_Look(shaded=True).over(style.look))
        return style, depth

    def _place(self, text: str, style: _Style, depth: int, bold: bool) -> None:
        """Put a paragraph on the page, or on both where a page begins in it."""
        heading = _HEADING.search(style.name)
        level = int(heading[1]) if heading else style.level
        if style.name.lower().startswith("title"):
            level = 1
        pieces = text.split(_TURN)
        for place, piece in enumerate(pieces):
            if place:
                self._turn()
            said = single_spaced(normalise(piece))
            if not said:
                continue
            if place < len(pieces) - 1 and "".join(pieces[place + 1 :]).strip():
                self._add(said, "text")
            elif level:
                self._write_notes()
                self._add(said, "heading", level=level)
            elif style.numbered or _LIST.match(style.name):
                self._add(said, "item", level=depth)
            elif bold and _looks_like_heading(said):
                self._write_notes()
                self._add(said, "heading", level=_UNSTYLED_LEVEL)
            else:
                self._add(said, "text")

    def _put(self, text: str, role: Role) -> None:
        said = single_spaced(normalise(text.replace(_TURN, " ")))
        if said:
            self._add(said, role)

    def _add(self, text: str, role: Role, *, level: int = 0, header: str = "") -> None:
        page = self.pages[-1]
        line = Line(text, role=role, level=level, header=header, page=page.number)
        line.jump = not page.lines
        page.lines.append(line)

    def _turn(self) -> None:
        """Begin a page, unless the one at hand is still empty: breaks of several kinds coincide."""
        self._write_notes()
        if self.pages[-1].lines or self.pages[-1].number == 1:
            self.pages.append(RawPage(len(self.pages) + 1))

    def _write_notes(self) -> None:
        """Put the notes that wait where the page, the section or the document ends."""
        waiting, self._pending = self._pending, []
        for note in waiting:
            for paragraph in _within(note, (f"{_W}p",)):
                self._put(self._text(paragraph), "text")

    # Text in a paragraph ---------------------------------------------------------------------

    def _text(self, paragraph: Any) -> str:
        runs: list[tuple[str, _Look]] = []
        style, _ = self._style_of(paragraph.find(f"{_W}pPr"))
        self._inline(paragraph, style.look, runs, [])
        return "".join(part for part, _ in runs)

    def _inline(
        self, parent: Any, look: _Look, runs: list[tuple[str, _Look]], boxes: list[Any]
    ) -> None:
        """Collect the visible text of a paragraph and the text boxes that hang on it."""
        for node in parent:
            tag = node.tag
            if tag == f"{_W}r":
                self._run(node, look, runs, boxes)
            elif tag in _WRAPPERS:
                if not _is_placeholder(node):
                    self._inline(node, look, runs, boxes)
            elif tag == f"{_MC}AlternateContent":
                self._inline(_chosen(node), look, runs, boxes)
            elif isinstance(tag, str) and tag.endswith("}oMath"):
                text = "".join(part.text or "" for part in node.iter() if _is_math_text(part))
                runs.append((text, look))

    def _run(self, run: Any, look: _Look, runs: list[tuple[str, _Look]], boxes: list[Any]) -> None:
        properties = run.find(f"{_W}rPr")
        own = _look(properties)
        named = properties.find(f"{_W}rStyle") if properties is not None else None
        if named is not None:
            own = own.over(self.styles.get(named.get(f"{_W}val", "")).look)
        own = own.over(look)
        white = own.white and not own.shaded and not self._on_ground
        visible = not (own.vanish or own.strike or own.tiny or white)
        black = properties is not None and _is_black(properties)
        for node in run:
            tag = node.tag
            said = _said(node)
            if said:
                if visible or said == _TURN:
                    runs.append((_BLACKED.sub(COVERED, said) if black else said, own))
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                note = self._note(node)
                if note is not None and visible:
                    self._pending.append(note)
            elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
                boxes.extend(_boxes(node))
            elif tag == f"{_MC}AlternateContent":
                boxes.extend(_boxes(_chosen(node)))
            elif tag in _WRAPPERS:
                self._inline(node, look, runs, boxes)

    def _note(self, reference: Any) -> Any:
        kind = "footnote" if reference.tag == f"{_W}footnoteReference" else "endnote"
        return self.notes.get(kind, {}).get(reference.get(f"{_W}id", ""))

    # Tables ----------------------------------------------------------------------------------

    def _table(self, table: Any) -> None:
        """Read a table row by row; a table in a cell is read after the row that holds it."""
        header = ""
        rows = [row for row in _within(table, (f"{_W}tr",)) if not _is_deleted(row, "trPr")]
        outside = self._on_ground
        own = table.find(f"{_W}tblPr")
        # what a table style shades is not looked up: its white text may be on a ground
        ground = outside or (
            own is not None and (own.find(f"{_W}tblStyle") is not None or _is_shaded(own))
        )
        for index, row in enumerate(rows):
            cells = [cell for cell in _within(row, (f"{_W}tc",)) if not _is_deleted(cell, "tcPr")]
            if len(cells) == 1:
                self._on_ground = ground or _has_shade(cells[0])
                self.blocks(cells[0])
                continue
            inner: list[Any] = []
            texts = []
            for cell in cells:
                self._on_ground = ground or _has_shade(cell)
                texts.append(self._cell(cell, inner))
            self._on_ground = ground or any(map(_has_shade, cells))
            first = next((text for text in texts if text.strip()), "")
            turns = any(_TURN in text for text in texts)
            if turns and first.lstrip(" ").startswith(_TURN):
                self._turn()
                turns = False
            said = [single_spaced(normalise(text.replace(_TURN, " "))) for text in texts]
            text = " ".join(filter(None, said))
            if text and index == 0 and len(rows) > 1 and _is_header(row, said):
                header = text
            elif text:
                self._add(text, "row", header=header)
            if turns:
                self._turn()
            for block in inner:
                if block.tag == f"{_W}tbl":
                    self._table(block)
                else:
                    self.blocks(block)
        self._on_ground = outside

    def _cell(self, cell: Any, inner: list[Any]) -> str:
        """Return the text of a cell; nested tables and text boxes are added to `inner`."""
        parts: list[str] = []
        for block in _within(cell, (f"{_W}p", f"{_W}tbl")):
            if block.tag == f"{_W}tbl":
                inner.append(block)
                continue
            runs: list[tuple[str, _Look]] = []
            style, _ = self._style_of(block.find(f"{_W}pPr"))
            self._inline(block, style.look, runs, inner)
            parts.append("".join(part for part, _ in runs))
        return " ".join(parts)


def _said(node: Any) -> str:
    """Return the text of a part of a run, "" for what is no text."""
    if node.tag == f"{_W}t":
        return node.text or ""
    if node.tag == f"{_W}br" and node.get(f"{_W}type") == "page":
        return _TURN
    return _SIGNS.get(node.tag, "")


def _within(parent: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Yield blocks of these kinds in order, also in content controls, custom XML and tracked moves.

    The text of a contents list and of a control that still asks for text is left out.
    """
    for element in parent:
        tag = element.tag
        if tag in tags:
            yield element
        elif tag == f"{_MC}AlternateContent":
            yield from _within(_chosen(element), tags)
        elif tag in _WRAPPERS and not _is_placeholder(element) and not _is_contents(element):
            yield from _within(element, tags)


def _is_placeholder(element: Any) -> bool:
    """Tell whether a content control shows only what should be written in it."""
    if element.tag != f"{_W}sdt":
        return False
    asks = element.find(f"{_W}sdtPr/{_W}showingPlcHdr")
    return asks is not None and str(asks.get(f"{_W}val", "1")).lower() not in _OFF


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and "contents" in gallery.get(f"{_W}val", "").lower()


def _has_shade(cell: Any) -> bool:
    own = cell.find(f"{_W}tcPr")
    return own is not None and _is_shaded(own)


def _is_deleted(element: Any, properties: str) -> bool:
    """Tell whether a row or cell is deleted, hidden or merged into another in the final view."""
    own = element.find(f"{_W}{properties}")
    if own is None:
        return False
    merged = [own.find(f"{_W}{name}") for name in ("vMerge", "hMerge")]
    if any(each is not None and each.get(f"{_W}val") != "restart" for each in merged):
        return True
    if any(own.find(f"{_W}{name}") is not None for name in ("del", "cellDel", "moveFrom")):
        return True
    return _is_on(own, "hidden") is True


def _chosen(alternate: Any) -> Any:
    """Return the alternative that Word shows: the choice, or the fallback where it has no text."""
    choice, fallback = alternate.find(f"{_MC}Choice"), alternate.find(f"{_MC}Fallback")
    if choice is None:
        return fallback if fallback is not None else ()
    if fallback is not None and next(choice.iter(f"{_W}t"), None) is None:
        return fallback if next(fallback.iter(f"{_W}t"), None) is not None else choice
    return choice


def _boxes(node: Any) -> list[Any]:
    """Return the contents of the text boxes in a drawing, each once and in order."""
    found: list[Any] = []
    for child in node:
        tag = child.tag
        if tag == f"{_W}txbxContent":
            found.append(child)
        elif tag == f"{_MC}AlternateContent":
            found.extend(_boxes(_chosen(child)))
        elif isinstance(tag, str) and len(child) and not _is_hidden_drawing(child):
            found.extend(_boxes(child))
    return found


def _is_hidden_drawing(node: Any) -> bool:
    """Tell whether a drawing is switched off, or a VML shape is hidden by its style."""
    shape = next((child for child in node if str(child.tag).endswith("}docPr")), None)
    if shape is not None and shape.get("hidden", "0") in ("1", "true"):
        return True
    return re.search(r"visibility:\s*hidden", node.get("style", "")) is not None


def _is_math_text(part: Any) -> bool:
    return isinstance(part.tag, str) and part.tag.endswith("/math}t")


def _is_header(row: Any, cells: list[str]) -> bool:
    """Tell whether the first row names the columns: short words without figures or full stops."""
    if row.find(f"{_W}trPr/{_W}tblHeader") is not None and _is_on(
        row.find(f"{_W}trPr"), "tblHeader"
    ):
        return True
    return not any(
        re.search(r"\d", cell) or cell.endswith(".") or len(cell) > _HEADER_CELL for cell in cells
    )


def _all_bold(runs: list[tuple[str, _Look]]) -> bool:
    said = [look.bold for text, look in runs if text.strip(f" {_TURN}")]
    return bool(said) and all(said)


def _looks_like_heading(text: str) -> bool:
    """Tell whether a bold paragraph without heading style is set as a heading."""
    return len(text) <= 90 and text[-1] not in ".,;:" and text[0].isupper()
