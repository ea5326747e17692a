"""Whether the text of a page can be understood: its letters decoded, its language Swedish.

Text that cannot be understood holds no passages and is no zero. Garbled pages come from fonts
without a character map and from files decoded with the wrong table; they are told by which letters
they hold, because every European language uses the letters in much the same proportions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from pipelines.reading.extract.page_lines import Line, RawPage

EXPECTED = "sv"
"""The language that the codebook reads."""
LANGUAGES = {
    "sv": "svenska",
    "en": "engelska",
    "no": "norska",
    "da": "danska",
    "fi": "finska",
    "de": "tyska",
    "fr": "franska",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = {
    "sv": _words("och att det som en för på är av med den till inte om ett ska kan har vid"),
    "en": _words("the and of to in is that for with as are be on by this shall from"),
    "no": _words("og det som en for på er av med den til ikke om et skal kan har ved"),
    "da": _words("og det som en for på er af med den til ikke om et skal kan har ved"),
    "fi": _words("ja on ei se että oli myös kun sekä tai ovat sen mukaan voidaan"),
    "de": _words("der die und das von mit ist für auf den zu im nicht ein eine"),
    "fr": _words("le la les des et du une est dans pour que par sur au aux avec"),
}
_MIN_SWEDISH = 300
_OWN_LETTERS = re.compile("[åäöÅÄÖ\u0308\u030a]")  # marks too: a Mac writes letters in two parts
_SURE, _SURELY = (" och ", " att ", " är ", " som "), 3
_WORD = re.compile(r"[^\W\d_]+")
_PAGE_SAMPLE = 1_500
_MIN_WORDS, _MIN_SHARE = 20, 0.08
_CLEARLY = 1.5
_UNKNOWN_WORDS, _UNKNOWN_SHARE = 150, 0.02
# per mille of the letters of Swedish prose
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzåäö",
        (94, 15, 15, 47, 101, 20, 29, 21, 58, 6, 31, 53, 35, 85, 45, 18, 1, 84, 66, 77, 19, 24, 1,
         2, 7, 1, 13, 18, 13),
        strict=True,
    )
)  # fmt: skip
_LENGTH = sqrt(sum(share * share for share in _LETTERS.values()))
_MIN_LETTERS = 80
_ALIKE = 0.7
_SIGN = re.compile(r"[^\w\s.,/%•·…–—-]")
_MANY_SIGNS, _MIN_SIGNS = 0.25, 40
_MOST, _PART = 0.5, 0.1
_SUMMARY = 0.3


@dataclass(frozen=True, slots=True)
class Understanding:
    """How much of a document was understood.

    Attributes:
        language: code of the language that most of the text is in, "" where it cannot be told.
        garbled: numbers of the pages whose letters could not be decoded.
        lost: most of the text was not understood.
        reason: Swedish sentence on what was not understood, "" when all was.
    """

    language: str
    garbled: frozenset[int]
    lost: bool
    reason: str


def understand(
    pages: list[RawPage],
    texts: list[str],
    broken: frozenset[int] = frozenset(),
    *,
    judged: bool = False,
) -> Understanding:
    """Judge the cleaned text of the pages; the pages say what their format could not decode.

    `broken` has the numbers of pages on which letters are missing in words; `judged` says that the
    format has looked for garbled pages itself.
    """
    garbled = frozenset(
        page.number
        for page, text in zip(pages, texts, strict=True)
        if page.garbled or (not judged and is_garbled(text))
    )
    sizes = {page.number: max(len(text), 1) for page, text in zip(pages, texts, strict=True)}
    total = sum(sizes.values())
    clear = [
        text for page, text in zip(pages, texts, strict=True) if page.number not in garbled and text
    ]
    language = language_of("\n".join(clear))
    undecoded = sum(sizes[number] for number in garbled) / total if total else 0.0
    if undecoded > _MOST:
        return Understanding(language, garbled, True, _undecoded(len(garbled), len(pages)))
    if language not in ("", EXPECTED):
        return Understanding(language, garbled, True, _foreign(language))
    if undecoded > _PART:
        return Understanding(language, garbled, False, _undecoded(len(garbled), len(pages)))
    other = [
        text
        for text in clear
        if sum(text.count(word) for word in _SURE) < _SURELY
        and language_of(text) not in ("", EXPECTED)
    ]
    if sum(map(len, other)) > _SUMMARY * total:
        reason = f"{len(other)} av {len(pages)} sidor är på {_name(language_of(other[0]))}."
        return Understanding(language, garbled, False, f"{reason} De är inte förstådda.")
    if len(broken) > _PART * len(pages):
        reason = (
            f"På {len(broken)} av {len(pages)} sidor saknas bokstäver i ord: typsnittets tecken "
            "går inte att avkoda. Lämna dokumentet som Word-fil eller exportera PDF-filen på nytt."
        )
        return Understanding(language, garbled, False, reason)
    return Understanding(language, garbled, False, "")


def _undecoded(garbled: int, pages: int) -> str:
    """Return why pages were not understood, with what to do."""
    return (
        f"Texten på {garbled} av {pages} sidor går inte att avkoda: typsnittet saknar teckentabell "
        "eller är felkodat. Lämna dokumentet som Word-fil eller exportera PDF-filen på nytt."
    )


def _foreign(language: str) -> str:
    return f"Texten är på {_name(language)}; bara svenska läses. Lämna dokumentet på svenska."


def _name(language: str) -> str:
    return LANGUAGES.get(language, "ett okänt språk")


def language_of(text: str) -> str:
    """Return the language code with the greatest share of common words, "" when undecided.

    Another language than Swedish must win clearly. "und" (ISO 639) stands for a long text with
    hardly a common word of any language known here.
    """
    words = _WORD.findall(_sample(text).lower())
    if len(words) < _MIN_WORDS:
        return ""
    counted = Counter(words)
    shares = {
        code: sum(counted[word] for word in common) / len(words) for code, common in _COMMON.items()
    }
    best = max(shares, key=lambda code: shares[code])
    if shares[best] < _MIN_SHARE:
        unknown = len(words) >= _UNKNOWN_WORDS and max(shares.values()) < _UNKNOWN_SHARE
        return "und" if unknown and not re.search("[åäö]", text[: _PAGE_SAMPLE * 4]) else ""
    if best != EXPECTED and shares[best] < _CLEARLY * shares[EXPECTED]:
        return EXPECTED
    return best


def _sample(text: str) -> str:
    """Return pieces of a long text from its whole length: summaries are in other languages."""
    if len(text) <= 4 * _PAGE_SAMPLE:
        return text
    step = len(text) // 8
    return " ".join(text[at : at + _PAGE_SAMPLE] for at in range(0, len(text) - step + 1, step))


def is_garbled(text: str, *, unmapped: Callable[[], bool] = bool) -> bool:
    """Tell whether the text is no writing: signs instead of letters, or letters in odd shares.

    Text too short to be judged is no writing where its font has no character map; `unmapped` is
    asked that only then.
    """
    if sum(text.count(word) for word in _SURE) >= _SURELY:
        # Swedish that has none of its own letters has lost them; one letter in 23 is å, ä or ö.
        return len(text) >= _MIN_SWEDISH and not _OWN_LETTERS.search(text)
    solid = len(text) - text.count(" ") - text.count("\n")
    if solid >= _MIN_SIGNS and len(_SIGN.findall(text)) > _MANY_SIGNS * solid:
        return True
    # each word once: a table may say one word on every row
    words = "".join(set(_WORD.findall(text.lower())))
    counts = [words.count(letter) for letter in _LETTERS]
    if sum(counts) < _MIN_LETTERS:
        return unmapped()
    product = sum(n * share for n, share in zip(counts, _LETTERS.values(), strict=True))
    return product < _ALIKE * _LENGTH * sqrt(sum(n * n for n in counts))


# Usable pages, titles, reasons -------------------------------------------------------------------

_READABLE_SHARE = 0.2
_SCANNED_SHARE = 0.3
_SCANNED_RUN = 3
_JUNK_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|xlsx?|pptx?|rtf|dwg)\b|^(?:microsoft|untitled|namnlös|print|layout|document\d*)",
    re.IGNORECASE,
)
_MAX_TITLE = 160
_SHORT_TITLE = 20
_COVER_LINES = 30


def unread_pages(pages: list[RawPage]) -> set[int]:
    """Return the numbers of pages that look scanned and were not read.

    A page that is a picture without text is a map or a photo as long as such pages are few; three
    in a row, or three in ten of the document, are a scan.
    """
    pictures = [page.number for page in pages if page.image]
    if len(pictures) >= _SCANNED_SHARE * len(pages):
        return set(pictures)
    scanned: set[int] = set()
    run: list[int] = []
    for number in [*pictures, -1]:
        if run and number != run[-1] + 1:
            scanned.update(run if len(run) >= _SCANNED_RUN else [])
            run = []
        run.append(number)
    return scanned


def too_little(share: float) -> bool:
    """Tell whether so few pages can be read that the document counts as unreadable."""
    return share < _READABLE_SHARE


def why_unreadable(pages: list[RawPage], unread: set[int], *, ocr: bool, at_hand: bool) -> str:
    """Return the Swedish sentence for a document without usable text.

    `ocr` is whether reading pictures was asked for, `at_hand` whether it can be done here.
    """
    if not unread:
        return "Dokumentet innehåller ingen text."
    found = f"Dokumentet är inskannat: {len(unread)} av {len(pages)} sidor saknar läsbar text."
    if not ocr:
        return f"{found} Texttolkning (OCR) användes inte."
    if at_hand:
        return f"{found} Texttolkningen (OCR) hittade ingen text på dem."
    return f"{found} Texttolkning (OCR) med svenska är inte installerad."


def title_of(pages: list[RawPage], stated: str) -> str:
    """Return the title: the largest type on the cover, or the file's own statement.

    Without type sizes the first lines that stand together on the cover are the title.
    """
    lines = [line for line in pages[0].lines if len(line.text) > 3] if pages else []
    lines = [line for line in lines[:_COVER_LINES] if any(map(str.isalpha, line.text))]
    sizes = sorted({line.size for line in lines}, reverse=True)
    if len(sizes) > 1:
        chosen = _of_size(lines, sizes[0])
        if sum(len(line.text) for line in chosen) < _SHORT_TITLE:
            chosen += _of_size(lines, sizes[1])
    elif stated and not _JUNK_TITLE.search(stated):
        return stated[:_MAX_TITLE]
    else:
        chosen = _first_groups(lines)
    return " ".join(line.text for line in chosen)[:_MAX_TITLE].strip()


def _of_size(lines: list[Line], size: float) -> list[Line]:
    """Return the first lines of a type size that stand together, three at most."""
    places = [index for index, line in enumerate(lines) if line.size >= 0.97 * size]
    first = next(index for index in places if lines[index].size <= size)
    return [line for line in lines[first : first + 3] if 0.97 * size <= line.size <= size]


def _first_groups(lines: list[Line]) -> list[Line]:
    """Return the first heading that the format states, or the lines up to a gap."""
    headings = [line for line in lines if line.role == "heading"]
    if headings:
        return headings[:1]
    group: list[Line] = []
    for line in lines[:4]:
        if line.gap > 0 and sum(len(chosen.text) for chosen in group) >= _SHORT_TITLE:
            break
        group.append(line)
    return group
