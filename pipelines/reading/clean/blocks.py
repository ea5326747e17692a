"""Lines → blocks: headings, paragraphs, list items and table rows, worked out from the layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from pipelines.reading.clean.headings import LARGER, heading_kind, sentences_in_capitals
from pipelines.reading.clean.joining import ended_early, is_finished, must_go_on
from pipelines.reading.extract.page_lines import Line, RawPage

_DIGIT = re.compile(r"(?<![A-Za-z])\d")
_MIN_ROWS = 2


def mark_rows(lines: list[Line]) -> dict[int, str]:
    """Set `role` of the lines that are table rows; return the header of each, by line index.

    Two or more neighbouring lines with at least two cells each are a table. Its first line is the
    header when it holds no digits and the others do, or when at least two rows of as many cells
    follow it; a header is kept with the rows and is no passage.
    """
    headers: dict[int, str] = {}
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end]) and (end == start or not _apart(lines[end])):
            end += 1
        if end - start >= _MIN_ROWS:
            _mark(lines, start, end, headers)
        start = max(end, start + 1)
    return headers


def _is_row(line: Line) -> bool:
    return line.cells >= 2 and not line.role and line.text[:1] not in "•–—-"


def _apart(line: Line) -> bool:
    return line.jump or line.gap > 1


def _mark(lines: list[Line], start: int, end: int, headers: dict[int, str]) -> None:
    first, rest = lines[start], lines[start + 1 : end]
    numbers = sum(bool(_DIGIT.search(line.text)) for line in rest)
    headed = not _DIGIT.search(first.text) and (
        numbers >= 0.5 * len(rest) or sum(line.cells == first.cells for line in rest) >= 2
    )
    if headed:
        first.role = "header"
    for index in range(start + headed, end):
        lines[index].role = "row"
        if headed:
            headers[index] = first.text


# Lines → blocks -----------------------------------------------------------------------------------

BlockKind = Literal["heading", "text", "item", "row"]

_MARKER = re.compile(
    r"(?:[•–—−*]|-|§(?! ?\d)|o(?= [A-ZÅÄÖ])|\(?\d{1,2}[.)]|\(?[a-zåäö][.)])\s+(?=\S)|•(?=\S)"
)
_LOOK_BACK, _LIST_AHEAD = 40, 5
_BULLET = re.compile(r"•|o (?=[A-ZÅÄÖ])")
_NUMBER_MARKER = re.compile(r"\(?(?:\d{1,2}|[a-zåäö])[.)]")


@dataclass(slots=True)
class Block:
    """Lines that belong together; `skip` characters of the first line are a list marker."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    skip: int = 0
    header: str = ""


def build_blocks(pages: list[RawPage], body_size: float) -> list[Block]:
    """Return the blocks of a document in reading order.

    `body_size` is the height of ordinary letters, 0 where the format does not tell.
    """
    lines = [line for page in pages for line in page.lines]
    headers = mark_rows(lines)
    builder = _Builder(lines, headers, body_size)
    return builder.build()


