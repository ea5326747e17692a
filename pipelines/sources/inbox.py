"""Delivered document files: which there are, and which of them a register knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.sources.issues import WARNING, Issue

DOCUMENT_SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".txt")


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One delivered file and the row of the document register that names it, if any.

    ``inbox`` is the folder that it was delivered in, normally ``inbox/<kommunkod>/<plan-id>/``.
    """

    path: Path
    inbox: Path
    document_id: str | None


def find_documents(inboxes: tuple[Path, ...]) -> list[tuple[Path, Path]]:
    """Return (file, inbox) for every readable kind of file below the inboxes, in path order."""
    return [
        (file, inbox)
        for inbox in inboxes
        if inbox.is_dir()
        for file in sorted(inbox.rglob("*"))
        if file.is_file()
        and file.suffix.casefold() in DOCUMENT_SUFFIXES
        and not file.name.startswith((".", "~$"))
    ]


def match_register(
    register: pl.DataFrame, found: list[tuple[Path, Path]]
) -> tuple[list[InboxFile], list[Issue]]:
    """Join delivered files with the document register.

    A registered file is looked for as ``<kommunkod>/<handling-id>/<fil>`` and then by its name
    alone. Files without a row are returned too, with no ``document_id``. A row without a file
    gives a warning; the document stays known, as *ej insamlad*.
    """
    by_place: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for document_id, code, object_id, name in register.select(
        "document_id", "municipality_code", "object_id", "file_name"
    ).rows():
        by_place[f"{code}/{object_id}/{name}"] = document_id
        by_name.setdefault(name, document_id)
    files: list[InboxFile] = []
    taken: set[str] = set()
    for path, inbox in found:
        place = path.relative_to(inbox).as_posix()
        document_id = by_place.get(place) or by_name.get(path.name)
        if document_id in taken:
            document_id = None
        if document_id:
            taken.add(document_id)
        files.append(InboxFile(path, inbox, document_id))
    issues = [
        _missing_file(str(document_id), str(name))
        for document_id, name in register.select("document_id", "file_name").rows()
        if document_id not in taken
    ]
    return files, issues


def _missing_file(document_id: str, name: str) -> Issue:
    return Issue(
        "document", name, 0, "Fil", name, "fil_saknas",
        f"Filen {name} ({document_id}) står i registret men finns inte i inkorgen.",
        "filen i mappen inbox/<kommunkod>/<handling-id>/",
        "Lägg filen där; tills dess räknas dokumentet som ej insamlat.",
        WARNING,
    )  # fmt: skip
