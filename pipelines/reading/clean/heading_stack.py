"""Which heading stands above which."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.reading.extract.page_lines import Line

_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[A-ZÅÄÖ])")
_SAME_SIZE = 0.04
_CHAPTER = 1.15


@dataclass(slots=True)
class _Open:
    text: str
    level: int
    depth: int
    size: float
    capitals: bool
    wide: bool


@dataclass(slots=True)
class HeadingStack:
    """The headings above the current line, outermost first.

    `widest` is the largest gap before any heading of the document: in plain text, chapters are set
    apart by more blank lines than their parts. A heading at the top of a page counts as a chapter.
    """

    widest: float = 0.0
    _stack: list[_Open] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        """Texts of the open headings."""
        return tuple(item.text for item in self._stack)

    def clear(self) -> None:
        """Close all headings, as after a cover."""
        self._stack.clear()

    def push(self, text: str, line: Line) -> None:
        """Put a heading in its place: those that it does not stand under are closed."""
        numbered = _NUMBERED.match(text)
        new = _Open(
            text,
            line.level if line.role == "heading" else 0,
            numbered["number"].count(".") + 1 if numbered else 0,
            line.size,
            text.isupper(),
            line.jump or line.gap >= self.widest,
        )
        if new.depth and not new.level:
            self._close_for_number(new.depth)
        while self._stack and not _above(self._stack[-1], new):
            self._stack.pop()
        self._stack.append(new)

    def _close_for_number(self, depth: int) -> None:
        """Numbering decides over type: 2 follows 1, whatever boxes stood between."""
        for index, item in enumerate(self._stack):
            if item.depth >= depth:
                del self._stack[index:]
                return
        parents = [index for index, item in enumerate(self._stack) if item.depth]
        if parents:
            del self._stack[parents[-1] + 1 :]


def _above(upper: _Open, lower: _Open) -> bool:
    """Tell whether the upper heading outranks the lower."""
    if upper.level and lower.level:
        return upper.level < lower.level
    if upper.depth and lower.depth:
        return upper.depth < lower.depth
    if upper.depth and lower.size <= _CHAPTER * upper.size:
        return True
    if abs(upper.size - lower.size) > _SAME_SIZE * max(upper.size, lower.size, 1.0):
        return upper.size > lower.size
    if upper.capitals != lower.capitals:
        return upper.capitals
    return not upper.size and upper.wide and not lower.wide
