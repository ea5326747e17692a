"""What the end of a printed line says: sentence finished, or more must follow."""

from __future__ import annotations

import re

from pipelines.reading.extract.page_lines import Line

_FINISHED = re.compile(r"[.!?:…][)\]\"”»’]*\d{0,2}$")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:t\.ex|bl\.a|s\.k|ca|kap|nr|resp|dvs|d\.v\.s|fr\.o\.m|t\.o\.m|p\.g\.a|jfr|st)\.$"
)
# words that cannot end a heading, an item or a paragraph
_OPEN_END = re.compile(
    r"(?:^|\s)(?:att|och|eller|samt|för|av|i|från|vid|som|än|den|det|de|en|ett|är|har|enligt|"
    r"mellan|under|inom|genom|utan|mot|hos|kapitel|avsnitt|kap|ska|kan|bör|inte|vilket|vilka|"
    r"vilken|där|när|då|men|sin|sitt|sina)$|[,;]$|"
    r"\b(?:kapitel|avsnitt|kap\.?|figur|bilaga|karta|tabell)\s\d[\d.:]*$",
    re.IGNORECASE,
)
_UNFINISHED_ROOM = 0.3


def is_finished(text: str) -> bool:
    """Tell whether a line ends as a sentence ends."""
    return _FINISHED.search(text) is not None and _ABBREVIATED.search(text) is None


def must_go_on(text: str) -> bool:
    """Tell whether more must follow: an open word, a comma or an open bracket."""
    if _OPEN_END.search(text) is not None:
        return True
    return "(" in text and text.count("(") > text.count(")")


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
