"""Columns: one meaning, one unit, one type for every table that has it, loaded from records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from pipelines.model.codes import CODE_LIST, CodeList
from pipelines.model.records import FOLDER, Record, read_records

Kind = Literal[
    "text", "texts", "code", "codes", "integer", "decimal", "boolean", "date", "timestamp", "url"
]
"""``date`` is ISO 8601 with reduced precision (2024, 2024-06 or 2024-06-13), kept as text, because
sources often know only the year; ``texts`` and ``codes`` are lists, split by semicolon in files."""

PATTERNS: dict[str, str] = {
    "id": r"[0-9A-Za-zÅÄÖåäö._-]+",
    "municipality": r"\d{4}",
    # a role or a pseudonym in lower case; a name of a person, which has capitals, does not pass
    "coder": r"[Kk]odare [0-9A-Za-zÅÄÖåäö]{1,2}|[a-zåäö][a-zåäö -]*(?: [0-9A-ZÅÄÖ]{1,2})?",
    "cpv": r"\d{8}(-\d)?",
    "action": r"\d\.\d",
    "sampling_key": r"[0-9a-zA-Z-]+",
}
"""The patterns that a record names, because several columns share one."""

ID_PATTERN = PATTERNS["id"]
MUNICIPALITY_PATTERN = PATTERNS["municipality"]

Named = TypeVar("Named")

_ASCII = str.maketrans("åäöéü", "aaoeu")


def plain_name(text: str) -> str:
    """Return a text as a name for programs and files: ``Antal bostäder`` → ``antal_bostader``."""
    plain = text.casefold().translate(_ASCII)
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


class Column(BaseModel):
    """One column.

    ``name`` is the English name in the database, ``label`` the Swedish name that people see,
    ``meaning`` one Swedish sentence, ``unit`` as printed beside the number, ``codes`` the allowed
    values, ``minimum`` the lowest allowed number, ``pattern`` what a text must match and
    ``example`` a value for templates.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="små bokstäver och understreck")
    label: str = Field(min_length=1, description="kolumnens namn i ord")
    meaning: str = Field(pattern=r"\.$", description="en svensk mening som slutar med punkt")
    kind: Kind = Field(default="text", description="ett av slagen i Kind")
    unit: str = Field(default="", description="enheten som text")
    codes: CodeList | None = Field(
        default=None,
        validate_default=True,
        description="kodlistans namn när kind är code eller codes, annars inget",
    )
    minimum: float | None = Field(default=None, description="det lägsta tillåtna talet")
    maximum: float | None = Field(
        default=None, description="det högsta tillåtna talet, minst så högt som minimum"
    )
    pattern: str = Field(default="", description="namnet på ett mönster i PATTERNS")
    example: str = Field(default="", description="en text som passar mönstret")

    @field_validator("codes")
    @classmethod
    def _only_for_codes(cls, codes: CodeList | None, info: ValidationInfo) -> CodeList | None:
        kind = info.data.get("kind", "")
        if (codes is None) == (kind in ("code", "codes")):
            raise ValueError(f"kind är {kind}")
        return codes

    @field_validator("maximum")
    @classmethod
    def _above_minimum(cls, maximum: float | None, info: ValidationInfo) -> float | None:
        minimum = info.data.get("minimum")
        if maximum is not None and minimum is not None and maximum < minimum:
            raise ValueError(f"minimum är {minimum:g}")
        return maximum

    @field_validator("example")
    @classmethod
    def _fits(cls, example: str, info: ValidationInfo) -> str:
        pattern = info.data.get("pattern")
        if pattern and example and not re.fullmatch(pattern, example):
            raise ValueError(f"mönstret är {pattern}")
        return example

    @cached_property
    def header(self) -> str:
        """The label as a plain Swedish header: ``Antal bostäder`` → ``antal_bostader``."""
        return plain_name(self.label)

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values."""
        return self.kind in ("texts", "codes")

    @property
    def is_number(self) -> bool:
        """Whether a cell holds a number."""
        return self.kind in ("integer", "decimal")

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Headers in a delivery, in lower case, that mean this column."""
        joined = self.header.replace("_", "")
        return frozenset({self.name, self.header, joined, self.label.casefold()})

    @property
    def expected(self) -> str:
        """Swedish words for what a cell must hold, for file checks and templates."""
        if self.codes is not None:
            one_of = ", ".join(self.codes.labels.values())
            return f"{'ett eller flera av' if self.is_list else 'ett av'}: {one_of}"
        words = {
            "text": "text",
            "texts": "text, flera värden skilda åt med semikolon",
            "integer": "ett heltal",
            "decimal": "ett tal",
            "boolean": "ja eller nej",
            "date": "ett datum som ÅÅÅÅ-MM-DD, ÅÅÅÅ-MM eller ÅÅÅÅ",
            "timestamp": "en tidpunkt",
            "url": "en webbadress som börjar med https:// eller http://",
        }[self.kind]
        if self.minimum is not None and self.maximum is not None:
            words += f" mellan {self.minimum:g} och {self.maximum:g}".replace(".", ",")
        elif self.minimum is not None:
            words += f", minst {self.minimum:g}".replace(".", ",")
        return f"{words}, till exempel {self.example}" if self.example else words


def load_columns(folder: Path = FOLDER / "columns") -> dict[str, Column]:
    """Return all columns of a folder by name; ``codes`` and ``pattern`` are names in a record.

    Raises:
        ContractError: a record is broken; it says which one and how to mend it.
    """
    return {record.name: _column(record) for record in read_records(folder)}


def _column(record: Record) -> Column:
    fields = dict(record.fields)
    if "codes" in fields:
        fields["codes"] = _named(record, "codes", CODE_LIST)
    if "pattern" in fields:
        fields["pattern"] = _named(record, "pattern", PATTERNS)
    return Record(record.file, record.name, fields).build(Column)


def _named(record: Record, field: str, known: Mapping[str, Named]) -> Named:
    name = record.fields[field]
    if not isinstance(name, str) or name not in known:
        raise record.refused(field, f"{name!r} finns inte", f"Ett av: {', '.join(known)}.")
    return known[name]


COLUMN: dict[str, Column] = load_columns()
"""All columns by name."""
