"""Which lines are headings, and which heading is above which."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from pipelines.reading.clean.joining import (
    carries_on,
    ended_early,
    is_finished,
    must_go_on,
)
from pipelines.reading.extract.page_lines import Line, RawPage

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


# Which lines are headings -------------------------------------------------------------------------

_MAX_LENGTH = 110
_NO_HEADING_END = (".", ",", ";", "-", "–", "/")
_MIN_MARKED = 0.01
_SENTENCE_WORDS, _HEADING_WORDS = 5, 16
_ENDED = 1.0
_STOPS = re.compile(r"[.!?…][)\]\"”»’]*$")
_CAPTION = re.compile(
    r"(?:Figur|Fig|Bild|Karta|Tabell|Foto|Illustration|Diagram)\.?:?\s*\d+[.:\d]*\s"
)
LARGER, _MUCH_LARGER = 1.07, 1.15
_STARTS = re.compile(r"[\"”(]?[A-ZÅÄÖÉ0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_MANY_DIGITS = re.compile(r"\d.*\d.*\d.*\d.*\d.*\d")


def body_size(pages: list[RawPage]) -> float:
    """Return the type size that most characters of the document have.

    0 when the format does not tell, or when everything is set in one type: then headings are known
    by their place alone.
    """
    sizes: Counter[float] = Counter()
    lines = marked = 0
    for page in pages:
        for line in page.lines:
            if line.size:
                sizes[round(line.size, 1)] += len(line.text)
                lines += 1
                marked += line.bold
    if not sizes:
        return 0.0
    usual = sizes.most_common(1)[0][0]
    if marked < _MIN_MARKED * lines and all(size <= LARGER * usual for size in sizes):
        return 0.0
    return usual


def heading_kind(line: Line, previous: Line | None, following: Line | None, usual: float) -> str:
    """Return why a line is a heading ("larger", "number", "capitals", "bold", "alone"), else ""."""
    text = line.text
    large = usual > 0 and line.size > LARGER * usual
    if not large and _is_ordinary(line, following, usual):
        return ""  # most lines of a document end here
    if not _could_be(text) or (must_go_on(text) and not _goes_on_alike(line, following, usual)):
        return ""
    goes_on = carries_on(following)
    if large and not _same_paragraph(line, previous):
        if line.bold or not goes_on or line.size > _MUCH_LARGER * usual:
            return "larger"
        if line.room < 4 * line.char_width:
            return ""
    return "" if goes_on else _by_form(line, previous, following, usual)


def sentences_in_capitals(lines: list[Line]) -> set[int]:
    """Return the places of lines in capitals that make up a sentence, over one line or several.

    A heading has no full stop and no more words than a heading has.
    """
    found: set[int] = set()
    place = 0
    while place < len(lines):
        if not lines[place].text.isupper() or lines[place].role:
            place += 1
            continue
        end = place + 1
        while end < len(lines) and _same_run(lines[end - 1], lines[end]):
            end += 1
        # a sentence may begin in the middle of the run, after a heading in capitals
        begin = place
        for stop in range(place, end):
            words = sum(len(line.text.split()) for line in lines[begin : stop + 1])
            if _STOPS.search(lines[stop].text):
                if words >= _SENTENCE_WORDS:
                    found.update(range(begin, stop + 1))
                begin = stop + 1
            elif not must_go_on(lines[stop].text) and lines[stop].room > _ENDED * _width(
                lines[stop]
            ):
                if words > _HEADING_WORDS:
                    found.update(range(begin, stop + 1))
                begin = stop + 1
        place = end
    return found


def _width(line: Line) -> float:
    return max(line.x1 - line.x0, 1.0)


def _same_run(before: Line, line: Line) -> bool:
    """Tell whether a line in capitals goes on with the one before."""
    if not line.text.isupper() or line.role or line.jump or line.gap > 0.5:
        return False
    return before.size == line.size and not _STOPS.search(before.text)


def _is_ordinary(line: Line, following: Line | None, usual: float) -> bool:
    """Tell cheaply whether a line of ordinary size shows nothing of a heading."""
    if line.text.isupper():
        return False
    if line.room < 4 * line.char_width:
        alone = (line.gap > 0 or line.jump) and following is not None and following.gap > 0
        return not alone
    plain = usual > 0 and not line.bold and line.gap <= 0.2 and not line.jump
    return plain and not line.text[0].isdigit()


def _could_be(text: str) -> bool:
    """Tell whether the text alone allows a heading."""
    if len(text) > _MAX_LENGTH or text.endswith(_NO_HEADING_END) or not _STARTS.match(text):
        return False
    title = _NUMBERED.sub("", text)
    letters = len(_LETTER.findall(title))
    if letters < (3 if title == text else 2) or letters < 0.5 * len(title.replace(" ", "")):
        return False
    return not (text.endswith(":") and len(text.split()) > 3) and not _CAPTION.match(text)


def _goes_on_alike(line: Line, following: Line | None, usual: float) -> bool:
    """Tell whether the next line goes on in capitals, or in the same large type."""
    if following is None or following.jump or following.size != line.size:
        return False
    large = usual > 0 and line.size > _MUCH_LARGER * usual
    return large or (line.text.isupper() and following.text.isupper())


def _same_paragraph(line: Line, previous: Line | None) -> bool:
    """Tell whether a line of large type only goes on with a paragraph set in it."""
    if previous is None or line.jump or previous.size != line.size or previous.bold != line.bold:
        return False
    return previous.text.endswith(".")


def _by_form(line: Line, previous: Line | None, following: Line | None, usual: float) -> str:
    text = line.text
    apart = _apart(line, previous)
    capitals = text.isupper() and len(_LETTER.findall(text)) >= 3
    if capitals and (apart or line.bold):
        return "capitals"
    if text.endswith(":"):
        return "capitals" if apart and text.split()[0].isupper() and len(text) > 3 else ""
    if _NUMBERED.match(text) and apart and _stands_above(line, following):
        return "number"
    if line.bold and usual > 0:
        return "bold" if apart or (following is not None and not following.bold) else ""
    if usual > 0 and not _short_and_set_apart(line, usual):
        return ""  # the type says what is a heading
    set_apart = apart and following is not None and not _MANY_DIGITS.search(text)
    return "alone" if set_apart and following is not None and _alone(line, following) else ""


def _short_and_set_apart(line: Line, usual: float) -> bool:
    """Tell whether a line of ordinary type (italics, say) stands as only headings stand."""
    short = line.room > 0.4 * (line.room + line.x1 - line.x0) and len(line.text) <= 60
    return short and (line.gap > 0.2 or line.jump) and line.size >= 0.97 * usual


def _apart(line: Line, previous: Line | None) -> bool:
    """Tell whether the line stands apart from what is above it."""
    if previous is None or line.jump or line.gap > 0 or previous.bold:
        return True
    if previous.size > line.size or (previous.text.isupper() and line.text.isupper()):
        return True
    return is_finished(previous.text) and len(line.text) <= 60


def _stands_above(line: Line, following: Line | None) -> bool:
    """Tell a numbered heading from the first line of a numbered paragraph and from a list."""
    if following is None or following.gap > 0 or following.jump:
        return True
    return not _NUMBERED.match(following.text) and ended_early(line, following)


def _alone(line: Line, following: Line) -> bool:
    """Without type to go by: a short line set apart, with body text or another heading after it."""
    if line.cells > 1 or len(line.text) > 90 or following.jump:
        return False
    if following.gap == 0 and following.text[0] in "-–•":
        return False  # it introduces the list
    return following.gap > 0 or len(following.text) > len(line.text)
