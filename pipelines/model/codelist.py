"""What a code list is: an ordered set of codes with Swedish labels and meanings."""

from __future__ import annotations

from functools import cached_property

from pydantic import BaseModel, ConfigDict


class Code(BaseModel):
    """One allowed value.

    ``code`` is stored, ``label`` is shown, ``meaning`` explains it in one Swedish sentence,
    ``synonyms`` are other spellings that a delivery may use.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    label: str
    meaning: str
    synonyms: tuple[str, ...] = ()


class CodeList(BaseModel):
    """An ordered list of codes; the order is the order every page and file uses."""

    model_config = ConfigDict(frozen=True)

    name: str
    label: str
    codes: tuple[Code, ...]

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The stored codes in order."""
        return tuple(code.code for code in self.codes)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Code → Swedish label."""
        return {code.code: code.label for code in self.codes}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Every accepted spelling in lower case (code, label, synonym) → code."""
        found: dict[str, str] = {}
        for code in self.codes:
            for spelling in (code.code, code.label, *code.synonyms):
                found.setdefault(spelling.casefold(), code.code)
        return found

    def position(self, code: str) -> int:
        """Where a code stands in the list, from 0; for a ladder this is its level."""
        return self.values.index(code)
