"""Web pages: headings, paragraphs, lists and tables of the main content.

The content is the page's own main part where it holds a fair share of the text, otherwise what
stands around the first heading. Menus, banners, footers and notices on cookies are left out by
their elements, roles and names; folded sections belong to the page.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.reading.extract.characters import normalise
from pipelines.reading.extract.html_tree import Node, build
from pipelines.reading.extract.page_lines import Line, RawDocument, RawPage, Role
from pipelines.reading.extract.text import decode, decode_page

_BLOCKS = frozenset(
    [
        "p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr",
        "td", "th", "thead", "tbody", "tfoot", "caption", "h1", "h2", "h3", "h4", "h5", "h6",
        "blockquote", "pre", "figure", "figcaption", "address", "header", "footer", "body",
        "details", "summary", "hr", "center", "form", "fieldset", "legend", "aside", "nav",
    ]
)  # fmt: skip
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_FRAME = frozenset(["nav", "footer", "aside", "dialog", "button"])
_FRAME_ROLES = frozenset(
    [
        "navigation", "contentinfo", "banner", "search", "dialog", "alertdialog", "alert", "menu",
        "menubar", "complementary", "button", "toolbar",
    ]
)  # fmt: skip
_FRAME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:menu|meny|nav|navbar|navigation|huvudmeny|toppmeny|footer|sidfot|sidfooter|"
    r"sidhuvud|sidebar|cookies?|cookie\w*|consent|kakor|gdpr|samtycke|breadcrumbs?|brodsmulor?|"
    r"skip(?:link)?|share|dela|social|related|relaterat|newsletter|nyhetsbrev|pagination|modal|"
    r"popup|search|sok|advert\w*|comments?|comment-list)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTENT_IDS = frozenset(
    ["content", "main", "innehall", "maincontent", "main-content", "huvudinnehall"]
)
_MOST, _FAIR, _SHORT_FORM = 0.5, 0.3, 0.3
_LINKED, _FEW_ITEMS = 0.9, 3
_SPACE = re.compile(r"\s+")


def read_html(path: Path) -> RawDocument:
    """Return the content of a web page, also a saved one (MHT) or Markdown, as one page."""
    data = path.read_bytes()
    if path.suffix.lower() == ".md":
        from markdown_it import MarkdownIt  # slow to load, seldom used; so is email

        page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(decode(data))
    else:
        page = decode_page(_saved(data))
    body, title = build(page)
    _drop_frame(body)
    walker = _Walker(RawPage(1))
    for root in _roots(body):
        walker.walk(root)
    return RawDocument([walker.page], _squeeze(title))


def _saved(data: bytes) -> bytes:
    """Return the page in a file that holds it with its pictures, other files as they are."""
    if b"multipart/related" not in data[:4096]:
        return data
    import email

    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            return bytes(part.get_payload(decode=True))
    return data


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", normalise(text)).strip()


def _drop_frame(body: Node) -> None:
    """Hide what surrounds the content, unless the content is in it."""
    total = max(body.letters, 1)
    for node in list(body.walk()):
        if not node.tag or node is body or node.unseen:
            continue
        if node.tag == "form":
            drop = node.letters < _SHORT_FORM * total and not node.holds("h1", "main", "article")
        elif node.tag == "button" and _titles(node):
            drop = False
        elif node.tag in _FRAME or node.get("role") in _FRAME_ROLES:
            drop = not node.holds("main", "h1") or node.tag in ("nav", "dialog")
        elif node.tag not in ("main", "article") and _FRAME_NAMES.search(node.names()):
            drop = node.letters < _MOST * total and not node.holds("main", "article", "h1")
        else:
            drop = node.tag in ("ul", "ol") and _is_menu(node)
        if drop:
            node.hide()


def _titles(button: Node) -> bool:
    """Tell whether a button is the heading of a section that it unfolds."""
    above = button.parent
    while above is not None and above.tag in ("span", "div", "strong"):
        above = above.parent
    folds = button.get("aria-expanded") or button.get("aria-controls")
    return above is not None and (
        above.tag in _HEADINGS or above.tag in ("summary", "dt") or bool(folds)
    )


def _is_menu(items: Node) -> bool:
    """Tell whether a list holds nothing but links, none of which is a sentence."""
    rows = [each for each in items.children if each.tag == "li"]
    if len(rows) < _FEW_ITEMS or items.linked < _LINKED * items.letters:
        return False
    return not any(_flat(row).endswith(".") for row in rows)


def _roots(body: Node) -> list[Node]:
    """Return the elements that hold the content, in order."""
    total = max(body.letters, 1)
    mains = [n for n in body.walk() if n.tag == "main" or n.get("role") == "main"]
    mains = [n for n in mains if not _is_below(n, mains)]
    if sum(n.letters for n in mains) >= _FAIR * total:
        return mains
    for node in body.walk():
        if node.get("id").lower() in _CONTENT_IDS and node.letters >= _MOST * total:
            return [node]
    articles = body.find("article")
    if len(articles) == 1 and articles[0].letters >= _MOST * total:
        return articles
    return [_around_heading(body, total)]


def _is_below(node: Node, others: list[Node]) -> bool:
    above = node.parent
    while above is not None:
        if above in others:
            return True
        above = above.parent
    return False


def _around_heading(body: Node, total: int) -> Node:
    """Return the smallest element that holds the first heading of the page and most of its text."""
    headings = body.find("h1") or body.find("h2")
    if not headings:
        return body
    node: Node | None = headings[0]
    while node is not None and node.letters < _MOST * total:
        node = node.parent
    return node if node is not None and node.tag not in _HEADINGS else body


def _flat(node: Node) -> str:
    """Return the text below in one piece: words stay whole, blocks and cells are set apart."""
    parts: list[str] = []
    waiting: list[Node | str] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            parts.append(each)
        elif not each.unseen:
            parts.append(each.text)
            apart = each.tag in _BLOCKS or each.tag == "br"
            waiting.append(" " if apart else "")
            waiting.extend(reversed(each.children))
            waiting.append(" " if apart else "")
    return _squeeze("".join(parts))


class _Walker:
    """Walks the content in order and puts one line on the page for each block of text."""

    def __init__(self, page: RawPage) -> None:
        self.page = page
        self.inline = ""

    def walk(self, root: Node) -> None:
        """Put down a part of the page."""
        self._children(root, "text", 0)
        self._flush("text", 0)

    def _flush(self, role: Role, level: int, header: str = "") -> None:
        text = _squeeze(self.inline)
        self.inline = ""
        if text:
            self.page.lines.append(
                Line(text, role=role, level=level, header=header, jump=not self.page.lines)
            )

    def _children(self, node: Node, role: Role, level: int) -> None:
        broken = False
        for child in node.children:
            if child.unseen:
                continue
            if child.tag == "br":
                if broken:
                    self._flush(role, level)
                self.inline += " "
                broken = True
                continue
            broken = broken and not child.text.strip() and not child.tag
            if not child.tag:
                self.inline += child.text
            elif child.tag == "table":
                self._flush(role, level)
                self._table(child)
            elif child.tag in _BLOCKS:
                self._flush(role, level)
                self._block(child, role, level)
            else:
                self._children(child, role, level)

    def _block(self, node: Node, role: Role, level: int) -> None:
        if node.tag in _HEADINGS:
            self.inline = _flat(node)
            self._flush("heading", int(node.tag[1]))
            return
        if node.tag == "summary" or (node.tag == "dt" and node.holds("button")):
            self.inline = _flat(node)
            self._flush("heading", 6)
            return
        if node.tag == "li":
            role, level = "item", level + 1
        self._children(node, role, level)
        self._flush(role, level)

    def _table(self, table: Node) -> None:
        """Put down the table row by row; what is no data is read as the blocks that it holds."""
        header = ""
        for row in _rows(table):
            cells = [each for each in row.children if each.tag and not each.unseen]
            if row.tag != "tr":
                self._children(row, "text", 0)
                self._flush("text", 0)
                continue
            if len(cells) == 1 or any(_is_layout(cell) for cell in cells):
                for cell in cells:
                    self._children(cell, "text", 0)
                    self._flush("text", 0)
                continue
            inner = [each for cell in cells for each in _tables(cell)]
            for each in inner:
                each.unseen = True  # read after the row
            text = " ".join(filter(None, (_flat(cell) for cell in cells)))
            if cells and all(cell.tag == "th" for cell in cells):
                header = text
            elif text:
                self.inline = text
                self._flush("row", 0, header)
            for each in inner:
                each.unseen = False
                self._table(each)


def _rows(table: Node) -> list[Node]:
    """Return the table's own rows, and the caption and what else has text between them."""
    rows: list[Node] = []
    for each in table.children:
        if each.unseen:
            continue
        if each.tag in ("thead", "tbody", "tfoot"):
            rows.extend(row for row in each.children if row.tag and not row.unseen)
        elif each.letters:
            rows.append(each)
    return rows


def _is_layout(cell: Node) -> bool:
    """Tell whether a cell holds parts of a page instead of a value."""
    paragraphs = 0
    for node in cell.walk():
        if node.tag in _HEADINGS or node.tag in ("section", "article"):
            return True
        paragraphs += node.tag == "p"
    return paragraphs > 2


def _tables(cell: Node) -> list[Node]:
    """Return the tables in a cell that are in no other table of it."""
    found: list[Node] = []
    waiting = [cell]
    while waiting:
        node = waiting.pop()
        for each in reversed(node.children):
            if each.tag == "table" and not each.unseen:
                found.append(each)
            elif each.tag:
                waiting.append(each)
    return found
