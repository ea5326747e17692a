"""Read the model's records: one TOML table is one column, code list or table contract.

A record that cannot be used is refused with its file, name and field when the model is loaded, so
that no run starts with a broken vocabulary.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipelines.errors import ContractError

FOLDER = Path(__file__).parent / "records"
"""Where the project's own records are."""

Built = TypeVar("Built", bound=BaseModel)


@dataclass(frozen=True)
class Record:
    """One record as written: its file, its name there and its fields."""

    file: Path
    name: str
    fields: dict[str, Any]

    def build(self, kind: type[Built]) -> Built:
        """Return the record as a checked object.

        Raises:
            ContractError: a field is missing, unknown or holds something else than is expected.
        """
        try:
            return kind.model_validate(self.fields)
        except ValidationError as error:
            first = error.errors()[0]
            field = str(first["loc"][0])
            if first["type"] == "missing":
                raise self.refused(field, "saknas", _expected(kind, field)) from error
            if first["type"] == "extra_forbidden":
                known = ", ".join(kind.model_fields)
                raise self.refused(field, "finns inte", f"Ett av fälten {known}.") from error
            problem = first["msg"].removeprefix("Value error, ")
            found = f"{first['input']!r} går inte: {problem}"
            raise self.refused(field, found, _expected(kind, field)) from error

    def refused(self, field: str, found: str, expected: str) -> ContractError:
        """Return the error that says which field of which record is wrong, and what to do."""
        return ContractError(
            f"{self.file.name}, posten [{self.name}], fältet {field}: {found.rstrip('.')}.",
            expected=f"Väntat: {expected}",
            do=f"Rätta posten i {self.file} och kör igen.",
        )


def read_records(folder: Path) -> list[Record]:
    """Return the records of every TOML file in a folder, in the order of names and lines.

    Raises:
        ContractError: a file is no TOML, holds something beside records, or repeats a name.
    """
    found: dict[str, Record] = {}
    for file in sorted(folder.glob("*.toml")):
        for record in _read_file(file):
            first = found.setdefault(record.name, record)
            if first is not record:
                raise record.refused(
                    "name",
                    f"namnet finns redan i {first.file.name}",
                    "Ett namn som ingen annan post av samma slag har.",
                )
    return list(found.values())


def _read_file(file: Path) -> Iterable[Record]:
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContractError(
            f"{file.name} går inte att läsa: {error}.",
            expected="Väntat: TOML i UTF-8 där varje namn står en gång.",
            do=f"Rätta raden i {file} och kör igen.",
        ) from error
    for name, fields in raw.items():
        if not isinstance(fields, dict):
            raise Record(file, name, {}).refused(
                name, f"{fields!r} står utanför en post", "Ett fält under sin posts [namn]."
            )
        yield Record(file, name, {**fields, "name": name})


def _expected(kind: type[BaseModel], field: str) -> str:
    described = kind.model_fields[field].description or "se klassen"
    return f"{described} ({kind.__name__} i {kind.__module__})."
