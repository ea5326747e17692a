"""Blocks → passages: words joined, sentences cut, each with page, place, section and neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.reading.clean.blocks import Block, build_blocks
from pipelines.reading.clean.headings import HeadingStack, body_size
from pipelines.reading.clean.joining import glue, join_inline
from pipelines.reading.clean.left_out import drop_contents, drop_running_heads
from pipelines.reading.extract.page_lines import COVERED, RawPage
from pipelines.reading.passage import Passage, PassageForm
from pipelines.reading.sentences import sentence_spans

_FORMS: dict[str, PassageForm] = {"text": "sentence", "item": "list_item", "row": "table_row"}
_INTRODUCES = re.compile(r"\b(?:följande|nedan\w*|dessa)\b", re.IGNORECASE)
_COVER_WORDS = 90
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class _Joined:
    """A block's text in one piece, with the place of every line in it."""

    text: str
    offsets: list[int]
    block: Block

    def place(self, position: int) -> tuple[int, int]:
        """Return page and offset in the page's text of a character of the joined text."""
        index = bisect_right(self.offsets, position) - 1 if len(self.offsets) > 1 else 0
        line = self.block.lines[index]
        within = position - self.offsets[index] + (self.block.skip if index == 0 else 0)
        return line.page, line.start + min(within, len(line.text))


def _join(block: Block) -> _Joined:
    text = block.lines[0].text[block.skip :]
    offsets = [0]
    for line in block.lines[1:]:
        left, between = glue(text, line.text)
        text = left + between
        offsets.append(len(text))
        text += line.text
    return _Joined(text, offsets, block)


class _Draft(NamedTuple):
    """A passage before its neighbours are known."""

    text: str
    first: tuple[int, int]
    last: tuple[int, int]
    path: tuple[str, ...]
    form: PassageForm
    lead_in: str
    header: str


@dataclass(slots=True)
class _Writer:
    headings: HeadingStack = field(default_factory=HeadingStack)
    drafts: list[_Draft] = field(default_factory=list)
    path: tuple[str, ...] = ()
    lead_in: str = ""
    last_text: str = ""
    cover: bool = False

    def add(self, block: Block) -> None:
        joined = _join(block)
        if self.cover and block.lines[0].page > 1:
            self.cover = False
            self.headings.clear()
            self.path = ()
        if block.kind == "heading":
            self.headings.push(join_inline(joined.text), block.lines[0])
            self.path = self.headings.path
            self.lead_in = self.last_text = ""
            return
        if block.kind == "item":
            self._begin_list()
        else:
            self.lead_in = ""
        if block.kind == "row":
            self._draft(joined, 0, len(joined.text), block)
            return
        for start, end in sentence_spans(joined.text):
            self._draft(joined, start, end, block)

    def _begin_list(self) -> None:
        if not self.lead_in and self.drafts and self.drafts[-1].form == "sentence":
            text = self.last_text
            if text[-1:] not in ".!?" or _INTRODUCES.search(text):
                self.lead_in = text

    def _draft(self, joined: _Joined, start: int, end: int, block: Block) -> None:
        text = joined.text[start:end]
        if "- " in text:
            text = join_inline(text)
        if not _LETTERS.search(text) or COVERED in text:
            return
        draft = _Draft(
            text,
            joined.place(start),
            joined.place(end - 1),
            self.path,
            _FORMS[block.kind],
            self.lead_in if block.kind == "item" else "",
            block.header,
        )
        self.drafts.append(draft)
        self.last_text = text


def build_passages(blocks: list[Block]) -> tuple[Passage, ...]:
    """Return the passages of a document in reading order.

    Headings are context, not passages. `before` and `after` are the neighbours under the same
    headings; pieces without a word (rules, lone figures) are left out.
    """
    headings = [block.lines[0] for block in blocks if block.kind == "heading"]
    widest = max((line.gap for line in headings if not line.jump), default=0.0)
    writer = _Writer(HeadingStack(widest), cover=_has_cover(blocks))
    for block in blocks:
        writer.add(block)
    drafts = writer.drafts
    count = len(drafts)
    return tuple(
        _finish(
            draft,
            drafts[index - 1] if index else None,
            drafts[index + 1] if index + 1 < count else None,
            index,
        )
        for index, draft in enumerate(drafts)
    )


def _has_cover(blocks: list[Block]) -> bool:
    """Tell whether the first page is a cover: few words and hardly a sentence."""
    first = [line.text for block in blocks for line in block.lines if line.page == 1]
    ended = sum(text.endswith(".") for text in first)
    return sum(len(text.split()) for text in first) < _COVER_WORDS and ended <= 2


def _finish(draft: _Draft, before: _Draft | None, after: _Draft | None, ordinal: int) -> Passage:
    path = draft.path
    return Passage(  # by position: a document has thousands
        draft.first[0],
        draft.last[0],
        path[-1] if path else "",
        path,
        draft.text,
        before.text if before is not None and before.path is path else "",
        after.text if after is not None and after.path is path else "",
        draft.first[1],
        draft.last[1] + 1,
        draft.form,
        ordinal,
        draft.lead_in,
        draft.header,
    )


# One document from raw pages to clean pages and passages ------------------------------------------


def clean_document(pages: list[RawPage]) -> tuple[list[str], tuple[Passage, ...]]:
    """Return the cleaned text of each page and the passages; the raw pages are changed."""
    drop_running_heads(pages)
    drop_contents(pages)
    texts = [_page_text(page) for page in pages]
    return texts, build_passages(build_blocks(pages, body_size(pages)))


def _page_text(page: RawPage) -> str:
    """Return the lines as one text and remember where each begins."""
    position = 0
    for line in page.lines:
        line.start = position
        position += len(line.text) + 1
    return "\n".join(line.text for line in page.lines)
