"""Delivered document files: which there are, which of them a register knows, which are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

import polars as pl

from pipelines.sources.characters import composed, shown_name
from pipelines.sources.deliveries import is_register_file
from pipelines.sources.files import Left, left_out, walk
from pipelines.sources.homes import Homes
from pipelines.sources.issues import WARNING, Issue
from pipelines.sources.raw_table import SUFFIXES as TABLE_SUFFIXES

DOCUMENT_SUFFIXES = (
    ".pdf", ".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".html", ".htm", ".xhtml", ".mht",
    ".mhtml", ".txt", ".text", ".md",
)  # fmt: skip
"""Endings that are handed to the reader, which reads the file or says why it cannot."""
_CONTENTS = (b"%pdf-", b"<!doctype html", b"<html", b"pk\x03\x04", b"{\\rtf")
"""What a document begins with, in lower case; a package is one when it holds Word's part."""
_ON_ITS_OWN = ("lank", "ingen_fil", "gar_ej_att_oppna", "systemfil", "lasfil", "sakerhetskopia")
"""Rules by which a file is never read, not even when the register names it."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One delivered file and the row of the document register that names it, if any.

    ``inbox`` is the folder that it was delivered in, normally ``inbox/<kommunkod>/<plan-id>/``.
    """

    path: Path
    inbox: Path
    document_id: str | None

    @property
    def place(self) -> str:
        """The path below the inbox as it can be shown and stored."""
        return shown_name(self.path.relative_to(self.inbox))


@dataclass(frozen=True, slots=True)
class Found:
    """A file in an inbox; ``left`` says why it is no document, if it is none."""

    path: Path
    inbox: Path
    left: Left | None

    @property
    def key(self) -> str:
        """Its name, by which a register knows it whatever the case and the kind of letters."""
        return _key(self.path.name)


def find_files(inboxes: Iterable[Path]) -> list[Found]:
    """Return every file below the inboxes in path order, but registers at the top of one."""
    return [
        Found(file, inbox, left_out(file) or _no_document(file))
        for inbox in inboxes
        if inbox.is_dir()
        for file in walk(inbox)
        if not (file.parent == inbox and is_register_file(file))
    ]


def find_documents(inboxes: Iterable[Path]) -> list[tuple[Path, Path]]:
    """Return (file, inbox) for every document below the inboxes, in path order."""
    return [(found.path, found.inbox) for found in find_files(inboxes) if found.left is None]


def _no_document(file: Path) -> Left | None:
    ending = file.suffix.casefold()
    if ending in DOCUMENT_SUFFIXES:
        return None
    if ending in TABLE_SUFFIXES:
        return Left(
            "tabell_i_inkorgen",
            "är en tabell och läses inte som dokument",
            "dokument som PDF, DOCX, HTML eller text; register i mappen register",
            "Är det ett register: lägg det i mappen register. Är det en bilaga: lämna den som PDF.",
            WARNING,
        )
    try:
        with file.open("rb") as stream:
            start = stream.read(1024)
    except OSError:
        return Left(
            "gar_ej_att_oppna", "gick inte att öppna", "en fil som får läsas",
            "Kontrollera filens rättigheter.",
        )  # fmt: skip
    plain = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_package = start.startswith(b"PK")
    if plain.startswith(_CONTENTS) and (not is_package or b"word/" in _names(file)):
        return None
    if not ending and plain and b"\x00" not in start:
        return None  # text without an ending
    return Left(
        "okand_filtyp",
        f"har en filtyp som inte läses ({ending or 'utan ändelse'})",
        "PDF, DOCX, HTML eller text",
        "Spara dokumentet som PDF eller DOCX och lägg det i mappen, eller ta bort filen.",
    )


def _names(file: Path) -> bytes:
    """The end of a package, where its directory lists the names of its parts."""
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - 65_536))
        return stream.read()


# Files and the register -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    document_id: str
    municipality_code: str
    object_id: str


@dataclass(frozen=True, slots=True)
class _Claim:
    """A file that can be a row's, and how many folders deep it is in its object's folder."""

    found: Found
    depth: int


_NOT_SURE = 1000


