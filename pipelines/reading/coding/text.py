"""Passage text → the text that is compared, and the way back to the passage's own offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipelines.reading.matching import lower

# "byggher-\nrarna" and "byggher- rarna" are one word; "el- och värme" is not.
_BROKEN = re.compile(
    r"(?<=[^\W\d])(?:-|\u00ad)\s*\n\s*(?=[^\W\d])|(?<=[^\W\d])- (?=[^\W\d])|\u00ad"
)
_KEPT = re.compile(r"(?:och|eller|samt|respektive|resp|till|som|liksom)\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t]*\n\s*|[ \t]{2,}")


@dataclass(frozen=True, slots=True)
class ComparedText:
    """``lower`` is what is compared; ``back`` leads from a place in it to one in the passage."""

    lower: str
    cuts: tuple[tuple[int, int], ...]

    def back(self, place: int) -> int:
        """Offset in the passage's own text."""
        if not self.cuts:
            return place
        number = bisect_right(self.cuts, (place, 1 << 30)) - 1
        return place + (self.cuts[number][1] if number >= 0 else 0)


def compared(text: str) -> ComparedText:
    """Join words broken over lines, fold white space and case.

    Passages from a document are clean already and cost one look; loose passages from a register
    keep their line breaks and come here as they are.
    """
    if "\n" not in text and "- " not in text and "\u00ad" not in text and "  " not in text:
        return ComparedText(lower(text), ())
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = []
    length, place, removed = 0, 0, 0
    for start, end, put in _changes(text):
        pieces.append(text[place:start] + put)
        length += start - place + len(put)
        removed += end - start - len(put)
        cuts.append((length, removed))
        place = end
    pieces.append(text[place:])
    return ComparedText(lower("".join(pieces)), tuple(cuts))


def _changes(text: str) -> list[tuple[int, int, str]]:
    """Stretches to replace, in order and apart: start, end, what comes instead."""
    changes: list[tuple[int, int, str]] = []
    for match in _BROKEN.finditer(text):
        following = text[match.end() : match.end() + 12]
        if match.group() != "\u00ad" and (_KEPT.match(following) or not following[:1].islower()):
            continue
        changes.append((match.start(), match.end(), ""))
    for match in _SPACE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in changes):
            changes.append((match.start(), match.end(), " "))
    return sorted(changes)
