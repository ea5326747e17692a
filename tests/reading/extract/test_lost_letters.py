"""Letters that a font joins or a file loses come out as themselves, or the page is doubted."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pipelines.reading.extract.characters import normalise
from pipelines.reading.passage import ExtractedDocument
from pipelines.reading.reader import read_document

TEXT = (
    "Kommunen vill att innovationer prövas i kvarteret och att resultaten sprids till andra.",
    "Byggherren ska använda innovationsupphandling för att driftsätta nytt värmesystem.",
    "Planens syfte är att kvarteret omfattar bostäder med flexibla lokaler och trafik.",
    "Dagvattnet renas på platsen och gatan sköts av kommunen efter avtal.",
)


def _read(folder: Path, lines: list[str]) -> ExtractedDocument:
    path = folder / "plan.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return read_document(path)


def _texts(document: ExtractedDocument) -> list[str]:
    return [passage.text for passage in document.passages]


LIGATURES = {
    "as Calibri says": {"ti": "\u019f", "tt": "\u01a9"},
    "other letters": {"ti": "\u02a9", "tt": "\u02aa", "ft": "\u014c"},
    "private numbers": {"ti": "\ue001", "tt": "\ue002", "ft": "\ue003", "ff": "\ue004"},
    "Unicode's own": {"fi": "\ufb01", "fl": "\ufb02", "ff": "\ufb00"},
    "lost": {"ti": "\ufffd", "tt": "\ufffd", "ft": "\ufffd"},
}


@pytest.mark.parametrize("signs", LIGATURES.values(), ids=LIGATURES)
def test_joined_letters_are_read_from_their_neighbours(
    tmp_path: Path, signs: dict[str, str]
) -> None:
    lines = list(TEXT)
    for letters, sign in signs.items():
        lines = [line.replace(letters, sign) for line in lines]
    document = _read(tmp_path, lines)
    assert _texts(document) == list(TEXT)
    assert document.reason == ""


def test_a_lost_letter_of_its_own_is_read_too(tmp_path: Path) -> None:
    lines = ["Kommunen pr\ufffdvar nya l\ufffdsningar f\ufffdr \ufffdterbruk.", *TEXT]
    assert _texts(_read(tmp_path, lines))[0] == "Kommunen prövar nya lösningar för återbruk."


def test_what_cannot_be_told_is_left_and_doubted(tmp_path: Path) -> None:
    lines = [*TEXT, "Vid Qx\ufffdzk och Zqw\ufffdxk samt Kqz\ufffd finns mark."]
    document = _read(tmp_path, lines)
    assert document.status == "read"
    assert "saknas bokstäver i ord" in document.reason
    assert "Qx\ufffdzk" in _texts(document)[-1]


def test_signs_that_stand_alone_are_no_letters(tmp_path: Path) -> None:
    document = _read(tmp_path, [f"\ufffd {TEXT[0]}", f"Etapp 1 \ufffd {TEXT[1]}"])
    assert document.reason == ""
    assert "\ufffd" not in "".join(_texts(document))


def test_names_with_foreign_letters_stay(tmp_path: Path) -> None:
    line = "Arkitekt är Šárka Dvořáková, Łódź, som ritat Ōsaka torg."
    assert _texts(_read(tmp_path, [line, *TEXT]))[0] == line


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (unicodedata.normalize("NFD", "Återbruk på försök"), "Återbruk på försök"),
        ("\uf74b\uf76f\uf76d\uf76d\uf775\uf76e", "\uf74bOMMUN"),
        ("\uf041\uf062\uf063\uf064\uf065\uf066\uf067", "Abcdefg"),
        ("\uf0b7 Krav", "• Krav"),
        ("test\u00adbädd", "testbädd"),
        ("e\u00adfter\u200bbruk", "efterbruk"),
    ],
)
def test_characters_are_made_plain(written: str, meant: str) -> None:
    assert normalise(written) == meant
