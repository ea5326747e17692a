"""What makes a codebook sound: known codes, terms that can match, stems that mean one thing.

``load_codebook`` refuses a codebook that fails here, so that a dead or overreaching term is named
when it is written and not when its figures surprise somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipelines.errors import ContractError
from pipelines.model import codes
from pipelines.reading.compounds import is_first_part, ordinary_words
from pipelines.reading.matching import lower, term_pattern

if TYPE_CHECKING:
    from pipelines.reading.codebook import Codebook, Entry

_ENDING = re.compile(
    r"(?:n|en|t|et|ns|ens|ets|s|a|e|d|r|ar|er|or|na|arna|erna|orna|an|ans|as|ad|at|ade|ades|ats|"
    r"ande|andet|anden|are|aren|arna|arnas|ast|aste|de|te|des|tes|ts|ds|dd|dda|tt|"
    r"ing|ingen|ingar|ning|ningen|ningar|ningarna|nings|else|elsen|elser|bar|bara|bart|bara|"
    r"het|heten|heter|lig|liga|ligt|sam|samma|samt|ion|ionen|ioner|ionerna|ions|"
    r"iv|iva|ivt|isk|iska|iskt|ör|örer|ium|ier|ierna|iet|ig|iga|igt|i|in|ina|ist|ister|ism)"
)
"""What may follow a stem and leave its meaning: inflection and plain derivation."""
_TWO_ENDINGS = re.compile(rf"(?:{_ENDING.pattern}){{0,2}}s?")
_LEAST_STEM = 3
_MOST_BETWEEN = 12
_STAND_IN = "något"


def check_entries(entries: Sequence[Entry]) -> None:
    """Raise ``ContractError`` with the entry and what is wrong with it."""
    seen: set[str] = set()
    words = ordinary_words()
    for entry in entries:
        if entry.id in seen:
            raise _refused(entry, "är dubbel", "ett eget id", "Byt id eller slå ihop posterna.")
        seen.add(entry.id)
        _check_codes(entry)
        _check_form(entry)
        _check_stems(entry, words)


def check_terms(book: Codebook) -> None:
    """Raise ``ContractError`` where a term finds not even itself, or an example no term."""
    for number, entry in enumerate(book.entries):
        for example in entry.examples or ("",):
            if not any(hit.entry == number for hit in book.matcher.find(lower(example))):
                raise _refused(
                    entry,
                    f"har inget sätt att skriva som träffar exemplet ”{example}”",
                    "minst ett exempel, och att varje exempel innehåller något av postens ord",
                    f"Rätta exemplet eller något av orden {', '.join(entry.terms[:3])}.",
                )
        for sentence in sentences_of(entry):
            text = lower(sentence)
            if not any(hit.entry == number for hit in book.matcher.find(text)):
                raise _refused(
                    entry,
                    f"har ett sätt att skriva som aldrig träffar: ”{sentence}”",
                    "att varje alternativ hittas i en mening som innehåller det",
                    "Ta bort ordet eller undantaget som är i vägen.",
                )


def sentences_of(entry: Entry) -> Iterator[str]:
    """One sentence for every alternative in every place of every term of ``entry``."""
    for term in entry.terms:
        places = term.split()
        first = [place.split("|")[0] for place in places]
        for place, token in enumerate(places):
            for alternative in token.split("|") if not token.startswith("~") else ():
                written = [*first[:place], alternative, *first[place + 1 :]]
                yield "Här står " + " ".join(map(_written, written)) + "."


def _written(token: str) -> str:
    """A word for a place: a gap is left out, a stem stands as a word."""
    return _STAND_IN if token.startswith("~") else token.strip("*")


def _check_codes(entry: Entry) -> None:
    unknown = [c for c in entry.instruments if c not in codes.INSTRUMENT.values]
    unknown += [c for c in entry.themes if c not in codes.THEME.values]
    if entry.level and entry.level not in codes.COMMITMENT.values:
        unknown.append(entry.level)
    if entry.voice and entry.voice not in codes.VOICE.values:
        unknown.append(entry.voice)
    if unknown:
        raise _refused(entry, f"har okända koder {unknown}", "koder ur kodlistorna", "Rätta koden.")


def _check_form(entry: Entry) -> None:
    if not entry.terms:
        raise _refused(entry, "saknar termer", "minst ett ord eller en fras", "Lägg till ett.")
    for word in (*entry.words, *entry.stems, *entry.heads, *entry.parts):
        if not word or " " in word or "*" in word or "|" in word:
            raise _refused(
                entry,
                f"har ”{word}” som ord",
                "ett ord utan blanksteg, * och |",
                "Skriv flera ord som en fras under phrases.",
            )
    for phrase in entry.phrases:
        for place in [phrase] if isinstance(phrase, str) else phrase:
            _check_place(entry, place)
        if not isinstance(phrase, str) and (
            not phrase or isinstance(phrase[0], int) or isinstance(phrase[-1], int)
        ):
            raise _refused(
                entry, f"har frasen {phrase}", "ord först och sist", "Ta bort det yttersta talet."
            )


def _check_place(entry: Entry, place: str | int | tuple[str, ...]) -> None:
    if isinstance(place, int):
        if not 1 <= place <= _MOST_BETWEEN:
            raise _refused(
                entry,
                f"tillåter {place} ord emellan",
                f"1–{_MOST_BETWEEN} ord emellan",
                "Ändra talet.",
            )
        return
    if isinstance(place, str):
        if "|" in place or not place.strip():
            raise _refused(
                entry, f"har ”{place}” i en fras", "ord", "Skriv alternativ som en lista."
            )
        return
    for alternative in place:
        if " " in alternative or "|" in alternative or not alternative:
            raise _refused(
                entry,
                f"har alternativet ”{alternative}” med blanksteg",
                "ett enda ord i varje alternativ, annars krävs orden efter även av de andra",
                "Skriv frasen för sig under phrases.",
            )


def _check_stems(entry: Entry, words: frozenset[str]) -> None:
    """A stem must not begin ordinary words that are neither its inflections nor its compounds."""
    excepted = _excepted(entry.exceptions)
    for stem in entry.stems:
        if len(stem) < _LEAST_STEM:
            raise _refused(
                entry,
                f"har stammen ”{stem}”",
                f"minst {_LEAST_STEM} bokstäver",
                "Skriv orden under words.",
            )
        strange = [
            word
            for word in _beginning(stem, words)
            if not _belongs(word[len(stem) :], words) and not excepted.match(word)
        ]
        if strange:
            raise _refused(
                entry,
                f"har stammen ”{stem}” som också börjar vanliga ord: {', '.join(strange[:5])}",
                "en stam vars vanliga ord är dess böjningar eller sammansättningar",
                "Skriv en längre stam, eller nämn orden under except.",
            )


_BY_START: dict[str, list[str]] = {}


def _beginning(stem: str, words: frozenset[str]) -> Iterable[str]:
    if not _BY_START:
        for word in words:
            _BY_START.setdefault(word[:_LEAST_STEM], []).append(word)
    return sorted(w for w in _BY_START.get(stem[:_LEAST_STEM], ()) if w.startswith(stem))


def _belongs(rest: str, words: frozenset[str]) -> bool:
    """``rest`` is an ending, or the second part of a compound with or without joining letters."""
    if _TWO_ENDINGS.fullmatch(rest):
        return True
    return any(
        _TWO_ENDINGS.fullmatch(rest[:place]) and _is_second_part(rest[place:], words)
        for place in range(min(7, len(rest)))
    )


def _is_second_part(letters: str, words: frozenset[str]) -> bool:
    if letters in words or is_first_part(letters):
        return True
    return any(
        letters[:end] in words and _TWO_ENDINGS.fullmatch(letters[end:])
        for end in range(4, len(letters))
    )


def _excepted(exceptions: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(term_pattern, exceptions)) if exceptions else r"(?!)")


def _refused(entry: Entry, found: str, expected: str, do: str) -> ContractError:
    return ContractError(
        f"Posten {entry.id} i kodboken {found}.",
        expected=f"Väntade {expected}.",
        do=f"{do} Posterna finns i data/codebook.",
    )
