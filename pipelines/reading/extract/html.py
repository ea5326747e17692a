"""HTML: headings, paragraphs, lists and tables of the main content; menus and footers left out."""

from __future__ import annotations

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.reading.extract.characters import normalise
from pipelines.reading.extract.page_lines import Line, RawDocument, RawPage, Role
from pipelines.reading.extract.text import decode

_NOISE = (
    "script, style, noscript, template, nav, footer, header nav, aside, form, button, iframe, svg, "
    "[role=navigation], [role=contentinfo], [role=banner], [role=search], [aria-hidden=true], "
    "[hidden], dialog, select"
)
_BLOCK_NAMES = (
    "p div section article main li ul ol dl dt dd table tr thead tbody tfoot h1 h2 h3 h4 h5 h6 "
    "blockquote pre figure figcaption address header body details summary hr center"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_META = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def read_html(path: Path) -> RawDocument:
    """Return the content of a web page as one page of paragraphs."""
    tree = LexborHTMLParser(_decode(path.read_bytes()))
    title_node = tree.css_first("title")
    title = _squeeze(title_node.text()) if title_node else ""
    for node in tree.css(_NOISE):
        node.decompose()
    root = tree.css_first("main, [role=main], #content, article") or tree.body
    page = RawPage(1)
    if root is not None:
        _Walker(page).walk(root)
    return RawDocument([page], title)


def _decode(data: bytes) -> str:
    declared = _META.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return decode(data)
    return decode(data)


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", normalise(text)).strip()


class _Walker:
    """Walks the tree in document order and puts one line on the page for each block of text."""

    def __init__(self, page: RawPage) -> None:
        self.page = page
        self.inline = ""

    def walk(self, root: LexborNode) -> None:
        self._children(root, "text", 0)
        self._flush("text", 0)

    def _flush(self, role: Role, level: int, header: str = "") -> None:
        text = _squeeze(self.inline)
        self.inline = ""
        if text:
            self.page.lines.append(
                Line(text, role=role, level=level, header=header, jump=not self.page.lines)
            )

    def _children(self, node: LexborNode, role: Role, level: int) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self.inline += child.text(deep=False)
            elif tag == "br":
                self.inline += " "
            elif tag == "table":
                self._flush(role, level)
                self._table(child)
            elif tag in _BLOCKS:
                self._flush(role, level)
                self._block(child, tag, role, level)
            else:
                self._children(child, role, level)

    def _block(self, node: LexborNode, tag: str, role: Role, level: int) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.inline = node.text(separator=" ")
            self._flush("heading", int(tag[1]))
            return
        if tag == "li":
            role, level = "item", level + 1
        self._children(node, role, level)
        self._flush(role, level)

    def _table(self, table: LexborNode) -> None:
        header = ""
        for row in table.css("tr"):
            cells = row.css("td, th")
            text = " ".join(filter(None, (_squeeze(cell.text(separator=" ")) for cell in cells)))
            if not row.css("td"):
                header = text
            elif text:
                self.inline = text
                self._flush("row" if len(cells) > 1 else "text", 0, header)
