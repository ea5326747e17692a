"""Words and lines made whole again: hyphenation over lines and pages, suspended hyphens kept."""

from __future__ import annotations

import re

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
