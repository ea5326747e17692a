"""Running heads, footers and page numbers, told by repetition and place, never by their words."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from pipelines.reading.extract.page_lines import Line, RawPage

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
            _remove(page, out)
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


def _remove(page: RawPage, out: set[int]) -> None:
    kept = [line for line in page.lines if id(line) not in out]
    if kept:
        kept[0].jump = True
    for before, line in pairwise(page.lines):
        if id(before) in out and before.jump and id(line) not in out:
            line.jump = True
    page.lines = kept