class _Builder:
    """Walks the lines once and keeps the block that is open."""

    def __init__(self, lines: list[Line], headers: dict[int, str], body_size: float) -> None:
        self.lines = lines
        self.headers = headers
        self.body_size = body_size
        self.sentences = sentences_in_capitals(lines)
        self.blocks: list[Block] = []

    def build(self) -> list[Block]:
        for index, line in enumerate(self.lines):
            self._place(index, line)
        return self.blocks

    def _open(self, kind: BlockKind, line: Line, *, skip: int = 0, header: str = "") -> None:
        self.blocks.append(Block(kind, [line], line.level, skip, header))

    def _place(self, index: int, line: Line) -> None:
        if line.role == "header":
            return  # known to its rows
        if line.role:
            self._place_given(index, line)
            return
        if line.jump and line.text[0].islower() and self._resumes(line):
            return
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.kind != "row" and self._hard_continuation(last, line):
            last.lines.append(line)
            return
        said = index in self.sentences
        if not said and last and last.kind == "heading" and self._heading_goes_on(last, line):
            last.lines.append(line)
            return
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        kind = "" if said else heading_kind(line, self._previous(), following, self.body_size)
        if kind:
            if last and last.kind == "heading" and _same_heading(last.lines[-1], line):
                last.lines.append(line)
            else:
                self._open("heading", line)
            return
        marker = _MARKER.match(line.text)
        if marker and self._starts_item(index, last, marker[0]):
            self._open("item", line, skip=marker.end())
        elif last and last.kind in ("text", "item") and self._continues(last, line):
            last.lines.append(line)
        else:
            self._open("text", line)

    def _place_given(self, index: int, line: Line) -> None:
        kind: BlockKind = line.role if line.role in ("heading", "item", "row") else "text"
        skip = 0
        last = self.blocks[-1] if self.blocks else None
        if line.jump and last is not None and _over_page(last, kind, line):
            last.lines.append(line)
            return
        if kind in ("item", "text"):
            marker = _MARKER.match(line.text)
            if marker and (kind == "item" or line.text[0] in "•–—−-"):
                skip, kind = marker.end(), "item"
        self._open(kind, line, skip=skip, header=line.header or self.headers.get(index, ""))

    def _previous(self) -> Line | None:
        return self.blocks[-1].lines[-1] if self.blocks else None

    def _resumes(self, line: Line) -> bool:
        """Give a line at the top of a column to the sentence that a map or box interrupted."""
        for block in reversed(self.blocks[-_LOOK_BACK:]):
            before = block.lines[-1]
            if block.kind not in ("text", "item") or before.role or before.page < line.page - 1:
                continue
            if before.size != line.size or is_finished(before.text):
                continue
            if before.text[-1] == "-" or not ended_early(before, line):
                block.lines.append(line)
                return True
        return False

    def _heading_goes_on(self, last: Block, line: Line) -> bool:
        """Tell whether a heading has a second line: of capitals, or of the same large type."""
        before = last.lines[-1]
        if line.jump or line.gap > 0.5 or _NUMBER_MARKER.match(line.text) or not before.size:
            return False
        if before.size != line.size or before.bold != line.bold:
            return False
        large = self.body_size > 0 and line.size > LARGER * self.body_size
        unfinished = line.text[:1].islower() or must_go_on(before.text)
        return (before.text.isupper() and line.text.isupper()) or (large and unfinished)

    def _hard_continuation(self, last: Block, line: Line) -> bool:
        """A broken word or a small letter after an unfinished line belongs to it, gap or page."""
        before = last.lines[-1]
        text = before.text
        small = line.text[0].islower()
        if not small and text[-1] != "-":
            return False
        if last.kind == "heading" or before.role or _BULLET.match(line.text):
            return False
        if abs(before.size - line.size) > 0.15 * before.size:
            return False
        if text[-1] == "-" and len(text) > 1 and text[-2].isalpha():
            return small or not line.jump
        if not small or _LETTERED.match(line.text):
            return False
        return not is_finished(text) or (text[-1] == ":" and line.gap == 0)

    def _starts_item(self, index: int, last: Block | None, marker: str) -> bool:
        """A dash or number at the start of a line is a marker unless the sentence runs on."""
        line = self.lines[index]
        if marker[0] in "•o" or last is None or last.kind in ("item", "heading", "row"):
            return True
        before = last.lines[-1]
        if is_finished(before.text) or line.gap > 0 or ended_early(before, line):
            return True
        if line.x0 > last.lines[0].x0 + line.char_width:
            return True
        # the dash of a list comes again soon, the dash of a sentence does not
        soon = self.lines[index + 1 : index + _LIST_AHEAD]
        return marker[0] in "–-*" and any(after.text.startswith(marker[:2]) for after in soon)

    def _continues(self, last: Block, line: Line) -> bool:
        before = last.lines[-1]
        finished = is_finished(before.text)
        if before.size and line.size and abs(before.size - line.size) > 0.15 * before.size:
            return False
        if must_go_on(before.text) and (line.jump or line.gap == 0):
            return True
        if line.jump or line.page != before.page:
            return not finished and not ended_early(before, line)
        if line.gap > 0 or (line.bold and not before.bold and finished):
            return False
        if last.kind == "item" and line.x0 > last.lines[0].x0 + 0.5 * line.char_width:
            return True
        return not ended_early(before, line)


def _over_page(last: Block, kind: BlockKind, line: Line) -> bool:
    """Tell whether a paragraph that the format knows was cut by the end of a page."""
    before = last.lines[-1]
    if line.page == before.page or line.start or kind == "row" or last.kind != kind:
        return False
    return line.text[:1].islower() and not is_finished(before.text)


_LETTERED = re.compile(r"[a-zåäö]\)")


def _same_heading(before: Line, line: Line) -> bool:
    """Tell whether a heading goes on over a second line."""
    if line.gap > 0 or line.jump or _NUMBER_MARKER.match(line.text) or line.text[:1].isdigit():
        return False
    alike = abs(before.size - line.size) <= 0.05 * max(before.size, line.size, 1.0)
    return alike and before.size > 0 and before.bold == line.bold and not before.role
