"""A web page as a tree of plain nodes, with what a reader does not see marked.

The parser's tree is walked once. Nodes deeper than a page ever needs are hung on the deepest level
allowed, so that a hostile page costs no more than its length.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from pipelines.reading.extract.page_lines import COVERED

_MAX_DEPTH = 120
_NO_TEXT = frozenset(
    [
        "script", "style", "noscript", "template", "svg", "iframe", "select", "input", "textarea",
        "object", "video", "audio", "canvas", "map", "del", "s", "strike", "rt", "rp", "head",
    ]
)  # fmt: skip
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|"
    r"font-size\s*:\s*0(?:px|em|%)?\s*(?:;|$|!)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)|"
    r"(?:left|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01](?:px)?\b|"
    r"clip-path\s*:\s*inset\((?:50|100)%|"
    r"^(?=.*overflow(?:-y)?\s*:\s*hidden).*(?<![\w-])(?:max-)?height\s*:\s*0(?:px)?\s*(?:;|$|!)",
    re.IGNORECASE | re.DOTALL,
)
_SEEN = re.compile(r"(?:display|visibility|opacity|font-size)\s*:", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_STRUCK_NAME = re.compile(
    r"(?:^|\s)(?:line-through|strike-?through|genomstruk\w+|överstruk\w+)(?:$|\s)"
)
_WHITE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#f{3}(?:f{3})?|white|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))",
    re.IGNORECASE,
)
_INLINE = ("span", "b", "strong", "em", "i", "mark", "font")
_BLACKED = re.compile(
    r"^(?!.*(?<![\w-])color\s*:\s*(?!#0{3}(?:0{3})?\b|black))"
    r".*background(?:-color)?\s*:\s*(?:#0{3}(?:0{3})?\b|black)",
    re.IGNORECASE | re.DOTALL,
)
"""A ground that is black, with no other colour for the letters."""
_GROUND = re.compile(r"background", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ON_SCREEN = re.compile(
    r"@(?:media\s+(?:only\s+)?(?:screen|all)|layer[^{};]*|supports[^{};]*)\s*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}"
)
_AT_RULE = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^;{]*;")
_MAX_RULES = 400
_FOLDS = re.compile(
    r"accordion|dragspel|collaps|expand|toggle|fold|fäll|utfäll|panel|tab(?:-|s?\b)|flik",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Sheet:
    """What style sheets say of elements, by their number: hidden, struck, white, on a ground.

    `external` says that the page has sheets of its own that are not in the file.
    """

    external: bool
    hidden: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    white: set[int] = field(default_factory=set)
    ground: set[int] = field(default_factory=set)


class Node:
    """An element, or a piece of text where `tag` is ""; `letters` counts the text it shows."""

    __slots__ = ("attributes", "children", "letters", "linked", "parent", "tag", "text", "unseen")

    def __init__(
        self,
        tag: str,
        parent: Node | None,
        text: str = "",
        attributes: dict[str, str] | None = None,
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.text = text
        self.attributes = attributes or {}
        self.children: list[Node] = []
        self.letters = 0
        self.linked = 0
        self.unseen = False

    def get(self, name: str) -> str:
        """Return an attribute, "" where it is missing or empty."""
        return self.attributes.get(name, "")

    def names(self) -> str:
        """Return identity and classes as one text."""
        return f"{self.get('id')} {self.get('class')}"

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below in the order of the page, the unseen left out."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if not node.unseen:
                yield node
                waiting.extend(reversed(node.children))

    def find(self, *tags: str) -> list[Node]:
        """Return the elements of these kinds below, in order."""
        return [node for node in self.walk() if node.tag in tags]

    def holds(self, *tags: str) -> bool:
        """Tell whether an element of these kinds is below."""
        return any(node.tag in tags for node in self.walk())

    def hide(self) -> None:
        """Take the node out of what is seen, and its letters out of all that hold it."""
        self.unseen = True
        holders: list[Node] = []
        above = self.parent
        while above is not None:
            if above.unseen:
                return
            holders.append(above)
            above = above.parent
        for holder in holders:
            holder.letters -= self.letters
            holder.linked -= self.linked


def build(html: str) -> tuple[Node, str]:
    """Return the body of a page without what is not seen, and the page's title."""
    parser = LexborHTMLParser(html)
    title_node = parser.css_first("title")
    title = title_node.text() if title_node else ""
    if parser.body is None:
        return Node("body", None), title
    sheet = _sheet(parser)
    grounds = {parser.body.mem_id} & sheet.ground
    root = Node("body", None, attributes=_attributes(parser.body.attributes))
    nodes: dict[int, tuple[Node, int]] = {parser.body.mem_id: (root, 0)}
    made: list[Node] = [root]
    for each in parser.body.traverse(include_text=True):
        above = each.parent
        if above is None or above.mem_id not in nodes or each.mem_id in nodes:
            continue
        parent, depth = nodes[above.mem_id]
        tag = each.tag or ""
        if tag == "-text":
            text = each.text(deep=False)
            if parent.tag in _INLINE and _BLACKED.search(parent.get("style")):
                text = re.sub(r"\w+", COVERED, text)
            node = Node("", parent, text)
            node.letters = len(node.text.strip())
        elif tag.startswith("-") or tag in _NO_TEXT or each.mem_id in sheet.struck:
            continue
        else:
            kind = tag if depth < _MAX_DEPTH else "div"
            node = Node(kind, parent, attributes=_attributes(each.attributes))
            style = node.get("style")
            if above.mem_id in grounds or each.mem_id in sheet.ground or _GROUND.search(style):
                grounds.add(each.mem_id)
            white = _WHITE.search(style) or each.mem_id in sheet.white
            node.unseen = each.mem_id in sheet.hidden or bool(
                white and each.mem_id not in grounds and not sheet.external
            )
            nodes[each.mem_id] = (node, depth + 1) if depth <= _MAX_DEPTH else (parent, depth)
        parent.children.append(node)
        made.append(node)
    _count(made)
    _hide(root, made)
    return root, title


