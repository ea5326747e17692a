"""What a column is: one meaning, one unit, one type, defined once for every table that has it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipelines.model.codelist import CodeList

Kind = Literal[
    "text", "texts", "code", "codes", "integer", "decimal", "boolean", "date", "timestamp", "url"
]
"""``date`` is ISO 8601 with reduced precision (2024, 2024-06 or 2024-06-13), kept as text, because
sources often know only the year; ``texts`` and ``codes`` are lists, split by semicolon in files."""

MUNICIPALITY_PATTERN = r"\d{4}"
ID_PATTERN = r"[0-9A-Za-zÅÄÖåäö._-]+"

_ASCII = str.maketrans("åäöéü", "aaoeu")


def plain_name(text: str) -> str:
    """A text as a name for programs and files: ``Antal bostäder`` → ``antal_bostader``."""
    plain = text.casefold().translate(_ASCII)
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


class Column(BaseModel):
    """One column.

    ``name`` is the English name in the database, ``label`` the Swedish name that people see,
    ``meaning`` one Swedish sentence, ``unit`` as printed beside the number, ``codes`` the allowed
    values, ``minimum`` the lowest allowed number, ``pattern`` what a text must match and
    ``example`` a value for templates.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    name: str
    label: str
    meaning: str
    kind: Kind = "text"
    unit: str = ""
    codes: CodeList | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    example: str = ""

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
        return frozenset({self.name, self.header, self.label.casefold()})

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
