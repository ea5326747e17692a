"""Markdown → the few kinds of blocks that plan documents are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pipelines.errors import SourceError
from pipelines.example.source import Source

FIGURE = "karta"
PAGE_BREAK = "<!-- sida -->"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (chapter) to 3; ``number`` is empty unless headings are numbered."""

    level: int
    text: str
    number: str = ""

    @property
    def shown(self) -> str:
        """The heading as it is printed."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ``ordered`` lists count from 1."""

    items: tuple[str, ...]
    ordered: bool

    def mark(self, position: int, bullet: str) -> str:
        """What stands in front of an item."""
        return f"{position + 1}." if self.ordered else bullet


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one header row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def is_numeric(self, column: int) -> bool:
        """Whether a column but the first holds only numbers, so that it is set flush right."""
        cells = [row[column] for row in self.rows if row[column] not in ("–", "")]
        return column > 0 and all(
            cell[:1].isdigit() and not any(c.isalpha() for c in cell) for cell in cells
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A schematic map, drawn by the builder; ``number`` counts from 1."""

    caption: str
    number: int


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A forced page break."""


Block = Heading | Paragraph | Listing | Grid | Figure | PageBreak


def parse_body(source: Source, *, numbered: bool) -> list[Block]:
    """Parse a body into blocks.

    Args:
        source: the source text.
        numbered: whether headings of level 1 and 2 are given numbers.

    Raises:
        SourceError: the body holds something that plan documents here cannot show.
    """
    markdown = MarkdownIt("commonmark").enable("table")
    blocks: list[Block] = []
    for node in SyntaxTreeNode(markdown.parse(source.body)).children:
        blocks.extend(_block(node, source, sum(isinstance(b, Figure) for b in blocks)))
    if not any(isinstance(block, Heading) for block in blocks):
        raise SourceError(
            f"Texten {source.id} har ingen rubrik.",
            expected="Minst en rad som börjar med # och ett mellanslag.",
            do="Sätt en rubrik.",
        )
    return _numbered(blocks) if numbered else blocks


def _block(node: SyntaxTreeNode, source: Source, figures: int) -> Iterator[Block]:
    if node.type == "heading" and int(node.tag[1]) <= 3:
        yield Heading(int(node.tag[1]), _text(node))
    elif node.type == "paragraph":
        yield from _paragraph(node, source, figures)
    elif node.type in ("bullet_list", "ordered_list"):
        items = tuple(_text(item) for item in node.children)
        yield Listing(items, ordered=node.type == "ordered_list")
    elif node.type == "table":
        rows = [
            tuple(_text(cell) for cell in row.children)
            for part in node.children
            for row in part.children
        ]
        yield Grid(rows[0], tuple(rows[1:]))
    elif node.type == "html_block" and node.content.strip() == PAGE_BREAK:
        yield PageBreak()
    else:
        raise _unknown(node, source)


def _paragraph(node: SyntaxTreeNode, source: Source, figures: int) -> Iterator[Block]:
    inline = node.children[0].children
    images = [child for child in inline if child.type == "image"]
    if not images:
        yield Paragraph(_text(node))
    elif len(inline) == 1 and images[0].attrs.get("src") == FIGURE:
        yield Figure(images[0].content, figures + 1)
    else:
        raise _unknown(node, source)


def _text(node: SyntaxTreeNode) -> str:
    """Return the plain words of a node; emphasis is left out, line ends become spaces."""
    words = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in node.walk()
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    ]
    return " ".join("".join(words).split())


def _numbered(blocks: list[Block]) -> list[Block]:
    chapter = section = 0
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            chapter, section = chapter + 1, 0
            found.append(Heading(1, block.text, f"{chapter}"))
        elif isinstance(block, Heading) and block.level == 2:
            section += 1
            found.append(Heading(2, block.text, f"{chapter}.{section}"))
        else:
            found.append(block)
    return found


def _unknown(node: SyntaxTreeNode, source: Source) -> SourceError:
    # Line numbers are those of the body; the front matter is counted on top.
    line = (node.map or (0, 0))[0] + 1
    return SourceError(
        f"Texten {source.id} har på rad {line} efter uppgifterna något som inte kan visas "
        f"({node.type}).",
        expected=f"Rubriker, stycken, listor, tabeller, ![…]({FIGURE}) och {PAGE_BREAK}.",
        do="Skriv om raden.",
    )
