"""Contents lists, told by their form: entries that end in page numbers which only grow."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.reading.extract.page_lines import Line, RawPage

_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}$|…{2,}\s*\d{0,4}$|_{4,}\s*\d{1,4}$")
_ENTRY = re.compile(r"^(?P<title>\S.*?\D)[\s.]+(?P<page>\d{1,4})$")
_NO_LETTER = re.compile(r"[\W_]+")
_MIN_RUN = 4
_MAX_WRAP = 2
_MAX_HEADING = 40
_WHOLE_PAGE = 0.7


def drop_contents(pages: list[RawPage]) -> int:
    """Remove contents lists from the pages and return how many lines went.

    Lines with dot leaders go wherever they stand. A run of lines without leaders goes when their
    last numbers never fall, stay within the document, and most of their titles stand as lines on
    later pages. Lines between two entries (a title that wrapped) and the short
    line above the list go with them.
    """
    titles = _Titles(pages)
    limit = len(pages) + 30
    dropped = 0
    for page in pages:
        if page.number > max(12, len(pages) // 8):
            marks = [_has_leader(line.text) for line in page.lines]
        else:
            marks = _marks(page, titles, limit)
        if any(marks):
            dropped += _remove(page, _with_wraps(page.lines, marks))
    return dropped


class _Titles:
    """On which page each line stands last: headings follow the contents that list them."""

    def __init__(self, pages: list[RawPage]) -> None:
        self._pages = pages
        self._found: dict[str, int] = {}

    def last_page(self, title: str) -> int:
        """Return the last page with the title as a line of its own, 0 when there is none."""
        if not self._found:  # most documents ask never, and the lines are many
            for page in self._pages:
                for line in page.lines:
                    self._found[_NO_LETTER.sub("", line.text.casefold())] = page.number
        return self._found.get(_NO_LETTER.sub("", title.casefold()), 0)


def _has_leader(text: str) -> bool:
    """Tell whether a line has dots that lead to a page number."""
    if "..." not in text and ". ." not in text and "…" not in text and "____" not in text:
        return False
    return _LEADER.search(text) is not None


def _marks(page: RawPage, titles: _Titles, limit: int) -> list[bool]:
    lines = page.lines
    marks = [_has_leader(line.text) for line in lines]
    entries = [_ENTRY.match(line.text) if line.text[-1].isdigit() else None for line in lines]
    if sum(entry is not None for entry in entries) < _MIN_RUN:
        return marks
    run: list[int] = []
    last = 0
    for index, entry in enumerate([*entries, None]):
        number = int(entry["page"]) if entry else -1
        if entry and not marks[index] and last <= number <= limit:
            run.append(index)
            last = number
            continue
        if index < len(lines) and run and index - run[-1] <= _MAX_WRAP and not entry:
            continue
        if len(run) >= _MIN_RUN and _recur(run, entries, titles, page.number):
            for position in run:
                marks[position] = True
        run, last = ([index], number) if entry and number <= limit else ([], 0)
    return marks


def _recur(run: list[int], entries: list[re.Match[str] | None], titles: _Titles, page: int) -> bool:
    """Tell whether at least half of the entries stand as lines on later pages."""
    found = sum(1 for i in run if (entry := entries[i]) and titles.last_page(entry["title"]) > page)
    return found >= 0.5 * len(run)


def _with_wraps(lines: list[Line], marks: list[bool]) -> list[bool]:
    """Mark also the few lines between two entries; on a page of entries, all of it."""
    if sum(marks) >= _WHOLE_PAGE * len(marks):
        return [True] * len(marks)
    result = list(marks)
    places = [index for index, mark in enumerate(marks) if mark]
    first = places[0]
    if len(places) >= _MIN_RUN - 1 and first and len(lines[first - 1].text) <= _MAX_HEADING:
        result[first - 1] = True  # the heading of the list
    for a, b in pairwise(places):
        if 1 < b - a <= _MAX_WRAP + 1:
            result[a + 1 : b] = [True] * (b - a - 1)
    return result


def _remove(page: RawPage, marks: list[bool]) -> int:
    kept: list[Line] = []
    after_drop = False
    for line, mark in zip(page.lines, marks, strict=True):
        if not mark:
            if after_drop:
                line.jump = True
            kept.append(line)
        after_drop = mark
    page.lines = kept
    return sum(marks)
