"""DOCX: headings by style, lists, tables; pages by the breaks that the file remembers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.reading.extract.characters import normalise, single_spaced
from pipelines.reading.extract.page_lines import Line, RawDocument, RawPage, Role, UnreadableError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|rubrik)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innehåll|table of figures)", re.IGNORECASE)
_LIST = re.compile(r"(?:list|punkt|numrerad)", re.IGNORECASE)
_UNSTYLED_LEVEL = 7
_MAX_UNPACKED = 600 * 1024 * 1024


def read_docx(path: Path) -> RawDocument:
    """Return the pages of a DOCX file; without remembered page breaks everything is page 1.

    Raises UnreadableError where the package is broken, protected or unreasonably large.
    """
    import docx

    _check_package(path)
    try:
        document = docx.Document(str(path))
    except Exception as error:  # python-docx raises whatever its XML and zip layers raise
        raise UnreadableError("Word-filen är skadad och kan inte öppnas.") from error
    reader = _BodyReader(_style_names(document))
    reader.read(document.element.body)
    title = single_spaced(normalise(document.core_properties.title or ""))
    return RawDocument(reader.pages, title)


def _check_package(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            if sum(item.file_size for item in package.infolist()) > _MAX_UNPACKED:
                raise UnreadableError("Word-filen är orimligt stor när den packas upp.")
    except zipfile.BadZipFile as error:
        raise UnreadableError("Word-filen är skadad och kan inte öppnas.") from error


def _style_names(document: Any) -> dict[str, str]:
    """Map style id to the name of the style and of those it is based on."""
    styles: dict[str, tuple[str, str]] = {}
    for style in document.styles.element.iter(f"{_W}style"):
        name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        styles[style.get(f"{_W}styleId", "")] = (
            name.get(f"{_W}val", "") if name is not None else "",
            base.get(f"{_W}val", "") if base is not None else "",
        )
    names: dict[str, str] = {}
    for key in styles:
        chain: list[str] = []
        current = key
        while current in styles and len(chain) < 8:
            chain.append(styles[current][0])
            current = styles[current][1]
        names[key] = " < ".join(chain)
    return names


class _BodyReader:
    """Walks the body once and keeps count of the page."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.styles = styles
        self.pages = [RawPage(1)]

    def read(self, body: Any) -> None:
        for element in _blocks(body):
            if element.tag == f"{_W}p":
                self._paragraph(element)
            else:
                self._table(element)

    def _add(self, text: str, role: Role, *, level: int = 0, header: str = "") -> None:
        page = self.pages[-1]
        line = Line(text, role=role, level=level, header=header, page=page.number)
        line.jump = not page.lines
        page.lines.append(line)

    def _paragraph(self, element: Any) -> None:
        style, numbered, depth, outline = self._properties(element)
        parts = self._parts(element)
        if _CONTENTS.match(style):
            return
        heading = _HEADING.search(style)
        level = int(heading[1]) if heading else outline
        if style.lower().startswith("title"):
            level = 1
        for text in parts:
            if level:
                self._add(text, "heading", level=level)
            elif numbered or _LIST.match(style):
                self._add(text, "item", level=depth)
            elif _looks_like_heading(element, text):
                self._add(text, "heading", level=_UNSTYLED_LEVEL)
            else:
                self._add(text, "text")

    def _parts(self, element: Any) -> list[str]:
        """Return the text before and after page breaks, turning the page between them."""
        texts: list[str] = []
        current = ""
        for node in element.iter():
            if node.tag == f"{_W}t":
                current += node.text or ""
            elif node.tag in (f"{_W}tab", f"{_W}cr"):
                current += " "
            elif node.tag in (f"{_W}noBreakHyphen",):
                current += "-"
            elif node.tag == f"{_W}br" and node.get(f"{_W}type") != "page":
                current += " "
            elif node.tag in (f"{_W}br", f"{_W}lastRenderedPageBreak", f"{_W}pageBreakBefore"):
                current = self._turn(texts, current)
        text = single_spaced(normalise(current))
        return [text] if text else []

    def _turn(self, texts: list[str], current: str) -> str:
        """Start a page; text in front of the break stays on the page before."""
        if not self.pages[-1].lines and self.pages[-1].number > 1 and not current.strip():
            return current
        before = single_spaced(normalise(current))
        if before:
            self._add(before, "text")
        self.pages.append(RawPage(len(self.pages) + 1))
        return ""

    def _properties(self, element: Any) -> tuple[str, bool, int, int]:
        """Return style name, whether numbered, list depth from 1, outline level from 1 or 0."""
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return "", False, 1, 0
        style = properties.find(f"{_W}pStyle")
        name = self.styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
        number, outline = properties.find(f"{_W}numPr"), properties.find(f"{_W}outlineLvl")
        depth = 1
        if number is not None and (level := number.find(f"{_W}ilvl")) is not None:
            depth = 1 + int(level.get(f"{_W}val", "0"))
        rank = int(outline.get(f"{_W}val", "9")) + 1 if outline is not None else 0
        return name, number is not None, depth, rank if rank < 10 else 0

    def _table(self, element: Any) -> None:
        header = ""
        rows = list(element.iter(f"{_W}tr"))
        for index, row in enumerate(rows):
            cells = [self._cell(cell) for cell in row.findall(f"{_W}tc")]
            text = " ".join(cell for cell in cells if cell)
            if not text:
                continue
            if len(cells) == 1:
                self._add(text, "text")
            elif index == 0 and len(rows) > 1 and not re.search(r"\d", text):
                header = text
            else:
                self._add(text, "row", header=header)

    def _cell(self, cell: Any) -> str:
        texts = (node.text or "" for node in cell.iter(f"{_W}t"))
        return single_spaced(normalise("".join(texts)))


def _looks_like_heading(element: Any, text: str) -> bool:
    """Tell whether a paragraph without heading style is set as one: short, bold, no full stop."""
    if len(text) > 90 or text[-1] in ".,;:" or not text[0].isupper():
        return False
    runs = [run for run in element.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    return bool(runs) and all(run.find(f"{_W}rPr/{_W}b") is not None for run in runs)


def _blocks(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also in content controls; contents lists left out."""
    for element in body:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag == f"{_W}sdt":
            gallery = element.find(f".//{_W}docPartGallery")
            if gallery is not None and "contents" in gallery.get(f"{_W}val", "").lower():
                continue
            content = element.find(f"{_W}sdtContent")
            if content is not None:
                yield from _blocks(content)
