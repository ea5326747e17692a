"""Lines that are no text of the document: contents lists, running heads and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
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


# Running heads, footers and page numbers ---------------------------------------------------------

Zone = dict[int, tuple[Line, str]]
"""Lines where running heads stand, by identity, with what stays the same of them."""

_ZONE = 4
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d{1,4}")
_ROMAN = re.compile(r"[ivxlc]{1,6}|[IVXLC]{1,6}")
_MIN_PAGES = 3
_NUMBERED_SHARE = 0.25
_IDENTIFYING = 8


def drop_running_heads(pages: list[RawPage]) -> int:
    """Remove running heads, footers and page numbers from the pages; return how many lines went.

    A line goes when it stands among the first or last four lines of its page (or at its edge) and
    the same line, digits aside and in any word order, stands there on enough other pages near by;
    or when it holds nothing but a number that follows the page number.
    """
    zones = [{id(line): (line, _key(line.text)) for line in _zone(page)} for page in pages]
    seen: dict[str, list[int]] = defaultdict(list)
    for index, zone in enumerate(zones):
        for key in {key for _, key in zone.values()}:
            seen[key].append(index)
    filled = sum(1 for page in pages if page.lines)
    running = {key for key, found in seen.items() if _repeats(key, found, filled)}
    offset = _page_number_offset(pages, zones)
    dropped = 0
    for page, zone in zip(pages, zones, strict=True):
        out = _to_drop(page, zone, running, offset)
        if out:
            dropped += len(out)
            _remove_heads(page, out)
    return dropped


def _zone(page: RawPage) -> list[Line]:
    lines = page.lines
    if len(lines) <= 2 * _ZONE:
        return list(lines)
    middle = [line for line in lines[_ZONE:-_ZONE] if 0 <= line.y < 0.08 or line.y > 0.92]
    return [*lines[:_ZONE], *middle, *lines[-_ZONE:]]


def _key(text: str) -> str:
    """Return what stays the same from page to page: digits masked, words sorted.

    A line of a date or a case number has nothing but digits to be known by: they stay.
    """
    if _LETTER.search(text) is None and sum(map(str.isdigit, text)) >= _IDENTIFYING:
        return text
    return " ".join(sorted(_DIGITS.sub("#", text.casefold()).split()))


def _repeats(key: str, found: list[int], filled: int) -> bool:
    """Tell whether a key stands on enough pages, near enough to each other."""
    if len(found) < 2 or ("#" in key and not _LETTER.search(key)):
        return False  # numbers alone are judged by whether they follow the page
    if len(found) >= max(_MIN_PAGES, 0.5 * filled):
        return True
    if filled <= 4:
        return "#" in key or len(found) == filled
    near = sum(1 for a, b in pairwise(found) if b - a <= 3)
    return len(found) >= _MIN_PAGES and near >= max(2, 0.6 * (len(found) - 1))


def _page_number_offset(pages: list[RawPage], zones: list[Zone]) -> int | None:
    """Return printed number minus page number when enough pages agree, else None."""
    votes: dict[int, int] = defaultdict(int)
    for page, zone in zip(pages, zones, strict=True):
        numbers = {
            int(n)
            for line, _ in zone.values()
            if _is_bare(line.text)
            for n in _NUMBER.findall(line.text)
        }
        for number in numbers:
            votes[number - page.number] += 1
    if not votes:
        return None
    offset, count = max(votes.items(), key=lambda item: item[1])
    if len(pages) == 1:
        return 0 if votes.get(0) else None
    return offset if count >= max(2, _NUMBERED_SHARE * len(pages)) else None


def _is_bare(text: str) -> bool:
    """Tell whether a line holds numbers and no word ("– 4 –", "3 (12)"): "1 Mål" is a heading."""
    return len(text) <= 16 and _LETTER.search(text) is None


def _to_drop(page: RawPage, zone: Zone, running: set[str], offset: int | None) -> set[int]:
    out: set[int] = set()
    for line, key in zone.values():
        if key in running:
            out.add(id(line))
        elif _is_bare(line.text) and offset is not None:
            numbers = [int(n) for n in _NUMBER.findall(line.text)]
            if numbers and page.number + offset in numbers:
                out.add(id(line))
        elif _ROMAN.fullmatch(line.text) and line in (page.lines[0], page.lines[-1]):
            out.add(id(line))
    return out


def _remove_heads(page: RawPage, out: set[int]) -> None:
    kept = [line for line in page.lines if id(line) not in out]
    if kept:
        kept[0].jump = True
    for before, line in pairwise(page.lines):
        if id(before) in out and before.jump and id(line) not in out:
            line.jump = True
    page.lines = kept
