"""Headings: which lines are one, and which heading stands above which."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from pipelines.reading.extract.page_lines import Line, RawPage

_MAX_LENGTH = 110
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[A-ZÅÄÖ])")
_NO_HEADING_END = (".", ",", ";", "-", "–", "/")
_LARGER = 1.07
_STARTS = re.compile(r"[\"”(]?[A-ZÅÄÖÉ0-9]")
_MANY_DIGITS = re.compile(r"\d.*\d.*\d.*\d.*\d.*\d")


def body_size(pages: list[RawPage]) -> float:
    """Return the letter height that most characters of the document have, 0 when unknown."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if line.size:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def heading_kind(line: Line, previous: Line | None, following: Line | None, usual: float) -> str:
    """Return why a line is a heading ("larger", "number", "capitals", "bold", "alone"), else ""."""
    text = line.text
    if len(text) > _MAX_LENGTH or text.endswith(_NO_HEADING_END) or not _STARTS.match(text):
        return ""
    letters = sum(char.isalpha() for char in text)
    if letters < 3 or letters < 0.5 * len(text.replace(" ", "")):
        return ""
    if text.endswith(":") and len(text.split()) > 3:
        return ""
    larger = usual > 0 and line.size > _LARGER * usual
    if larger and (line.size > 1.15 * usual or line.bold or not _runs_on(line, following)):
        return "larger"
    if _runs_on(line, following) or line.room < 4 * line.char_width:
        return ""
    return _by_form(line, previous, following, usual)


def _by_form(line: Line, previous: Line | None, following: Line | None, usual: float) -> str:
    text = line.text
    apart = (
        previous is None or line.jump or line.gap > 0 or previous.bold or previous.size > line.size
    )
    if text.isupper() and sum(char.isalpha() for char in text) >= 4 and not text.endswith(":"):
        return "capitals" if apart or line.bold else ""
    if text.endswith(":"):
        return "capitals" if apart and text.split()[0].isupper() and len(text) > 3 else ""
    if _NUMBERED.match(text) and apart and not _numbered_list(line, following):
        return "number"
    if line.bold and usual > 0:
        return "bold" if following is not None and not following.bold or apart else ""
    if usual > 0 and line.size < 0.97 * usual:
        return ""  # captions and notes are set smaller
    if following is None or not apart or _MANY_DIGITS.search(text):
        return ""
    return "alone" if _alone(line, following) else ""


def _runs_on(line: Line, following: Line | None) -> bool:
    """Tell whether the next line carries the sentence on."""
    if following is None or following.jump or following.gap > 0:
        return False
    return following.text[:1].islower()


def _numbered_list(line: Line, following: Line | None) -> bool:
    return (
        following is not None and following.gap == 0 and _NUMBERED.match(following.text) is not None
    )


def _alone(line: Line, following: Line) -> bool:
    """Without type to go by: a short line set apart, with body text or another heading after it."""
    if line.cells > 1 or len(line.text) > 90 or following.jump:
        return False
    if line.size:
        return False  # a PDF says by its type what is a heading
    return following.gap > 0 or len(following.text) > len(line.text) or following.text[:1] in "-–•"


@dataclass(slots=True)
class _Open:
    text: str
    level: int
    number: int
    size: float
    capitals: bool
    gap: float


@dataclass(slots=True)
class HeadingStack:
    """The headings above the current line, outermost first."""

    _stack: list[_Open] = field(default_factory=list)
    _gaps: dict[str, float] = field(default_factory=dict)

    @property
    def path(self) -> tuple[str, ...]:
        """Texts of the open headings."""
        return tuple(item.text for item in self._stack)

    def push(self, text: str, line: Line) -> None:
        """Put a heading in its place: those that it does not stand under are closed."""
        numbered = _NUMBERED.match(text)
        gap = line.gap
        if line.jump:
            gap = self._gaps.get(text.casefold(), 9.0)
        else:
            self._gaps[text.casefold()] = gap
        new = _Open(
            text,
            line.level if line.role == "heading" else 0,
            numbered["number"].count(".") + 1 if numbered else 0,
            line.size,
            text.isupper(),
            gap,
        )
        while self._stack and not _above(self._stack[-1], new):
            self._stack.pop()
        self._stack.append(new)


def _above(upper: _Open, lower: _Open) -> bool:
    """Tell whether the upper heading outranks the lower."""
    if upper.level and lower.level:
        return upper.level < lower.level
    if upper.number and lower.number:
        return upper.number < lower.number
    if abs(upper.size - lower.size) > 0.04 * max(upper.size, lower.size, 1.0):
        return upper.size > lower.size
    if upper.capitals != lower.capitals:
        return upper.capitals
    if bool(upper.number) != bool(lower.number):
        return upper.number > 0
    return not upper.size and upper.gap >= lower.gap + 1
