"""Printed lines joined to running text: which lines belong together, and words broken over them."""

from __future__ import annotations

import re

from pipelines.reading.extract.page_lines import Line

_CONJUNCTIONS = "och|eller|samt|respektive|resp|såväl|kontra|och/eller|eller/och"
# "-samt" is also the end of adjectives: gemensamt, verksamt
_ENDS_IN_SAMT = re.compile(r"(?:gemen|verk|spar|lång|märk|våld|hel|tvek|bered)-$", re.IGNORECASE)
_SUSPENDED = re.compile(rf"(?:{_CONJUNCTIONS}|&|/)\b|[&/,]")
_KEEP_HYPHEN = re.compile(
    r"(?:^|[\s(/”\"–])(?:[A-ZÅÄÖa-zåäö]|[A-ZÅÄÖ0-9]{2,}\w?|[A-ZÅÄÖ]\w?\d+|\d+)-$"
)
_COMPOUND_NAME = re.compile(r"[A-ZÅÄÖ]")
_CAPITALS = re.compile(r"[A-ZÅÄÖ]{4,}-$")
_NEXT_HANGS = re.compile(r"^[\wåäöÅÄÖ]+-(?:\s|,)")
_INLINE = re.compile(rf"(?<=[a-zåäöé]{{2}})- (?!(?:{_CONJUNCTIONS}|&|/)\b|[&/])(?=[a-zåäöé]{{2}})")
_INLINE_WORD = re.compile(r"[a-zåäöé]+(?P<hang>-)?")


def glue(before: str, after: str) -> tuple[str, str]:  # noqa: PLR0911 - a line for each case
    """Return the left line as it ends once joined, and what stands between it and the right line.

    `testbäd-` + `dar` → (`testbäd`, ``); `el-` + `och värme` → (`el-`, ` `);
    `E-` + `tjänst` → (`E-`, ``); `kurva-` + `Skärholmen` → (`kurva-`, ``).
    """
    if not before.endswith("-") or len(before) < 2 or before[-2] in " -–":
        if before.endswith("/") and before[-2:-1] != " ":
            return before, ""
        if before.endswith("–") and before[-2:-1].isdigit() and after[:1].isdigit():
            return before, ""
        return before, " "
    if after.startswith("samt") and _ENDS_IN_SAMT.search(before):
        return before[:-1], ""
    if _SUSPENDED.match(after) or _NEXT_HANGS.match(after):
        return before, " "
    if _CAPITALS.search(before) and after[:2].isupper():
        return before[:-1], ""
    if _KEEP_HYPHEN.search(before) or _COMPOUND_NAME.match(after) or after[:1].isdigit():
        return before, ""
    if after[:1].islower():
        return before[:-1], ""
    return before, " "


def join_inline(text: str) -> str:
    """Join words broken inside a line (`testbäd- dar`), suspended hyphens kept.

    Before a word that itself ends in a hyphen it is suspended (`mark- vatten- och luftmiljö`).
    """
    if "- " not in text:
        return text

    def join(match: re.Match[str]) -> str:
        word = _INLINE_WORD.match(text, match.end())
        return match[0] if word and word["hang"] else ""

    return _INLINE.sub(join, text)


# What the end of a printed line says --------------------------------------------------------------

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