def _attributes(found: dict[str, str | None]) -> dict[str, str]:
    return {name: value or "" for name, value in found.items()}


def _count(made: list[Node]) -> None:
    """Add up letters from the leaves to the root."""
    for node in reversed(made):
        if node.tag == "a" and node.get("href"):
            node.linked = node.letters
        if node.parent is not None:
            node.parent.letters += node.letters
            node.parent.linked += node.linked


def _sheet(parser: LexborHTMLParser) -> _Sheet:
    """Return what the page's own style sheets say; of two rules the more specific one holds."""
    sheet = _Sheet(external=bool(parser.css("link[rel~=stylesheet]")))
    said: dict[str, dict[int, tuple[int, bool]]] = {"hidden": {}, "struck": {}}
    for style in parser.css("style"):
        text = _AT_RULE.sub("", _ON_SCREEN.sub(r"\1", _COMMENT.sub("", style.text())))
        for selectors, body in islice(_rules(text), _MAX_RULES):
            told = {
                "hidden": bool(_UNSEEN.search(body)) if _SEEN.search(body) else None,
                "struck": bool(_STRUCK.search(body)) if "text-decoration" in body else None,
            }
            told["hidden"] = told["hidden"] or (True if _UNSEEN.search(body) else told["hidden"])
            if ":" in selectors or not (
                any(each is not None for each in told.values())
                or _GROUND.search(body)
                or _WHITE.search(body)
            ):
                continue
            for selector in selectors.split(","):
                found: list[int] = []
                with contextlib.suppress(SelectolaxError):  # the parser does not know all
                    found = [node.mem_id for node in parser.css(" ".join(selector.split()))]
                weight = 100 * selector.count("#") + 10 * len(re.findall(r"[.\[]", selector))
                weight += 1_000 * ("!important" in body)
                for kind, value in told.items():
                    for each in found if value is not None else ():
                        if said[kind].get(each, (-1, False))[0] <= weight:
                            said[kind][each] = weight, bool(value)
                if _WHITE.search(body):
                    sheet.white.update(found)
                if _GROUND.search(body):
                    sheet.ground.update(found)
    sheet.hidden.update(each for each, (_, value) in said["hidden"].items() if value)
    sheet.struck.update(each for each, (_, value) in said["struck"].items() if value)
    return sheet


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and body of each rule; text without braces costs no more than its length.

    A sheet that is never closed holds the rest of the page.
    """
    for rule in sheet.split("}")[:-1]:
        before, brace, body = rule.rpartition("{")
        selectors = before.rpartition("{")[2]
        if brace and selectors:
            yield selectors, body


def _hide(root: Node, made: list[Node]) -> None:
    """Mark what is not seen; a folded section of the page opens at a press and stays."""
    controlled = {
        name.lstrip("#")
        for node in made
        if node.tag
        for key in ("aria-controls", "data-target", "data-bs-target", "href")
        for name in node.get(key).split()
        if key != "href" or name.startswith("#")
    }
    for node in made:
        if node is root or not node.tag:
            continue
        style = node.get("style")
        if _STRUCK.search(style) or _STRUCK_NAME.search(node.get("class")):
            node.hide()
            continue
        hidden = node.unseen or "hidden" in node.attributes or _UNSEEN.search(style)
        if not hidden and node.get("aria-hidden") != "true":
            continue
        node.unseen = False
        if not _is_folded(node, controlled):
            node.hide()


def _is_folded(node: Node, controlled: set[str]) -> bool:
    """Tell whether something hidden is a section that the reader unfolds."""
    if node.get("hidden") == "until-found" or node.get("role") == "tabpanel":
        return True
    if node.get("id") and node.get("id") in controlled:
        return True
    if node.parent is None:
        return False
    before: Node | None = None
    for each in node.parent.children:
        if each is node:
            break
        if each.tag:
            before = each
    if before is not None and (before.get("aria-expanded") or before.holds("button", "summary")):
        return True
    return bool(_FOLDS.search(f"{node.names()} {node.parent.names()}"))
