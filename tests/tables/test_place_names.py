"""Names in Stockholm's referat are names of the region or of its own registers' objects.

Referat are retold by hand; a name that was disguised or made up once reached the real region. Every
capitalised word inside a sentence, and at its start every word that ends as Swedish place names do,
must stand in a register or in ``data/reference/namn_stockholm.csv``, which gives each further name
with its source and, for a place, the municipality that the referat must be about.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from pipelines.model.region import PROJECT

_DATA = PROJECT / "data"
_NAMED = {
    "kommuner": ("kommun",),
    "stadskarnor": ("stadskarna",),
    "planer": ("plannamn",),
    "markanvisningar": ("omrade", "byggherre"),
    "testverksamhet": ("testverksamhet", "vard", "partner", "finansiarer"),
    "upphandlingar": ("kopare", "upphandling"),
    "klimatkrav": ("klimatplan",),
}
_WORD = re.compile(r"[A-Za-zÅÄÖåäöÉéü]+")
_PLACE = re.compile(
    r"(hamn|stad|holm|berg|vik|dal|äng|udd|fält|torg|park|strand|sund|näs)(en|et|an|n|a)?s?$"
)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


@cache
def registered() -> frozenset[str]:
    """Every word of a name in the region's registers."""
    return frozenset().union(
        *(
            words(row[column])
            for register, columns in _NAMED.items()
            for row in rows(_DATA / "stockholm" / "register" / f"{register}.csv")
            for column in columns
        )
    )


@cache
def further() -> dict[str, str]:
    """Each further name, with the municipality that it lies in or an empty text."""
    listed = rows(_DATA / "reference" / "namn_stockholm.csv")
    assert all(row["kalla"] for row in listed)
    return {word: row["kommunkod"] for row in listed for word in words(row["namn"])}


def unknown_names(text: str, municipality: str) -> list[str]:
    found = []
    for match in _WORD.finditer(text):
        word, name = match[0], match[0].casefold()
        before = text[: match.start()].rstrip(' ”"(')
        starts = not before or before[-1] in ".!?:"
        if not word[0].isupper() or (starts and not _PLACE.search(name)):
            continue
        forms = {name, name.removesuffix("s")}
        elsewhere = [further()[form] for form in forms if form in further()]
        is_known = bool(forms & registered()) or any(
            code in ("", municipality) for code in elsewhere
        )
        if not is_known:
            found.append(word)
    return found


def test_every_name_in_a_referat_is_known():
    unknown = {
        row["referat_id"]: names
        for row in rows(_DATA / "stockholm" / "register" / "referat.csv")
        if (names := unknown_names(row["referat"], row["kommunkod"]))
    }
    assert unknown == {}


@pytest.mark.parametrize(
    ("text", "municipality", "name"),
    [
        ("Redan 2011 pekades Lindhamnen ut av fullmäktige.", "0180", "Lindhamnen"),
        ("I Järfälla blir Flygfältsstaden en testbädd.", "0123", "Flygfältsstaden"),
        ("Flygfältsstaden ska gå före.", "0123", "Flygfältsstaden"),
        ("Kommunen vill att Gustavsberg går före.", "0123", "Gustavsberg"),
    ],
)
def test_an_invented_or_misplaced_name_is_found(text: str, municipality: str, name: str):
    assert unknown_names(text, municipality) == [name]


def test_a_known_name_passes_in_any_form():
    assert unknown_names("Värmdö vill att Gustavsbergs centrum går före.", "0120") == []
