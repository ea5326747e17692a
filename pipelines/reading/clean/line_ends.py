"""What the end of a printed line says: sentence finished, or more must follow."""

from __future__ import annotations

import re

from pipelines.reading.extract.page_lines import Line

_STOPS = ".!?:…"
_AFTER_STOP = re.compile(r"[.!?:…](?:[)\]\"”»’]+|[)\]\"”»’]*\d{1,2})$")
_ABBREVIATED = frozenset(
    [
        "t.ex.",
        "bl.a.",
        "s.k.",
        "ca.",
        "kap.",
        "nr.",
        "resp.",
        "dvs.",
        "d.v.s.",
        "fr.o.m.",
        "t.o.m.",
        "p.g.a.",
        "jfr.",
        "st.",
    ]
)
# words that cannot end a heading, an item or a paragraph
_OPEN_WORDS = frozenset(
    [
        "att",
        "och",
        "eller",
        "samt",
        "för",
        "av",
        "i",
        "från",
        "vid",
        "som",
        "än",
        "den",
        "det",
        "de",
        "en",
        "ett",
        "är",
        "har",
        "enligt",
        "mellan",
        "under",
        "inom",
        "genom",
        "utan",
        "mot",
        "hos",
        "kapitel",
        "avsnitt",
        "kap",
        "ska",
        "kan",
        "bör",
        "inte",
        "vilket",
        "vilka",
        "vilken",
        "där",
        "när",
        "då",
        "men",
        "sin",
        "sitt",
        "sina",
    ]
)
_REFERENCE = re.compile(
    r"\b(?:kapitel|avsnitt|kap\.?|figur|bilaga|karta|tabell)\s\d[\d.:]*$", re.IGNORECASE
)
_UNFINISHED_ROOM = 0.3


def is_finished(text: str) -> bool:
    """Tell whether a line ends as a sentence ends."""
    last = text[-1:]
    if last in _STOPS:
        return _last_word(text).lstrip("(") not in _ABBREVIATED
    return last in ')]"”»’0123456789' and _AFTER_STOP.search(text, len(text) - 8) is not None


def must_go_on(text: str) -> bool:
    """Tell whether more must follow: an open word, a comma or an open bracket."""
    last = text[-1:]
    if last in ",;":
        return True
    if last.isdigit():
        return _REFERENCE.search(text) is not None
    if _last_word(text).casefold() in _OPEN_WORDS:
        return True
    return "(" in text and text.count("(") > text.count(")")


def _last_word(text: str) -> str:
    return text[text.rfind(" ") + 1 :]


def ended_early(before: Line, line: Line) -> bool:
    """Tell whether the first word of the line would have fitted on the line before."""
    if before.role:
        return True
    word = len(line.text.split(" ", 1)[0])
    if before.room <= (word + 3) * before.char_width:
        return False
    if not is_finished(before.text):
        # lines are ragged: in the middle of a sentence only a clearly short one counts
        return before.room > _UNFINISHED_ROOM * (before.room + before.x1 - before.x0)
    return True


def carries_on(line: Line | None) -> bool:
    """Tell whether a line begins as the middle of a sentence begins."""
    if line is None or line.jump or line.gap > 0:
        return False
    first = line.text.lstrip('("”»')[:1]
    return first.islower() and not re.match(r"[a-zåäö]\)", line.text)