def match_register(
    register: pl.DataFrame, found: list[Found], homes: Homes
) -> tuple[list[InboxFile], list[Issue]]:
    """Join delivered files with the document register.

    The folder decides before the name: a file in an object's folder is a document of that object,
    one in a municipality's folder of that municipality, and only a file in neither is known by
    its name alone. A name that two rows or two files have is not enough: nothing is guessed, the
    file is read as unregistered and the question is told.

    Returns the files to read, those without a row too, with no ``document_id``; and issues: a row
    without a file (the document stays known, as *ej insamlad*), a file that is no document, and
    the questions.
    """
    by_name: dict[str, list[_Row]] = defaultdict(list)
    rows_of_register = register.select(
        "document_id", "municipality_code", "object_id", "file_name"
    ).rows()
    for document_id, code, object_id, name in rows_of_register:
        by_name[_key(PurePath(name).name)].append(_Row(document_id, code, object_id))
    claims: dict[str, list[_Claim]] = defaultdict(list)
    questions: list[Issue] = []
    for each in found:
        if each.left and each.left.rule in _ON_ITS_OWN:
            continue
        rows, is_sure = _candidates(each, homes, by_name[each.key])
        if len(rows) == 1:
            depth = len(_folders(each)) if is_sure else _NOT_SURE
            claims[rows[0].document_id].append(_Claim(each, depth))
        elif rows:
            questions.append(_several_rows(each, rows))
    taken: dict[Path, str] = {}
    for document_id, files in claims.items():
        best = min(claim.depth for claim in files)
        nearest = [claim.found for claim in files if claim.depth == best]
        if len({each.path.relative_to(each.inbox) for each in nearest}) == 1:
            taken[nearest[0].path] = document_id
        else:
            questions.extend(_several_files(each, document_id, len(nearest)) for each in nearest)
    read = [
        InboxFile(each.path, each.inbox, taken.get(each.path))
        for each in found
        if each.left is None or each.path in taken
    ]
    left = [
        each.left.issue("document", InboxFile(each.path, each.inbox, None).place)
        for each in found
        if each.left and each.path not in taken
    ]
    there = set(taken.values())
    missing = [
        _missing_file(document_id, f"{code}/{object_id}", name)
        for document_id, code, object_id, name in rows_of_register
        if document_id not in there
    ]
    return read, [*missing, *left, *questions]


def _key(name: str) -> str:
    return composed(shown_name(name)).casefold()


def _folders(found: Found) -> tuple[str, ...]:
    return found.path.relative_to(found.inbox).parts[:-1]


def _candidates(found: Found, homes: Homes, rows: list[_Row]) -> tuple[list[_Row], bool]:
    """The rows that a file can be by its folders, and whether an object's folder says so."""
    folders = _folders(found)
    code = homes.municipality(folders)
    named = {composed(folder).casefold() for folder in folders}
    if own := homes.object(folders, code):
        return [row for row in rows if row.object_id == own], True
    if mine := [row for row in rows if row.object_id.casefold() in named]:
        return [row for row in mine if not code or row.municipality_code == code], True
    if not code:
        return rows, False
    if homes.municipality(folders[-1:]) != code:
        return [], False  # in a folder of its own: some other object's
    return [row for row in rows if row.municipality_code == code], False


def _several_rows(found: Found, rows: list[_Row]) -> Issue:
    place = InboxFile(found.path, found.inbox, None).place
    which = " eller ".join(f"{row.document_id} ({row.object_id})" for row in rows)
    return Issue(
        "document", place, 0, "Fil", place, "flera_rader",
        f"Filen {place} kan vara {which}: flera rader i dokument.csv har filnamnet. "
        "Den kopplades inte till någon av dem.",
        "en fil i mappen för sin handling",
        "Flytta filen till inbox/<kommunkod>/<handling-id>/ för rätt handling.",
        WARNING,
    )  # fmt: skip


def _several_files(found: Found, document_id: str, number: int) -> Issue:
    place = InboxFile(found.path, found.inbox, None).place
    return Issue(
        "document", place, 0, "Fil", place, "flera_filer",
        f"{number} filer har namnet som dokument.csv anger för {document_id}. "
        "Ingen av dem kopplades till raden.",
        "en fil för varje rad, i mappen för sin handling",
        "Flytta rätt fil till inbox/<kommunkod>/<handling-id>/.",
        WARNING,
    )  # fmt: skip


def _missing_file(document_id: str, home: str, name: str) -> Issue:
    return Issue(
        "document", f"{home}/{name}", 0, "Fil", name, "fil_saknas",
        f"Filen {name} ({document_id}) står i registret men finns inte i inkorgen.",
        "filen i mappen inbox/<kommunkod>/<handling-id>/",
        "Lägg filen där; tills dess räknas dokumentet som ej insamlat.",
        WARNING,
    )  # fmt: skip
