"""Swedish text → sentences: abbreviations, ordinals, initials and quotations kept whole."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(
    r"(?P<stop>[.!?…])(?P<close>\d{1,2}(?=\s+[A-ZÅÄÖ])|[)\]\"”’»]*)\s+(?=[\"”»’(\[–—]?\s?[A-ZÅÄÖÉ0-9])"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# never the end of a sentence: more follows by their meaning
_OPEN = _words(
    "t.ex bl.a b.la bla s.k sk fr.o.m t.o.m d.v.s dvs p.g.a pga m.a.o m.h.t m.h.a i.s.f t.v resp "
    "f.d ca c:a ung nr dnr kl kap sid s jfr se prop dir bil fig tab art avd inkl exkl ev fil dr "
    "prof ing red gm enl o.s v p pp tel kv max min ang avs alt bitr tekn fastigh mom str ö.h m.ö.h"
)
# may end a sentence: they do when a capital follows
_CLOSED = _words("m.m mm m.fl mfl etc osv o.s.v o.d o.dyl e.d e.dyl dyl f.n ff st e.kr f.kr")
_MONTHS = _words("jan feb febr mars apr maj juni juli aug sep sept okt nov dec")
_INITIAL = re.compile(r"(?:[A-ZÅÄÖ]\.-?)*[A-ZÅÄÖ]$")
_INITIAL_AFTER = _words("av och & enligt foto foto: ritad arkitekt arkitekten illustration: hos")
_LABEL = re.compile(
    r"(?:hall|kvarter|etapp|alternativ|bilaga|punkt|område|typ|klass|hus|variant|zon|del|tabell|"
    r"figur|karta|nivå|grupp|vitamin|rum|plan|block|skede|scenario|kategori|lott|byggnad|gata|väg)"
    r"(?:en|et|n)?$"
)
_NUMBER = re.compile(r"[(\[]?\d{1,3}(?:\.\d{1,3})*$")
_LETTER_MARK = re.compile(r"[(\[]?[a-zåäö]$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a paragraph, without the white space between them.

    The text has single spaces and no line feeds. Nothing is lost: the spans cover every character
    that is not white space.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        if _ends_sentence(text, start, match):
            end = match.end("close")
            spans.append((start, end))
            start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _ends_sentence(  # noqa: PLR0911 - a line for each case, in order
    text: str, start: int, match: re.Match[str]
) -> bool:
    """Decide a candidate: full stop, question or exclamation mark before a capital or a digit."""
    stop = match.start("stop")
    following = text[match.end() : match.end() + 1]
    if text[stop] != ".":
        # a quoted question goes on after the mark when no capital follows
        return not following.isdigit() or not match["close"]
    before = text[start:stop]
    space = before.rfind(" ")
    word = before[space + 1 :]
    bare = word.lstrip('("”»[–/').casefold()
    if match["close"].isdigit():
        return len(bare) > 1 and not bare[-1].isdigit()
    if _LETTER_MARK.match(word) and space < 0:
        return False
    if _NUMBER.match(word):
        return _number_ends(before[: max(space, 0)], following)
    if _INITIAL.match(word):
        return _initial_ends(before[: max(space, 0)], word)
    if bare in _CLOSED:
        return following.isalpha() or following in '"”»('
    if bare in _MONTHS:
        return not following.isdigit()
    return bare not in _OPEN


def _number_ends(before: str, following: str) -> bool:
    """A number ends a sentence, unless it opens it ("3. Markanvisning") or a number follows."""
    if not before:
        return False
    last = before.rsplit(" ", 1)[-1].casefold().lstrip("(")
    if following.isdigit() and last in ("den", "kap", "kapitel"):
        return False
    return not (following.isdigit() and len(last) <= 1)


def _initial_ends(before: str, word: str) -> bool:
    """A single capital is an initial after a name or another initial, a label after a noun."""
    if "." in word or not before:
        return False
    last = before.rsplit(" ", 1)[-1]
    bare = last.casefold().strip("(,;")
    if bare in _INITIAL_AFTER or last.endswith((",", ";", "&")) or _INITIAL.match(last.rstrip(".")):
        return False
    return not last[:1].isupper() or _LABEL.search(bare) is not None
